"""Workshops are deleted on their day, also if the server was off on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain import retention
from app.domain.agenda import Step, Workshop
from app.ledger import sqlite

from .workshops import Workshops

HOUR = 3600.0


def due(workshops: Workshops, id: str) -> int | None:
    """When a workshop is to be deleted, in ms since 1970; None when it isn't, or can't be read. Blocks."""
    path = workshops.path(id)
    rows = sqlite.found(path, "workshop", "steps")
    workshop = next((row for row in rows if isinstance(row, Workshop)), None)
    if workshop is None:
        return None
    used = any(isinstance(row, Step) and row.state != "waiting" for row in rows)
    return retention.due(workshop, sqlite.last_event(path), used)


class Retention:
    """Looks at once and every hour which workshops' day has come; `clock` gives ms since 1970."""

    def __init__(self, transport: Any, workshops: Workshops, clock: Callable[[], int]):
        self._transport = transport
        self._workshops = workshops
        self._clock = clock
        transport.later(0, self._watch)

    def _watch(self) -> None:
        try:
            self.sweep()
        finally:
            self._transport.later(HOUR, self._watch)

    def sweep(self) -> None:
        """Delete the workshops whose day has come."""
        for id in self._workshops.ids():
            day = self._transport.in_thread(due, self._workshops, id)
            if day is not None and day <= self._clock():
                self._workshops.delete(id)
