"""What every page and every call works with, found by `house` while a request is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from werkzeug.local import LocalProxy

from app.domain.core import Change, Command, Principal, Refused, State
from app.live.keys import new_id

if TYPE_CHECKING:
    from app.ledger.desk import Desk
    from app.live.limits import Limits
    from app.live.workshops import Workshops
    from app.settings import Settings

    from .static import Static
    from .tokens import Attempts


def _broken(fault: str) -> Refused:
    return Refused("bug", id=fault)


@dataclass(frozen=True)
class House:
    """The parts of the server that the web needs."""

    workshops: Workshops
    desk: Desk
    settings: Settings
    transport: Any
    static: Static
    attempts: Attempts
    limits: Limits

    def read(self, workshop: str, look: Callable[[State], Any]) -> Any:
        """What `look` makes of the committed state; raises what it refuses, and Unfound.

        It runs inside the writer, which must not die of it: a refusal, or the id of a bug, is carried out of there.
        """

        def safely(state: State) -> Any:
            try:
                return look(state)
            except Refused as refused:
                return refused

        seen = self.workshops.read(workshop, self.transport.faults.guard(safely, _broken))
        if isinstance(seen, Refused):
            raise seen
        return seen

    def recall(self, workshop: str, look: Callable[[Iterable[Change]], Any]) -> Any:
        """What `look` makes of everything that has happened; raises Unfound."""
        seen = self.workshops.recall(workshop, self.transport.faults.guard(look, _broken))
        if isinstance(seen, Refused):
            raise seen
        return seen

    def ask(self, workshop: str, do: Command, who: Principal) -> None:
        """Ask for a command of the desk's own; raises Refused when it is refused."""
        answer = self.workshops.ask(workshop, new_id(), do, who)
        if not answer["ok"]:
            error = answer["error"]
            raise Refused(error["code"], error.get("field"), **error["facts"])


house = cast(House, LocalProxy(lambda: current_app.extensions["house"]))
