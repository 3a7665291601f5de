"""Who is connected: counted for facilitators, stored nowhere, told at most once a second."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from app.domain.core import FACILITATOR, PERSON, STAGE, Principal

from .publish import Publisher

EVERY_S = 1.0


class Presence:
    """Counts people, not sockets: one person with two phones is one."""

    def __init__(self, transport: Any, publisher: Publisher):
        self._transport = transport
        self._publisher = publisher
        self._here: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
        self._pending: set[str] = set()

    def came(self, workshop: str, who: Principal, sid: str) -> None:
        """A socket has joined."""
        self._here[workshop][who.role, who.id].add(sid)
        self._tell(workshop)

    def left(self, workshop: str, who: Principal, sid: str) -> None:
        """A socket is gone."""
        here = self._here[workshop]
        here[who.role, who.id].discard(sid)
        if not here[who.role, who.id]:
            del here[who.role, who.id]
        if not here:
            del self._here[workshop]
        self._tell(workshop)

    def _tell(self, workshop: str) -> None:
        if workshop not in self._pending:
            self._pending.add(workshop)
            self._transport.later(EVERY_S, lambda: self._say(workshop))

    def _say(self, workshop: str) -> None:
        self._pending.discard(workshop)
        roles = [role for role, _ in self._here.get(workshop, {})]
        value = {"kind": "presence", "connected": roles.count(PERSON), "stages": roles.count(STAGE)}
        self._publisher.signal(workshop, FACILITATOR, value)
