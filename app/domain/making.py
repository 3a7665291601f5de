"""Making groups without a draw: by what people answered, the same as before, or by hand, from a list or empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from .agenda import Count, Session, Workshop, running
from .core import LEADS, Command, Event, Meta, Name, Refused, Row, State
from .draws import group_rows, present
from .lists import people_listed
from .people import answers
from .seating import Group, Seat, groups_of, label_of


class ChooseGrouping(Command, tag="ChooseGrouping"):
    """Let the groups of a session that isn't revealed yet come about in another way: drawn, by an attribute, the same
    as before, or by hand. Groups that were made for it and nobody has seen go."""

    by = LEADS
    session: Name
    grouping: Literal["random", "attribute", "hand", "same"]
    attribute: Name | None = None
    groups: Count | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        workshop = running(state)
        session = state.need(Session, self.session, "session")
        if session.kind != "groups":
            raise Refused("nothing-to-draw", "session")
        if session.drawn:
            raise Refused("already-drawn", "session", session=session.id)
        attribute = self.attribute if self.grouping == "attribute" else None
        if self.grouping == "attribute" and attribute not in {"language", *(a.id for a in workshop.attributes)}:
            raise Refused("unknown-attribute", "attribute", name=str(attribute))
        if self.grouping == "same" and not any(s.drawn and s.pos < session.pos for s in state.all(Session)):
            raise Refused("no-groups-before", "session")
        groups = self.groups or session.groups
        if self.grouping in ("random", "hand") and not groups:
            groups = max(s.groups for s in state.all(Session)) or 3
        if (session.grouping, session.attribute, session.groups) == (self.grouping, attribute, groups):
            return None
        return GroupingChosen(session=session.id, grouping=self.grouping, attribute=attribute, groups=groups)


class GroupingChosen(Event, tag="GroupingChosen"):
    """The groups of a session come about in another way."""

    session: str
    grouping: str
    attribute: str | None
    groups: int

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        session = state.get(Session, self.session)
        yield msgspec.structs.replace(session, grouping=self.grouping, attribute=self.attribute, groups=self.groups)
        for kind in (Group, Seat):
            for row in state.where(kind, "session", session.id):
                yield msgspec.structs.replace(row, gone=True)


class MakeGroups(Command, tag="MakeGroups"):
    """Make the groups of a session that isn't random: by attribute, the same as last time, as their list says, or
    empty ones to fill."""

    by = LEADS
    session: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        session = state.need(Session, self.session, "session")
        if session.kind != "groups" or session.grouping == "random":
            raise Refused("nothing-to-draw", "session")
        if session.drawn:
            raise Refused("already-drawn", "session")
        titles: dict[str, str] = {}
        if session.grouping == "attribute":
            seats, titles = _by_attribute(state, session)
        elif session.grouping == "same":
            seats = _same_as_before(state, session)
        else:
            listed = people_listed(state, session.id)
            here = set(present(state))
            labels = sorted(listed, key=lambda label: (len(label), label)) or map(label_of, range(session.groups))
            seats = {label: [p for p in listed.get(label, []) if p in here] for label in labels}
        if not seats:
            raise Refused("too-few-people", people=len(present(state)), groups=1)
        return GroupsMade(session=session.id, seats=seats, titles=titles)


def _by_attribute(state: State, session: Session) -> tuple[dict[str, list[str]], dict[str, str]]:
    by_value: dict[str, list[str]] = {}
    for person in present(state):
        by_value.setdefault(answers(state, person).get(session.attribute, ""), []).append(person)
    asked = {a.id: [v.id for v in a.values] for a in state.get(Workshop, "workshop").attributes}
    order = {value: n for n, value in enumerate(asked.get(session.attribute, []))}
    values = sorted(by_value, key=lambda v: (order.get(v, len(order)), v))
    seats = {label_of(n): by_value[v] for n, v in enumerate(values)}
    return seats, {label_of(n): v for n, v in enumerate(values)}


def _same_as_before(state: State, session: Session) -> dict[str, list[str]]:
    before = [s for s in state.all(Session) if s.pos < session.pos and s.drawn]
    if not before:
        raise Refused("no-groups-before", "session")
    last = max(before, key=lambda s: s.pos)
    return {g.label: sorted(s.person for s in state.where(Seat, "group", g.id)) for g in groups_of(state, last.id)}


class GroupsMade(Event, tag="GroupsMade"):
    """The groups of one session were made without a draw; nobody but facilitators sees them yet."""

    session: str
    seats: dict[str, list[str]]
    titles: dict[str, str] = {}

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield from group_rows(state, self.session, self.seats, {}, self.titles)
