"""New workshops: from a template, or from a file."""

from __future__ import annotations

import msgspec
from babel import UnknownLocaleError
from flask import g, render_template, request
from werkzeug.wrappers import Response

from app.domain.agenda import WorkshopPlan

from . import catalogues, forms, plans
from .desk import back, desk
from .house import house
from .words import lang, refusal, say

MOST_LANGUAGES = 12
OFFERED = ("en", "fr", "es", "pt", "ru", "ar", "sw", "hi")


def templates() -> dict[str, WorkshopPlan]:
    """All templates by id: one's own first."""
    return {**plans.own(house.desk.templates()), **plans.shipped()}


@desk.get("/new")
def new() -> str:
    """The templates to begin from."""
    own = plans.own(house.desk.templates())
    return render_template("desk/new.html", own=own, shipped=plans.shipped(), minutes=plans.minutes)


@desk.get("/new/<template>")
def new_from(template: str) -> str | tuple[str, int]:
    """What is asked before a workshop is made."""
    return _asked(template, {}, {})


def _asked(template: str, given: dict, errors: dict) -> str | tuple[str, int]:
    plan = templates().get(template)
    if plan is None:
        return render_template("wrong.html", error={"code": "not-found", "facts": {}}), 404
    offered = [catalogues.language(code) for code in dict.fromkeys([*OFFERED, *given.get("languages", [])])]
    page = render_template(
        "desk/new_from.html",
        template=template,
        plan=plan,
        given={"languages": [lang()], **given},
        offered=offered,
        errors=errors,
        own=template not in plans.shipped(),
        minutes=plans.minutes,
    )
    return (page, 422) if errors else page


@desk.post("/new/<template>")
def make(template: str) -> Response | str | tuple[str, int]:
    """Make the workshop and go on to its agenda."""
    plan = templates().get(template)
    given = forms.nested(request.form, ["languages"])
    languages = [code for code in given.get("languages", []) if isinstance(code, str)]
    more = str(given.get("more", "")).replace(",", " ").split()
    errors = {}
    title = str(given.get("title", "")).strip()
    if not title:
        errors["title"] = say("Give the workshop a title.")
    languages = list(dict.fromkeys([*languages, *more]))[:MOST_LANGUAGES]
    if not languages:
        errors["languages"] = say("Choose at least one language.")
    if unknown := [code for code in languages if not is_language(code)]:
        errors["languages"] = say("{code} isn’t the code of a language.", code=unknown[0])
    if plan is None or errors:
        return _asked(template, {**given, "languages": [c for c in languages if is_language(c)]}, errors)
    first = str(given.get("first", ""))
    languages.sort(key=lambda code: code != first)
    plan = plans.in_languages(plan, languages)
    if title not in plans.spread(plan.title, languages).values():
        plan = msgspec.structs.replace(plan, title=plans.gathered({languages[0]: title}, languages))
    plan = msgspec.structs.replace(
        plan,
        starts=str(given.get("starts", ""))[:10],
        ends=str(given.get("ends", ""))[:10],
    )
    workshop, answer = house.workshops.make(plan)
    if workshop is None:
        return _asked(template, given, {"": refusal(answer["error"])})
    return back(f"/{workshop}/agenda", "made")


def is_language(code: str) -> bool:
    """True for the code of a language that is known by name."""
    try:
        catalogues.language(code)
    except (ValueError, UnknownLocaleError):
        return False
    return True


@desk.post("/templates/<template>/drop")
def drop(template: str) -> Response:
    """Throw a template of one's own away."""
    house.desk.drop_template(template)
    return back("/new", "dropped")


@desk.get("/import")
def choose_file() -> str:
    """Choose a workshop JSON."""
    return render_template("desk/import.html", wrong=None)


@desk.post("/import")
def import_file() -> Response | tuple[str, int]:
    """Make the workshop that a file describes."""
    file = request.files.get("file")
    try:
        plan = plans.read(file.read() if file else b"")
    except msgspec.DecodeError as error:
        reason, _, place = str(error).partition(" - at `$")
        wrong = {"reason": reason, "place": place.strip(".`")}
        return render_template("desk/import.html", wrong=wrong), 422
    workshop, answer = house.workshops.make(plan)
    if workshop is None:
        error = answer["error"]
        wrong = {"reason": refusal(error), "place": error.get("field", "")}
        return render_template("desk/import.html", wrong=wrong), 422
    return back(f"/{workshop}/agenda", "made")


@desk.get("/organisers")
def organisers() -> str:
    """Who else organises here."""
    return render_template("desk/organisers.html", organisers=house.desk.organisers(), mine=g.who.id, made=None)


@desk.post("/organisers")
def invite() -> str:
    """Another organiser's link, shown once."""
    made, secret = house.desk.invite(request.form.get("label", "").strip()[:60])
    return render_template(
        "desk/organisers.html", organisers=house.desk.organisers(), mine=g.who.id, made=made, secret=secret
    )


@desk.post("/organisers/<id>/revoke")
def revoke(id: str) -> Response:
    """End an organiser's link."""
    house.desk.revoke(id)
    return back("/organisers", "revoked")
