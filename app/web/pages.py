"""The pages that aren't the desk: the code, joining, the phone, console, stage, links, files."""

from __future__ import annotations

from secrets import randbelow

from flask import Blueprint, Response, make_response, render_template, request

from app import VERSION
from app.domain.agenda import Workshop, running
from app.domain.core import Refused, State
from app.domain.doors import Doors, Key, Link
from app.domain.people import Named, Room

from .address import joining_address
from .house import house
from .lean import squeezed
from .pseudonyms import suggest
from .tokens import CODE_DIGITS, digits, has_cookie, set_cookie
from .words import lang, speak_first

pages = Blueprint("pages", __name__)

SUGGESTIONS = 2000


@pages.get("/healthz")
def healthz() -> dict:
    """Whether the server answers, and its version."""
    return {"ok": True, "version": VERSION}


@pages.get("/static/<hash>/<path:path>")
def static(hash: str, path: str) -> Response:
    """A static file."""
    return house.static.answer(hash, path)


@pages.get("/favicon.ico")
def favicon() -> tuple[str, int]:
    """Nothing: pages name their icon."""
    return "", 204


@pages.get("/")
def code() -> str:
    """Type the code."""
    return render_template("code.html", error=None, typed="")


@pages.get("/j")
def knock() -> str:
    """The QR's address; its secret is in the fragment, which only the page itself can read and post."""
    return render_template("knock.html")


@pages.post("/")
@pages.post("/j")
def join() -> str | tuple[str, int]:
    """The join page of the workshop that a code or a QR's secret opens."""
    typed, secret = request.form.get("code", ""), request.form.get("secret", "")
    try:
        workshop = opened(typed, secret)
    except Refused as refused:
        return render_template("code.html", error=refused.as_error(), typed=typed), 404
    plan, names = house.read(workshop, _asked)
    return render_template(
        "join.html",
        workshop=workshop,
        plan=plan,
        code=digits(typed),
        secret=secret,
        suggestion=suggest(workshop, randbelow(SUGGESTIONS), lang(), names),
    )


def _asked(state: State) -> tuple[Workshop, set[str | None]]:
    """What the join page asks, and the names that are taken."""
    return state.get(Workshop, "workshop"), {named.name for named in state.all(Named)}


def opened(typed: str, secret: str) -> str:
    """The workshop whose doors a typed code or a QR's secret opens.

    Raises Refused `unknown-code`, the same for no such code, closed doors and a workshop that is full.
    """
    if secret:
        workshop = house.workshops.by_secret(secret)
        if workshop is None:
            raise Refused("unknown-code", "secret")
        return workshop
    code = digits(typed)
    with house.attempts.one() as failed:
        workshop = house.workshops.by_code(code) if len(code) == CODE_DIGITS else None
        if workshop is None or house.read(workshop, is_full):
            failed()
            raise Refused("unknown-code", "code")
        return workshop


def is_full(state: State) -> bool:
    """True when nobody else may join: more than twice as many people as expected, or the end."""
    workshop, room = state.get(Workshop, "workshop"), state.get(Room, "room")
    return bool(workshop.ended_at) or (room is not None and room.people >= most_people(workshop))


def most_people(workshop: Workshop) -> int:
    """How many may join."""
    return 2 * max(workshop.expected, 10)


@pages.get("/p/<workshop>")
def phone(workshop: str) -> Response:
    """The phone's page; it is the same whether there is such a workshop or not."""
    return squeezed(render_template("phone.html", workshop=workshop))


@pages.get("/p/<workshop>/draws")
def draws(workshop: str) -> Response:
    """How the groups are drawn, for phones."""
    return squeezed(render_template("receipt.html", workshop=workshop))


@pages.get("/f")
def enter() -> str:
    """The address of every link; its secret is in the fragment, which only the page itself can read and post."""
    return render_template("enter.html")


@pages.get("/console/<link>")
def console(link: str) -> Response | tuple[str, int]:
    """The facilitator's page."""
    return _live(link, "facilitator", "console.html")


@pages.get("/stage/<link>")
def stage(link: str) -> Response | tuple[str, int]:
    """The projector's page, in the workshop's first language unless another is asked for (`?lang=`)."""
    workshop = house.workshops.of_link(link)
    plan = house.read(workshop, lambda state: state.get(Workshop, "workshop")) if workshop else None
    if plan is not None:
        speak_first(plan.working_languages[0])
    return _live(link, "stage", "stage.html")


def _live(link: str, role: str, template: str) -> Response | tuple[str, int]:
    """A page for whoever holds the link's cookie, which is renewed; else how to get in."""
    workshop = house.workshops.of_link(link)
    found = house.read(workshop, lambda state: _link(state, link)) if workshop else None
    if found is None or found[0].role != role or not has_cookie(link, found[1].hash):
        return render_template("enter.html", unknown=True), 403
    page = render_template(template, workshop=workshop, link=link, address=joining_address())
    return set_cookie(make_response(page), link, found[1].hash)


def _link(state: State, link: str) -> tuple[Link, Key] | None:
    row, key = state.get(Link, link), state.get(Key, link)
    return (row, key) if row and key else None


def joining(state: State) -> str:
    """The secret of the QR by which people join now; raises Refused `doors-closed`."""
    running(state)
    doors = state.get(Doors, "doors")
    if doors is None or not doors.open:
        raise Refused("doors-closed")
    return doors.secret
