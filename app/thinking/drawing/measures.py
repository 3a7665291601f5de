"""What a plan is worth: repeats, balance, and the rules it breaks, counted from the groups alone."""

from collections import Counter
from itertools import combinations

from app.thinking.drawing.instance import Instance

Seating = list[list[list[int]]]


def pairs(n: int) -> int:
    """How many pairs n people make."""
    return n * (n - 1) // 2


def meetings(instance: Instance, seating: Seating) -> dict[tuple[int, int], int]:
    """How often each pair is together, history included, pairs that must be together left out."""
    met: dict[tuple[int, int], int] = {}
    for groups in [*instance.history, *seating]:
        for group in groups:
            for pair in combinations(sorted(group), 2):
                met[pair] = met.get(pair, 0) + 1
    for pair in instance.glued:
        met.pop(pair, None)
    return met


def repeats(met: dict[tuple[int, int], int]) -> tuple[int, int]:
    """(E, Q): meetings spent on somebody already met, and the same with a third meeting counting three."""
    return sum(m - 1 for m in met.values()), sum(pairs(m) for m in met.values())


def third_meetings(instance: Instance, seating: Seating) -> int:
    """Sum of C(m, 3) over pairs: how often three rounds share a pair."""
    return sum(m * (m - 1) * (m - 2) // 6 for m in meetings(instance, seating).values())


def imbalance(instance: Instance, seating: Seating) -> int:
    """People who would have to move for every group to have its share of every value, summed over rounds."""
    total = 0
    for groups in seating:
        for attribute in instance.balance:
            values = attribute.values
            for value in range(len(attribute.names)):
                counts = [sum(values[x] == value for x in group) for group in groups]
                least, more = divmod(sum(counts), len(groups))
                most = least + (more > 0)
                over = sum(max(0, count - most) for count in counts)
                under = sum(max(0, least - count) for count in counts)
                total += max(over, under)
    return total


def broken_rules(instance: Instance, seating: Seating) -> list[dict]:
    """Every rule that the plan breaks, as {kind, round, group?, ids?, tag?}; rounds and groups count from 0."""
    broken = []
    ids = instance.ids
    for r, groups in enumerate(seating):
        where = {x: g for g, group in enumerate(groups) for x in group}
        for unit in instance.together:
            if len({where[x] for x in unit if x in where}) > 1:
                broken.append({"kind": "together", "round": r, "ids": [ids[x] for x in unit]})
        for a, b in instance.apart:
            if a in where and where[a] == where.get(b):
                broken.append({"kind": "apart", "round": r, "group": where[a], "ids": [ids[a], ids[b]]})
        for at, x, g in instance.pins:
            if at == r and where.get(x, g) != g:
                broken.append({"kind": "pin", "round": r, "group": g, "ids": [ids[x]]})
        for g, group in enumerate(groups):
            for rule in instance.min_count:
                if len(rule.people & set(group)) < rule.least:
                    broken.append({"kind": "min_count", "round": r, "group": g, "tag": rule.tag})
            if instance.languages is not None and not _share_a_language(instance, group):
                broken.append({"kind": "common_language", "round": r, "group": g})
    return broken


def _share_a_language(instance: Instance, group: list[int]) -> bool:
    return not group or any(who.issuperset(group) for _, who in instance.languages)


def pair_probability(instance: Instance, seating: Seating) -> dict[str, float | None]:
    """How likely two people meet per round: with the same value of a balanced attribute, and with another.

    Of all pairs present in a round; None where there is no such pair.
    """
    together, possible = [0, 0], [0, 0]
    counted: dict[frozenset[int], tuple[int, int]] = {}
    for present, groups in zip(instance.present, seating, strict=True):
        if present not in counted:
            counted[present] = _alike_or_not(instance, present)
        for count, found in ((possible, [counted[present]]), (together, [_alike_or_not(instance, g) for g in groups])):
            for same, different in found:
                count[0] += same
                count[1] += different
    shares = [round(a / b, 4) if b else None for a, b in zip(together, possible, strict=True)]
    return {"same": shares[0], "different": shares[1]}


def _alike_or_not(instance: Instance, people) -> tuple[int, int]:
    """Pairs that share a value of a balanced attribute, and pairs that share none (inclusion and exclusion)."""
    values = [a.values for a in instance.balance]
    different = 0
    for size in range(len(values) + 1):
        for chosen in combinations(values, size):
            same = Counter(tuple(v[x] for v in chosen) for x in people)
            different += (-1) ** size * sum(map(pairs, same.values()))
    return pairs(len(people)) - different, different
