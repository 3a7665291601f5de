"""From an instance to a seating: the runs that are tried, and what is shuffled at the end so that all is fair."""

from itertools import count
from typing import NamedTuple

from app.thinking.drawing import designs
from app.thinking.drawing.bounds import bounds
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance
from app.thinking.drawing.measures import Seating, pairs, third_meetings
from app.thinking.drawing.search import Search
from app.thinking.drawing.starts import columns, stratified
from app.thinking.drawing.table import HARD, PRICES, UNIT, Table

# How long to search, in ticks: about microseconds.
TICKS_PER_SEAT = 1200
LEAST_TICKS, MOST_TICKS = 500_000, 1_600_000
LEAST_RUN = 40_000
# With so many people one long run is worth more than several short ones.
MANY = 60
MENDING_RUNS = 7
# Temperatures at which broken rules are mended and everything else is noise.
HOT_FOR_RULES, COLD_FOR_RULES = 0.35 * HARD, 0.15 * HARD


class Pace(NamedTuple):
    """How a run cools, in units of a repeat, and its share of the ticks."""

    hot: float
    cold: float
    share: float


FEW_FIRST, FEW_TIGHT, FEW_LOOSE = Pace(0.35, 0.2, 0.2), Pace(0.5, 0.35, 0.25), Pace(0.35, 0.28, 0.4)
MANY_SPARSE, MANY_DENSE = Pace(0.2, 0.1, 0.6), Pace(0.2, 0.1, 0.25)
MANY_NEAR, MANY_FAR = Pace(0.2, 0.1, 0.75), Pace(0.45, 0.28, 0.75)


def weights(n: int) -> tuple[int, int]:
    """What a repeat and a person too many with the same value weigh among n people, unless somebody says otherwise."""
    return (2, 4) if n <= MANY else (2, 3)


def seat(instance: Instance, seed: str, objective: str, weighing: tuple[int, int], effort: int) -> Seating | None:
    """[round][group] -> people: the best seating of all runs. None if pinned and inseparable people don't fit.

    weighing: of a repeat, and of a person too many with the same value.
    """
    mix, even_out = weighing
    seats = sum(map(len, instance.present))
    ticks = effort * min(MOST_TICKS, TICKS_PER_SEAT * seats)
    most = max(ticks, effort * LEAST_TICKS)
    least = bounds(instance.present, instance.groups, instance.history, instance.glued)
    floor = _floor(instance, least, objective, mix, even_out)
    design = _by_design(instance, Chance(seed, "design"), glued=objective == "distinct")
    best, rank, seating, spent = None, None, None, 0
    for k in count():
        chance = Chance(seed, f"run{k}")
        start = design if design and k == 0 else stratified(instance, chance)
        if start is None:
            return None
        near = k > 0 and best - floor < UNIT * seats // 8
        pace = _pace(instance, first=k == 0, near=near, repeating=least["Q"] > 0)
        share = max(LEAST_RUN, int(pace.share * ticks))
        search = Search(Table(instance, start, objective, mix, even_out), Chance(seed, f"steer{k}"))
        search.anneal(HOT_FOR_RULES, COLD_FOR_RULES, max(LEAST_RUN, ticks // 2), goal=HARD - 1)
        search.anneal(UNIT * mix * pace.hot, UNIT * mix * pace.cold, share, goal=floor)
        worth = search.best - mix * third_meetings(instance, search.seating) * (objective == "even"), search.best
        if rank is None or worth < rank:
            best, rank, seating = search.best, worth, search.seating
        spent += share
        if best <= floor or (spent >= most and (best < HARD or k > MENDING_RUNS)):
            return _finish(instance, seating, Chance(seed, "relabel"))


def _pace(instance: Instance, first: bool, near: bool, repeating: bool) -> Pace:
    """Many people who meet few others, or are nearly at the floor, need cold runs; those who must repeat, hot ones."""
    if instance.n <= MANY:
        return FEW_FIRST if first else FEW_TIGHT if repeating else FEW_LOOSE
    if first:
        met = sum(len(present) * instance.sizes(r)[0] for r, present in enumerate(instance.present))
        return MANY_SPARSE if 4 * met < instance.n**2 else MANY_DENSE
    return MANY_NEAR if near else MANY_FAR


def _by_design(instance: Instance, chance: Chance, glued: bool) -> Seating | None:
    if not instance.free:
        return None
    groups = instance.groups[0]
    design = designs.find(instance.n, groups, instance.rounds, chance, glued)
    return design and design.rounds(columns(instance, groups, chance), groups)


def _floor(instance: Instance, least: dict[str, int], objective: str, mix: int, even_out: int) -> int:
    """What no seating can cost less than, as `Table` counts; least: the bounds."""
    floor = UNIT * mix * least["E" if objective == "distinct" else "Q"]
    possible = pairs(instance.n) - len(instance.glued)
    if possible and not instance.history:
        each, more = divmod(least["meetings"], possible)
        price = PRICES[objective]
        floor = max(floor, mix * (possible * sum(map(price, range(each))) + more * price(each)))
    for present, groups in zip(instance.present, instance.groups, strict=True):
        for attribute in instance.balance:
            for value in range(len(attribute.names)):
                each, more = divmod(sum(attribute.values[x] == value for x in present), groups)
                evenly = more * pairs(each + 1) + (groups - more) * pairs(each)
                floor += UNIT * even_out * attribute.weight * evenly
    return floor


def _finish(instance: Instance, seating: Seating, chance: Chance) -> Seating:
    """Rounds in random order if they are all alike, and group labels shuffled where nobody is pinned."""
    if instance.free:
        seating = chance.shuffled(seating)
    pinned = {r for r, _, _ in instance.pins}
    return [groups if r in pinned else chance.shuffled(groups) for r, groups in enumerate(seating)]
