"""Downloads: a report as a file, made by a process of its own from what is committed now."""

from __future__ import annotations

import sys

from flask import Response
from msgspec import Struct

from app.domain.agenda import Workshop
from app.domain.core import Lang, Refused, State
from app.domain.lines import LEVELS, as_json
from app.domain.summary import summary
from app.exports.formats import FORMATS, name_of
from app.live.transport import ProcessFailed

from .house import house

SECONDS = 60.0
MOST_BYTES = 50_000_000


class Wanted(Struct, forbid_unknown_fields=True):
    """`POST /api/workshops/<id>/exports`: which file."""

    format: str
    level: str = "public"
    lang: Lang | None = None


def exported(workshop: str, wanted: Wanted) -> Response:
    """The file as a download; raises Refused for a format or a level that isn't one, and `export-failed`."""
    if wanted.format not in FORMATS:
        raise Refused("unknown-format", "format", formats=list(FORMATS))
    if wanted.level not in LEVELS:
        raise Refused("unknown-level", "level", levels=list(LEVELS))

    def look(state: State) -> tuple[str, bytes]:
        lang = wanted.lang or state.get(Workshop, "workshop").working_languages[0]
        return lang, as_json(summary(state, wanted.level, lang))

    lang, report = house.read(workshop, look)
    argv = [sys.executable, "-m", "app.exports.worker", wanted.format]
    try:
        content = house.transport.run_process(argv, report, SECONDS, MOST_BYTES)
    except ProcessFailed as failure:
        raise Refused("export-failed", "format") from failure
    answer = Response(content, mimetype=FORMATS[wanted.format].mimetype)
    name = name_of(wanted.format, wanted.level, lang)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
