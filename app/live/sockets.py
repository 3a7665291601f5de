"""The four wire messages: join, ask, signal, and delta, which only `publish` sends."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.agenda import Workshop
from app.domain.audiences import viewer
from app.domain.core import FACILITATOR, PERSON, Id, Principal, Refused, State
from app.domain.doors import Key, Link
from app.domain.grammar import write
from app.domain.people import Token

from .limits import Limits
from .presence import Presence
from .workshop import refusal
from .workshops import Unfound, Workshops, joined

TO_JOIN_S = 10


class Join(Struct, forbid_unknown_fields=True):
    """`join`: attach a socket to a workshop, as a person (token) or as a link (its cookie)."""

    workshop: Id
    since: int = 0
    token: str | None = None
    as_: str | None = msgspec.field(default=None, name="as")


class Ask(Struct, forbid_unknown_fields=True):
    """`ask`: a command, under an id that the asker made."""

    id: Id
    do: dict


class Signal(Struct, forbid_unknown_fields=True):
    """`signal`: something that isn't stored."""

    kind: str


class Connection:
    """A socket: nobody until it has joined."""

    def __init__(self, cookies: str):
        self.cookies = cookies
        self.workshop = ""
        self.who: Principal | None = None


class Sockets:
    """Listens to every socket of the server."""

    def __init__(self, transport: Any, workshops: Workshops, limits: Limits):
        self._transport = transport
        self._workshops = workshops
        self._limits = limits
        self._connections: dict[str, Connection] = {}
        self._presence = Presence(transport, workshops.publisher)
        workshops.on_cut = self.cut
        transport.on_new(self._new)
        transport.on_gone(self._gone)
        transport.on("join", self._join)
        transport.on("ask", self._ask)
        transport.on("signal", self._signal)
        transport.on_stop(self._closing)

    def cut(self, workshop: str, link: str) -> None:
        """End the connections of a link, or ('') all of a workshop."""
        for sid, connection in list(self._connections.items()):
            if connection.workshop == workshop and (not link or (connection.who and connection.who.id == link)):
                self._transport.cut(sid)

    def _new(self, sid: str, environ: dict) -> None:
        connection = self._connections[sid] = Connection(environ.get("HTTP_COOKIE", ""))

        def nobody() -> None:
            if connection.who is None and self._connections.get(sid) is connection:
                self._transport.cut(sid)

        self._transport.later(TO_JOIN_S, nobody)

    def _gone(self, sid: str) -> None:
        connection = self._connections.pop(sid, None)
        if connection and connection.who:
            person = connection.who.id if connection.who.role == PERSON else ""
            self._workshops.publisher.gone(sid, connection.workshop, person)
            self._presence.left(connection.workshop, connection.who, sid)

    def _join(self, sid: str, value: Any, answer) -> None:
        connection = self._connections.get(sid)
        if connection is None:
            return
        try:
            # A join costs as much as there are rows: a socket that asks again and again has to wait.
            self._unhurried(connection.workshop, Principal(PERSON, sid))
            join, workshop = self._meant(value, Join, lambda join: join.workshop)
        except Refused as refused:
            answer({"ok": False, "error": refused.as_error()})
            return

        def look(state: State) -> dict:
            try:
                who = self._who(state, connection, join)
            except Refused as refused:
                return {"ok": False, "error": refused.as_error()}
            if sid not in self._connections:
                return refusal("gone")
            if connection.who and (connection.workshop, connection.who) != (join.workshop, who):
                return refusal("joined-already")
            connection.workshop, connection.who = join.workshop, who
            # Rooms first, rows second, both within the writer: nothing can fall between them.
            person = who.id if who.role == PERSON else ""
            self._workshops.publisher.enter(sid, join.workshop, person, viewer(state, who))
            self._presence.came(join.workshop, who, sid)
            return joined(workshop, state, who, join.since)

        workshop.read(look, answer)

    def _who(self, state: State, connection: Connection, join: Join) -> Principal:
        if join.as_ is not None:
            link, key = state.get(Link, join.as_), state.get(Key, join.as_)
            cookie = cookie_of(connection.cookies, join.as_)
            if link is None or key is None or not self._workshops.keys.is_cookie(cookie, link.id, key.hash):
                raise Refused("unknown-link")
            return Principal(link.role, link.id)
        hash = self._workshops.keys.token_hash(join.token or "")
        token = next(state.where(Token, "hash", hash), None)
        if token is None:
            row = state.get(Workshop, "workshop")
            raise Refused("workshop-ended" if row and row.ended_at else "unknown-token")
        return Principal(PERSON, token.id, join.token)

    def _ask(self, sid: str, value: Any, answer) -> None:
        connection = self._connections.get(sid)
        if connection is None or connection.who is None:
            answer(refusal("not-joined"))
            return
        try:
            self._unhurried(connection.workshop, connection.who)
            ask, workshop = self._meant(value, Ask, lambda ask: connection.workshop)
        except Refused as refused:
            answer({"ok": False, "error": refused.as_error()})
            return
        workshop.ask(ask.id, write(ask.do), connection.who, answer)

    def _unhurried(self, workshop: str, who: Principal) -> None:
        """Refuses `too-fast` who asks faster than people do."""
        if wait := self._limits.wait_ms(workshop, who):
            raise Refused("too-fast", retry_ms=wait)

    def _meant(self, value: Any, kind: type, workshop_of: Callable[[Any], str]) -> tuple[Any, Any]:
        """What a message says and the running workshop it is for; Refused `malformed` or `unknown-workshop`."""
        try:
            message = msgspec.convert(value, kind)
            return message, self._workshops.get(workshop_of(message))
        except msgspec.ValidationError as error:
            raise Refused("malformed", reason=str(error)) from error
        except Unfound as error:
            raise Refused("unknown-workshop") from error

    def _signal(self, sid: str, value: Any, answer) -> None:
        connection = self._connections.get(sid)
        if connection is None or connection.who is None:
            return
        try:
            signal = msgspec.convert(value, Signal)
        except msgspec.ValidationError:
            return
        if signal.kind == "typing" and connection.who.role == PERSON:
            self._workshops.publisher.signal(connection.workshop, FACILITATOR, {"kind": "typing"})

    def _closing(self) -> None:
        for workshop in {c.workshop for c in self._connections.values() if c.who}:
            self._workshops.publisher.closing(workshop, {"retry_ms": 3000})


def cookie_of(header: str, link: str) -> str:
    """The value of a link's cookie in a Cookie header, '' if there is none."""
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    for name in (f"__Host-b-{link}", f"b-{link}"):
        if name in cookies:
            return cookies[name].value
    return ""
