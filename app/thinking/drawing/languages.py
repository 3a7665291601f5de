"""One language for every group: how many groups each language can have, and who sits in them."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from math import comb

from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance

MOST_SPLITS = 5_000


def splits(instance: Instance, r: int) -> list[tuple[int, ...]] | None:
    """Every way to give the groups of round r a language that can be filled: groups per language.

    None if there are too many ways to look at.
    """
    speakers = [who & instance.present[r] for _, who in instance.languages]
    spoken = Counter(tuple(k for k, who in enumerate(speakers) if x in who) for x in sorted(instance.present[r]))
    return _splits(tuple(sorted(spoken.items())), len(speakers), instance.groups[r])


@lru_cache(maxsize=64)
def _splits(spoken: tuple, languages: int, groups: int) -> list[tuple[int, ...]] | None:
    """By Hall's theorem a split can be filled if for every set of languages those who speak no other fit into its
    groups, and those who speak any of it are enough to fill them."""
    if not languages:
        return []
    if comb(groups + languages - 1, languages - 1) > MOST_SPLITS:
        return None
    people = sum(count for _, count in spoken)
    least, more = divmod(people, groups)
    most = least + (more > 0)
    sets = [chosen for size in range(1, languages + 1) for chosen in combinations(range(languages), size)]
    only = [sum(count for theirs, count in spoken if set(theirs) <= set(chosen)) for chosen in sets]
    some = [sum(count for theirs, count in spoken if set(theirs) & set(chosen)) for chosen in sets]
    return [
        split
        for split in _compositions(groups, languages)
        if all(
            fixed <= most * sum(split[k] for k in chosen) and able >= least * sum(split[k] for k in chosen)
            for chosen, fixed, able in zip(sets, only, some, strict=True)
        )
    ]


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def dealt(instance: Instance, r: int, chance: Chance) -> list[list[int]] | None:
    """Round r with a random language for every group, and everybody in a group whose language they speak.

    None if no split is known. Seats are matched with people along augmenting paths: first those that every group must
    fill, then one more in as many groups as can be larger.
    """
    ways = splits(instance, r)
    if not ways:
        return None
    split = ways[chance.below(len(ways))]
    languages = chance.shuffled(k for k, count in enumerate(split) for _ in range(count))
    matching = _Matching([instance.languages[k][1] for k in languages], chance.shuffled(sorted(instance.present[r])))
    order = chance.shuffled(range(len(languages)))
    least = len(instance.present[r]) // len(languages)
    for _ in range(least):
        for g in order:
            matching.admit(g)
    for g in order:
        matching.admit(g)
    return matching.groups


class _Matching:
    """People seated in groups of speakers so far."""

    def __init__(self, speakers: list[frozenset[int]], people: list[int]):
        self.speakers = speakers
        self.people = people
        self.group_of: dict[int, int] = {}
        self.groups: list[list[int]] = [[] for _ in speakers]

    def admit(self, wanting: int) -> None:
        """One more person for the group: somebody without a seat, or of a group that finds somebody else, and so on."""
        came: dict[int, int] = {}
        lost: dict[int, int] = {}
        queue = [wanting]
        for g in queue:
            for x in self.people:
                if x in came or x not in self.speakers[g] or self.group_of.get(x) == g:
                    continue
                came[x] = g
                old = self.group_of.get(x)
                if old is None:
                    self._shift(x, wanting, came, lost)
                    return
                if old != wanting and old not in lost:
                    lost[old] = x
                    queue.append(old)

    def _shift(self, x: int, wanting: int, came: dict[int, int], lost: dict[int, int]) -> None:
        while True:
            g = came[x]
            self.group_of[x] = g
            self.groups[g].append(x)
            if g == wanting:
                return
            x = lost[g]
            self.groups[g].remove(x)
