"""Where a search starts: everybody dealt out at random, so that every group gets its share of every value."""

from app.thinking.drawing.blocks import pack
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance
from app.thinking.drawing.languages import dealt
from app.thinking.drawing.measures import Seating


def sorted_by_values(instance: Instance, people: list[int], chance: Chance) -> list[int]:
    """The people sorted by their values of the balanced attributes, attributes and values in random order.

    Within one kind the given order stays.
    """
    attributes = chance.shuffled(instance.balance)
    ranks = [chance.shuffled(range(len(a.names))) for a in attributes]
    return sorted(people, key=lambda x: [rank[a.values[x]] for a, rank in zip(attributes, ranks, strict=True)])


def columns(instance: Instance, groups: int, chance: Chance) -> list[list[int]]:
    """Everybody in columns of as many seats as there are groups, alike people in one column, seats at random."""
    people = sorted_by_values(instance, list(range(instance.n)), chance)
    return [chance.shuffled(people[at : at + groups]) for at in range(0, instance.n, groups)]


def stratified(instance: Instance, chance: Chance) -> Seating | None:
    """Every round dealt by values; None if the pinned and the inseparable don't fit into the groups of a round."""
    seating = []
    for r in range(instance.rounds):
        if instance.languages is not None and not instance.together and not instance.pins:
            seated = dealt(instance, r, chance)
            if seated:
                seating.append(seated)
                continue
        packing = pack(instance, r, chance)
        if packing is None:
            return None
        seated, sizes = packing
        placed = {x for group in seated for x in group}
        singles = chance.shuffled(sorted(instance.present[r] - placed))
        queue = sorted_by_values(instance, singles, chance)
        turn = chance.shuffled(range(len(seated)))
        while queue:
            for g in turn:
                if queue and len(seated[g]) < sizes[g]:
                    seated[g].append(queue.pop())
        seating.append(seated)
    return seating
