"""Rules that can't be kept together, found before anything is drawn, with a hint at what would help."""

from collections import Counter
from collections.abc import Iterator

from app.thinking.drawing.blocks import blocks, pack
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import Instance
from app.thinking.drawing.languages import splits

CLIQUE_NODES = 20_000


def clashes(instance: Instance) -> list[dict]:
    """Every contradiction found, as {kind, hint, ids?, tag?, group?, round?}; empty if the rules look possible.

    `round` is left out if the clash is the same in every round. Kinds: duplicate_id, too_few_people, no_language,
    together_larger_than_group, together_vs_apart, together_without_common_language, together_does_not_fit,
    languages_do_not_fill_groups,
    not_enough_tagged, pin_no_such_group, pin_conflict, pins_overfill_group, too_many_large_pinned_groups,
    pin_vs_apart, apart_clique.
    """
    twice = sorted(x for x, count in Counter(instance.ids).items() if count > 1)
    if twice:
        return [_clash("duplicate_id", f"Listed more than once: {_names(twice)}.", ids=twice)]
    found: dict[tuple, tuple[dict, list[int]]] = {}
    for r in range(instance.rounds):
        here = list(_round(instance, r))
        if not here and pack(instance, r, Chance("", "preflight")) is None:
            here = [does_not_fit()]
        for clash in here:
            found.setdefault(tuple(map(str, clash.items())), (clash, []))[1].append(r)
    merged = []
    for clash, rounds in found.values():
        if len(rounds) < instance.rounds:
            clash = {**clash, "round": rounds[0], "hint": f"Session {rounds[0] + 1}: {clash['hint']}"}
        merged.append(clash)
    return merged


def does_not_fit() -> dict:
    """The clash of blocks that can't all be seated, though each of them could."""
    hint = "No way was found to seat those who are pinned, apart or together in groups of this size."
    return _clash("together_does_not_fit", f"{hint} Loosen one of these rules, or make fewer groups.")


def _clash(kind: str, hint: str, **facts) -> dict:
    return {"kind": kind, **facts, "hint": hint}


def _names(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"


def _round(instance: Instance, r: int) -> Iterator[dict]:
    count, present = instance.groups[r], instance.present[r]
    if len(present) < count:
        hint = f"{len(present)} present is too few for {count} groups. Make at most {len(present)}."
        yield _clash("too_few_people", hint, people=len(present), groups=count)
        return
    yield from _together(instance, r)
    yield from _tags(instance, r)
    yield from _pins(instance, r)
    if instance.languages is not None:
        yield from _languages(instance, r)
    clique = _clique(instance, r)
    if clique:
        ids = [instance.ids[x] for x in clique]
        hint = f"{_names(ids)} must all be apart, but there are only {count} groups."
        hint += f" Make {len(clique)} groups or let two of them meet."
        yield _clash("apart_clique", hint, ids=ids)


def _together(instance: Instance, r: int) -> Iterator[dict]:
    present, largest = instance.present[r], instance.sizes(r)[0]
    for unit in instance.together:
        here = [x for x in unit if x in present]
        ids = [instance.ids[x] for x in here]
        if len(here) > largest:
            hint = f"{_names(ids)} are to be together, but a group has at most {largest} people."
            yield _clash("together_larger_than_group", f"{hint} Make fewer groups or split them.", ids=ids)
        for a, b in instance.apart:
            if a in here and b in here:
                pair = [instance.ids[a], instance.ids[b]]
                hint = f"{_names(pair)} are to be apart and together at once (through {_names(ids)})."
                yield _clash("together_vs_apart", f"{hint} Drop one of the two rules.", ids=pair)


def _tags(instance: Instance, r: int) -> Iterator[dict]:
    count, present = instance.groups[r], instance.present[r]
    largest, smallest = instance.sizes(r)[0], instance.sizes(r)[-1]
    for rule in instance.min_count:
        for unit in instance.together:
            here = present.intersection(unit)
            if 1 < len(here) <= largest and len(here & rule.people) + largest - len(here) < rule.least:
                ids = [instance.ids[x] for x in sorted(here)]
                hint = f"With {_names(ids)} together, their group has no room for {rule.least} with {rule.tag}."
                yield _clash("not_enough_tagged", f"{hint} Split them or drop one of the rules.", tag=rule.tag, ids=ids)
        have, need = len(rule.people & present), rule.least * count
        facts = {"tag": rule.tag, "have": have, "need": need}
        if have < need:
            hint = f"{rule.least} with {rule.tag} in each of {count} groups makes {need}, but only {have} are there."
            ways = []
            if have >= rule.least:
                ways.append(f"at most {have // rule.least} groups")
            if have >= count:
                ways.append(f"at most {have // count} per group")
            advice = f" Possible: {', or '.join(ways)}." if ways else " Drop the rule."
            yield _clash("not_enough_tagged", hint + advice, **facts)
        elif rule.least > smallest:
            hint = f"{rule.least} with {rule.tag} don't fit into a group of {smallest}. Make fewer groups or ask for"
            yield _clash("not_enough_tagged", f"{hint} at most {smallest} per group.", **facts)


def _pins(instance: Instance, r: int) -> Iterator[dict]:
    count = instance.groups[r]
    pins = [(x, g) for at, x, g in instance.pins if at == r]
    for x, g in pins:
        if g >= count:
            hint = f"{instance.ids[x]} is pinned to group {g + 1}, but there are only {count} groups."
            yield _clash("pin_no_such_group", hint, ids=[instance.ids[x]], group=g)
    wanted = dict(pins)
    units = {x: unit for unit in instance.together for x in unit}
    for x, g in pins:
        others = [y for y in units.get(x, (x,)) if wanted.get(y, g) != g]
        if wanted[x] != g or others:
            ids = sorted({instance.ids[y] for y in (x, *others)})
            hint = f"{_names(ids)} must be in one group, but are pinned to different ones. Loosen one of these pins."
            yield _clash("pin_conflict", hint, ids=ids)
            return
    for a, b in instance.apart:
        if a in wanted and wanted[a] == wanted.get(b):
            ids = [instance.ids[a], instance.ids[b]]
            hint = f"{_names(ids)} are to be apart, but are pinned to the same group. Loosen one of the pins."
            yield _clash("pin_vs_apart", hint, ids=ids, group=wanted[a])
    yield from _pinned_sizes(instance, r)


def _pinned_sizes(instance: Instance, r: int) -> Iterator[dict]:
    count, present = instance.groups[r], instance.present[r]
    least, more = divmod(len(present), count)
    load: dict[int, list[int]] = {}
    for block in blocks(instance, r):
        if block.group is not None:
            load.setdefault(block.group, []).extend(block.people)
    for g, people in sorted(load.items()):
        if len(people) > least + (more > 0):
            ids = [instance.ids[x] for x in people]
            hint = f"{len(people)} people are pinned to group {g + 1}, which has room for {least + (more > 0)}."
            yield _clash("pins_overfill_group", f"{hint} Loosen a pin.", ids=ids, group=g)
    large = [g for g, people in sorted(load.items()) if len(people) == least + 1]
    if more and len(large) > more:
        hint = f"{len(large)} groups are pinned full with {least + 1} people, but only {more} can be that large."
        yield _clash("too_many_large_pinned_groups", f"{hint} Loosen a pin.", groups=large)


def _languages(instance: Instance, r: int) -> Iterator[dict]:
    present, smallest = instance.present[r], instance.sizes(r)[-1]
    speakers = [who & present for _, who in instance.languages]
    for x in sorted(present):
        theirs = [who for who in speakers if x in who]
        name = instance.ids[x]
        if not theirs:
            hint = f"Nobody has said which languages {name} speaks. Add one, or allow groups without a common language."
            yield _clash("no_language", hint, ids=[name])
        elif max(map(len, theirs)) < smallest:
            hint = f"Too few people share a language with {name} to make a group of {smallest}."
            yield _clash("no_language", f"{hint} Make smaller groups or find an interpreter.", ids=[name])
    if splits(instance, r) == []:
        alone = [
            f"{sum(not any(x in other for other in speakers if other is not who) for x in who)} only {tag[5:]}"
            for (tag, _), who in zip(instance.languages, speakers, strict=True)
        ]
        hint = f"{instance.groups[r]} groups can't be filled with people who share a language ({', '.join(alone)})."
        yield _clash("languages_do_not_fill_groups", f"{hint} Make other numbers of groups or find interpreters.")
    for unit in instance.together:
        here = [x for x in unit if x in present]
        if len(here) > 1 and not any(who.issuperset(here) for who in speakers):
            ids = [instance.ids[x] for x in here]
            hint = f"{_names(ids)} are to be together but share no language."
            yield _clash("together_without_common_language", hint, ids=ids)


def _clique(instance: Instance, r: int) -> list[int]:
    """More people than there are groups who must all be apart, or nothing; gives up quietly on huge rules."""
    present, room = instance.present[r], instance.groups[r]
    foes: dict[int, set[int]] = {}
    for a, b in instance.apart:
        if a in present and b in present:
            foes.setdefault(a, set()).add(b)
            foes.setdefault(b, set()).add(a)
    left = CLIQUE_NODES

    def grow(clique: list[int], others: list[int]) -> list[int]:
        nonlocal left
        left -= 1
        if len(clique) > room:
            return clique
        for k, x in enumerate(others):
            if left < 0 or len(clique) + len(others) - k <= room:
                return []
            found = grow([*clique, x], [y for y in others[k + 1 :] if y in foes[x]])
            if found:
                return found
        return []

    return grow([], sorted(x for x, theirs in foes.items() if len(theirs) >= room))
