"""Who met whom: how often any two people sat in one group, counted from the groups that everybody knows."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import combinations

from msgspec import Struct

from .agenda import Session
from .core import State
from .seating import seats_by_group

MOST_IN_A_MATRIX = 60


class Meetings(Struct, frozen=True):
    """`people` sat in a group; of `pairs` possible pairs `times[n]` were together n times; `least` is how many others
    whoever met fewest has met. `matrix[a][b]` is how often a and b were together, in the order of `names` where they
    may be known and in one that tells nothing elsewhere; None for more than 60 people. Who has no name has an id."""

    people: int
    pairs: int
    times: list[int]
    least: int
    matrix: list[list[int]] | None = None
    names: list[str] = []

    @property
    def met(self) -> int:
        """How many pairs were together at least once."""
        return sum(self.times[1:])


def meetings(state: State, names: dict[str, str] | None = None) -> Meetings | None:
    """The meetings in all revealed groups; None before the first. `names` {person: name} only for who may read them:
    without, groups made by what people answered are left out."""
    together: Counter[tuple[str, str]] = Counter()
    people: set[str] = set()
    for session in state.all(Session):
        # Below the full level groups of one answer would tell who shares it with whom, and how few do.
        counts = session.drawn and (session.grouping != "attribute" or names is not None)
        for group in seats_by_group(state, session.id) if counts else ():
            people.update(group)
            together.update(combinations(sorted(group), 2))
    if len(people) < 2:
        return None
    pairs = len(people) * (len(people) - 1) // 2
    often = Counter(together.values())
    times = [pairs - len(together), *(often[n] for n in range(1, max(often, default=0) + 1))]
    others = Counter(person for pair in together for person in pair)
    order: list[str] = []
    if len(people) <= MOST_IN_A_MATRIX:
        order = _shuffled(people, together) if names is None else _named(people, names)
    return Meetings(
        people=len(people),
        pairs=pairs,
        times=times,
        least=min(others[p] for p in people),
        matrix=[[together[min(a, b), max(a, b)] if a != b else 0 for b in order] for a in order] or None,
        names=[] if names is None else [names.get(p, p) for p in order],
    )


def _named(people: set[str], names: dict[str, str]) -> list[str]:
    return sorted(people, key=lambda p: (names.get(p, p).casefold(), p))


def _shuffled(people: set[str], together: Counter[tuple[str, str]]) -> list[str]:
    # Phones know everybody's id and name: from a digest of the id alone whoever was there could tell which row of the
    # public report is whose. A digest of all meetings as well can be computed only by who knows them all.
    known = hashlib.sha256(repr(sorted(together.items())).encode()).hexdigest()
    return sorted(people, key=lambda p: hashlib.sha256(f"{known} {p}".encode()).digest())
