"""Undo: what a reversible event replaced comes back, whole, as the newest version."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .agenda import Session, Step
from .cards import Card, audience_now, check_room
from .core import LEADS, Command, Event, Meta, Refused, Row, State
from .people import Me, Person
from .rows import AnyRow
from .seating import Group, Seat
from .steps import open_step
from .voting import Vote, open_vote


class Undo(Command, tag="Undo"):
    """Take an event back, if nothing it touched has changed since and what comes back still fits: one step and one
    vote open, no section too full. Undoing an undo is redo."""

    by = LEADS
    event: int

    def decide(self, state: State, meta: Meta) -> Event | None:
        past = state.past.get(self.event)
        if past is None:
            raise Refused("cannot-undo", "event")
        for row in past.before:
            now = state.tables[type(row)][row.id]
            if self.event not in (now.seq, now.as_of):
                raise Refused("changed-since", "event", table=type(row).__struct_config__.tag)
        _fits(state, past.before, meta)
        return Undone(of=self.event, rows=past.before)


def _fits(state: State, back: tuple[Row, ...], meta: Meta) -> None:
    now = open_step(state)
    for row in back:
        if isinstance(row, Step) and row.state == "open" and now and not any(_is(now, other) for other in back):
            raise Refused("step-moved", "event", open=now.id)
        if isinstance(row, Vote) and not row.gone and open_vote(state):
            raise Refused("vote-open", "event")
        if isinstance(row, Seat) and not row.gone and state.get(Person, row.person) is None:
            raise Refused("changed-since", "event", table="people")
        if isinstance(row, (Seat, Group)) and not row.gone and row.audience == "lead":
            session = state.get(Session, row.session)
            if session and session.drawn and not any(_is(session, other) for other in back):
                raise Refused("changed-since", "event", table="sessions")
        if isinstance(row, Card) and row.stands and row.stands[0] != _line(state.get(Card, row.id)):
            check_room(state, row.board, row.section, meta, row.id)


def _is(row: Row, other: Row) -> bool:
    return (type(row), row.id) == (type(other), other.id)


def _line(card: Card | None) -> object:
    return card.stands[0] if card and card.stands else None


class Undone(Event, tag="Undone"):
    """An event was taken back: these rows are again as they were."""

    restores = True

    of: int
    rows: tuple[AnyRow, ...]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for row in self.rows:
            row = msgspec.structs.replace(row, as_of=row.as_of or row.seq)
            if isinstance(row, Me):
                row = _back(state, row, seq)
            elif isinstance(row, Card) and not row.gone:
                row = msgspec.structs.replace(row, audience=audience_now(state, state.tables[Card][row.id]))
            yield row


def _back(state: State, me: Me, seq: int) -> Me:
    """`me` as it was, but in what it had left meanwhile only since now: a phone that was away is owed those rows."""
    now = state.tables[Me][me.id].audiences
    audiences = {name: at if name in now else seq for name, at in me.audiences.items()}
    return msgspec.structs.replace(me, audiences=audiences)
