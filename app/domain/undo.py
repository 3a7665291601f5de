"""Undo: what a reversible event replaced comes back, whole, as the newest version."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .core import LEADS, Command, Event, Meta, Refused, Row, State
from .people import Me
from .rows import AnyRow


class Undo(Command, tag="Undo"):
    """Take an event back, if nothing it touched has changed since; undoing an undo is redo."""

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
        return Undone(of=self.event, rows=past.before)


class Undone(Event, tag="Undone"):
    """An event was taken back: these rows are again as they were."""

    of: int
    rows: tuple[AnyRow, ...]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for row in self.rows:
            row = msgspec.structs.replace(row, as_of=row.as_of or row.seq)
            yield _back(state, row, seq) if isinstance(row, Me) else row


def _back(state: State, me: Me, seq: int) -> Me:
    """`me` as it was, but in what it had left meanwhile only since now: a phone that was away is owed those rows."""
    now = state.tables[Me][me.id].audiences
    audiences = {name: at if name in now else seq for name, at in me.audiences.items()}
    return msgspec.structs.replace(me, audiences=audiences)
