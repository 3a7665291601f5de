"""Echoes: "we had that too", said by a person about another group's card, perhaps pointing at the own card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from . import boards
from .agenda import Step, running
from .cards import Card
from .core import PERSON, Changed, Command, Event, Id, Meta, Refused, Row, State, follows
from .seating import seat_of


class Echo(Row, tag="echoes"):
    """One person's echo of a card; the id is the person's seal over the card, so that there is one each."""

    leads: ClassVar = True
    index: ClassVar = ("card",)

    card: str
    own_card: str | None = None


class Tally(Row, tag="tallies"):
    """How many people echoed a card; id = the card's. `threads` are the cards of theirs that they pointed at, without
    those from which a thread comes back that was counted there."""

    echoes: int
    threads: int = 0


def echo_id(card: str, meta: Meta) -> str:
    """The id of the asker's echo of a card."""
    return meta.who.seal(f"echo:{card}")


class EchoCard(Command, tag="EchoCard"):
    """Say "we had that too" of a card that another group has presented; saying it again with another own card
    replaces it. Until the session's themes are done."""

    by = frozenset({PERSON})
    card: Id
    own_card: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        card = state.need(Card, self.card, "card")
        session = boards.session_of(state, card.board)
        if card.audience != "all" or card.state != "on":
            raise Refused("not-presented", "card")
        seat = seat_of(state, session.id, meta.who.id)
        if seat is None or seat.group == card.board:
            raise Refused("own-group", "card")
        themes = state.get(Step, f"{session.id}/themes")
        if themes and themes.state == "done":
            raise Refused("echoes-closed", "card")
        if self.own_card is not None:
            own = state.need(Card, self.own_card, "own_card")
            if own.board != seat.group or own.state != "on":
                raise Refused("not-found", "own_card")
        id = echo_id(card.id, meta)
        now = state.get(Echo, id)
        if now and now.own_card == self.own_card:
            return None
        return CardEchoed(echo=id, card=card.id, own_card=self.own_card)


class CardEchoed(Event, tag="CardEchoed"):
    """Somebody had that too."""

    content = True

    echo: str
    card: str
    own_card: str | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Echo(id=self.echo, audience="lead", card=self.card, own_card=self.own_card)


class TakeBackEcho(Command, tag="TakeBackEcho"):
    """Take one's echo of a card back."""

    by = frozenset({PERSON})
    card: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        id = echo_id(self.card, meta)
        return EchoTaken(echo=id) if state.get(Echo, id) else None


class EchoTaken(Event, tag="EchoTaken"):
    """An echo was taken back."""

    content = True

    echo: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Echo, self.echo), gone=True)


@follows
def echoes_follow(state: State, changed: Changed) -> Iterable[Row]:
    """The tally of every card whose echoes have changed, for whom the card is for; echoes go with their card."""
    cards: set[str] = set()
    for old, new in changed.values():
        if isinstance(new, Echo):
            cards |= {new.card} | {row.own_card for row in (old, new) if row and row.own_card}
        elif isinstance(new, Card):
            cards.add(new.id)
    for id in sorted(cards):
        card, now, echoes = state.get(Card, id), state.get(Tally, id), list(state.where(Echo, "card", id))
        if card is None:
            yield from (msgspec.structs.replace(row, gone=True) for row in (*echoes, now) if row)
        elif now or echoes:
            tally = now or Tally(id=id, audience=card.audience, echoes=0)
            facts = {"echoes": len(echoes), "threads": _threads(state, id, echoes)}
            new = msgspec.structs.replace(tally, audience=card.audience, **facts)
            if new != now:
                yield new


def _threads(state: State, card: str, echoes: list[Echo]) -> int:
    pointed = {echo.own_card for echo in echoes if echo.own_card}
    return sum(1 for own in pointed if card < own or not _points(state, own, card))


def _points(state: State, card: str, own: str) -> bool:
    return any(echo.own_card == own for echo in state.where(Echo, "card", card))
