"""The calls under /api: joining, links, and the wire's messages over HTTP for scripts and stubborn networks."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct
from msgspec.structs import asdict

from app.domain.agenda import WorkshopPlan
from app.domain.core import LEADS, ORGANISER, STAGE, Id, Lang, Name, Principal, Refused
from app.domain.doors import Link, MakeLink
from app.domain.grammar import write
from app.domain.people import Called
from app.domain.rows import fingerprint as digest
from app.live.keys import link_hash, new_id, new_link_secret

from .address import joining_address, qr
from .errors import answered, wrong
from .exports import Wanted, exported
from .house import house
from .pages import joining, opened
from .tokens import bearer, organiser, principal, set_cookie

api = Blueprint("api", __name__, url_prefix="/api")

LARGEST_PLAN = 5 * 1024 * 1024


class Joining(Struct, forbid_unknown_fields=True):
    """`POST /api/join`: a code or a QR's secret, and what the person says of themselves."""

    code: str = ""
    secret: str = ""
    name: Called | None = None
    attributes: dict[Name, Name] = {}
    lang: Lang = "en"


class Exchange(Struct, forbid_unknown_fields=True):
    """`POST /api/exchange`: the secret of any link."""

    secret: str


class Asked(Struct, forbid_unknown_fields=True):
    """`POST /api/workshops/<id>/asks`: a command, under an id that the asker made."""

    id: Id
    do: dict


class NewLink(Struct, forbid_unknown_fields=True):
    """`POST /api/workshops/<id>/links`."""

    role: str
    label: str = ""


def body(kind: Any) -> Any:
    """The JSON of this request as *kind*; raises msgspec's errors, answered `malformed`."""
    return msgspec.json.decode(request.get_data(cache=False), type=kind)


@api.post("/join")
def join() -> tuple | Response:
    """Make somebody a person of the workshop; the token is theirs alone and comes once."""
    given = body(Joining)
    workshop = opened(given.code, given.secret)
    person = new_id()
    name = given.name.strip() if given.name else None
    answer, token = house.workshops.enrol(workshop, person, name or None, given.attributes, given.lang)
    if not answer["ok"]:
        return wrong(answer["error"])
    return {"ok": True, "workshop": workshop, "person": person, "token": token}, 200


@api.post("/exchange")
def exchange() -> Response | tuple:
    """Give the browser the cookie of the link whose secret this is, and say which page it opens."""
    secret = body(Exchange).secret.strip()
    found = house.desk.by_secret(secret)
    if found:
        return set_cookie(_said(page="/desk"), found.id, found.hash)
    hash = link_hash(secret)
    at = house.workshops.by_link(hash)
    if at is None:
        raise Refused("unknown-link")
    workshop, link = at
    role = next(r["role"] for r in links_of(workshop) if r["id"] == link)
    page = f"/stage/{link}" if role == STAGE else f"/console/{link}"
    return set_cookie(_said(page=page), link, hash)


def _said(**facts: Any) -> Response:
    return Response(write({"ok": True, **facts}), mimetype="application/json")


def links_of(workshop: str) -> list[dict]:
    """The links of a workshop that work: {id, role, label, made_at}, the oldest first."""
    return house.read(workshop, lambda state: [asdict(row) for row in state.all(Link)])


def make_link(workshop: str, role: str, label: str, who: Principal) -> tuple[str, str]:
    """A new link and its secret, which is kept nowhere; raises Refused."""
    link, secret = new_id(), new_link_secret()
    command = msgspec.convert(
        {"kind": "MakeLink", "link": link, "role": role, "hash": link_hash(secret), "label": label}, MakeLink
    )
    house.ask(workshop, command, who)
    return link, secret


@api.post("/workshops")
def workshops() -> tuple[dict, int] | Response:
    """Make a workshop from its JSON, with a link for a facilitator and one for the projector."""
    who = _organiser()
    request.max_content_length = LARGEST_PLAN
    try:
        plan = body(WorkshopPlan)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        return wrong({"code": "invalid-plan", "field": path.strip(".`"), "facts": {"reason": reason}})
    workshop, answer = house.workshops.make(plan)
    if workshop is None:
        return answered(answer)
    links = {role: f"/f#{make_link(workshop, role, '', who)[1]}" for role in ("facilitator", "stage")}
    return {"ok": True, "workshop": workshop, "links": links}, 200


def _organiser() -> Principal:
    found = house.desk.by_secret(bearer()) if bearer() else None
    who = Principal(ORGANISER, found.id) if found else None
    if who is None and not bearer() and request.headers.get("X-Baraza") == "1":
        who = organiser()
    if who is None:
        raise Refused("not-allowed")
    return who


@api.post("/workshops/<workshop>/links")
def links(workshop: str) -> dict:
    """Another link for a facilitator or the projector."""
    who = principal(workshop)
    given = body(NewLink)
    link, secret = make_link(workshop, given.role, given.label, who)
    return {"ok": True, "link": link, "url": f"/f#{secret}"}


@api.post("/workshops/<workshop>/asks")
def asks(workshop: str) -> tuple[dict, int]:
    """The wire's `ask`."""
    who = principal(workshop)
    wait = house.limits.wait_ms(workshop, who)
    if wait:
        raise Refused("too-fast", retry_ms=wait)
    asked = body(Asked)
    return answered(house.workshops.ask(workshop, asked.id, write(asked.do), who))


@api.get("/workshops/<workshop>/rows")
def rows(workshop: str) -> Response:
    """The answer to the wire's `join`, without attaching anything."""
    who = principal(workshop)
    since = request.args.get("since", "0")
    if not (since.isascii() and since.isdigit() and len(since) < 16):
        raise Refused("malformed", "since")
    return Response(write(house.workshops.rows(workshop, who, int(since))), mimetype="application/json")


@api.get("/workshops/<workshop>/fingerprint")
def fingerprint(workshop: str) -> dict:
    """One digest of all rows in memory: equal to that of the file, or something is wrong."""
    _organiser()
    return {"ok": True, "fingerprint": house.read(workshop, lambda state: digest(state.rows()))}


@api.get("/workshops/<workshop>/qr.svg")
def qr_svg(workshop: str) -> Response:
    """The QR code by which people join now, for the stage and the console, named by `?as=`."""
    principal(workshop, header=False)
    secret = house.read(workshop, joining)
    return qr(f"{joining_address()}/j#{secret}")


@api.post("/workshops/<workshop>/exports")
def exports(workshop: str) -> Response:
    """A report as a file, for whoever leads."""
    if principal(workshop).role not in LEADS:
        raise Refused("not-allowed")
    return exported(workshop, body(Wanted))


@api.post("/workshops/<workshop>/purge")
def purge(workshop: str) -> dict:
    """Delete a workshop with everything that belongs to it; nothing brings it back."""
    _organiser()
    if workshop not in house.workshops.ids():
        raise Refused("not-found", "workshop")
    house.workshops.delete(workshop)
    return {"ok": True}


@api.post("/organisers")
def organisers() -> dict:
    """Another organiser's link."""
    _organiser()
    label = msgspec.json.decode(request.get_data(cache=False), type=dict[str, str]).get("label", "")
    made, secret = house.desk.invite(label[:60])
    return {"ok": True, "link": made.id, "url": f"/f#{secret}"}


@api.post("/organisers/<id>/revoke")
def revoke(id: str) -> dict:
    """End an organiser's link."""
    _organiser()
    if not house.desk.revoke(id):
        raise Refused("not-found", "link")
    return {"ok": True}
