"""Sorting cards into themes by hand: place them, make a theme, merge two, split one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from . import boards
from .agenda import Session, running
from .cards import Card
from .core import LEADS, PERSONAL, Command, Event, Id, Meta, Name, Refused, Row, State, said
from .themes import Member, Theme, Title, audience_of, changed, member_rows, members_of, theme_id
from .verdicts import taken_back, verdict

Cards = Annotated[list[Id], msgspec.Meta(min_length=1, max_length=1000)]


class PlaceCards(Command, tag="PlaceCards"):
    """Put cards into a theme, or back among those to sort (null)."""

    by = LEADS
    cards: Cards
    theme: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        cards = {id: _card(state, id) for id in self.cards}
        if self.theme is not None:
            theme = state.need(Theme, self.theme, "theme")
            if any(boards.session_of(state, card.board).id != theme.session for card in cards.values()):
                raise Refused("other-session", "theme")
        moved = [id for id in cards if not self._there(state.get(Member, id))]
        return CardsPlaced(cards=moved, theme=self.theme) if moved else None

    def _there(self, now: Member | None) -> bool:
        return now is None if self.theme is None else now is not None and (now.theme, now.by) == (self.theme, "person")


def _card(state: State, id: str) -> Card:
    running(state)
    card = state.need(Card, id, "card")
    if card.state != "on":
        raise Refused("card-withdrawn", "card")
    return card


class CardsPlaced(Event, tag="CardsPlaced"):
    """A person put cards into a theme or back among those to sort; a theme that a card was taken out of isn't proposed
    for it again."""

    cards: list[str]
    theme: str | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        into = state.get(Theme, self.theme)
        yield from _left(state, self.cards, into)
        for card in self.cards:
            if into is None:
                yield msgspec.structs.replace(state.get(Member, card), gone=True)
            else:
                yield from taken_back(state, card, into.id)
                yield from member_rows(state, card, into)


def _left(state: State, cards: list[str], into: Theme | None) -> Iterable[Row]:
    """The themes that cards come from, and the one that they go into, as changed; and that a person took them out."""
    moved = False
    for card in cards:
        now = state.get(Member, card)
        old = state.get(Theme, now.theme) if now else None
        if old is not None and old != into:
            if old.state != "dropped":
                yield changed(old)
            yield verdict(card, old.id, same=False)
        moved = moved or old is None or old != into
    if into is not None and moved:
        yield changed(into)


class NewTheme(Command, tag="NewTheme"):
    """Make a theme of some cards, or split them off; the id is the ask's."""

    by = LEADS
    session: Name
    cards: Cards
    title: Title | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Session, self.session, "session")
        for id in self.cards:
            if boards.session_of(state, _card(state, id).board).id != self.session:
                raise Refused("other-session", "cards")
        title = None if self.title is None else said(self.title, "title")
        return ThemeMade(theme=meta.ask, session=self.session, cards=list(dict.fromkeys(self.cards)), title=title)


class ThemeMade(Event, tag="ThemeMade"):
    """A person made a theme."""

    theme: str
    session: str
    cards: list[str]
    title: Annotated[str | None, PERSONAL] = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        order = 1 + max((t.order for t in state.where(Theme, "session", self.session)), default=-1)
        theme = Theme(
            id=self.theme,
            audience=audience_of(state, self.session),
            session=self.session,
            title=self.title,
            title_card=self.cards[0],
            order=order,
        )
        yield from _left(state, self.cards, None)
        yield theme
        for card in self.cards:
            yield from member_rows(state, card, theme)


class MergeThemes(Command, tag="MergeThemes"):
    """Put all cards of a theme into another one of the same session."""

    by = LEADS
    theme: Id
    into: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        theme = state.need(Theme, self.theme, "theme")
        into = state.need(Theme, self.into, "into")
        if theme.id == into.id or theme.session != into.session:
            raise Refused("other-session", "into")
        return ThemesMerged(theme=theme.id, into=into.id)


class ThemesMerged(Event, tag="ThemesMerged"):
    """Two themes became one."""

    theme: str
    into: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        into = state.get(Theme, self.into)
        yield changed(into)
        yield msgspec.structs.replace(state.get(Theme, self.theme), gone=True)
        for member in list(state.where(Member, "theme", self.theme)):
            yield from taken_back(state, member.id, into.id)
            yield from member_rows(state, member.id, into)


class SplitTheme(Command, tag="SplitTheme"):
    """Split a theme: each of the parts becomes a theme of its own; cards in no part stay in the theme, which keeps its
    title."""

    by = LEADS
    theme: Id
    parts: Annotated[list[Cards], msgspec.Meta(min_length=1, max_length=100)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        theme = state.need(Theme, self.theme, "theme")
        cards = [card for part in self.parts for card in part]
        held = {m.id for m in members_of(state, theme.id)}
        if not held.issuperset(cards):
            raise Refused("changed-since", "parts", table="members")
        if len(set(cards)) < len(cards) or len(cards) == len(held):
            raise Refused("no-cards", "parts")
        parts = {theme_id(f"{meta.ask}|part|{n}"): part for n, part in enumerate(self.parts)}
        return ThemeSplit(theme=theme.id, parts=parts)


class ThemeSplit(Event, tag="ThemeSplit"):
    """A person split a theme."""

    theme: str
    parts: dict[str, list[str]]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        old = state.get(Theme, self.theme)
        order = 1 + max(t.order for t in state.where(Theme, "session", old.session))
        for n, (id, cards) in enumerate(self.parts.items()):
            yield from _left(state, cards, None)
            theme = Theme(id=id, audience=old.audience, session=old.session, title_card=cards[0], order=order + n)
            yield theme
            for card in cards:
                yield from member_rows(state, card, theme)
