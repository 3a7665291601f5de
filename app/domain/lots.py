"""Chance for the draws: a secret that is committed to before anybody knows the list, and what the room adds to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Struct

from ..thinking.drawing import receipts
from .agenda import running
from .core import PERSON, Command, Event, Meta, Principal, Refused, Row, State

Reason = Literal["first", "later", "people", "rules", "again"]
"""Why it was drawn: the first time; a session was held since; people came or left; a rule was changed; no such reason,
somebody wanted other groups."""


class Draw(Row, tag="draws"):
    """What everybody knows of a draw: its number and reason, which sessions, how many people, the digests of the list
    and of the plan, what the room added to chance, and how good it is. What it drew is in its `Receipt`."""

    lasting = True

    number: int
    sessions: tuple[str, ...]
    reason: str
    people: int
    list_digest: str
    digest: str
    words: str = ""
    luck: int = 0
    report: dict[str, Any] = {}
    drawn_at: int = 0


def draw_id(number: int) -> str:
    """The id of a draw, and of what belongs to it."""
    return f"draw-{number}"


class Commitment(Row, tag="commitments"):
    """The digest of the secret of a draw that is still to come (or has come), known to all; id = the draw's."""

    lasting = True

    number: int
    digest: str
    made_at: int = 0


class Secret(Row, tag="secrets"):
    """The secret of a draw, and what makes the ids of people on its receipt; id = the draw's. The server's alone."""

    lasting = True

    secret: str
    salt: str


class Luck(Row, tag="luck"):
    """What somebody's phone has added to the chance of a draw; the id is their seal, so that it is one each."""

    lasting = True
    index: ClassVar = ("draw",)

    draw: int
    luck: str


class Lot(Struct, frozen=True):
    """The secret of one draw, and the salt of its receipt: 128 bits each."""

    secret: str
    salt: str

    @staticmethod
    def fresh(meta: Meta, number: int) -> Lot:
        """A new one for the draw of this number, from this ask's chance."""
        return Lot(f"{meta.draw(f'lot secret {number}'):032x}", f"{meta.draw(f'lot salt {number}'):032x}")


def next_number(state: State) -> int:
    """The number of the next draw: those that were taken back count."""
    return 1 + len(state.tables.get(Draw, {}))


def lot_of(state: State, meta: Meta) -> Lot:
    """The lot of the next draw: the one committed to, or where nothing was, a new one."""
    kept = state.get(Secret, draw_id(next_number(state)))
    return Lot(kept.secret, kept.salt) if kept else Lot.fresh(meta, next_number(state))


def committed(state: State) -> bool:
    """True when the secret of the next draw is committed to."""
    return state.get(Secret, draw_id(next_number(state))) is not None


def lot_rows(number: int, lot: Lot, at: int) -> Iterable[Row]:
    """The secret of a draw, and what everybody may know of it."""
    id = draw_id(number)
    yield Secret(id=id, audience="nobody", secret=lot.secret, salt=lot.salt)
    yield Commitment(id=id, audience="all", number=number, digest=receipts.commitment(lot.secret), made_at=at)


def luck_of(state: State, number: int) -> list[str]:
    """What phones have added to a draw, sorted."""
    return sorted(row.luck for row in state.where(Luck, "draw", number))


def luck_id(number: int, who: Principal) -> str:
    """The id of what somebody adds to a draw: their seal, which says not whose it is."""
    return who.seal(f"luck:{number}")


class AddLuck(Command, tag="AddLuck"):
    """Add a number of one's own to the chance of the next draw, so that nobody can have arranged it; once each."""

    by = frozenset({PERSON})
    draw: int
    luck: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}$")]

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        if self.draw != next_number(state):
            raise Refused("draw-over", "draw")
        id = luck_id(self.draw, meta.who)
        if state.get(Luck, id):
            return None
        return LuckAdded(seal=id, draw=self.draw, luck=self.luck)


class LuckAdded(Event, tag="LuckAdded"):
    """Somebody has added to the chance of a draw."""

    content = True
    irreversible = "chance is not taken back"

    seal: str
    draw: int
    luck: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        # Not a secret, but a thousand phones need not hear a thousand numbers: they ask for the receipt.
        yield Luck(id=self.seal, audience="stage", draw=self.draw, luck=self.luck)
