"""What has happened to a theme, for whoever leads."""

from __future__ import annotations

from msgspec import to_builtins

from app.domain.core import LEADS, Refused
from app.domain.history import deeds

from .api import api
from .house import house
from .tokens import principal


@api.get("/workshops/<workshop>/themes/<theme>/history")
def history(workshop: str, theme: str) -> dict:
    """Every event that changed the theme, the oldest first."""
    if principal(workshop).role not in LEADS:
        raise Refused("not-allowed")
    found = house.workshops.recall(workshop, lambda changes: deeds(changes, theme))
    if not found:
        raise Refused("not-found", "theme")
    return {"ok": True, "deeds": to_builtins(found)}
