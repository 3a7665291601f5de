"""The receipt of a draw: what anybody who was there may check, and every change that was made to it by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import msgspec

from ..thinking.drawing import receipts
from ..thinking.drawing.chance import ALGO
from .agenda import Session
from .core import Changed, Principal, Row, State, follows
from .draws import Receipt
from .lots import Commitment, Draw, Luck, Secret, draw_id, luck_id, luck_of, next_number
from .rules import MIXES
from .seating import Group, Seat, groups_of

SCHEMA = "baraza/receipt/1"


class Entry(Row, tag="entries"):
    """Somebody sits elsewhere than was drawn, or no longer, or came later: the n-th change of a session's groups. Known
    to all once the groups are. `who` is their id on the receipt."""

    lasting = True
    index: ClassVar = ("session",)

    draw: int
    session: str
    n: int
    what: str
    who: str
    group: str = ""


@follows
def entries_follow(state: State, changed: Changed) -> Iterable[Row]:
    """An entry for each seat that was changed in groups that were drawn, but by the draw itself or by taking it back;
    a session's entries are for all once its groups are."""
    counted: dict[str, int] = {}
    made: dict[str, tuple[set[int], set[int]]] = {}
    for old, row in list(changed.values()):
        if isinstance(row, Session) and row.drawn and old is not None and not old.drawn:
            for entry in state.where(Entry, "session", row.id):
                yield msgspec.structs.replace(entry, audience="all")
        if not isinstance(row, Seat):
            continue
        was = old.group if old is not None and not old.gone else ""
        now = "" if row.gone else row.group
        if was == now:
            continue
        if row.session not in made:
            made[row.session] = _draws(state, changed, row.session)
            counted[row.session] = sum(1 for _ in state.where(Entry, "session", row.session))
        before, draws = made[row.session]
        secret = state.get(Secret, draw_id(max(draws, default=0)))
        if before != draws or secret is None:
            continue
        n = counted[row.session] + 1
        counted[row.session] = n
        session = state.get(Session, row.session)
        yield Entry(
            id=f"{secret.id}/{row.session}/{n}",
            audience="all" if session and session.drawn else "lead",
            draw=max(draws),
            session=row.session,
            n=n,
            what="came" if not was else "left" if not now else "moved",
            who=receipts.alias(secret.salt, row.person),
            group=state.tables[Group][now].label if now else "",
        )


def _draws(state: State, changed: Changed, session: str) -> tuple[set[int], set[int]]:
    """The draws that made a session's groups, before this event and after it."""
    after = {group.id: group.draw for group in groups_of(state, session)}
    before = dict(after)
    for old, row in changed.values():
        if isinstance(row, Group) and row.session == session:
            before.pop(row.id, None)
            if old is not None and not old.gone:
                before[row.id] = old.draw
    return set(before.values()), set(after.values())


def complete(state: State, draw: Draw) -> bool:
    """True once every session of a draw is revealed, by it or by a later one: only then may its secret be known."""
    sessions = [state.get(Session, id) for id in draw.sessions]
    return all(session is None or session.drawn for session in sessions)


def receipt(state: State, number: int) -> dict[str, Any] | None:
    """The receipt of a draw as anybody who is here may have it now; None if there is no such draw.

    {schema, number, draws: [{number, reason, digest}], commitment, committed_at, public, instance_digest, digest,
    sessions: [{id, drawn: [[id]] or null}], entries, complete}, and once it is complete what `run.py verify`
    needs: {algo, instance, seed, secret, rounds, hosts, balance_vs_mix, seated}.
    """
    draw = state.get(Draw, draw_id(number))
    if draw is None:
        return None
    kept, commitment = state.get(Receipt, draw.id), state.get(Commitment, draw.id)
    known = {id for id in draw.sessions if (s := state.get(Session, id)) and s.drawn and _made_by(state, id, number)}
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "number": number,
        "draws": _draws_made(state),
        "commitment": commitment.digest,
        "committed_at": commitment.made_at,
        "drawn_at": draw.drawn_at,
        "words": draw.words,
        "luck": list(kept.luck),
        "instance_digest": draw.list_digest,
        "digest": draw.digest,
        "sessions": [
            {"id": id, "drawn": kept.rounds[r] if id in known else None} for r, id in enumerate(draw.sessions)
        ],
        "entries": _chained(state, number, known),
        "complete": complete(state, draw),
    }
    if found["complete"]:
        secret = state.get(Secret, draw.id)
        found |= {
            "algo": ALGO,
            "instance": kept.instance,
            "secret": secret.secret,
            "public": kept.public,
            "seed": kept.seed,
            "rounds": kept.rounds,
            "hosts": kept.hosts,
            "balance_vs_mix": MIXES[kept.mix],
            "seated": {id: _seated(state, id, secret.salt) for id in draw.sessions if id in known},
        }
    return found


def coming(state: State, who: Principal) -> tuple[dict[str, Any], str]:
    """What may be known of the next draw, {number, commitment or null, luck, draws}, and what `who` has added to it."""
    number = next_number(state)
    commitment = state.get(Commitment, draw_id(number))
    mine = state.get(Luck, luck_id(number, who))
    found = {
        "number": number,
        "commitment": commitment.digest if commitment else None,
        "luck": luck_of(state, number),
        "draws": _draws_made(state),
    }
    return found, mine.luck if mine else ""


def own_groups(state: State, person: str) -> list[dict]:
    """The groups of somebody in every session whose groups are known: [{session, title, label, place}] by agenda."""
    known = sorted((s for s in state.all(Session) if s.drawn), key=lambda s: s.pos)
    seats = ((session, state.get(Seat, f"{session.id}.{person}")) for session in known)
    groups = ((session, state.get(Group, seat.group)) for session, seat in seats if seat)
    return [{"session": s.id, "title": s.title, "label": g.label, "place": g.place} for s, g in groups]


def _draws_made(state: State) -> list[dict]:
    draws = sorted(state.all(Draw), key=lambda d: d.number)
    return [{"number": d.number, "reason": d.reason, "digest": d.digest} for d in draws]


def alias_of(state: State, number: int, person: str) -> str:
    """Under which id somebody stands on a draw's receipt."""
    secret = state.get(Secret, draw_id(number))
    return receipts.alias(secret.salt, person) if secret else ""


def _made_by(state: State, session: str, number: int) -> bool:
    return any(group.draw == number for group in groups_of(state, session))


def _chained(state: State, number: int, sessions: set[str]) -> list[dict]:
    entries: list[dict] = []
    for session in sorted(sessions):
        for row in sorted(state.where(Entry, "session", session), key=lambda e: e.n):
            if row.draw == number:
                entry = {"session": session, "what": row.what, "who": row.who, "group": row.group}
                entries = receipts.chained(entries, entry)
    return entries


def _seated(state: State, session: str, salt: str) -> dict[str, list[str]]:
    return {
        group.label: sorted(receipts.alias(salt, seat.person) for seat in state.where(Seat, "group", group.id))
        for group in groups_of(state, session)
    }
