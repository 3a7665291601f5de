"""Boards: a group's surface in a session, or everybody's in a plenary; who sees it and who may write on it.

A board is no row of its own: its id is the group's, or the session's for a plenary.
"""

from __future__ import annotations

from .agenda import Session, Step, Workshop, running
from .core import GRACE_MS, LEADS, Event, Meta, Refused, Row, State
from .seating import Group, groups_of, seat_of

MOST_EVENTS = 100_000


def session_of(state: State, board: str) -> Session:
    """The session that a board belongs to; Refused `not-found` for no board."""
    group = state.get(Group, board)
    if group:
        return state.get(Session, group.session)
    session = state.get(Session, board)
    if session is None or session.kind != "plenary":
        raise Refused("not-found", "board")
    return session


def boards_of(state: State, session: str) -> list[str]:
    """The ids of a session's boards."""
    row = state.get(Session, session)
    return [session] if row.kind == "plenary" else [g.id for g in groups_of(state, session)]


def audience(state: State, board: str) -> str:
    """Who sees a card that lies on a board: its group until it has presented, then all."""
    group = state.get(Group, board)
    if group:
        return "all" if group.presented else f"board:{board}"
    return "all" if state.get(Shown, board) else "people"


class Shown(Row, tag="shown"):
    """The board of this plenary was shown on the stage, so that its cards are for all; id = the session's."""


def authors_audience(state: State, board: str) -> str:
    """Who sees the author of a card, by what the workshop decided."""
    if state.get(Workshop, "workshop").authors == "lead":
        return "lead"
    return f"board:{board}" if state.get(Group, board) else "people"


def may_be_known(state: State, event: Event) -> bool:
    """False for ballots, and for what people write where nobody is to be known: the journal then names nobody."""
    if event.secret:
        return False
    return not event.content or state.get(Workshop, "workshop").authors != "nobody"


def author(state: State, meta: Meta) -> str | None:
    """Whom a new card names as author: nobody where nobody is to be known, nor for a facilitator."""
    known = state.get(Workshop, "workshop").authors != "nobody"
    return meta.who.id if known and meta.who.role == "person" else None


def may_write(state: State, board: str, meta: Meta) -> None:
    """Refuses writing before groups are revealed (`not-drawn`), of who has no seat on the board (`not-your-board`),
    and after the work (`board-closed`)."""
    running(state)
    session = session_of(state, board)
    if session.kind == "groups" and not session.drawn:
        raise Refused("not-drawn", "board")
    if meta.who.role in LEADS:
        return
    if session.kind == "groups":
        seat = seat_of(state, session.id, meta.who.id)
        former = seat is not None and seat.before == board and meta.at - seat.moved_at <= GRACE_MS
        if seat is None or (seat.group != board and not former):
            raise Refused("not-your-board", "board")
    step = state.get(Step, f"{session.id}/work")
    if step is None or not (step.state == "open" or (step.closed_at and meta.at - step.closed_at <= GRACE_MS)):
        raise Refused("board-closed", "board", session=session.id)
