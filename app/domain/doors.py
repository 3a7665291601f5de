"""Doors and links: how people, facilitators and the projector get in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import msgspec

from .agenda import running
from .core import LEADS, Command, Event, Id, Meta, Name, Refused, Row, State
from .lots import Lot, committed, lot_rows, next_number

Hash = Annotated[str, msgspec.Meta(min_length=20, max_length=100)]


class Doors(Row, tag="doors"):
    """Whether people may join, the code of 8 digits to type and the QR's secret; one row, id `doors`, on the stage."""

    open: bool
    code: str
    secret: str


class Link(Row, tag="links"):
    """A link that lets a facilitator or the projector in; the hash of its secret stands apart, in `keys`."""

    leads: ClassVar = True

    role: str
    label: str = ""
    made_at: int = 0


class Key(Row, tag="keys"):
    """The hash of a link's secret; id = the link's."""

    hash: str


class OpenDoors(Command, tag="OpenDoors"):
    """Let people join, with a new code and a new QR: whoever photographed the old one stays outside."""

    by = LEADS

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        code = f"{meta.draw('code') % 10**8:08d}"
        secret = meta.draw("doors").to_bytes(16, "big").hex()
        lot = None if committed(state) else Lot.fresh(meta, next_number(state))
        return DoorsSet(open=True, code=code, secret=secret, lot=lot)


class CloseDoors(Command, tag="CloseDoors"):
    """Nobody new may join; who has joined comes back as before."""

    by = LEADS

    def decide(self, state: State, meta: Meta) -> Event | None:
        doors = state.get(Doors, "doors")
        if doors is None or not doors.open:
            return None
        return DoorsSet(open=False, code=doors.code, secret=doors.secret)


class DoorsSet(Event, tag="DoorsSet"):
    """The doors were opened with a new code, or closed. When they open for the first time the secret of the first draw
    is made, so that everybody who comes finds it committed to."""

    open: bool
    code: str
    secret: str
    lot: Lot | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        if self.lot:
            yield from lot_rows(next_number(state), self.lot, at)
        yield Doors(id="doors", audience="stage", open=self.open, code=self.code, secret=self.secret)


class MakeLink(Command, tag="MakeLink"):
    """A new link for a facilitator or for the projector; its secret is made by the server and shown once."""

    by = LEADS
    link: Id
    role: Literal["facilitator", "stage"]
    hash: Hash
    label: Annotated[str, msgspec.Meta(max_length=60)] = ""

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        if self.link in state.tables.get(Link, {}):
            raise Refused("not-allowed", "link")  # another link has this id, or had it
        return LinkMade(link=self.link, role=self.role, hash=self.hash, label=self.label)


class LinkMade(Event, tag="LinkMade"):
    """A link was made."""

    irreversible = "a link is ended, not unmade"

    link: str
    role: str
    hash: str
    label: str = ""

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Link(id=self.link, audience="lead", role=self.role, label=self.label, made_at=at)
        yield Key(id=self.link, audience="nobody", hash=self.hash)


class RevokeLink(Command, tag="RevokeLink"):
    """End a link: whoever is in by it is cut at once."""

    by = LEADS
    link: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Link, self.link, "link")
        return LinkRevoked(link=self.link)


class LinkRevoked(Event, tag="LinkRevoked"):
    """A link was ended."""

    irreversible = "make a new link instead"

    link: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Link, self.link), gone=True)
        yield msgspec.structs.replace(state.get(Key, self.link), gone=True, hash="")
