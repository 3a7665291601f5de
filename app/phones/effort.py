"""How many actions turn proposed themes into the wanted ones: cards dragged, and themes merged."""

from __future__ import annotations

from collections import Counter, defaultdict


def actions(proposed: list[list[int]], gold: list[str | None]) -> int:
    """Drags and merges: every card that isn't of its theme's majority, every single that has company elsewhere, and
    one merge for each theme too many of the same majority. Cards without a gold label want to be alone."""
    place: dict[int, int] = {}
    for n, cards in enumerate(proposed):
        for card in cards:
            place.setdefault(card, n)
    members: dict[object, list[int]] = defaultdict(list)
    for card in range(len(gold)):
        members[place.get(card, f"single {card}")].append(card)
    sizes = Counter(label for label in gold if label is not None)
    moves, majority = 0, Counter()
    for cards in members.values():
        count = Counter(gold[card] for card in cards)
        label, most = count.most_common(1)[0]
        if len(cards) == 1:
            moves += label is not None and sizes[label] > 1
            continue
        moves += len(cards) - most
        if label is not None:
            majority[label] += 1
    return moves + sum(n - 1 for n in majority.values())
