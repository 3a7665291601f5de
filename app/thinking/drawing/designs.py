"""Shift designs: schedules in which, by proof, nobody meets anybody twice (or as rarely as can be).

Everybody sits in one of s columns of G seats. Round k puts seat (x, y) into group x + c[k][y] of an abelian group
of order G. Two people of one column never meet. Two of columns y and y' meet in round k if x - x' = c[k][y'] -
c[k][y], so they meet twice only if c[k] - c[k'] takes the same value at y and y'. If for every two rounds the s
differences are all distinct, nobody meets twice; if s > G and every difference occurs floor or ceil(s/G) times, the
pigeonhole bound for the repeats is attained. (Difference matrices: Colbourn and Dinitz, Handbook of Combinatorial
Designs, VI.17.)
"""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple

from app.thinking.drawing.chance import Chance

NODES = 2500
TRIES = 12


class Design(NamedTuple):
    """`shifts[round][column]`, and how the group adds: `plus(x, shift)` -> group. `extra`: one round by columns."""

    shifts: list[list[int]]
    plus: Callable[[int, int], int]
    extra: bool

    def rounds(self, columns: list[list], groups: int) -> list[list[list]]:
        """[round][group] -> people, for columns of at most `groups` people in seat order."""
        drawn = []
        for shifts in self.shifts:
            seated = [[] for _ in range(groups)]
            for shift, column in zip(shifts, columns, strict=True):
                for x, person in enumerate(column):
                    seated[self.plus(x, shift)].append(person)
            drawn.append(seated)
        if self.extra:
            size = len(columns)
            drawn.append([column[at : at + size] for column in columns for at in range(0, groups, size)])
        return drawn


def find(n: int, groups: int, rounds: int, chance: Chance, glued: bool = True) -> Design | None:
    """A design for n people in `groups` groups over `rounds` rounds, or None if none was found.

    With more columns than groups some pairs must meet again; `glued` says whether they may do so in every round, as
    they do in the arrays that are computed (fewest repeats, but the same few people travel together).
    """
    if groups < 2 or n < groups:
        return None
    columns = -(-n // groups)
    extra = rounds > 1 and n == groups * columns and groups % columns == 0
    for extra_rounds in range(1 + extra):
        found = _shifts(groups, columns, rounds - extra_rounds, chance, glued or columns <= groups)
        if found:
            return Design(*found, extra=bool(extra_rounds))
    return None


def _shifts(groups: int, columns: int, rounds: int, chance: Chance, computed: bool):
    def cyclic(x, y):
        return (x + y) % groups

    multiples = [[k * y % groups for y in range(columns)] for k in range(rounds)]
    if computed and _good(multiples, groups):
        return multiples, cyclic
    field = _field(groups) if computed and rounds <= groups else None
    if field:
        times, plus = field
        return [[times(k, y % groups) for y in range(columns)] for k in range(rounds)], plus
    stored = _stored().get(f"{groups},{rounds}")
    if stored and columns <= len(stored[0]):
        return [row[:columns] for row in stored], cyclic
    for _ in range(TRIES):
        found = _grow(groups, columns, rounds, chance)
        if found:
            return found, cyclic
    return None


def _good(shifts: list[list[int]], groups: int) -> bool:
    """Every two rounds: all differences mod `groups` equally often, give or take one."""
    least, more = divmod(len(shifts[0]), groups)
    for a, b in combinations(shifts, 2):
        often = Counter((x - y) % groups for x, y in zip(a, b, strict=True))
        if max(often.values()) > least + (more > 0) or (least and (len(often) < groups or min(often.values()) < least)):
            return False
    return True


@cache
def _stored() -> dict[str, list[list[int]]]:
    return json.loads((files("app.thinking") / "data" / "difference-arrays.json").read_text())


def _field(order: int):
    """(times, plus) of the finite field of a prime power that isn't a prime, else None."""
    prime = next((p for p in range(2, order + 1) if order % p == 0), 0)
    degree, rest = 0, order
    while prime and rest % prime == 0:
        rest //= prime
        degree += 1
    if rest != 1 or degree < 2:
        return None

    def digits(x):
        return [x // prime**k % prime for k in range(degree)]

    def number(places):
        return sum(d * prime**k for k, d in enumerate(places))

    def plus(x, y):
        return number([(a + b) % prime for a, b in zip(digits(x), digits(y), strict=True)])

    def product(x, y, modulus):
        places = [0] * (2 * degree - 1)
        for i, a in enumerate(digits(x)):
            for j, b in enumerate(digits(y)):
                places[i + j] += a * b
        for top in range(2 * degree - 2, degree - 1, -1):
            for k in range(degree):
                places[top - degree + k] -= places[top] * modulus[k]
        return number([d % prime for d in places[:degree]])

    for low in range(order):
        modulus = digits(low)
        if all(product(x, y, modulus) for x in range(1, order) for y in range(x, order)):
            return cache(partial(product, modulus=modulus)), plus
    raise AssertionError("every prime power has a field")


def _grow(groups: int, columns: int, rounds: int, chance: Chance) -> list[list[int]] | None:
    """Row by row, depth first, values in random order, until it fits or `NODES` values were tried.

    With at most `groups` columns the condition is the same for rounds and columns exchanged: fewer rows are grown.
    """
    if columns <= groups < rounds:
        return None
    turned = columns < rounds <= groups
    if turned:
        columns, rounds = rounds, columns
    least, more = divmod(columns, groups)
    shifts = [[0] * columns]
    left = NODES
    while len(shifts) < rounds:
        row = _row(shifts, groups, columns, least, more, left, chance)
        if row is None:
            return None
        row, left = row
        shifts.append(row)
    return [list(column) for column in zip(*shifts, strict=True)] if turned else shifts


def _row(shifts, groups, columns, least, more, left, chance):
    """One more row that suits all rows before it, and the tries that are left; None if they run out."""
    often = [[0] * groups for _ in shifts]
    full = [0] * len(shifts)
    row: list[int] = []
    untried = [[0]]
    while len(row) < columns:
        if not untried[-1]:
            untried.pop()
            if not row:
                return None
            _count(shifts, often, full, row.pop(), len(row), groups, least, -1)
            continue
        left -= 1
        if left < 0:
            return None
        value = untried[-1].pop()
        y = len(row)
        _count(shifts, often, full, value, y, groups, least, 1)
        if max(full) <= more and all(
            counts[(value - before[y]) % groups] <= least + (more > 0)
            for counts, before in zip(often, shifts, strict=True)
        ):
            row.append(value)
            untried.append(chance.shuffled(range(groups)))
        else:
            _count(shifts, often, full, value, y, groups, least, -1)
    return row, left


def _count(shifts, often, full, value, y, groups, least, step) -> None:
    """Counts (or uncounts) the differences of `value` at column y; `full` counts those seen more than `least` times."""
    for k, before in enumerate(shifts):
        difference = (value - before[y]) % groups
        often[k][difference] += step
        full[k] += step * (often[k][difference] == least + (step > 0))
