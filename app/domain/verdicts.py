"""Verdicts: what a person said of two things, that they mean the same or that they don't. The program obeys them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from . import boards
from .agenda import running
from .cards import Card
from .core import LEADS, Command, Event, Id, Meta, Refused, Row, State
from .echoes import Echo
from .themes import Theme


class Verdict(Row, tag="verdicts"):
    """Whether two things mean the same: two cards, a card and a theme, two themes. The id is made of theirs.

    Two cards that are the `same` stay together in every proposal, two that aren't never pull each other; a card is
    never proposed for a theme that it was taken out of; two themes are not offered to be merged again. Themes of
    several sessions that are the same came up in each of them.
    """

    leads: ClassVar = True

    a: str
    b: str
    same: bool


def verdict_id(a: str, b: str) -> str:
    """The id of the verdict on two things, in whichever order they come."""
    return ".".join(sorted((a, b)))


def verdict(a: str, b: str, same: bool) -> Verdict:
    """The row that says whether two things mean the same."""
    first, second = sorted((a, b))
    return Verdict(id=verdict_id(a, b), audience="lead", a=first, b=second, same=same)


def taken_back(state: State, a: str, b: str) -> Iterable[Row]:
    """What was said of two things, if anything was, as gone."""
    if (row := state.get(Verdict, verdict_id(a, b))) is not None:
        yield msgspec.structs.replace(row, gone=True)


def threads(state: State, a: str, b: str) -> list[Echo]:
    """The echoes that tie two cards, whoever's they are and whichever way they point."""
    pairs = ((a, b), (b, a))
    return [echo for card, own in pairs for echo in state.where(Echo, "card", card) if echo.own_card == own]


class SaySame(Command, tag="SaySame"):
    """Say that two cards or two themes mean the same, or that two cards, a card and a theme, or two themes don't;
    null takes back what was said. Two themes that mean the same are of different sessions: those of one are merged. Two
    cards that don't mean the same lose the echoes between them."""

    by = LEADS
    a: Id
    b: Id
    same: bool | None

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        sessions = {field: _session(state, getattr(self, field), field) for field in ("a", "b")}
        cards = [state.get(Card, id) is not None for id in (self.a, self.b)]
        if self.a == self.b or (any(cards) and len(set(sessions.values())) > 1):
            raise Refused("other-session", "b")
        if self.same and len(set(cards)) > 1:
            raise Refused("not-found", "b")
        if self.same and not any(cards) and len(set(sessions.values())) == 1:
            raise Refused("merge-instead", "b")
        now = state.get(Verdict, verdict_id(self.a, self.b))
        if (now.same if now else None) == self.same and not (self.same is False and threads(state, self.a, self.b)):
            return None
        return SameSaid(a=self.a, b=self.b, same=self.same)


def _session(state: State, id: str, field: str) -> str:
    card = state.get(Card, id)
    return boards.session_of(state, card.board).id if card else state.need(Theme, id, field).session


class SameSaid(Event, tag="SameSaid"):
    """A person said whether two things mean the same."""

    a: str
    b: str
    same: bool | None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        if self.same is None:
            yield from taken_back(state, self.a, self.b)
            return
        yield verdict(self.a, self.b, self.same)
        if not self.same:
            for echo in threads(state, self.a, self.b):
                yield msgspec.structs.replace(echo, gone=True)
