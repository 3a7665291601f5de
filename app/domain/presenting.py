"""Reporting back: one group at a time shows its cards to everybody."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from . import boards
from .agenda import Session, running, touched
from .cards import Card, cards_on, widened
from .core import LEADS, Command, Event, Meta, Name, Refused, Row, State
from .proposals import held
from .seating import Group


class Presenting(Row, tag="presenting"):
    """Who presents in a session and which card is meant; id = the session's. `order` are boards, `done` those that
    have presented, `board` and `card` what is on the stage now."""

    order: tuple[str, ...]
    done: tuple[str, ...] = ()
    board: str | None = None
    card: str | None = None


def _order(state: State, session: Session, meta: Meta) -> tuple[str, ...]:
    now = state.get(Presenting, session.id)
    ids = boards.boards_of(state, session.id)
    if now is not None and sorted(now.order) == sorted(ids):
        return now.order
    return tuple(sorted(ids, key=lambda id: meta.draw(f"order|{id}")))


class OrderBoards(Command, tag="OrderBoards"):
    """Choose the order in which groups report back; empty = draw it by lot."""

    by = LEADS
    session: Name
    order: list[str] = []

    def decide(self, state: State, meta: Meta) -> Event | None:
        session = state.need(Session, self.session, "session")
        ids = boards.boards_of(state, session.id)
        order = self.order or sorted(ids, key=lambda id: meta.draw(f"order|{id}"))
        if sorted(order) != sorted(ids):
            raise Refused("not-found", "order")
        return Presented(session=session.id, order=tuple(order), board=None, card=None)


class Present(Command, tag="Present"):
    """Bring a group's board on the stage (null: take it off). From then on everybody may see its cards."""

    by = LEADS
    session: Name
    board: Name | None = None
    card: Name | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        session = state.need(Session, self.session, "session")
        order = _order(state, session, meta)
        if session.kind == "groups" and not session.drawn:
            raise Refused("not-drawn", "session")
        if self.board is not None and self.board not in order:
            raise Refused("not-found", "board")
        if self.card is not None:
            card = state.need(Card, self.card, "card")
            if card.board != self.board or card.state != "on":
                raise Refused("not-found", "card")
        return Presented(session=session.id, order=order, board=self.board, card=self.card)


class Presented(Event, tag="Presented"):
    """A group presents, or another card is meant, or the stage was cleared again."""

    irreversible = "what everybody has seen cannot be unseen"

    session: str
    order: tuple[str, ...]
    board: str | None = None
    card: str | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        now = state.get(Presenting, self.session)
        done = now.done if now else ()
        if now and now.board and now.board != self.board:
            done = tuple(dict.fromkeys((*done, now.board)))
        yield Presenting(
            id=self.session,
            audience="all",
            order=self.order,
            done=tuple(b for b in done if b in self.order and b != self.board),
            board=self.board,
            card=self.card,
        )
        if self.board is None:
            return
        yield from touched(state)
        group = state.get(Group, self.board)
        if group is None:
            yield boards.Shown(id=self.board, audience="all")
        elif not group.presented:
            yield msgspec.structs.replace(group, presented=True)
        for card in cards_on(state, self.board):
            yield from widened(state, card)


class HideBoard(Command, tag="HideBoard"):
    """Show a board's cards to its group only again, but for those that shown themes and proposals rest on. What was
    seen stays seen."""

    by = LEADS
    board: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        session = boards.session_of(state, self.board)
        if boards.audience(state, self.board) != "all":
            return None
        return BoardHidden(session=session.id, board=self.board)


class BoardHidden(Event, tag="BoardHidden"):
    """A board is for its group only again."""

    irreversible = "showing it again would be seen by everybody"

    session: str
    board: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        now = state.get(Presenting, self.session)
        if now and now.board == self.board:
            yield msgspec.structs.replace(now, board=None, card=None)
        group = state.get(Group, self.board)
        if group:
            yield msgspec.structs.replace(group, presented=False)
        else:
            yield msgspec.structs.replace(state.get(boards.Shown, self.board), gone=True)
        audience = f"board:{self.board}" if group else "people"
        for card in state.where(Card, "board", self.board):
            if card.audience == "all" and not held(state, card.id):
                yield msgspec.structs.replace(card, audience=audience)
