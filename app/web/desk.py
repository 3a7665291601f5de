"""The desk: where organisers prepare workshops, hand out links, take the report home and delete. Plain forms."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from app.domain.agenda import Session, Step, Workshop
from app.domain.cards import Card
from app.domain.core import State, Text
from app.domain.doors import Doors
from app.domain.people import Person
from app.domain.preparing import EndWorkshop
from app.domain.themes import Theme
from app.live.retention import due
from app.live.workshops import Listed

from . import plans, tokens, words
from .address import joining_address, qr_path
from .api import links_of, make_link
from .house import house
from .plans import Plan

desk = Blueprint("desk", __name__, url_prefix="/desk")

LARGEST_FORM = 512 * 1024
LARGEST_FILE = 5 * 1024 * 1024
WITH_FILES = {"desk.import_file", "desk.read_list", "desk.save_list", "desk.bring_words"}


class About(Struct, frozen=True):
    """A workshop as its pages on the desk show it; `written` are cards by session, `begun` sessions with a step that
    isn't waiting, `drawn` those whose groups are out."""

    id: str
    title: Text
    plan: Plan
    made_at: int
    ended_at: int
    doors_open: bool
    people: int
    cards: int
    themes: int
    written: dict[str, int]
    begun: list[str]
    drawn: list[str]

    @property
    def keep_days(self) -> int:
        """Days after the end until it is deleted."""
        return self.plan["keep_days"]

    @property
    def languages(self) -> list[str]:
        """The working languages."""
        return self.plan["working_languages"]

    @property
    def state(self) -> str:
        """`prepared`, `running` or `ended`."""
        return "ended" if self.ended_at else "running" if self.people or self.begun else "prepared"


def about(workshop: str) -> About:
    """What the desk shows of a workshop; raises Unfound."""

    def look(state: State) -> About:
        row, doors = state.get(Workshop, "workshop"), state.get(Doors, "doors")
        written: dict[str, int] = {}
        for card in state.all(Card):
            session = card.section.partition("/")[0]
            written[session] = written.get(session, 0) + 1
        return About(
            id=workshop,
            title=row.title,
            plan=plans.opened(plans.plan_of(state)),
            made_at=row.made_at,
            ended_at=row.ended_at,
            doors_open=bool(doors and doors.open),
            people=sum(1 for _ in state.all(Person)),
            cards=sum(written.values()),
            themes=sum(1 for theme in state.all(Theme) if theme.state == "confirmed"),
            written=written,
            begun=list(dict.fromkeys(step.session for step in state.all(Step) if step.state != "waiting")),
            drawn=[session.id for session in state.all(Session) if session.drawn],
        )

    return house.read(workshop, look)


@desk.before_request
def guard() -> AnyResponse | tuple | None:
    """Only organisers come in, and only their own forms count."""
    g.who = tokens.organiser()
    if g.who is None:
        return render_template("enter.html", unknown=request.method == "POST"), 403
    if request.method == "POST":
        most = LARGEST_FILE if request.endpoint in WITH_FILES else LARGEST_FORM
        request.max_content_length = request.max_form_memory_size = most
        tokens.check_form()
    return None


@desk.after_request
def renew(response: Response) -> Response:
    """The organiser's cookie lasts a week from the last page."""
    who = g.get("who")
    kept = house.desk.organiser(who.id) if who else None
    if kept and request.path != "/desk/leave":
        tokens.set_cookie(response, kept.id, kept.hash)
    return response


@desk.context_processor
def around() -> dict[str, Any]:
    """What every page of the desk says."""
    return {
        "form_token": tokens.form_token(),
        "done": request.args.get("done", ""),
        "languages_of": lambda codes: ", ".join(map(words.name_of, codes)),
        "address_of": lambda secret: f"{joining_address()}/f#{secret}",
        "qr_path": qr_path,
        "kept_for": kept_for,
    }


def kept_for(days: int) -> str:
    """When a workshop is deleted, in words."""
    if not days:
        return words.say("Everything is deleted when the workshop ends.")
    return words.many(
        "Everything is deleted {n} day after the end.", "Everything is deleted {n} days after the end.", days
    )


def back(path: str, done: str = "") -> AnyResponse:
    """On to a page of the desk, which says what was done."""
    return redirect(f"/desk{path}" + (f"?done={done}" if done else ""), 303)


@desk.get("")
@desk.get("/")
def home() -> str:
    """All workshops."""

    workshops = house.workshops  # a real thread knows no request, so no house either

    def look() -> list[tuple[Listed, int | None]]:
        return [(listed, due(workshops, listed.id)) for listed in workshops.list()]

    return render_template("desk/home.html", workshops=house.transport.in_thread(look))


@desk.get("/<workshop>")
def overview(workshop: str) -> str:
    """One workshop."""
    return _overview(workshop)


def _overview(workshop: str, error: dict | None = None) -> str:
    seen = about(workshop)
    gone = house.transport.in_thread(due, house.workshops, workshop)
    return render_template("desk/overview.html", about=seen, page="overview", due=gone, error=error)


@desk.post("/<workshop>/open/<role>")
def open_live(workshop: str, role: str) -> AnyResponse:
    """The console or the stage of a workshop, by a link of this browser's own; made when there is none."""
    for link in links_of(workshop):
        if link["role"] == role and tokens.link_principal(workshop, link["id"]):
            return redirect(_live_page(role, link["id"]), 303)
    id, secret = make_link(workshop, role, words.say("Desk"), g.who)
    response = make_response(redirect(_live_page(role, id), 303))
    return tokens.set_cookie(response, id, tokens.link_hash(secret))


def _live_page(role: str, link: str) -> str:
    return f"/stage/{link}" if role == "stage" else f"/console/{link}"


@desk.post("/<workshop>/again")
def again(workshop: str) -> AnyResponse:
    """Another workshop with the same plan, without people, cards and dates."""
    plan = house.read(workshop, plans.plan_of)
    made, answer = house.workshops.make(msgspec.structs.replace(plan, starts="", ends=""))
    return back(f"/{made}/edit", "copied") if made else refused(workshop, answer["error"])


@desk.post("/<workshop>/template")
def keep_template(workshop: str) -> AnyResponse:
    """Keep the plan as a template of one's own."""
    house.desk.keep_template(plans.kept(house.read(workshop, plans.plan_of)))
    return back(f"/{workshop}", "template")


@desk.get("/<workshop>/plan.json")
def plan_file(workshop: str) -> Response:
    """The plan as workshop JSON, to make the same workshop elsewhere."""
    body = msgspec.json.format(msgspec.json.encode(house.read(workshop, plans.plan_of)), indent=1)
    response = Response(body, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="workshop-plan.json"'
    return response


@desk.get("/<workshop>/end")
def end(workshop: str) -> str:
    """What ending means."""
    return render_template("desk/end.html", about=about(workshop), page="overview")


@desk.post("/<workshop>/end")
def end_now(workshop: str) -> AnyResponse:
    """End the workshop."""
    house.ask(workshop, EndWorkshop(), g.who)
    return back(f"/{workshop}", "ended")


@desk.get("/<workshop>/delete")
def delete(workshop: str) -> str:
    """What deleting means, and the field for the title."""
    return render_template("desk/delete.html", about=about(workshop), page="overview", wrong=False)


@desk.post("/<workshop>/delete")
def delete_now(workshop: str) -> AnyResponse | tuple[str, int]:
    """Delete the workshop whose title was typed: nothing of it remains."""
    seen = about(workshop)
    typed = " ".join(request.form.get("title", "").split()).casefold()
    titles = seen.title.values() if isinstance(seen.title, dict) else [seen.title]
    if typed not in {" ".join(title.split()).casefold() for title in titles}:
        return render_template("desk/delete.html", about=seen, page="overview", wrong=True), 422
    house.workshops.delete(workshop)
    return back("", "deleted")


def refused(workshop: str, error: dict) -> AnyResponse | tuple[str, int]:
    """The overview with what was refused above it."""
    return _overview(workshop, error), 409


@desk.post("/language")
def language() -> AnyResponse:
    """The desk in another language, for this browser."""
    page = request.form.get("page", "/desk")
    response = redirect(page if re.fullmatch(r"/desk(/[\w/?=&-]*)?", page, re.ASCII) else "/desk", 303)
    response.set_cookie(
        words.LANGUAGE_COOKIE, request.form.get("lang", "")[:20], path="/desk", httponly=True, samesite="Strict"
    )
    return response


@desk.post("/leave")
def leave() -> AnyResponse:
    """Forget in this browser that it is an organiser's."""
    return tokens.drop_cookie(redirect("/f", 303), g.who.id)
