"""Who sees what. Screens, catch-up and exports all ask here."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from .core import FACILITATOR, ORGANISER, PERSON, STAGE, Principal, Row, State
from .people import Me

NAMING = frozenset(
    {
        "people",
        "names",
        "attributes",
        "authors",
        "seats",
        "links",
        "doors",
        "draws",
        "rules",
        "pins",
        "entries",
        "lists",
    }
)
WRITTEN = frozenset({"cards", "translations", "members"})


class Viewer(Struct, frozen=True):
    """Somebody who looks: a role, and for a person each audience with the event at which they entered it."""

    role: str
    audiences: Mapping[str, int] = {}

    def sees(self, row: Row) -> bool:
        """True when this row is for this viewer."""
        return self._in(row, row.audience)

    def _in(self, row: Row, audience: str) -> bool:
        if self.role == PERSON:
            return audience in self.audiences
        if self.role == STAGE:
            return audience in ("all", "stage")
        if audience.startswith("person:") or audience == "nobody":
            return False
        if self.role == ORGANISER:
            return True
        if audience == "desk":
            return False
        if self.role in (FACILITATOR, "level:full"):
            return True
        table = type(row).__struct_config__.tag
        if self.role == "level:team":
            return table not in NAMING
        if self.role == "level:public":
            return table not in NAMING and table not in WRITTEN
        return False

    def due(self, row: Row, since: int) -> dict | Row | None:
        """What this viewer is owed of a row when they come back with the cursor `since` (inclusive).

        The row if they see it and it, or their entering its audience, is as new; a tombstone if they only lost it.
        """
        if self.sees(row):
            if max(row.seq, self.audiences.get(row.audience, 0)) < since:
                return None
            return tombstone(row) if row.gone else shown(row)
        if row.seq >= since and any(self._in(row, audience) for audience in row.was):
            return tombstone(row)
        return None


def tombstone(row: Row) -> dict:
    """What is left of a row for who may no longer see it."""
    return {"table": type(row).__struct_config__.tag, "id": row.id, "seq": row.seq, "gone": True}


def viewer(state: State, who: Principal) -> Viewer:
    """The viewer that a principal is now."""
    if who.role != PERSON:
        return Viewer(who.role)
    me = state.get(Me, who.id)
    return Viewer(PERSON, me.audiences if me else {})


def catch_up(state: State, viewer: Viewer, since: int) -> list[dict | Row]:
    """Everything a viewer is owed from `since` on, in the order of `seq`."""
    rows = state.known(viewer.audiences) if viewer.role == PERSON else state.rows()
    owed = (item for row in rows if (item := viewer.due(row, since)) is not None)
    return sorted(owed, key=lambda item: item["seq"] if isinstance(item, dict) else item.seq)


def shown(row: Row) -> Row:
    """A row as it goes over the wire: without the audiences that lost it, nor what an undo remembers."""
    return msgspec.structs.replace(row, was=(), as_of=0) if row.was or row.as_of else row
