"""From an instance to a seating: the runs that are tried, and what is shuffled at the end so that all is fair."""

from collections.abc import Iterator
from typing import NamedTuple

from app.thinking.drawing import designs
from app.thinking.drawing.bounds import bounds
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance
from app.thinking.drawing.measures import Seating, pairs
from app.thinking.drawing.search import Search
from app.thinking.drawing.starts import columns, stratified
from app.thinking.drawing.table import HARD, Table

# How long to search, in ticks: about microseconds.
TICKS_PER_SEAT = 1200
LEAST_TICKS, MOST_TICKS = 200_000, 1_600_000
LEAST_RUN = 25_000
# With so many people one long run is worth more than several short ones.
MANY = 60
MENDING_RUNS = 7
# Temperatures at which broken rules are mended and everything else is noise.
HOT_FOR_RULES, COLD_FOR_RULES = 0.35 * HARD, 0.15 * HARD


class Run(NamedTuple):
    """One try: where it starts, its temperatures in units of a repeat, and its share of the ticks."""

    start: Seating
    hot: float
    cold: float
    share: float


def seat(instance: Instance, seed: str, objective: str, weights: tuple[int, int], effort: int) -> Seating | None:
    """[round][group] -> people: the best seating of all runs. None if pinned and inseparable people don't fit.

    weights: of a repeat, and of a person too many with the same value.
    """
    mix, even_out = weights
    ticks = effort * TICKS_PER_SEAT * sum(map(len, instance.present))
    most = min(effort * MOST_TICKS, max(effort * LEAST_TICKS, ticks))
    floor = _floor(instance, objective, mix, even_out)
    best, seating, spent = None, None, 0
    for k, run in enumerate(_runs(instance, seed)):
        share = int(min(most, max(LEAST_RUN, run.share * ticks)))
        search = Search(Table(instance, run.start, objective, mix, even_out), Chance(seed, f"steer{k}"))
        search.anneal(HOT_FOR_RULES, COLD_FOR_RULES, max(LEAST_RUN, ticks // 2), goal=HARD - 1)
        search.anneal(2 * mix * run.hot, 2 * mix * run.cold, share, goal=floor)
        if best is None or search.best < best:
            best, seating = search.best, search.seating
        spent += share
        if best <= floor or (best < HARD and spent >= most) or (spent >= most and k > MENDING_RUNS):
            break
    return seating and _finish(instance, seating, Chance(seed, "relabel"))


def _runs(instance: Instance, seed: str) -> Iterator[Run]:
    chance = Chance(seed, "run0")
    start = _by_design(instance, chance)
    if start:
        yield Run(start, hot=0.35, cold=0.2, share=0.2)
    start = stratified(instance, chance)
    if start is None:
        return
    yield Run(start, hot=0.35, cold=0.28, share=0.15)
    share = 0.7 if instance.n > MANY else 0.25
    k = 1
    while True:
        yield Run(stratified(instance, Chance(seed, f"run{k}")), hot=0.45, cold=0.28, share=share)
        k += 1


def _by_design(instance: Instance, chance: Chance) -> Seating | None:
    if not instance.free:
        return None
    groups = instance.groups[0]
    design = designs.find(instance.n, groups, instance.rounds, chance)
    return design and design.rounds(columns(instance, groups, chance), groups)


def _floor(instance: Instance, objective: str, mix: int, even_out: int) -> int:
    """What no seating can cost less than, as `Table` counts."""
    least = bounds(instance.present, instance.groups, instance.history, instance.glued)
    floor = 2 * mix * least["E" if objective == "distinct" else "Q"]
    for present, groups in zip(instance.present, instance.groups, strict=True):
        for attribute in instance.balance:
            for value in range(len(attribute.names)):
                each, more = divmod(sum(attribute.values[x] == value for x in present), groups)
                evenly = more * pairs(each + 1) + (groups - more) * pairs(each)
                floor += 2 * even_out * attribute.weight * evenly
    return floor


def _finish(instance: Instance, seating: Seating, chance: Chance) -> Seating:
    """Rounds in random order if they are all alike, and group labels shuffled where nobody is pinned."""
    if instance.free:
        seating = chance.shuffled(seating)
    pinned = {r for r, _, _ in instance.pins}
    return [groups if r in pinned else chance.shuffled(groups) for r, groups in enumerate(seating)]
