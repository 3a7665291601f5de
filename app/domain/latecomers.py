"""Who comes late, is away, or is back: their seats in groups that were made without them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ..thinking import grouping
from .agenda import Session
from .core import LEADS, Command, Event, Id, Meta, Row, State
from .lists import label_of_name
from .people import Me, Named, Person, answers, entered
from .rules import instance, met_before
from .seating import (
    Group,
    Seat,
    group_id,
    groups_of,
    is_over,
    reporting,
    reports_after,
    seat_of,
    seats_by_group,
    seats_taken,
)


def latecomers_groups(state: State, person: str, values: dict[str, str], name: str | None, meta: Meta) -> list[str]:
    """The groups that somebody is put into who answered `values` and has no seat yet: one of the smallest in each
    session whose groups exist and that isn't over, by the rules of the draw and those they have met.

    Groups made by attribute take who shares the answer, or like them has none; groups made by hand take whom their
    list names, others wait for the facilitator.
    """
    placed: list[str] = []
    random: list[Session] = []
    for session in sorted(state.all(Session), key=lambda s: s.pos):
        groups = groups_of(state, session.id)
        if not groups or is_over(state, session.id) or seat_of(state, session.id, person):
            continue
        if session.grouping == "attribute":
            placed += [g.id for g in groups if g.title == values.get(session.attribute, "")][:1]
        elif session.grouping == "random":
            random.append(session)
        elif session.grouping == "same":
            placed += [_smallest(groups, meta).id]
        elif label := label_of_name(state, session.id, name, person):
            placed += [g.id for g in groups if g.id == group_id(session.id, label)]
    return placed + _at_random(state, random, person, values, meta)


def _smallest(groups: list[Group], meta: Meta) -> Group:
    """One of the smallest groups, by lot."""
    least = min(g.size for g in groups)
    few = [g for g in groups if g.size == least]
    return few[meta.draw("smallest") % len(few)]


def _at_random(state: State, sessions: list[Session], person: str, values: dict[str, str], meta: Meta) -> list[str]:
    if not sessions:
        return []
    rounds = [seats_by_group(state, session.id) for session in sessions]
    others = (s for s in state.all(Session) if s.drawn and s not in sessions)
    given = {**{p.id: answers(state, p.id) for p in state.all(Person)}, person: values}
    drawn = instance(state, given, sessions, met_before(state, others))
    newcomer = next(p for p in drawn["participants"] if p["id"] == person)
    drawn |= {"groups": [len(groups) for groups in rounds], "pins": []}
    chosen, _ = grouping.insert_late(drawn, rounds, newcomer, 0, f"{meta.chance}|late")
    return [groups_of(state, sessions[r].id)[g].id for r, g in chosen]


class SetAway(Command, tag="SetAway"):
    """Somebody isn't here, or is back. Who is away isn't drawn and gives up the seats in groups that nobody has seen
    yet; who is back gets one in every session whose groups were made meanwhile."""

    by = LEADS
    person: Id
    away: bool

    def decide(self, state: State, meta: Meta) -> Event | None:
        row = state.need(Person, self.person, "person")
        if row.away == self.away:
            return None
        if self.away:
            hidden = [
                s.session for s in state.where(Seat, "person", self.person) if not state.get(Session, s.session).drawn
            ]
            reports = {session: reports_after(state, session, {self.person: None}, meta) for session in hidden}
            return PersonAway(person=self.person, reports=reports)
        name = state.get(Named, self.person)
        values = answers(state, self.person)
        return PersonBack(
            person=self.person,
            seats=latecomers_groups(state, self.person, values, name.name if name else None, meta),
        )


class PersonAway(Event, tag="PersonAway"):
    """Somebody is away. `reports` is by session who reports instead of them, {group: person}."""

    person: str
    reports: dict[str, dict[str, str]] = {}

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Person, self.person), away=True)
        for seat in list(state.where(Seat, "person", self.person)):
            if not state.get(Session, seat.session).drawn:
                yield msgspec.structs.replace(seat, gone=True)
                group = state.get(Group, seat.group)
                yield msgspec.structs.replace(group, size=group.size - 1)
                yield from reporting(state, seat.session, self.reports.get(seat.session, {}))


class PersonBack(Event, tag="PersonBack"):
    """Somebody is back; `seats` are the groups that they were put into."""

    person: str
    seats: list[str] = []

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Person, self.person), away=False)
        rows, boards = seats_taken(state, self.person, self.seats)
        yield from rows
        if boards:
            yield entered(state.get(Me, self.person), seq, enter=boards)
