"""People who can't be dealt one by one: pinned ones, and those who must be together."""

from typing import NamedTuple

from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance

NODES = 20_000


class Block(NamedTuple):
    """People of one round who are in one group, and that group if they are pinned."""

    people: tuple[int, ...]
    group: int | None


class Packing(NamedTuple):
    """groups: the blocks' people by group; sizes: how many people every group takes in the end."""

    groups: list[list[int]]
    sizes: list[int]


def blocks(instance: Instance, r: int) -> list[Block]:
    """The blocks of round r: pinned ones first, then the largest."""
    present = instance.present[r]
    pinned = {x: g for at, x, g in instance.pins if at == r}
    found = []
    for unit in instance.together:
        here = tuple(x for x in unit if x in present)
        group = next((pinned[x] for x in here if x in pinned), None)
        if len(here) > 1:
            found.append(Block(here, group))
            for x in here:
                pinned.pop(x, None)
    found += [Block((x,), g) for x, g in pinned.items()]
    return sorted(found, key=lambda block: (block.group is None, -len(block.people), block.people))


def pack(instance: Instance, r: int, chance: Chance) -> Packing | None:
    """A random way to seat the blocks of round r, nobody beside whom they must be apart from; None if none is found.

    Depth first over the blocks, emptiest groups first. Sizes differ by one at most, so a group may hold one more than
    the smallest, and only as many groups as have to.
    """
    count = instance.groups[r]
    least, more = divmod(len(instance.present[r]), count)
    foes: dict[int, set[int]] = {}
    for a, b in instance.apart:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    groups: list[list[int]] = [[] for _ in range(count)]
    todo = blocks(instance, r)
    left = NODES

    def fits(people, g: int) -> bool:
        size = len(groups[g]) + len(people)
        if size > least + (more > 0) or any(foes.get(x, frozenset()).intersection(groups[g]) for x in people):
            return False
        return size <= least or sum(len(group) > least for group in groups) < more

    def place(k: int) -> bool:
        nonlocal left
        if k == len(todo):
            return True
        people, pinned = todo[k]
        choices = sorted(chance.shuffled(range(count)), key=lambda g: len(groups[g])) if pinned is None else [pinned]
        for g in choices:
            left -= 1
            if left < 0:
                return False
            if fits(people, g):
                groups[g] += people
                if place(k + 1):
                    return True
                del groups[g][-len(people) :]
        return False

    if not place(0):
        return None
    large = [g for g in range(count) if len(groups[g]) > least]
    large += chance.shuffled(g for g in range(count) if len(groups[g]) <= least)
    sizes = [least] * count
    for g in large[:more]:
        sizes[g] += 1
    return Packing(groups, sizes)
