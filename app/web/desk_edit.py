"""Preparing a workshop: what it is, who is asked what, and what is kept."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from flask import g, render_template, request
from werkzeug.wrappers import Response

from app.domain.core import Refused
from app.domain.preparing import Prepare

from . import forms, plans
from .desk import About, about, back, desk
from .desk_new import OFFERED, is_language
from .house import house
from .plans import Plan
from .words import refusal, say


def prepare(workshop: str, plan: Plan, field: str = "") -> dict[str, str]:
    """Prepare the workshop so; {} when it is, else {field: sentence}. Fields below *field* lose that beginning."""
    try:
        house.ask(workshop, Prepare(plan=plans.closed(plan)), g.who)
    except msgspec.ValidationError as error:
        place = re.sub(r"\[(\d+)\]", r".\1", str(error).partition(" - at `$")[2].strip(".`"))
        return {_below(place, field): _unfit(place)}
    except Refused as refused:
        place = re.sub(r"\[(\d+)\]", r".\1", refused.field or "")
        if refused.code != "invalid-plan":
            return {"" if place == "agenda" else _below(place, field): refusal(refused.as_error())}
        reason = refused.facts["reason"]
        return {_below(place, field) or SHOWN_AT.get(reason, ""): say(REASONS[reason], **refused.facts)}
    return {}


def _below(place: str, field: str) -> str:
    return place.removeprefix(field).strip(".") if field else place


REASONS = {
    "empty": "Give it a title.",
    "twice": "Two of these are called the same.",
    "taken": "A session can’t be called “before”: that is the list of earlier workshops.",
    "unknown-attribute": "This question isn’t asked of people who join. Add it to the questions first.",
    "grouping-without-groups": "Only a session in groups has groups.",
    "groups-without-grouping": "Say how the groups come about.",
    "number-of-groups": "Say how many groups there are.",
    "no-groups-before": "There is no session in groups before this one.",
    "draw-without-groups": "Only a session in groups has a draw.",
}
SHOWN_AT = {
    "unknown-attribute": "attribute",
    "number-of-groups": "groups",
    "groups-without-grouping": "grouping",
    "grouping-without-groups": "grouping",
    "no-groups-before": "grouping",
}


def _unfit(place: str) -> str:
    last = place.rpartition(".")[2]
    if last in ("limit", "groups"):
        return say("A whole number from 1 to 500.")
    if last == "minutes":
        return say("A whole number of minutes, at most 24 hours.")
    if last == "day":
        return say("A whole number from 1 to 60.")
    if last == "expected":
        return say("A whole number from 1 to 2,000.")
    return say("This can’t be used here.")


@desk.get("/<workshop>/edit")
def edit(workshop: str) -> str:
    """The details of a workshop as a form."""
    seen = about(workshop)
    return _form(seen, seen.plan, {})


def _form(seen: About, plan: Plan, errors: dict[str, str]) -> str:
    return render_template("desk/edit.html", about=seen, page="edit", plan=plan, errors=errors, offered=OFFERED)


@desk.post("/<workshop>/edit")
def save(workshop: str) -> Response | tuple[str, int]:
    """Keep the details."""
    seen = about(workshop)
    given = forms.nested(request.form, ["working_languages", "balance"])
    errors: dict[str, str] = {}
    codes = [*given.get("working_languages", []), *str(given.get("more", "")).replace(",", " ").split()]
    languages = list(dict.fromkeys(code for code in codes if isinstance(code, str)))
    if unknown := [code for code in languages if not is_language(code)]:
        errors["working_languages"] = say("{code} isn’t the code of a language.", code=unknown[0])
        languages = [code for code in languages if code not in unknown]
    if not languages:
        errors["working_languages"] = say("Choose at least one language.")
        languages = seen.languages
    languages.sort(key=lambda code: code != given.get("first"))
    plan = {**seen.plan, **details(given, languages)}
    errors |= errors or prepare(workshop, plan)
    if errors:
        return _form(seen, plan, errors), 422
    return back(f"/{workshop}/edit", "saved")


def details(given: dict[str, Any], languages: list[str]) -> Plan:
    """What the form of details says, as parts of a plan."""
    return {
        "title": forms.words(given.get("title")),
        "place": forms.words(given.get("place")),
        "starts": str(given.get("starts", ""))[:10],
        "ends": str(given.get("ends", ""))[:10],
        "working_languages": languages,
        "objectives": [forms.words(o) for o in forms.rows(given.get("objectives")) if any(forms.words(o).values())],
        "attributes": _attributes(given.get("attributes"), languages),
        "balance": [a for a in given.get("balance", []) if isinstance(a, str)],
        "authors": given.get("authors"),
        "keep_days": forms.number(given.get("keep_days")),
        "expected": forms.number(given.get("expected")),
        "names_on_stage": "names_on_stage" in given,
    }


def _attributes(given: Any, languages: list[str]) -> list[Plan]:
    found: list[Plan] = []
    for row in filter(forms.said, forms.rows(given)):
        taken = [a["id"] for a in found]
        values: list[Plan] = []
        for value in filter(forms.said, forms.rows(row.get("values"))):
            values.append(_named(value, [v["id"] for v in values], languages))
        found.append({**_named(row, [*taken, "language"], languages), "values": values})
    return found


def _named(row: dict, taken: list[str], languages: list[str]) -> Plan:
    """A row with an id and a title; a new row's id is made from its words."""
    title = forms.words(row.get("title"))
    first = next((title[lang] for lang in ("en", *languages) if title.get(lang, "").strip()), "")
    return {"id": str(row.get("id") or "") or plans.fresh_id(first, taken), "title": title}
