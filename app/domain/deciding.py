"""Deciding on themes: what one is called, in which lane it stands, whether it counts, and who sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from .agenda import touched
from .core import LEADS, PERSONAL, Command, Event, Id, Meta, Name, Refused, Row, State, said
from .themes import Lane, Member, Theme, Title, member_rows, members_of


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
