"""An independent judge of plans, written without looking at the engine, and workshops to try it on."""

import time
from collections import Counter
from itertools import combinations, product


def workshop(n, groups, rounds, *, values=None, **rules):
    """An instance of n people p000 …; values: {attribute: [how many people have value 0, 1, …]}, dealt out mixed."""
    people = [{"id": f"p{k:03d}", "attrs": {}, "tags": []} for k in range(n)]
    for step, (name, counts) in enumerate((values or {}).items()):
        column = [f"{name}{v}" for v, count in enumerate(counts) for _ in range(count)]
        assert len(column) == n, "the counts must add up to the people"
        stride = next(s for s in range(7 + 4 * step, n * 9) if n == 1 or all(n % p or s % p for p in range(2, n + 1)))
        for k, value in enumerate(column):
            people[k * stride % n]["attrs"][name] = value
    return {"participants": people, "groups": groups, "rounds": rounds, "balance": sorted(values or {}), **rules}


def reference_event(**rules):
    """17 people from five regions, three groups, three sessions."""
    return workshop(17, 3, 3, values={"region": [6, 3, 2, 3, 3]}, **rules)


def groups_per_round(instance):
    groups = instance["groups"]
    return groups if isinstance(groups, list) else [groups] * instance["rounds"]


def faults(instance, rounds):
    """Everything that is wrong with a plan, as sentences."""
    wrong = []
    people = {p["id"]: p for p in instance["participants"]}
    if len(rounds) != instance["rounds"]:
        wrong.append("not the number of rounds that was asked for")
    for r, groups in enumerate(rounds):
        here = sorted(x for x, p in people.items() if r not in p.get("absent", []))
        if sorted(x for g in groups for x in g) != here:
            wrong.append(f"round {r}: not everybody is seated once")
        sizes = [len(g) for g in groups]
        if len(groups) != groups_per_round(instance)[r] or max(sizes) - min(sizes) > 1:
            wrong.append(f"round {r}: sizes {sizes}")
        at = {x: k for k, g in enumerate(groups) for x in g}
        for unit in instance.get("together", []):
            if len({at[x] for x in unit if x in at}) > 1:
                wrong.append(f"round {r}: {unit} aren't together")
        for rivals in instance.get("apart", []):
            if any(a in at and at[a] == at.get(b) for a, b in combinations(rivals, 2)):
                wrong.append(f"round {r}: {rivals} aren't apart")
        for pin in instance.get("pins", []):
            if pin.get("round", r) == r and at.get(pin["id"], pin["group"]) != pin["group"]:
                wrong.append(f"round {r}: {pin['id']} isn't where it is pinned")
        for k, group in enumerate(groups):
            tags = [set(people[x].get("tags", [])) for x in group if x in people]
            for rule in instance.get("min_count", []):
                if sum(rule["tag"] in t for t in tags) < rule["min"]:
                    wrong.append(f"round {r}, group {k}: too few {rule['tag']}")
            if instance.get("common_language") and not any(t.startswith("lang:") for t in set.intersection(*tags)):
                wrong.append(f"round {r}, group {k}: no common language")
    return wrong


def meetings(instance, rounds):
    """How often each pair is together; pairs of one `together` set don't count."""
    glued = {frozenset(p) for unit in instance.get("together", []) for p in combinations(unit, 2)}
    met = Counter(
        frozenset(p) for groups in [*instance.get("history", []), *rounds] for g in groups for p in combinations(g, 2)
    )
    return {pair: m for pair, m in met.items() if pair not in glued}


def repeats(instance, rounds):
    """(E, Q) as docs/grouping.md defines them."""
    met = meetings(instance, rounds).values()
    return sum(m - 1 for m in met), sum(m * (m - 1) // 2 for m in met)


def imbalance(instance, rounds):
    """People who would have to move for every group to have its share of every value."""
    attrs = {p["id"]: p["attrs"] for p in instance["participants"]}
    total = 0
    for groups in rounds:
        for name in instance.get("balance", []):
            name = name if isinstance(name, str) else name["attr"]
            for value in {attrs[x].get(name) for g in groups for x in g}:
                counts = [sum(attrs[x].get(name) == value for x in g) for g in groups]
                least, most = sum(counts) // len(groups), -(-sum(counts) // len(groups))
                total += max(sum(max(0, c - most) for c in counts), sum(max(0, least - c) for c in counts))
    return total


def every_round(instance, r):
    """All ways to seat round r, groups labelled (for tiny instances)."""
    people = [p["id"] for p in instance["participants"] if r not in p.get("absent", [])]
    count = groups_per_round(instance)[r]
    for places in product(range(count), repeat=len(people)):
        groups = [[x for x, g in zip(people, places, strict=True) if g == k] for k in range(count)]
        sizes = [len(g) for g in groups]
        if max(sizes) - min(sizes) <= 1:
            yield groups


def possible(instance):
    """Whether any plan keeps the rules, by trying all of them round by round (rules don't link rounds)."""
    for r in range(instance["rounds"]):
        only = [pin for pin in instance.get("pins", []) if pin.get("round", r) == r]
        one = {
            **instance,
            "rounds": 1,
            "groups": groups_per_round(instance)[r],
            "participants": [
                {**p, "absent": [0] if r in p.get("absent", []) else []} for p in instance["participants"]
            ],
            "pins": [{"id": pin["id"], "group": pin["group"]} for pin in only],
        }
        seatings = every_round(one, 0)
        if all(0 in map(len, groups) or faults(one, [groups]) for groups in seatings):
            return False
    return True


def quickest(work, tries=3):
    """CPU seconds of the quickest of some runs: what the work costs on a machine that does nothing else."""
    seconds = []
    for _ in range(tries):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)
