"""What a report tells, as data: sessions, themes, cards, proposals, draws, as a viewer of one level may know them."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from .meetings import Meetings
from .results import VoteLine

LEVELS = ("public", "team", "full")
SMALL_CELL = 3
"""Below the full level a count of fewer people than this isn't printed where it says who they are."""


class CardLine(Struct, frozen=True):
    """A card as the report shows it. `shown` is its text in the report's language where there is one, `shown_by` who
    translated it: `person`, `machine`, or '' for the writer's own words; `translators` says it of each translation."""

    id: str
    board: str
    group: str
    section: str
    lang: str
    text: str
    shown: str
    shown_lang: str
    translations: dict[str, str]
    theme: str | None
    translators: dict[str, str] = {}
    shown_by: str = ""
    echoes: int = 0
    author: str | None = None


class ThemeLine(Struct, frozen=True):
    """A confirmed theme: how many cards of which groups say it, and one card that says it for all.

    `doubtful` are groups whose cards in it fit too badly to count, `missing` those that have none; `machine` is true
    where a machine translated the words that are shown of it.
    """

    id: str
    title: str
    lane: str
    groups: list[str]
    doubtful: list[str]
    missing: list[str]
    cards: dict[str, int]
    quote: str
    card_ids: list[str]
    overruled: bool = False
    machine: bool = False


class GroupLine(Struct, frozen=True):
    """A group of a session; `people` are named at the full level only, and `size` is None where it would tell how few
    people gave one answer."""

    id: str
    label: str
    title: str
    place: str
    assignment: str
    size: int | None
    cards: int
    people: list[str]


class SessionLine(Struct, frozen=True):
    """A session with its groups, its confirmed themes by lane, and its cards by section."""

    id: str
    title: str
    kind: str
    grouping: str
    day: int
    questions: list[str]
    sections: dict[str, str]
    groups: list[GroupLine]
    themes: list[ThemeLine]
    cards: list[CardLine]
    people: int
    unsorted: int
    unconfirmed: int
    compared_in: str | None = None
    compared: bool = True
    votes: list[VoteLine] = []

    def lane(self, lane: str) -> list[ThemeLine]:
        """The session's themes of one lane, those that most cards say first."""
        return [theme for theme in self.themes if theme.lane == lane]

    def behind(self, theme: ThemeLine) -> list[CardLine]:
        """The cards of a theme, as far as this level has them."""
        return [card for card in self.cards if card.theme == theme.id]


class ProposalLine(Struct, frozen=True):
    """A joint proposal with what it rests on."""

    id: str
    statement: str
    rationale: list[str]
    to: list[str]
    themes: list[str]
    theme_titles: list[str]
    cards: list[str]


class Answer(Struct, frozen=True):
    """How many people answered a question in one way; `people` is None where they are too few to be counted."""

    title: str
    people: int | None


class DrawLine(Struct, frozen=True):
    """One draw: which sessions, why it was drawn, the digests of what everybody could check, and what it reached.
    `seed` is '' while it would tell groups that nobody knows yet; `changes` is how many seats were changed by hand."""

    number: int
    sessions: list[str]
    reason: str
    commitment: str
    seed: str
    digest: str
    report: dict[str, Any]
    changes: int = 0


class Edited(Struct, frozen=True):
    """What the organiser wrote in the place of a generated part; `of` is the digest of what it replaced."""

    text: str
    of: str


class Summary(Struct, frozen=True):
    """The whole report of a workshop at one level and in one language. `across` are ids of themes that people said are
    the same in several sessions, a list each, in the order of the agenda."""

    level: str
    lang: str
    languages: list[str]
    title: str
    place: str
    starts: str
    ends: str
    objectives: list[str]
    people: int
    answers: dict[str, list[Answer]]
    sessions: list[SessionLine]
    across: list[list[str]]
    proposals: list[ProposalLine]
    draws: list[DrawLine]
    meetings: Meetings | None
    names: dict[str, str]
    passages: dict[str, Edited]

    def common(self) -> list[ThemeLine]:
        """Every theme that all groups of its session raised."""
        return [theme for session in self.sessions for theme in session.lane("common")]


def as_json(report: Summary) -> bytes:
    """The report as bytes, for the process that writes files of it."""
    return msgspec.json.encode(report)


read = msgspec.json.Decoder(Summary).decode
"""Bytes of `as_json` -> Summary."""
