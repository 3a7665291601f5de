"""Forgetting: erasing wins over history. What somebody wrote or was called is taken out of the journal itself.

The event that forgets says only whom or what; `erased` makes earlier events say nothing of it either. Folding the
journal afresh then leads to a workshop in which the words never stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from .cards import Author, Card, CardAdded, Seal, is_mine
from .core import LEADS, PERSON, WRITERS, Command, Event, Id, Meta, Refused, Row, State
from .joining import Enrolled
from .lists import GroupsListed, ListForgotten
from .people import Answered, Me, Named, Person, Room, Token, whose
from .preparing import WorkshopEnded
from .seating import Group, Seat, reporting, reports_after
from .translating import CardsTranslated
from .undo import Undone
from .voting import BallotCast

T = TypeVar("T")


class ForgetCard(Command, tag="ForgetCard"):
    """Erase a card with its translations, for ever: one's own, or any by a facilitator."""

    by = WRITERS
    card: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if meta.who.role == PERSON and not is_mine(state, card.id, meta):
            raise Refused("not-yours", "card")
        return CardForgotten(card=card.id)


class CardForgotten(Event, tag="CardForgotten"):
    """A card was erased; its words are nowhere any more."""

    irreversible = "what is erased is nowhere any more"
    erases = True
    content = True

    card: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for kind in (Card, Author, Seal):
            if (row := state.get(kind, self.card)) is not None:
                yield msgspec.structs.replace(row, gone=True)


class ForgetPerson(Command, tag="ForgetPerson"):
    """Erase somebody: name, answers, seats and that they wrote what they wrote. Their cards stay, as nobody's."""

    by = LEADS | {PERSON}
    person: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        person = state.need(Person, whose(self.person, meta), "person").id
        sessions = {seat.session for seat in state.where(Seat, "person", person)}
        reports = {session: reports_after(state, session, {person: None}, meta) for session in sorted(sessions)}
        return PersonForgotten(person=person, reports=reports)


class PersonForgotten(Event, tag="PersonForgotten"):
    """Somebody was erased. `reports` is by session who reports instead of them, {group: person}."""

    irreversible = "what is erased is nowhere any more"
    erases = True

    person: str
    reports: dict[str, dict[str, str]] = {}

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for kind in (Person, Named, Answered, Token, Me):
            if (row := state.get(kind, self.person)) is not None:
                yield msgspec.structs.replace(row, gone=True)
        yield Room(id="room", audience="all", people=sum(1 for _ in state.all(Person)) - 1)
        for seat in state.where(Seat, "person", self.person):
            yield msgspec.structs.replace(seat, gone=True)
            group = state.get(Group, seat.group)
            yield msgspec.structs.replace(group, size=group.size - 1)
            yield from reporting(state, seat.session, self.reports.get(seat.session, {}))
        for author in state.all(Author):
            if author.person == self.person:
                yield msgspec.structs.replace(author, gone=True)


def erased(event: Event, forgotten: Event) -> Event:
    """`event` without what `forgotten` (a card, a person, or the end) took back; the same if it told nothing."""
    if isinstance(forgotten, WorkshopEnded):
        return _unlinked(event)
    if isinstance(forgotten, ListForgotten):
        listed = isinstance(event, GroupsListed) and event.session == forgotten.session
        return _without(event, ["groups"]) if listed else event
    if isinstance(event, Undone):
        person = getattr(forgotten, "person", None)
        written = {row.id for row in event.rows if isinstance(row, Author) and row.person == person}
        said = [row for row in event.rows if not (isinstance(row, (Author, Seal)) and row.id in written)]
        rows = tuple(_silent(row, forgotten) for row in said)
        return event if rows == event.rows else msgspec.structs.replace(event, rows=rows)
    if isinstance(event, CardsTranslated):
        texts = tuple(_silent(made, forgotten) for made in event.texts)
        return event if texts == event.texts else msgspec.structs.replace(event, texts=texts)
    return _silent(event, forgotten)


def _unlinked(event: Event) -> Event:
    """An event without the traces of tokens: nobody can prove any more who wrote or voted what, nor find it out."""
    if isinstance(event, Undone):
        rows = tuple(row for row in event.rows if not isinstance(row, (Seal, Token)))
        return event if rows == event.rows else msgspec.structs.replace(event, rows=rows)
    traces = {Enrolled: ["hash"], CardAdded: ["seal"], BallotCast: ["ballot", "dots"]}
    return _without(event, traces.get(type(event), []))


def _silent(thing: T, forgotten: Event) -> T:
    if isinstance(forgotten, CardForgotten):
        about = (getattr(thing, "card", None), thing.id if isinstance(thing, Card) else None)
        return _without(thing, personal(type(thing))) if forgotten.card in about else thing
    names = ["author", "seal"] if getattr(thing, "author", None) == forgotten.person else []
    if isinstance(thing, Event) and getattr(thing, "person", None) == forgotten.person:
        names += personal(type(thing))
    if isinstance(thing, (Named, Answered)) and thing.id == forgotten.person:
        names += personal(type(thing))
    return _without(thing, names)


def personal(kind: type) -> list[str]:
    """The fields of an event or a row that hold somebody's words or name."""
    fields = msgspec.inspect.type_info(kind).fields
    extras = ((f.name, getattr(f.type, "extra", None)) for f in fields)
    return [name for name, extra in extras if extra and extra.get("personal")]


def _without(thing: T, names: list[str]) -> T:
    kept = [name for name in names if getattr(thing, name)]
    return msgspec.structs.replace(thing, **dict.fromkeys(kept)) if kept else thing
