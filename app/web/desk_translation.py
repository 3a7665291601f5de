"""Whether cards of a workshop may be sent to the translation service that this server's owner has named."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import g, request
from werkzeug.wrappers import Response

from app.domain.core import State
from app.domain.translating import AllowTranslation, Permission

from .desk import back, desk
from .house import house


@desk.context_processor
def service() -> dict[str, Any]:
    """`translation(workshop)`: {address, on} as the overview shows it."""
    return {"translation": _translation}


def _translation(workshop: str) -> dict[str, Any]:
    def look(state: State) -> bool:
        row = state.get(Permission, "translation")
        return row is not None and row.on

    return {"address": urlsplit(house.settings.translate).netloc, "on": house.read(workshop, look)}


@desk.post("/<workshop>/translation")
def allow_translation(workshop: str) -> Response:
    """Allow it, or forbid it again."""
    on = request.form.get("on") == "yes"
    house.ask(workshop, AllowTranslation(on=on), g.who)
    return back(f"/{workshop}", "translated" if on else "untranslated")
