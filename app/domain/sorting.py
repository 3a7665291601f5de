"""Sorting themes by hand: place cards, merge, split, rename, confirm, drop, show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from . import boards
from .agenda import Session, running, touched
from .cards import Card
from .core import LEADS, PERSONAL, Command, Event, Id, Meta, Name, Refused, Row, State, said
from .themes import Lane, Member, Theme, Title, audience_of, changed, member_rows, members_of


class PlaceCard(Command, tag="PlaceCard"):
    """Put a card into a theme, or into the tray (null)."""

    by = LEADS
    card: Id
    theme: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = _card(state, self.card)
        now = state.get(Member, card.id)
        if self.theme is None:
            return CardPlaced(card=card.id) if now else None
        theme = state.need(Theme, self.theme, "theme")
        if theme.session != boards.session_of(state, card.board).id:
            raise Refused("other-session", "theme")
        if now and (now.theme, now.by) == (theme.id, "person"):
            return None
        return CardPlaced(card=card.id, theme=theme.id)


def _card(state: State, id: str) -> Card:
    running(state)
    card = state.need(Card, id, "card")
    if card.state != "on":
        raise Refused("card-withdrawn", "card")
    return card


class CardPlaced(Event, tag="CardPlaced"):
    """A person put a card into a theme or back into the tray."""

    card: str
    theme: str | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        now = state.get(Member, self.card)
        if now and now.theme != self.theme and (old := state.get(Theme, now.theme)):
            yield changed(old)
        if self.theme is None:
            yield msgspec.structs.replace(now, gone=True)
            return
        theme = state.get(Theme, self.theme)
        if not now or now.theme != theme.id:
            yield changed(theme)
        yield from member_rows(state, self.card, theme)


class NewTheme(Command, tag="NewTheme"):
    """Make a theme of some cards, or split them off; the id is the ask's."""

    by = LEADS
    session: Name
    cards: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=1000)]
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
        yield theme
        for card in self.cards:
            if (now := state.get(Member, card)) and (old := state.get(Theme, now.theme)):
                yield changed(old)
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
            yield from member_rows(state, member.id, into)


class RenameTheme(Command, tag="RenameTheme"):
    """Give a theme a title of its own."""

    by = LEADS
    theme: Id
    title: Title

    def decide(self, state: State, meta: Meta) -> Event | None:
        theme = state.need(Theme, self.theme, "theme")
        title = said(self.title, "title")
        return None if theme.title == title else ThemeRenamed(theme=theme.id, title=title)


class ThemeRenamed(Event, tag="ThemeRenamed"):
    """A theme has a title of its own; it stays confirmed if it was."""

    theme: str
    title: Annotated[str | None, PERSONAL]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Theme, self.theme), title=self.title)


class OverruleLane(Command, tag="OverruleLane"):
    """Put a theme into a lane by hand; null lets the lane follow from its cards again."""

    by = LEADS
    theme: Id
    lane: Lane | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        theme = state.need(Theme, self.theme, "theme")
        if theme.overruled == self.lane:
            return None
        return LaneOverruled(theme=theme.id, lane=self.lane, by=meta.who.id)


class LaneOverruled(Event, tag="LaneOverruled"):
    """A person decided on a theme's lane."""

    theme: str
    lane: str | None
    by: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        by = self.by if self.lane else ""
        yield msgspec.structs.replace(state.get(Theme, self.theme), overruled=self.lane, overruled_by=by)


class DecideTheme(Command, tag="DecideTheme"):
    """Confirm a theme, drop it, or leave it open again. Only confirmed themes count."""

    by = LEADS
    theme: Id
    state: str

    def decide(self, state: State, meta: Meta) -> Event | None:
        theme = state.need(Theme, self.theme, "theme")
        if self.state not in ("confirmed", "dropped", "proposed"):
            raise Refused("not-found", "state")
        if self.state == "confirmed" and not members_of(state, theme.id):
            raise Refused("no-cards", "theme")
        return None if theme.state == self.state else ThemeDecided(theme=theme.id, state=self.state)


class ThemeDecided(Event, tag="ThemeDecided"):
    """People confirmed a theme, dropped it, or opened it again."""

    theme: str
    state: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Theme, self.theme), state=self.state, why="")


class ShowThemes(Command, tag="ShowThemes"):
    """Show a session's themes to everybody, and with them the cards that they hold."""

    by = LEADS
    session: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        themes = list(state.where(Theme, "session", self.session))
        if not themes:
            raise Refused("no-themes", "session")
        return None if all(t.audience == "all" for t in themes) else ThemesShown(session=self.session)


class ThemesShown(Event, tag="ThemesShown"):
    """Everybody sees a session's themes."""

    irreversible = "what everybody has seen cannot be unseen"

    session: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield from touched(state)
        for theme in state.where(Theme, "session", self.session):
            shown = msgspec.structs.replace(theme, audience="all")
            yield shown
            for member in state.where(Member, "theme", theme.id):
                yield from member_rows(state, member.id, shown, member.by, member.fit)
