"""Backups while workshops run: every minute a copy of each that has changed, the last three kept."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from app.ledger import copying, sqlite

from .workshops import Workshops

EVERY_S = 60.0
KEPT = 3
log = logging.getLogger("baraza.backups")


def backup_path(file: Path, n: int) -> Path:
    """The n-th newest backup of a workshop's file, 1 to KEPT; deleted with it."""
    return file.with_name(f"{file.stem}.{n}.bak")


class Backups:
    """Copies beside the data, in a real thread each, so that nobody waits for them."""

    def __init__(self, transport: Any, workshops: Workshops):
        self._transport = transport
        self._workshops = workshops
        self._copied: dict[str, int] = {}
        transport.later(EVERY_S, self._round)

    def _round(self) -> None:
        try:
            self.now()
        finally:
            self._transport.later(EVERY_S, self._round)

    def now(self) -> list[str]:
        """Copy each running workshop that has changed since its last copy; their ids."""
        made = []
        for id, head in self._workshops.heads().items():
            if self._copied.get(id) == head:
                continue
            try:
                self._transport.in_thread(rotate, self._workshops.path(id))
            except (OSError, copying.Damaged) as problem:
                log.error("a backup could not be made: %s", type(problem).__name__)
                continue
            if id not in self._workshops.heads():
                sqlite.remove(self._workshops.path(id))  # deleted meanwhile: nothing of it may stay
                continue
            self._copied[id] = head
            made.append(id)
        return made


def rotate(file: Path) -> None:
    """Make a new copy of a workshop's file and let the oldest go; raises OSError and Damaged."""
    fresh = file.with_name(f"{file.stem}.new.bak")
    copying.copy(file, fresh)
    for n in range(KEPT, 1, -1):
        older, newer = backup_path(file, n), backup_path(file, n - 1)
        if newer.exists():
            os.replace(newer, older)
    os.replace(fresh, backup_path(file, 1))
