"""Lists of names that an organiser brings: a session's groups from a file, and who has met at earlier workshops."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
from flask import Response as FlaskResponse
from flask import g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response

from app.domain.agenda import Session
from app.domain.core import Refused, State
from app.domain.lists import BEFORE, ForgetList, ListGroups, folded
from app.domain.lists import Listed as Kept
from app.domain.people import Named
from app.domain.seating import Group, groups_of, seat_of
from app.exports import as_csv

from . import tables
from .brought import brought
from .desk import About, about, back, desk
from .house import house
from .lists import Columns, Found, found, headed, heading, recognised
from .markdown import sign
from .plans import Plan
from .tables import Table
from .words import pick

SAMPLES = 3


class Here(Struct, frozen=True):
    """What a workshop holds already: the list by label, what people who have joined are called, and which
    sessions have groups."""

    kept: dict[str, list[str]] | None
    joined: list[str]
    grouped: set[str]


class Compared(Struct, frozen=True):
    """Names of a list that nobody who has joined bears, people who have joined and stand in no line, and names of the
    list that several people bear, so that nobody is meant for certain."""

    strangers: list[str]
    missing: list[str]
    shared: list[str]


class Read(Struct, frozen=True):
    """A table that was brought, the columns that hold names and groups, and what they say if they can be read."""

    table: Table
    columns: Columns
    found: Found | None = None


@desk.get("/<workshop>/lists/<session>")
def names_list(workshop: str, session: str) -> str:
    """The list of a session, or of earlier workshops, as it is now."""
    seen = about(workshop)
    return _page(seen, session, _session(seen, session))


def _session(seen: About, session: str) -> Plan | None:
    """The session in groups whose list it is, None for earlier workshops; raises Refused `not-found`."""
    if session == BEFORE:
        return None
    for row in seen.plan["agenda"]:
        if row["id"] == session and row["kind"] == "groups":
            return row
    raise Refused("not-found", "session")


def _page(seen: About, session: str, row: Plan | None, read: Read | None = None, error: dict | None = None) -> str:
    def look(state: State) -> Here:
        kept = state.get(Kept, session)
        names = [named.name for named in state.all(Named) if named.name]
        return Here(
            kept=kept.groups if kept else None, joined=names, grouped={group.session for group in state.all(Group)}
        )

    here = house.read(seen.id, look)
    return render_template(
        "desk/list.html",
        about=seen,
        page="agenda" if row else "overview",
        where=f"/desk/{seen.id}/lists/{session}",
        session=row,
        here=here,
        read=read,
        table=msgspec.json.encode(read.table).decode() if read else "",
        columns=_samples(read) if read else [],
        compared=lambda groups: compared(groups, here.joined),
        same=lambda one, other: folded(one) == folded(other),
        sign=sign,
        error=error,
    )


def compared(groups: dict[str, list[str]], joined: list[str]) -> Compared:
    """The names of a list beside those of the people who have joined."""
    listed = {folded(name): name for names in groups.values() for name in names}
    there = Counter(map(folded, joined))
    return Compared(
        strangers=[name for key, name in listed.items() if key not in there],
        missing=sorted((name for name in joined if folded(name) not in listed), key=folded),
        shared=[name for key, name in listed.items() if there[key] > 1],
    )


def _samples(read: Read) -> list[list[str]]:
    """For each column its heading, '' without one, and a few of its cells."""
    first = read.columns.begins
    shown = []
    for n in range(max(map(len, read.table))):
        cells = [row[n] for row in read.table[first:] if n < len(row) and row[n]]
        head = read.table[first - 1][n : n + 1] if first else []
        shown.append([*(head or [""]), *cells[:SAMPLES]])
    return shown


@desk.post("/<workshop>/lists/<session>")
def read_list(workshop: str, session: str) -> str | tuple[str, int]:
    """Show what a file says, or the table that came from one; nothing is kept yet."""
    seen = about(workshop)
    row = _session(seen, session)
    try:
        table = brought()
    except Refused as refused:
        return _page(seen, session, row, error=refused.as_error()), 422
    columns = _columns(table, row)
    try:
        return _page(seen, session, row, Read(table, columns, found(table, columns, before=row is None)))
    except Refused as refused:
        return _page(seen, session, row, Read(table, columns), refused.as_error()), 422


def _columns(table: Table, row: Plan | None) -> Columns:
    """The columns that were chosen on the page, else those that their headings tell."""
    chosen = {n: request.form[key] for n in range(tables.MOST_COLUMNS) if (key := f"column.{n}") in request.form}
    if not chosen:
        return recognised(table, [*row["title"].values(), row["id"]] if row else None)
    return Columns(
        names=tuple(n for n, holds in chosen.items() if holds == "names"),
        groups=tuple(n for n, holds in chosen.items() if holds == "groups"),
        begins=heading(table) + 1 if "heading" in request.form else 0,
    )


@desk.post("/<workshop>/lists/<session>/save")
def save_list(workshop: str, session: str) -> Response:
    """Keep the list that the page showed, in the place of the one before."""
    row = _session(about(workshop), session)
    table = brought()
    groups = found(table, _columns(table, row), before=row is None).groups
    command: ListGroups = msgspec.convert({"kind": "ListGroups", "session": session, "groups": groups}, ListGroups)
    house.ask(workshop, command, g.who)
    return back(f"/{workshop}/lists/{session}", "listed")


@desk.post("/<workshop>/lists/<session>/forget")
def forget_list(workshop: str, session: str) -> Response:
    """Erase the list."""
    house.ask(workshop, ForgetList(session=session), g.who)
    return back(f"/{workshop}/lists/{session}", "unlisted")


@desk.get("/<workshop>/groups.csv")
def groups_file(workshop: str) -> FlaskResponse:
    """Who is in which group now, a column for each session: with names, also where nobody has been told yet."""
    plan = about(workshop).plan
    titles = {row["id"]: pick(row["title"], *plan["working_languages"]) or row["id"] for row in plan["agenda"]}

    def look(state: State) -> list[list[Any]]:
        sessions = sorted((s.id for s in state.all(Session) if groups_of(state, s.id)), key=[*titles].index)
        called = [titles[s] for s in sessions]
        heads = [headed(titles[s] if called.count(titles[s]) == 1 else s) for s in sessions]
        rows = []
        for named in sorted(state.all(Named), key=lambda row: folded(row.name or "")):
            seats = [seat_of(state, s, named.id) for s in sessions]
            rows.append([named.name or "", *(state.get(Group, seat.group).label if seat else "" for seat in seats)])
        return [["name", *heads], *rows]

    answer = FlaskResponse(as_csv.table(house.read(workshop, look)), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="groups.csv"'
    return answer
