"""The workshop's own words on the desk: which mean the same, brought as a file, taken home, taken out."""

from __future__ import annotations

import msgspec
from flask import Response as FlaskResponse
from flask import g, render_template
from msgspec import Struct
from werkzeug.wrappers import Response

from app.domain.core import Refused, State
from app.domain.glossary import Concept, DropWords, LoadWords, as_csv, concepts_of

from .brought import brought
from .desk import about, back, desk
from .house import house


class Kept(Struct, frozen=True):
    """One concept of the workshop's own: its words by language."""

    id: str
    words: dict[str, tuple[str, ...]]


@desk.get("/<workshop>/glossary")
def own_words(workshop: str) -> str:
    """The words of this workshop that mean the same."""
    return _page(workshop)


def _page(workshop: str, error: dict | None = None) -> str:
    def look(state: State) -> list[Kept]:
        return [Kept(row.id, row.words) for row in state.all(Concept)]

    kept = house.read(workshop, look)
    return render_template("desk/glossary.html", about=about(workshop), page="overview", kept=kept, error=error)


@desk.post("/<workshop>/glossary")
def bring_words(workshop: str) -> Response | tuple[str, int]:
    """Add the concepts of a file to those that are there."""
    try:
        concepts = concepts_of(brought())
        command: LoadWords = msgspec.convert({"kind": "LoadWords", "concepts": concepts}, LoadWords)
        house.ask(workshop, command, g.who)
    except Refused as refused:
        return _page(workshop, refused.as_error()), 422
    except msgspec.ValidationError:
        return _page(workshop, {"code": "long-word", "facts": {}}), 422
    return back(f"/{workshop}/glossary", "saved")


@desk.post("/<workshop>/glossary/<concept>/drop")
def drop_words(workshop: str, concept: str) -> Response:
    """Take a concept out."""
    house.ask(workshop, DropWords(concept=concept), g.who)
    return back(f"/{workshop}/glossary", "saved")


@desk.get("/<workshop>/glossary.csv")
def glossary_file(workshop: str) -> FlaskResponse:
    """The workshop's own words as a CSV that can be brought to another one."""
    answer = FlaskResponse(house.read(workshop, as_csv), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return answer
