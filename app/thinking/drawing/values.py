"""Balanced attributes in a search: who shares which values, and how many of each sit in every group."""

from itertools import accumulate
from operator import add, gt

from app.thinking.drawing.instance import Instance
from app.thinking.drawing.measures import Seating, pairs


class Values:
    """People with the same values of all balanced attributes are of one kind.

    alike[a][b]: what the values that kinds a and b share weigh. Every value of every attribute has a slot:
    counts[r][g][slot] people of a group have it, share[r][slot] is the most that a group should have.
    """

    def __init__(self, instance: Instance, members: Seating, even_out: int):
        self.n, self.balance = instance.n, instance.balance
        self._kinds(even_out)
        starts = list(accumulate((len(a.names) for a in self.balance), initial=0))
        self.slots = [
            tuple(start + a.values[x] for start, a in zip(starts, self.balance, strict=False)) for x in range(self.n)
        ]
        self.weights = [even_out * a.weight for a in self.balance for _ in a.names]
        self.counts = [[self._count(group) for group in groups] for groups in members]
        self.share = [
            [-(-total // len(groups)) for total in self._count(present)]
            for present, groups in zip(instance.present, members, strict=True)
        ]
        self.shifts: dict[tuple[int, int], list[int]] = {}

    def _kinds(self, even_out: int) -> None:
        values = [tuple(a.values[x] for a in self.balance) for x in range(self.n)]
        kinds = sorted(set(values))
        number = {kind: k for k, kind in enumerate(kinds)}
        self.kind = [number[v] for v in values]
        self.alike = [[0] * len(kinds) for _ in kinds]
        for place, attribute in enumerate(self.balance):
            weight = even_out * attribute.weight
            column = [kind[place] for kind in kinds]
            shared = [[weight * (value == v) for v in column] for value in range(len(attribute.names))]
            self.alike = [list(map(add, row, shared[v])) for row, v in zip(self.alike, column, strict=True)]

    def _count(self, people) -> list[int]:
        counts = [0] * len(self.weights)
        for x in people:
            for slot in self.slots[x]:
                counts[slot] += 1
        return counts

    def total(self) -> int:
        """What all shared values cost: the weight of every pair of a group that shares one."""
        return sum(
            weight * pairs(count)
            for groups in self.counts
            for counts in groups
            for weight, count in zip(self.weights, counts, strict=True)
        )

    def crowd(self, group: list[int]) -> list[int]:
        """What everybody would pay for sharing values with the people of the group."""
        crowd = list(map(sum, zip(*(self.alike[self.kind[x]] for x in group), strict=True)))
        return [crowd[k] for k in self.kind]

    def distances(self, kind: int) -> list[int]:
        """Twice what somebody of this kind doesn't share with everybody."""
        alike = self.alike[kind]
        return [2 * (alike[kind] - alike[k]) for k in self.kind]

    def shift(self, i: int, j: int) -> list[int] | None:
        """How `crowd` of a group changes when i leaves and j comes; None if it doesn't."""
        pair = self.kind[i], self.kind[j]
        if pair[0] == pair[1]:
            return None
        shift = self.shifts.get(pair)
        if shift is None:
            gone, come = self.alike[pair[0]], self.alike[pair[1]]
            shift = self.shifts[pair] = [come[k] - gone[k] for k in self.kind]
        return shift

    def exchange(self, r: int, i: int, j: int, g: int, h: int) -> None:
        """Counts i of group g and j of group h in each other's group."""
        from_g, from_h = self.counts[r][g], self.counts[r][h]
        for gone, come in zip(self.slots[i], self.slots[j], strict=True):
            from_g[gone] -= 1
            from_h[gone] += 1
            from_g[come] += 1
            from_h[come] -= 1

    def crowded(self, r: int, g: int, group: list[int]) -> list[int]:
        """The people of the group who are one too many of a value."""
        counts, share = self.counts[r][g], self.share[r]
        if not any(map(gt, counts, share)):
            return []
        over = {slot for slot, (count, most) in enumerate(zip(counts, share, strict=True)) if count > most}
        return [x for x in group if not over.isdisjoint(self.slots[x])]
