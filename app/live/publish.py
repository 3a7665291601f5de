"""The one place that emits: always to a named audience of a named workshop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from app.domain.audiences import Viewer, shown, tombstone
from app.domain.core import FACILITATOR, ORGANISER, STAGE, Change, Row, State
from app.domain.people import Me

LINKS = (Viewer(FACILITATOR), Viewer(ORGANISER), Viewer(STAGE))
EVERYBODY = ("all", "people")
"""Audiences to which every person belongs: nobody loses a row that goes there."""


def audience_room(workshop: str, audience: str) -> str:
    """The room of the persons of one audience of one workshop."""
    return f"{workshop}|{audience}"


def role_room(workshop: str, role: str) -> str:
    """The room of the links with one role."""
    return f"{workshop}|role:{role}"


class Publisher:
    """Sends what has been committed to whom it is for."""

    def __init__(self, transport: Any):
        self._transport = transport
        self._sids: dict[tuple[str, str], set[str]] = defaultdict(set)

    def enter(self, sid: str, workshop: str, person: str, viewer: Viewer) -> None:
        """Put a socket into the rooms of what its viewer sees; `person` is '' for a link."""
        if not person:
            self._transport.enter(sid, role_room(workshop, viewer.role))
            return
        self._sids[workshop, person].add(sid)
        for audience in viewer.audiences:
            self._transport.enter(sid, audience_room(workshop, audience))

    def gone(self, sid: str, workshop: str, person: str) -> None:
        """Forget a socket; the transport has taken it out of its rooms."""
        sids = self._sids.get((workshop, person))
        if sids:
            sids.discard(sid)
            if not sids:
                del self._sids[workshop, person]

    def change(self, workshop: str, epoch: str, state: State, change: Change) -> None:
        """Send what a committed change means to each audience: first what is lost, then what is new."""
        moved = [(old, row) for old, row in change.rows if isinstance(row, Me)]
        for old, row in moved:
            self._move(workshop, old, row)
        lost: dict[str, list] = defaultdict(list)
        new: dict[str, list] = defaultdict(list)
        for old, row in change.rows:
            wire = tombstone(row) if row.gone else shown(row)
            new[audience_room(workshop, row.audience)].append(wire)
            if old and old.audience != row.audience and row.audience not in EVERYBODY:
                lost[audience_room(workshop, old.audience)].append(tombstone(row))
            for viewer in LINKS:
                room = role_room(workshop, viewer.role)
                if viewer.sees(row):
                    new[room].append(wire)
                elif old and viewer.sees(old):
                    new[room].append(tombstone(row))
        for rooms in (lost, new):
            for room, rows in rooms.items():
                self._delta(room, epoch, change, rows)
        for old, row in moved:
            if rows := list(_entered(state, old, row)):
                self._delta(audience_room(workshop, row.audience), epoch, change, rows)

    def _move(self, workshop: str, old: Me | None, new: Me) -> None:
        before = old.audiences if old else {}
        after = {} if new.gone else new.audiences
        for sid in self._sids.get((workshop, new.id), ()):
            for audience in before.keys() - after.keys():
                self._transport.leave(sid, audience_room(workshop, audience))
            for audience in after.keys() - before.keys():
                self._transport.enter(sid, audience_room(workshop, audience))

    def _delta(self, room: str, epoch: str, change: Change, rows: list) -> None:
        self._transport.emit(room, "delta", {"seq": change.seq, "at": change.at, "epoch": epoch, "rows": rows})

    def renew(self, workshop: str, epoch: str, seq: int, at: int) -> None:
        """Everything known before is void: whoever hears of the new epoch drops what they have and joins again."""
        for room in (audience_room(workshop, "all"), *(role_room(workshop, v.role) for v in LINKS)):
            self._transport.emit(room, "delta", {"seq": seq, "at": at, "epoch": epoch, "rows": []})

    def signal(self, workshop: str, role: str, value: dict) -> None:
        """Something that isn't stored, for the links of one role."""
        self._transport.emit(role_room(workshop, role), "signal", value)

    def closing(self, workshop: str, value: dict) -> None:
        """The server is about to stop: tell everybody of a workshop."""
        for room in (audience_room(workshop, "all"), *(role_room(workshop, v.role) for v in LINKS)):
            self._transport.emit(room, "signal", {"kind": "closing", **value})


def _entered(state: State, old: Me | None, new: Me) -> Iterable[Row]:
    entered = new.audiences.keys() - (old.audiences.keys() if old else set())
    if entered:
        for row in state.known(entered):
            if row.audience in entered and not row.gone:
                yield shown(row)
