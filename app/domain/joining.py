"""Joining: how somebody becomes a person of the workshop, at once or late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from .agenda import Workshop, running
from .core import PERSONAL, SERVER, Command, Event, Lang, Meta, Refused, Row, State, said
from .latecomers import latecomers_groups
from .people import (
    Answered,
    Answers,
    Called,
    Me,
    Named,
    Person,
    Room,
    Token,
    check_answers,
    entered,
    names_audience,
)
from .seating import seats_taken


class Enrol(Command, tag="Enrol"):
    """Somebody joins: with a pseudonym or none, an answer to each attribute, and the phone's language.

    The id is the ask's. In a session whose groups are out already they are seated at once, in the best of the smallest
    groups; where later groups are drawn but not out, they are put into these too.
    """

    by = frozenset({SERVER})
    hash: str
    name: Called | None = None
    attributes: Answers = {}
    lang: Lang = "en"

    def decide(self, state: State, meta: Meta) -> Event | None:
        workshop = running(state)
        if sum(1 for _ in state.all(Person)) >= 2 * max(workshop.expected, 10):
            raise Refused("workshop-full", limit=2 * max(workshop.expected, 10))
        values = check_answers(workshop, self.attributes)
        return Enrolled(
            person=meta.ask,
            name=_called(self.name),
            lang=self.lang,
            attributes=values,
            hash=self.hash,
            seats=latecomers_groups(state, meta.ask, {"language": self.lang, **values}, self.name, meta),
        )


def _called(name: str | None) -> str | None:
    try:
        return said(name or "", "name")
    except Refused:
        return None  # nobody has to be called anything


class Enrolled(Event, tag="Enrolled"):
    """Somebody joined; `seats` are the groups a latecomer was put into."""

    irreversible = "people leave by themselves or are forgotten"

    person: str
    name: Annotated[str | None, PERSONAL]
    lang: str
    attributes: Annotated[dict[str, str] | None, PERSONAL]
    hash: Annotated[str | None, PERSONAL]
    seats: list[str] = []

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        names = names_audience(state.get(Workshop, "workshop").names_on_stage)
        yield Person(id=self.person, audience="lead", lang=self.lang, joined_at=at)
        yield Named(id=self.person, audience=names, name=self.name)
        yield Answered(id=self.person, audience="lead", values=self.attributes or {})
        yield Token(id=self.person, audience="nobody", hash=self.hash)
        yield Room(id="room", audience="all", people=sum(1 for _ in state.all(Person)) + 1)
        mine = Me(
            id=self.person,
            audience=f"person:{self.person}",
            audiences=dict.fromkeys(("all", "people", f"person:{self.person}"), seq),
        )
        rows, boards = seats_taken(state, self.person, self.seats)
        yield from rows
        yield entered(mine, seq, enter=boards)
