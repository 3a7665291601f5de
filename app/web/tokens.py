"""Who asks over HTTP: cookies of links, bearer tokens, the form token; and typed codes, which can be guessed."""

from __future__ import annotations

import hashlib
import hmac
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, request

from app.domain.core import ORGANISER, PERSON, Principal, Refused, State
from app.domain.doors import Key, Link
from app.domain.people import Token
from app.live.keys import link_hash
from app.live.sockets import cookie_of

from .house import house

WEEK = 7 * 24 * 3600
CODE_DIGITS = 8
FREE_FAILURES = 60
MINUTE = 60.0
PENALTY = 2.0
MOST_WAITING = 8


class Attempts:
    """Typed codes: 60 wrong ones a minute, by whomever, are answered at once.

    Beyond that codes are looked up one at a time, each wrong one keeps its turn for 2 seconds, and when 8 wait the
    next is refused unseen: else a thousand guesses at once would get through in the same 2 seconds. The secret of the
    QR can't be guessed and never waits.
    """

    def __init__(self, transport: Any, clock: Callable[[], float] = time.monotonic):
        self._transport = transport
        self._clock = clock
        self._turn = transport.lock()
        self._counting = transport.lock()
        self._waiting = 0
        self._failures: deque[float] = deque(maxlen=FREE_FAILURES)

    @contextmanager
    def one(self) -> Iterator[Callable[[], None]]:
        """Look a code up within this; call what it gives when the code was wrong. Raises Refused `too-fast`."""
        if not self._used_up():
            yield self._failed
            return
        with self._counting:
            if self._waiting >= MOST_WAITING:
                raise Refused("too-fast", retry_ms=int(PENALTY * 1000 * MOST_WAITING))
            self._waiting += 1
        try:
            with self._turn:
                yield self._failed_late
        finally:
            with self._counting:
                self._waiting -= 1

    def _used_up(self) -> bool:
        full = len(self._failures) == FREE_FAILURES
        return full and self._clock() - self._failures[0] < MINUTE

    def _failed(self) -> None:
        self._failures.append(self._clock())

    def _failed_late(self) -> None:
        self._failed()
        self._transport.sleep(PENALTY)


def digits(typed: str) -> str:
    """The digits of a typed code, whatever script they are in and whatever stands between them."""
    return "".join(str(unicodedata.digit(c)) for c in typed if unicodedata.digit(c, None) is not None)


def is_secure() -> bool:
    """True when the browser came by HTTPS: then a proxy serves the public address that was set."""
    scheme, _, host = house.settings.address.partition("://")
    return scheme == "https" and request.host == host.rstrip("/")


def set_cookie(response: Response, id: str, hash: str) -> Response:
    """Give a link its cookie, or renew it: a week, HttpOnly, this site only, and `__Host-` under HTTPS."""
    secure = is_secure()
    response.set_cookie(
        f"__Host-b-{id}" if secure else f"b-{id}",
        house.workshops.keys.cookie(id, hash),
        max_age=WEEK,
        path="/",
        secure=secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def drop_cookie(response: Response, id: str) -> Response:
    """Take a link's cookie away."""
    for name in (f"b-{id}", f"__Host-b-{id}"):
        response.delete_cookie(name, path="/", secure=name.startswith("__"), httponly=True, samesite="Strict")
    return response


def has_cookie(id: str, hash: str) -> bool:
    """True when the browser holds the cookie of this link."""
    given = cookie_of(request.headers.get("Cookie", ""), id)
    return bool(given) and house.workshops.keys.is_cookie(given, id, hash)


def organiser() -> Principal | None:
    """The organiser whose cookie the browser holds."""
    found = next((o for o in house.desk.organisers() if has_cookie(o.id, o.hash)), None)
    return Principal(ORGANISER, found.id) if found else None


def bearer() -> str:
    """The secret in the Authorization header, '' without one."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def form_token() -> str:
    """What a form of the desk carries: another website can neither read nor guess it."""
    found = organiser()
    kept = house.desk.organiser(found.id) if found else None
    if kept is None:
        return ""
    return hashlib.sha256(f"form\0{house.workshops.keys.cookie(kept.id, kept.hash)}".encode()).hexdigest()[:32]


def check_form() -> None:
    """Refuses a form of the desk that another website sent."""
    wanted = form_token()
    if not wanted or not hmac.compare_digest(request.form.get("form", "").encode(), wanted.encode()):
        raise Refused("not-allowed", "form")


def principal(workshop: str, *, header: bool = True) -> Principal:
    """Who asks something of a workshop; raises Refused `not-allowed`.

    A bearer is an organiser, a link or a person. A link's cookie counts when the call names it (`?as=` or
    `X-Baraza-As`), and where `header` is wanted, with `X-Baraza: 1`, which another website can't send.
    """
    secret = bearer()
    if secret:
        found = _by_secret(workshop, secret)
    elif header and request.headers.get("X-Baraza") != "1":
        raise Refused("not-allowed")
    else:
        link = request.headers.get("X-Baraza-As") or request.args.get("as", "")
        found = link_principal(workshop, link) if link else organiser()
    if found is None:
        raise Refused("not-allowed")
    return found


def _by_secret(workshop: str, secret: str) -> Principal | None:
    found = house.desk.by_secret(secret)
    if found:
        return Principal(ORGANISER, found.id)
    at = house.workshops.by_link(link_hash(secret))
    if at:
        role = house.read(workshop, lambda state: _role(state, at[1])) if at[0] == workshop else ""
        return Principal(role, at[1]) if role else None
    hash = house.workshops.keys.token_hash(secret)
    person = house.read(workshop, lambda state: next(state.where(Token, "hash", hash), None))
    return Principal(PERSON, person.id, secret) if person else None


def _role(state: State, link: str) -> str:
    row = state.get(Link, link)
    return row.role if row else ""


def link_principal(workshop: str, link: str) -> Principal | None:
    """The link of this workshop whose cookie the browser holds, as a principal."""

    def look(state: State) -> tuple[str, str] | None:
        row, key = state.get(Link, link), state.get(Key, link)
        return (row.role, key.hash) if row and key else None

    found = house.read(workshop, look)
    return Principal(found[0], link) if found and has_cookie(link, found[1]) else None
