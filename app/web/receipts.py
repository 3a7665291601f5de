"""The receipt of a draw, for everybody who is in the workshop."""

from __future__ import annotations

from typing import Any

from app.domain.core import PERSON, STAGE, Refused, State
from app.domain.receipts import alias_of, coming, own_groups, receipt

from .api import api
from .house import house
from .tokens import principal


@api.get("/workshops/<workshop>/receipts/<int:number>")
def receipts(workshop: str, number: int) -> dict:
    """What may be known of a draw now, and under which id the asker stands in it: never part of the file."""
    who = principal(workshop)
    if who.role == STAGE:
        raise Refused("not-allowed")

    def look(state: State) -> tuple[dict[str, Any] | None, str]:
        return receipt(state, number), alias_of(state, number, who.id) if who.role == PERSON else ""

    found, you = house.read(workshop, look)
    if found is None:
        raise Refused("not-found", "number")
    return {"ok": True, "receipt": found, "you": you}


@api.get("/workshops/<workshop>/receipts/next")
def next_draw(workshop: str) -> dict:
    """What may be known of the draw that is still to come, the number that the asker has added to its chance, and their
    groups in the sessions whose groups are known."""
    who = principal(workshop)
    if who.role == STAGE:
        raise Refused("not-allowed")
    (found, luck), groups = house.read(workshop, lambda state: (coming(state, who), own_groups(state, who.id)))
    return {"ok": True, "receipt": found, "luck": luck, "groups": groups}
