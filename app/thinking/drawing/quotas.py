"""Rules that count people of a group: enough with a tag, and one language that all of them speak.

Groups are counted by `signature`: how many members have each tag and each language. What an exchange changes depends
on two signatures and two classes (people with the same tags and languages), so it is looked up, not recounted.
"""

from app.thinking.drawing.instance import Instance
from app.thinking.drawing.measures import Seating

Signature = tuple[int, ...]


class Quotas:
    """The counts of every group in every round. `rules` is False if no such rule was made."""

    def __init__(self, instance: Instance, members: Seating):
        self.least = [rule.least for rule in instance.min_count]
        languages = instance.languages or ()
        self.rules = bool(self.least or instance.languages is not None)
        self.speaking = instance.languages is not None
        marks = [*(rule.people for rule in instance.min_count), *(who for _, who in languages)]
        has = [tuple(int(x in who) for who in marks) for x in range(instance.n)]
        self.classes = sorted(set(has))
        number = {c: k for k, c in enumerate(self.classes)}
        self.class_of = [number[c] for c in has]
        self.has = has
        self.signature = [
            [tuple(sum(has[x][m] for x in group) for m in range(len(marks))) for group in groups] for groups in members
        ]
        self.members = members
        self.known: dict[tuple[Signature, int, bool], list[int]] = {}

    def missing(self, signature: Signature) -> int:
        """People missing for the tags, less the speakers of the best language (all of the group if it has one)."""
        lacking = sum(max(0, least - count) for least, count in zip(self.least, signature, strict=False))
        spoken = signature[len(self.least) :]
        return lacking - max(spoken, default=0)

    def broken(self) -> int:
        """How much is missing in all groups of all rounds."""
        return sum(
            self.missing(signature) + len(group) * self.speaking
            for signatures, groups in zip(self.signature, self.members, strict=True)
            for signature, group in zip(signatures, groups, strict=True)
        )

    def changes(self, r: int, i: int, at: list[int]) -> list[int]:
        """For everybody j: how much more is missing if i and j change places; 0 in i's own group."""
        g, mine = at[i], self.class_of[i]
        signatures = self.signature[r]
        here = self._swaps(signatures[g], mine, leaves=True)
        there = [self._swaps(signature, mine, leaves=False) for signature in signatures]
        there[g] = [-change for change in here]
        return [here[c] + there[h][c] for h, c in zip(at, self.class_of, strict=True)]

    def change(self, r: int, i: int, j: int, g: int, h: int) -> int:
        """How much more is missing if i of group g and j of group h change places."""
        here = self._swaps(self.signature[r][g], self.class_of[i], leaves=True)
        there = self._swaps(self.signature[r][h], self.class_of[i], leaves=False)
        return here[self.class_of[j]] + there[self.class_of[j]]

    def exchange(self, r: int, i: int, j: int, g: int, h: int) -> None:
        """Counts i of group g and j of group h in each other's group."""
        signatures = self.signature[r]
        signatures[g] = _swapped(signatures[g], self.has[i], self.has[j])
        signatures[h] = _swapped(signatures[h], self.has[j], self.has[i])

    def troubled(self, r: int, g: int) -> list[int]:
        """Members of a group that breaks a rule whose leaving could mend it."""
        signature, group = self.signature[r][g], self.members[r][g]
        troubled = []
        for mark, least in enumerate(self.least):
            if signature[mark] < least:
                troubled += [x for x in group if not self.has[x][mark]]
        spoken = signature[len(self.least) :]
        if self.speaking and max(spoken, default=0) < len(group):
            best = len(self.least) + max(range(len(spoken)), key=spoken.__getitem__, default=0)
            troubled += [x for x in group if not spoken or not self.has[x][best]]
        return troubled

    def _swaps(self, signature: Signature, one: int, leaves: bool) -> list[int]:
        """For every class: how much more is missing if `one` leaves for it, or comes for it."""
        key = signature, one, leaves
        swaps = self.known.get(key)
        if swaps is None:
            before, mine = self.missing(signature), self.classes[one]
            swaps = self.known[key] = [
                self.missing(_swapped(signature, mine, other) if leaves else _swapped(signature, other, mine)) - before
                for other in self.classes
            ]
        return swaps


def _swapped(signature: Signature, gone: Signature, come: Signature) -> Signature:
    return tuple(count - a + b for count, a, b in zip(signature, gone, come, strict=True))
