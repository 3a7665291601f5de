"""What no plan can do better than: proved lower bounds for the repeats, by counting and by pigeonholes."""

from app.thinking.drawing.measures import pairs


def split_pairs(size: int, cells: int) -> int:
    """The least number of pairs that stay together when `size` people fall into `cells` cells: equal cells."""
    each, more = divmod(size, cells)
    return more * pairs(each + 1) + (cells - more) * pairs(each)


def bounds(present: list, groups: list[int], history=(), glued=()) -> dict[str, int]:
    """Lower bounds {E, Q, meetings} for people drawn into groups over rounds.

    present: who is there in each round (sets); groups: how many groups in each round; history: rounds already held,
    [round][group] -> people; glued: pairs that must be together in every round drawn, left out of all counts.
    Counting: `meetings` is fixed by the sizes; spread over all pairs some must repeat.
    Pigeonhole: the members of a group of one round fall into the groups of another, so some fall together.
    """
    past = [[frozenset(g) for g in held] for held in history]
    there = [frozenset().union(*held) for held in past] + [frozenset(who) for who in present]
    held, total = len(past), len(there)
    everybody = frozenset().union(*there)

    def glued_in(who, t: int) -> int:
        return sum(a in who and b in who for a, b in glued) if t >= held else 0

    meetings = sum(pairs(len(g)) for rounds in past for g in rounds)
    meetings += sum(split_pairs(len(there[held + r]), g) for r, g in enumerate(groups))
    meetings -= sum(glued_in(there[t], t) for t in range(total))
    possible = pairs(len(everybody)) - len(glued)
    both = {}
    for a in range(total):
        for b in range(a + 1, total):
            common = there[a] & there[b]
            if b < held:
                least = sum(pairs(len(x & y)) for x in past[a] for y in past[b])
            elif a < held:
                least = sum(split_pairs(len(g & there[b]), groups[b - held]) for g in past[a])
            else:
                least = _two_rounds(common, there[a], there[b], groups[a - held], groups[b - held])
            both[a, b] = both[b, a] = max(0, least - glued_in(common, a))
    pigeons = sum(both.values()) // 2
    from_one = max((sum(both[a, b] for b in range(total) if b != a) for a in range(total)), default=0)
    if not possible:
        return {"E": from_one, "Q": pigeons, "meetings": meetings}
    each, more = divmod(meetings, possible)
    counting = (possible - more) * pairs(each) + more * pairs(each + 1)
    return {"E": max(from_one, meetings - possible, 0), "Q": max(pigeons, counting), "meetings": meetings}


def _two_rounds(common, first, second, groups_first: int, groups_second: int) -> int:
    """The least number of pairs that are together in both rounds."""
    least = split_pairs(len(common), groups_first * groups_second)
    if first == second:
        n = len(first)
        least = max(least, _split_groups(n, groups_first, groups_second))
        least = max(least, _split_groups(n, groups_second, groups_first))
    return least


def _split_groups(n: int, groups: int, cells: int) -> int:
    size, more = divmod(n, groups)
    return more * split_pairs(size + 1, cells) + (groups - more) * split_pairs(size, cells)
