"""People: how they join, what they are called, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

import msgspec

from .agenda import Workshop, running
from .core import LEADS, PERSON, PERSONAL, Command, Event, Id, Lang, Meta, Name, Refused, Row, State, said

Called = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Answers = dict[Name, Name]


class Person(Row, tag="people"):
    """Somebody who joined; what only facilitators see of them. `away` people aren't drawn."""

    lang: str
    joined_at: int
    interpreter: bool = False
    away: bool = False


class Named(Row, tag="names"):
    """What somebody is called; id = the person's."""

    name: Annotated[str | None, PERSONAL]


class Answered(Row, tag="attributes"):
    """What somebody answered on joining; id = the person's."""

    values: Annotated[dict[str, str], PERSONAL]


class Token(Row, tag="tokens"):
    """The HMAC of somebody's token; id = the person's. Gone once the workshop has ended."""

    index: ClassVar = ("hash",)

    hash: str | None


class Me(Row, tag="me"):
    """What somebody may: the audiences they belong to, each with the event at which they entered it, and whether they
    write translations; id = the person's."""

    audiences: dict[str, int]
    interpreter: bool = False


class Room(Row, tag="room"):
    """How many people there are, for the stage; one row, id `room`."""

    people: int


def names_audience(on_stage: bool) -> str:
    """Who sees what people are called: everybody but the stage, unless it may show names."""
    return "all" if on_stage else "people"


def answers(state: State, person: str) -> dict[str, str]:
    """What somebody answered, their language included."""
    row, answered = state.get(Person, person), state.get(Answered, person)
    values = dict(answered.values or {}) if answered else {}
    return {"language": row.lang, **values} if row else values


def entered(me: Me, seq: int, *, enter: Iterable[str] = (), leave: Iterable[str] = ()) -> Me:
    """`me` after entering and leaving audiences at event `seq`."""
    left = set(leave)
    audiences = {name: at for name, at in me.audiences.items() if name not in left}
    for name in enter:
        audiences.setdefault(name, seq)
    return msgspec.structs.replace(me, audiences=audiences)


def check_answers(workshop: Workshop, given: dict[str, str]) -> dict[str, str]:
    """The answers to the attributes that this workshop asks for, the phone's language left out; Refused for one it
    doesn't know."""
    asked = {attribute.id: attribute for attribute in workshop.attributes}
    given = {name: value for name, value in given.items() if name != "language"}
    for name, value in given.items():
        if name not in asked:
            raise Refused("unknown-attribute", "attributes", name=name)
        values = {v.id for v in asked[name].values}
        if values and value not in values:
            raise Refused("unknown-answer", "attributes", name=name, value=value)
    return given


class Rename(Command, tag="Rename"):
    """Be called something else; a facilitator may rename anybody."""

    by = LEADS | {PERSON}
    name: Called
    person: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        person = whose(self.person, meta)
        name = said(self.name, "name")
        row = state.need(Named, person, "person")
        return None if row.name == name else Renamed(person=person, name=name)


def whose(person: str | None, meta: Meta) -> str:
    """Whom an ask about a person is about: a person may ask for themselves only."""
    if meta.who.role == PERSON:
        if person not in (None, meta.who.id):
            raise Refused("not-allowed", "person")
        return meta.who.id
    if person is None:
        raise Refused("not-found", "person")
    return person


class Renamed(Event, tag="Renamed"):
    """Somebody is called something else."""

    person: str
    name: Annotated[str | None, PERSONAL]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Named, self.person), name=self.name)


class Describe(Command, tag="Describe"):
    """Change one's answers or the language of one's phone."""

    by = LEADS | {PERSON}
    attributes: Answers | None = None
    lang: Lang | None = None
    person: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        person = whose(self.person, meta)
        row = state.need(Person, person, "person")
        now = state.get(Answered, person).values
        values = now if self.attributes is None else check_answers(running(state), self.attributes)
        lang = self.lang or row.lang
        if (values, lang) == (now, row.lang):
            return None
        return Described(person=person, attributes=values, lang=lang)


class Described(Event, tag="Described"):
    """Somebody changed an answer or their language."""

    person: str
    attributes: Annotated[dict[str, str] | None, PERSONAL]
    lang: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Person, self.person), lang=self.lang)
        yield msgspec.structs.replace(state.get(Answered, self.person), values=self.attributes or {})


class SetInterpreter(Command, tag="SetInterpreter"):
    """Give somebody the right to write translations of the cards they see, or take it."""

    by = LEADS
    person: Id
    on: bool

    def decide(self, state: State, meta: Meta) -> Event | None:
        row = state.need(Person, self.person, "person")
        return None if row.interpreter == self.on else PersonMarked(person=self.person, interpreter=self.on)


class PersonMarked(Event, tag="PersonMarked"):
    """Somebody became an interpreter, or is one no longer."""

    person: str
    interpreter: bool

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Person, self.person), interpreter=self.interpreter)
        yield msgspec.structs.replace(state.get(Me, self.person), interpreter=self.interpreter)
