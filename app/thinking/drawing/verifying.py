"""Checking a receipt: everything it claims is computed again."""

from collections.abc import Callable

from app.thinking.drawing import receipts
from app.thinking.drawing.chance import ALGO
from app.thinking.drawing.faults import BadInput, Infeasible, Unresolved
from app.thinking.drawing.instance import parse

NEEDED = ("algo", "instance", "instance_digest", "seed", "rounds", "hosts", "digest")


def verify(record: dict, draw: Callable) -> dict:
    """{ok, first_difference}: the first claim of the record that doesn't hold, as a sentence, or None.

    record: {algo, instance, instance_digest, seed, rounds, hosts, digest, objective?} and, where the seed was
    bound beforehand, {secret, commitment, public, number}; `entries` is the list of later changes, a hash chain for
    each session, and `seated` {session: {label: [id]}} what they led to, for `sessions` [{id}] in the order of rounds.
    draw(instance, seed, objective, balance_vs_mix) makes the plan again. BadInput if something needed is missing.
    """
    if not isinstance(record, dict):
        raise BadInput("record", "must be an object")
    for field in NEEDED:
        if field not in record:
            raise BadInput(field, "is missing; it is published when the last session has been drawn")
    kinds = (
        ("secret", str),
        ("public", str),
        ("words", str),
        ("number", int),
        ("entries", list),
        ("sessions", list),
        ("seated", dict),
    )
    for field, kind in kinds:
        if not isinstance(record.get(field, kind()), kind):
            raise BadInput(field, f"must be a {kind.__name__}")
    if not all(isinstance(entry, dict) for entry in record.get("entries", [])):
        raise BadInput("entries", "must be a list of objects")
    sessions, luck = record.get("sessions", []), record.get("luck", [])
    if not all(isinstance(s, dict) and isinstance(s.get("id"), str) for s in sessions):
        raise BadInput("sessions", "must be a list of objects with an id")
    if sessions and not (isinstance(record["rounds"], list) and len(record["rounds"]) == len(sessions)):
        raise BadInput("rounds", "must be as many as there are sessions")
    if not isinstance(luck, list) or not all(isinstance(number, str) for number in luck):
        raise BadInput("luck", "must be a list of texts")
    difference = next(_differences(record, draw), None)
    return {"ok": difference is None, "first_difference": difference}


def _differences(record: dict, draw: Callable):
    if record["algo"] != ALGO:
        yield f"the receipt was made by {record['algo']}, this program draws by {ALGO}"
        return
    if parse(record["instance"]).digest != record["instance_digest"]:
        yield "the list of people and rules isn't the one that the digest was published for"
    if "secret" in record:
        if receipts.commitment(record["secret"]) != record.get("commitment"):
            yield "the secret isn't the one that was committed to"
        bound = record["secret"], record.get("public", ""), record["instance_digest"], record.get("number", 1)
        if receipts.seed_of(*bound) != record["seed"]:
            yield "the seed doesn't come from the secret, the public part, the list and the number of the draw"
    try:
        plan = draw(record["instance"], record["seed"], record.get("objective", "even"), record.get("balance_vs_mix"))
    except Infeasible as fault:
        yield f"these rules can't be drawn: {fault}"
        return
    except Unresolved as fault:
        plan = fault.best_plan
    if plan.rounds != record["rounds"]:
        yield _first_group(plan.rounds, record["rounds"])
    if plan.hosts != record["hosts"]:
        yield "the hosts differ"
    if plan.digest != record["digest"]:
        yield f"the digest of the plan is {plan.digest}, not {record['digest']}"
    broken = receipts.first_broken_link(record.get("entries", []))
    if broken is not None:
        yield f"entry {broken + 1} of the later changes doesn't follow from the one before"
    yield from _told(record)
    yield from _seated(record)


def _told(record: dict):
    """What is told of chance and of the groups beside the draw itself is the same."""
    words, luck = record.get("words"), record.get("luck")
    if words is not None and luck is not None and record.get("public") != receipts.public(words, luck):
        yield "the words and numbers of the room aren't the public part of the seed"
    for r, session in enumerate(record.get("sessions", [])):
        if session.get("drawn") not in (None, record["rounds"][r]):
            yield f"session {r + 1}: the groups that were shown aren't those that were drawn"


def _seated(record: dict):
    """The groups as they are follow from those that were drawn and the later changes."""
    labels = [f"{letter}{n or ''}" for n in (0, *range(2, 700)) for letter in "ABCDEFGH"]
    for r, session in enumerate(record.get("sessions", [])):
        seated = record.get("seated", {}).get(session.get("id")) if isinstance(session, dict) else None
        if seated is None:
            continue
        groups = {labels[g]: set(people) for g, people in enumerate(record["rounds"][r])}
        for entry in record.get("entries", []):
            if entry.get("session") == session["id"]:
                for people in groups.values():
                    people.discard(entry.get("who"))
                if entry.get("group"):
                    groups.setdefault(entry["group"], set()).add(entry.get("who"))
        now = {label: sorted(people) for label, people in groups.items() if people}
        if now != {label: sorted(people) for label, people in seated.items() if people}:
            yield f"session {r + 1}: the groups as they are don't follow from the draw and the later changes"
            return


def _first_group(drawn: list, claimed) -> str:
    for r, groups in enumerate(drawn):
        for g, group in enumerate(groups):
            try:
                theirs = sorted(claimed[r][g])
            except (IndexError, KeyError, TypeError):
                theirs = []
            if theirs != group:
                said = ", ".join(map(str, theirs)) or "nobody"
                return f"session {r + 1}, group {g + 1}: drawn {', '.join(group)}; the receipt says {said}"
    return "the receipt has more sessions or groups than were drawn"
