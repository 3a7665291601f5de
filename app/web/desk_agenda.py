"""The agenda of a workshop: its sessions in order, and each of them as a form."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.domain.agenda import STEPS
from app.domain.core import Refused
from app.domain.seating import label_of

from . import catalogues, forms, plans
from .desk import About, about, back, desk
from .desk_edit import prepare
from .markdown import sign
from .plans import Plan
from .words import pick, say

KINDS = ("groups", "plenary", "talk")
GROUPINGS = ("random", "attribute", "same", "hand")
ALL_STEPS = ("lobby", "draw", "work", "report-back", "themes", "proposals", "vote", "sign-off")
MOST_LABELS = 24
IDEAS = "Ideas"


@desk.get("/<workshop>/agenda")
def agenda(workshop: str) -> str:
    """The sessions, day by day."""
    return _list(about(workshop), {})


def _list(seen: About, errors: dict[str, str]) -> str:
    days = sorted({s["day"] for s in seen.plan["agenda"]})
    titles = {a["id"]: pick(a["title"], *seen.languages) for a in seen.plan["attributes"]}
    return render_template(
        "desk/agenda.html",
        about=seen,
        page="agenda",
        days=days,
        errors=errors,
        minutes=plans.minutes,
        attribute_name={"language": say("Language"), **titles}.get,
    )


@desk.post("/<workshop>/agenda")
def add(workshop: str) -> Response | tuple[str, int]:
    """A new session at the end, to be filled in."""
    seen = about(workshop)
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise Refused("malformed", "kind")
    sessions = seen.plan["agenda"]
    new = {
        "id": plans.fresh_id("session", [s["id"] for s in sessions] + ["session"]),
        "kind": kind,
        "title": {},
        "day": sessions[-1]["day"] if sessions else 1,
        "minutes": None,
        "grouping": "random" if kind == "groups" else "none",
        "attribute": None,
        "groups": 3 if kind == "groups" else None,
        "questions": [],
        "sections": [] if kind == "talk" else [_ideas(seen.languages)],
        "assignments": {},
        "steps": list(STEPS[kind]),
    }
    errors = prepare(workshop, {**seen.plan, "agenda": [*sessions, new]})
    if errors:
        return _list(seen, errors), 422
    return back(f"/{workshop}/agenda/{new['id']}")


def _ideas(languages: list[str]) -> Plan:
    """The section that a new board begins with."""
    there = [known.code for known in catalogues.languages() if known.code in languages]
    title = {code: catalogues.catalogue(code).gettext(IDEAS) for code in there or ["en"]}
    return {"id": "ideas", "title": title, "limit": None, "per": "group"}


def _place(seen: About, session: str) -> int:
    """The place of a session in the agenda; raises Refused `not-found`."""
    for n, row in enumerate(seen.plan["agenda"]):
        if row["id"] == session:
            return n
    raise Refused("not-found", "session")


@desk.post("/<workshop>/agenda/<session>/<change>")
def change(workshop: str, session: str, change: str) -> Response | tuple[str, int]:
    """Move a session `up` or `down`, to the day before or after where it is the first or last of its own, or
    `remove` it."""
    seen = about(workshop)
    n, sessions = _place(seen, session), list(seen.plan["agenda"])
    if change == "remove":
        del sessions[n]
    elif change in ("up", "down"):
        sessions = moved(sessions, n, -1 if change == "up" else 1)
    else:
        raise Refused("malformed", "change")
    errors = prepare(workshop, {**seen.plan, "agenda": sessions})
    if errors:
        return _list(seen, errors), 422
    return back(f"/{workshop}/agenda#{session}" if change != "remove" else f"/{workshop}/agenda")


def moved(sessions: list[Plan], n: int, by: int) -> list[Plan]:
    """The sessions with the n-th one place up or down; over the edge of its day it changes the day first."""
    sessions = list(sessions)
    other = n + by
    day = sessions[n]["day"]
    if not 0 <= other < len(sessions):
        if by < 0 and day == 1:
            return sessions
        sessions[n] = {**sessions[n], "day": day + by}
    elif sessions[other]["day"] != day:
        sessions[n] = {**sessions[n], "day": day + by}
    else:
        sessions[n], sessions[other] = sessions[other], sessions[n]
    return sessions


@desk.get("/<workshop>/agenda/<session>")
def session(workshop: str, session: str) -> str:
    """A session as a form."""
    seen = about(workshop)
    return _form(seen, seen.plan["agenda"][_place(seen, session)], {})


def _form(seen: About, row: Plan, errors: dict[str, str]) -> str:
    count = row["groups"] if isinstance(row["groups"], int) else 0
    labels = [label_of(n) for n in range(min(count, MOST_LABELS))]
    return render_template(
        "desk/session.html",
        about=seen,
        page="agenda",
        session=row,
        errors=errors,
        kinds=KINDS,
        groupings=GROUPINGS,
        all_steps=ALL_STEPS,
        usual=STEPS,
        sign=sign,
        labels=list(dict.fromkeys([*labels, *row["assignments"]])),
    )


@desk.post("/<workshop>/agenda/<session>")
def save_session(workshop: str, session: str) -> Response | tuple[str, int]:
    """Keep a session."""
    seen = about(workshop)
    n = _place(seen, session)
    row = filled(forms.nested(request.form, ["steps"]), seen.plan["agenda"][n], seen.languages)
    if not forms.said(row):
        return _form(seen, row, {"title": say("Give it a title.")}), 422
    sessions = in_order([*seen.plan["agenda"][:n], row, *seen.plan["agenda"][n + 1 :]])
    errors = prepare(workshop, {**seen.plan, "agenda": sessions}, f"agenda.{sessions.index(row)}")
    if errors:
        return _form(seen, row, errors), 422
    more = "more" in request.form
    return back(f"/{workshop}/agenda/{session}" if more else f"/{workshop}/agenda", "saved")


def in_order(sessions: list[Plan]) -> list[Plan]:
    """The sessions by day, in the order that they have within it; one whose day isn't a number stays last."""
    return sorted(sessions, key=lambda s: s["day"] if isinstance(s["day"], int) else 1000)


def filled(given: dict[str, Any], now: Plan, languages: list[str]) -> Plan:
    """A session as its form says; what belongs to another kind is left out."""
    kind = given.get("kind")
    in_groups = kind == "groups"
    grouping = given.get("grouping") if in_groups else "none"
    chosen = [step for step in given.get("steps", []) if step in ALL_STEPS and (in_groups or step != "draw")]
    steps = [s for s in ALL_STEPS if s in chosen]
    if kind != now["kind"] and set(steps) == set(now["steps"]) - (set() if in_groups else {"draw"}):
        steps = list(STEPS.get(kind, ()))
    sections: list[Plan] = []
    for row in filter(forms.said, forms.rows(given.get("sections"))):
        title = forms.words(row.get("title"))
        first = next((title[lang] for lang in ("en", *languages) if title.get(lang, "").strip()), "")
        taken = [s["id"] for s in sections] + [s["id"] for s in now["sections"]]
        sections.append(
            {
                "id": row.get("id") or plans.fresh_id(first, taken),
                "title": title,
                "limit": forms.number(row.get("limit")),
                "per": row.get("per") if row.get("per") == "person" else "group",
            }
        )
    assignments = given.get("assignments") if in_groups and grouping != "attribute" else {}
    return {
        "id": now["id"],
        "kind": kind,
        "title": forms.words(given.get("title")),
        "day": forms.number(given.get("day")) or 1,
        "minutes": forms.number(given.get("minutes")),
        "grouping": grouping,
        "attribute": (given.get("attribute") or None) if grouping == "attribute" else None,
        "groups": forms.number(given.get("groups")) if grouping in ("random", "hand") else None,
        "questions": [forms.words(q) for q in forms.rows(given.get("questions"))],
        "sections": sections,
        "assignments": {k: forms.words(v) for k, v in (assignments or {}).items()} if assignments else {},
        "steps": steps if sorted(steps) != sorted(now["steps"]) else now["steps"],
    }
