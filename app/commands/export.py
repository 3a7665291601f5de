"""`run.py export`: the desk's downloads from the shell; the workshop's file is only read."""

from __future__ import annotations

from pathlib import Path

from app.commands import BadUsage, Refused
from app.domain.agenda import Workshop
from app.domain.core import State
from app.domain.lines import LEVELS
from app.domain.rows import TABLES
from app.domain.summary import summary
from app.exports.formats import FORMATS, render
from app.ledger import sqlite
from app.settings import Settings

from . import kept


def run(settings: Settings, workshop: str, formats: str, levels: str, langs: str | None, out: Path) -> int:
    """Write one file for each format, level and language; print each name.

    Raises:
        BadUsage: there is no such format or level.
        Refused: there is no such workshop, or the folder can't be written.
    """
    wanted = _chosen(formats, list(FORMATS), "format"), _chosen(levels, list(LEVELS), "level")
    found = kept.one(settings.data, workshop)
    state = State()
    for row in sqlite.found(kept.path_of(settings.data, found.id), *TABLES):
        state.put(row)
    about = state.get(Workshop, "workshop")
    if about is None:
        raise Refused(f"The file of {found.id} can't be read.")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for lang in langs.split(",") if langs else about.working_languages:
            for level in wanted[1]:
                report = summary(state, level, lang)
                for format in wanted[0]:
                    name, _, content = render(report, format)
                    (out / name).write_bytes(content)
                    print(out / name)
    except OSError as problem:
        raise Refused(f"{out} can't be written: {problem.strerror}.") from problem
    return 0


def _chosen(given: str, all_of_them: list[str], what: str) -> list[str]:
    if given == "all":
        return all_of_them
    names = [name.strip() for name in given.split(",")]
    for name in names:
        if name not in all_of_them:
            raise BadUsage(f"there is no {what} {name}; there are {', '.join(all_of_them)}")
    return names
