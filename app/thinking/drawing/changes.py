"""Live changes to a plan that is in use: somebody comes late or leaves, a group gets too small, two change places.

Everything is measured against all rounds: those already held, those drawn, and the history of the instance.
"""

from collections import Counter

from app.thinking.drawing import measures
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.faults import BadInput
from app.thinking.drawing.instance import Instance, parse

Rounds = list[list[list[str]]]
REPEAT, ALIKE = 2, 3


def insert_late(
    instance: dict, rounds: Rounds, person: dict, from_round: int, seed: str
) -> tuple[list[tuple[int, int]], dict]:
    """Seats for somebody who comes late, in all rounds from `from_round` on: ([(round, group)], report).

    Only groups that are smallest now are eligible, so sizes stay within one, unless a rule needs another group. Of
    these the one that lacks most of the person's tags, then the one with the fewest repeats and people with the same
    values; all rounds are chosen together, ties by lot from the seed. Nobody moves.
    report: {repeats, partners}, meetings with people met before and how many people are met in all.
    """
    others = [p for p in instance["participants"] if p["id"] != person["id"]]
    rules = _Rules(parse({**instance, "participants": [*others, person], "pins": []}))
    who = person["id"]
    chance = Chance(seed, f"late|{who}")
    known = _met(who, [*(instance.get("history") or []), *rounds])
    repeats = sum(known.values()) - len(known)
    coming = [r for r in range(from_round, len(rounds)) if r not in (person.get("absent") or ())]
    pinned = {pin.get("round"): pin["group"] for pin in instance.get("pins") or [] if pin["id"] == who}
    choices = {}
    for r in coming:
        pin = pinned.get(r, pinned.get(None))
        choices[r] = [pin] if pin is not None else chance.shuffled(rules.open_to(who, rounds[r]))
    chosen: dict[int, int] = {}
    changed = True
    while changed:
        changed = False
        for r in coming:
            groups, now = rounds[r], chosen.get(r)
            if now is not None:
                known.subtract(groups[now])
            worth = {g: rules.worth(who, groups[g], known) for g in choices[r]}
            chosen[r] = min(choices[r], key=lambda g, worth=worth, now=now: (worth[g], g != now))
            known.update(groups[chosen[r]])
            changed |= chosen[r] != now
    known = +known
    report = {"repeats": sum(known.values()) - len(known) - repeats, "partners": len(known)}
    return [(r, chosen[r]) for r in coming], report


def remove(rounds: Rounds, person: str, from_round: int) -> Rounds:
    """The plan without the person from `from_round` on; everybody else stays where they are."""
    return [
        [[x for x in group if r < from_round or x != person] for group in groups] for r, groups in enumerate(rounds)
    ]


def merge_small(
    instance: dict, rounds: Rounds, r: int, min_size: int, max_size: int, seed: str
) -> tuple[dict[str, int], Rounds]:
    """Dissolves groups of round r with fewer than min_size people: ({moved id: new group}, the new rounds).

    Again and again the smallest is dissolved, into one group if that is cheapest and fits into max_size, else spread
    over the smallest ones. A dissolved group stays in its place, empty, so that the others keep their labels.
    Stops when no group is too small, or nothing fits any more.
    """
    rules = _Rules(parse({**instance, "pins": []}))
    chance = Chance(seed, f"merge|{r}")
    groups = [list(group) for group in rounds[r]]
    elsewhere = [*(instance.get("history") or []), *rounds[:r], *rounds[r + 1 :]]
    met = {x: _met(x, elsewhere) for group in groups for x in group}
    order = chance.shuffled(range(len(groups)))
    moved: dict[str, int] = {}
    stuck: set[int] = set()
    while True:
        small = [g for g in order if 0 < len(groups[g]) < min_size and g not in stuck]
        if not small or sum(map(bool, groups)) < 2:
            break
        least = min(small, key=lambda g: len(groups[g]))
        hosts = [g for g in order if g != least and groups[g]]
        ways = [_into_one(rules, groups, least, g, met) for g in hosts if len(groups[g] + groups[least]) <= max_size]
        ways += _spread(rules, groups, least, hosts, max_size, met)
        if not ways:
            stuck.add(least)
            continue
        for x, g in min(ways, key=lambda way: way[0])[1]:
            groups[least].remove(x)
            groups[g].append(x)
            moved[x] = g
    return moved, [*rounds[:r], [sorted(group) for group in groups], *rounds[r + 1 :]]


def preview(instance: dict, rounds: Rounds, r: int, moves: dict[str, int | None]) -> dict:
    """What seating people elsewhere would do in round r: {d_repeats, d_imbalance, breaks: [rule]}, before anybody does.

    moves: id -> group, or None for nowhere. breaks names the rules, as `measures.broken_rules` does, that hold now and
    would be broken.
    """
    people = parse(instance)
    number = {x: k for k, x in enumerate(people.ids)}
    strangers = sorted(({x for groups in rounds for group in groups for x in group} | moves.keys()) - number.keys())
    if strangers:
        raise BadInput("rounds", f"{', '.join(strangers)} isn't among the participants")
    if any(g is not None and not 0 <= g < len(rounds[r]) for g in moves.values()):
        raise BadInput("moves", "names a group that isn't there")
    before = [[[number[x] for x in group] for group in groups] for groups in rounds]
    after = list(before)
    after[r] = [[x for x in group if people.ids[x] not in moves] for group in before[r]]
    for x, g in moves.items():
        if g is not None:
            after[r][g].append(number[x])
    repeats = [measures.repeats(measures.meetings(people, seating))[0] for seating in (before, after)]
    uneven = [measures.imbalance(people, [seating[r]]) for seating in (before, after)]
    held = measures.broken_rules(people, before)
    return {
        "d_repeats": repeats[1] - repeats[0],
        "d_imbalance": uneven[1] - uneven[0],
        "breaks": [rule for rule in measures.broken_rules(people, after) if rule not in held],
    }


class _Rules:
    """What a group is worth to somebody who may be put into it."""

    def __init__(self, people: Instance):
        self.people = people
        self.number = {x: k for k, x in enumerate(people.ids)}
        self.foes = {frozenset(pair) for pair in people.apart}

    def broken(self, who: str, group: list[str], present: set[str]) -> int:
        """How many rules are broken if `who` sits with the group, `present` being all who sit anywhere."""
        me, people = self.number[who], self.people
        here = {self.number[x] for x in group if x in self.number}
        broken = sum(frozenset((me, x)) in self.foes for x in here)
        for unit in people.together:
            if me in unit:
                broken += sum(people.ids[x] in present for x in unit if x != me and x not in here)
        if people.languages is not None:
            broken += not any(speakers.issuperset(here | {me}) for _, speakers in people.languages)
        return broken

    def open_to(self, who: str, groups: list[list[str]]) -> list[int]:
        """The smallest groups, or if each of them breaks a rule that another wouldn't, the smallest of the others."""
        present = {x for group in groups for x in group}
        broken = [self.broken(who, group, present) for group in groups]
        key = [(b, len(group)) for b, group in zip(broken, groups, strict=True)]
        smallest = min(map(len, groups))
        fewest = min(broken)
        if (fewest, smallest) in key:
            return [g for g, k in enumerate(key) if k == (fewest, smallest)]
        return [g for g, k in enumerate(key) if k == min(key)]

    def worth(self, who: str, group: list[str], known: Counter) -> tuple[int, int]:
        """The less the better: tags that the group lacks and `who` has count first, then repeats and equal values."""
        me = self.number[who]
        here = [self.number[x] for x in group if x in self.number]
        needed = sum(
            me in rule.people and len(rule.people.intersection(here)) < rule.least for rule in self.people.min_count
        )
        alike = sum(a.weight * sum(a.values[x] == a.values[me] for x in here if x != me) for a in self.people.balance)
        return -needed, REPEAT * sum(known[x] for x in group) + ALIKE * alike


def _met(who: str, rounds: Rounds) -> Counter:
    """How often `who` sat with everybody else."""
    met: Counter = Counter()
    for groups in rounds:
        for group in groups:
            if who in group:
                met.update(x for x in group if x != who)
    return met


Way = tuple[tuple[int, int, int], list[tuple[str, int]]]


def _into_one(rules: _Rules, groups: Rounds, least: int, g: int, met: dict[str, Counter]) -> Way:
    """The whole group goes to group g."""
    present = {x for group in groups for x in group}
    joined = groups[g] + groups[least]
    broken = sum(rules.broken(x, [y for y in joined if y != x], present) for x in groups[least])
    worth = [rules.worth(x, groups[g], met[x]) for x in groups[least]]
    return (broken, sum(w for w, _ in worth), sum(w for _, w in worth)), [(x, g) for x in groups[least]]


def _spread(rules: _Rules, groups: Rounds, least: int, hosts: list[int], max_size: int, met) -> list[Way]:
    """Everybody goes to the smallest group that suits them best; empty if there isn't room for all."""
    present = {x for group in groups for x in group}
    seated = {g: list(groups[g]) for g in hosts}
    moves, total = [], [0, 0, 0]
    for x in sorted(groups[least]):
        room = [g for g in hosts if len(seated[g]) < max_size]
        if not room:
            return []
        smallest = min(len(seated[g]) for g in room)
        key = {
            g: (rules.broken(x, seated[g], present), *rules.worth(x, seated[g], met[x]))
            for g in room
            if len(seated[g]) == smallest
        }
        best = min(key, key=key.__getitem__)
        total = [a + b for a, b in zip(total, key[best], strict=True)]
        seated[best].append(x)
        moves.append((x, best))
    return [(tuple(total), moves)]
