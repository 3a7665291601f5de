"""The search for a plan: a start and then exchanges of two people as long as one makes the plan better."""

from app.thinking.drawing import measures
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance


def seat(
    instance: Instance, seed: str, objective: str, weights: tuple[int, int], effort: int
) -> measures.Seating:
    """Groups for every round: [round][group] -> people."""
    chance = Chance(seed, "run0")
    seating = [_deal(instance, r, chance) for r in range(instance.rounds)]

    def cost():
        worst = measures.hard(instance, seating)
        q = measures.repeats(measures.meetings(instance, seating))[1]
        return worst * 10**6 + weights[0] * q + weights[1] * measures.imbalance(instance, seating)

    best = cost()
    for _ in range(400 * effort):
        r = chance.below(instance.rounds)
        if instance.groups[r] == 1:
            continue
        g, h = chance.shuffled(range(instance.groups[r]))[:2]
        i, j = chance.below(len(seating[r][g])), chance.below(len(seating[r][h]))
        a, b = seating[r][g][i], seating[r][h][j]
        seating[r][g][i], seating[r][h][j] = b, a
        now = cost()
        if now <= best:
            best = now
        else:
            seating[r][g][i], seating[r][h][j] = a, b
    return seating


def _deal(instance: Instance, r: int, chance: Chance) -> list[list[int]]:
    people = sorted(
        chance.shuffled(sorted(instance.present[r])),
        key=lambda x: [attribute.values[x] for attribute in instance.balance],
    )
    groups = [people[g :: instance.groups[r]] for g in range(instance.groups[r])]
    return chance.shuffled(groups)
