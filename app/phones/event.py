"""A recorded event, as `run.py replay` reads it: a workshop's plan with its people, cards, themes and proposals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec

from app.domain.agenda import Plan, WorkshopPlan, grouping_of, sections_of
from app.domain.core import Lang, Text


class Participant(Plan):
    """A delegate; `language` among the attributes is the language of their phone."""

    id: str
    name: str = ""
    attributes: dict[str, str] = {}


class PlenaryCard(Plan):
    """A card of a plenary, or of a session whose groups aren't drawn; without author the people take turns."""

    text: str
    lang: Lang = "en"
    author: str | None = None
    section: str | None = None
    translations: dict[str, str] = {}


class EventCard(Plan):
    """A card of a drawn group; `theme` is the gold label, which the server never sees."""

    group: str
    section: str
    text: str
    lang: Lang = "en"
    theme: str | None = None
    translations: dict[str, str] = {}
    answers: Any = None


class Played(Plan):
    """A session as it went: cards, the titles of the gold themes, and what has to come out."""

    cards: list[EventCard] = []
    themes: dict[str, Text] = {}
    common_to_all: list[str] = []
    shared: list[str] = []
    unique: list[str] = []


class EventProposal(Plan):
    """A joint proposal; `from_themes` are gold labels of any session."""

    statement: str
    rationale: list[str] = []
    from_themes: list[str] = []
    audience: list[str] = []
    lang: Lang = "en"


class EventFile(WorkshopPlan, kw_only=True):
    """The whole file."""

    about: str = ""
    participants: Annotated[list[Participant], msgspec.Meta(min_length=1)]
    plenary_boards: dict[str, list[PlenaryCard] | dict[str, list[PlenaryCard]]] = {}
    sessions: dict[str, Played] = {}
    proposals: list[EventProposal] = []
    minority_notes: list[dict] = []
    agreement: list[dict] = []
    audiences: list[str] = []

    def plan(self) -> WorkshopPlan:
        """The part of it that makes the workshop."""
        return WorkshopPlan(**{name: getattr(self, name) for name in WorkshopPlan.__struct_fields__})


class BadEvent(Exception):
    """The file can't be played; the message is one line."""


def read(path: str | Path) -> EventFile:
    """The event in a file; raises BadEvent with the reason in one line."""
    try:
        event = msgspec.json.decode(Path(path).read_bytes(), type=EventFile)
    except OSError as error:
        raise BadEvent(f"{path} can't be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadEvent(f"{Path(path).name}: {error}") from error
    _check(event)
    return event


def _check(event: EventFile) -> None:
    people = {p.id for p in event.participants}
    if len(people) < len(event.participants):
        raise BadEvent("two participants have the same id")
    sessions = {s.id: s for s in event.agenda}
    for name in (*event.sessions, *event.plenary_boards):
        if name not in sessions:
            raise BadEvent(f"the session {name} isn't in the agenda")
    for name, played in event.sessions.items():
        sections = {s.id for s in sections_of(sessions[name])}
        for n, card in enumerate(played.cards):
            where = f"card {n} of {name}"
            if card.section not in sections:
                raise BadEvent(f"{where} is in a section that the session doesn't have: {card.section}")
            if card.theme is not None and card.theme not in played.themes:
                raise BadEvent(f"{where} has a theme that the session doesn't have: {card.theme}")
    for name, boards in event.plenary_boards.items():
        grouped = grouping_of(sessions[name]) != "none"
        if grouped != isinstance(boards, dict):
            raise BadEvent(f"the cards of {name} have to be {'by group' if grouped else 'a list'}")
        for card in _flat(boards):
            if card.author is not None and card.author not in people:
                raise BadEvent(f"a card of {name} is by somebody who isn't a participant: {card.author}")
    labels = {label for played in event.sessions.values() for label in played.themes}
    for n, proposal in enumerate(event.proposals):
        for label in proposal.from_themes:
            if label not in labels:
                raise BadEvent(f"proposal {n} rests on a theme that no session has: {label}")


def _flat(boards: list[PlenaryCard] | dict[str, list[PlenaryCard]]) -> list[PlenaryCard]:
    return boards if isinstance(boards, list) else [card for cards in boards.values() for card in cards]
