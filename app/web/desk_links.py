"""Links of a workshop for facilitators and the projector: made, shown once, listed, ended."""

from __future__ import annotations

from flask import g, render_template, request
from werkzeug.wrappers import Response

from app.domain.core import FACILITATOR, STAGE, Refused
from app.domain.doors import RevokeLink

from .api import links_of, make_link
from .desk import about, back, desk
from .house import house


@desk.get("/<workshop>/links")
def links(workshop: str) -> str:
    """The links that work."""
    return _page(workshop)


def _page(workshop: str, **made: str) -> str:
    return render_template("desk/links.html", about=about(workshop), page="links", links=links_of(workshop), **made)


@desk.post("/<workshop>/links")
def make_one(workshop: str) -> str:
    """A new link; its address and QR are on this page and nowhere else, ever again."""
    role = request.form.get("role", "")
    if role not in (FACILITATOR, STAGE):
        raise Refused("malformed", "role")
    link, secret = make_link(workshop, role, request.form.get("label", "").strip()[:60], g.who)
    return _page(workshop, made=link, role=role, secret=secret)


@desk.post("/<workshop>/links/<link>/revoke")
def end_link(workshop: str, link: str) -> Response:
    """End a link: whoever is in by it is cut at once."""
    house.ask(workshop, RevokeLink(link=link), g.who)
    return back(f"/{workshop}/links", "revoked")
