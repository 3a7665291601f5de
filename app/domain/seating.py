"""Groups and seats: who sits where in a session, before and after it is revealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from ..thinking import grouping
from .agenda import Session, Step, Workshop
from .core import LEADS, Command, Event, Id, Meta, Name, Refused, Row, State, Text
from .people import Me, Person, answers, entered

LETTERS = "ABCDEFGH"


class Group(Row, tag="groups"):
    """A breakout group of one session; its board has the same id. `title` is the answer that an attribute's group
    shares, `presented` true once its cards were shown to everybody."""

    index: ClassVar = ("session",)

    session: str
    label: str
    size: int = 0
    title: str = ""
    place: Text = ""
    presented: bool = False


class Seat(Row, tag="seats"):
    """Somebody's place in a group of a session; `before` is the group they sat in until `moved_at`."""

    index: ClassVar = ("session", "person", "group")

    session: str
    group: str
    person: str
    rapporteur: bool = False
    before: str = ""
    moved_at: int = 0


def label_of(n: int) -> str:
    """The n-th label: A to H, then A2 to H2 …, since there are eight shapes."""
    return LETTERS[n % 8] + (str(n // 8 + 1) if n >= 8 else "")


def group_id(session: str, label: str) -> str:
    """The id of a group, and of its board."""
    return f"{session}.{label}"


def groups_of(state: State, session: str) -> list[Group]:
    """A session's groups in the order of their labels."""
    return sorted(state.where(Group, "session", session), key=lambda g: (len(g.label), g.label))


def seat_of(state: State, session: str, person: str) -> Seat | None:
    """Somebody's seat in a session."""
    return state.get(Seat, f"{session}.{person}")


def seats_audience(state: State, session: str, group: str) -> str:
    """Who sees a seat: facilitators until the groups are revealed, then the group, or all if the stage shows names."""
    if not state.get(Session, session).drawn:
        return "lead"
    return "all" if state.get(Workshop, "workshop").names_on_stage else f"board:{group}"


def seated(state: State, person: str, group_id: str) -> Iterable[Row]:
    """The rows of somebody who takes a seat in a group that had no seat for them in that session."""
    group = state.get(Group, group_id)
    yield Seat(
        id=f"{group.session}.{person}",
        audience=seats_audience(state, group.session, group.id),
        session=group.session,
        group=group.id,
        person=person,
    )
    yield msgspec.structs.replace(group, size=group.size + 1)


def latecomers_groups(state: State, person: str, values: dict[str, str], meta: Meta) -> list[str]:
    """The groups that somebody who joins late is put into: one of the smallest in each session whose groups exist.

    Sessions that are over are left out; groups made by attribute take who shares the answer, or like them has none;
    groups made by hand wait for the facilitator.
    """
    placed: list[str] = []
    random: list[Session] = []
    for session in sorted(state.all(Session), key=lambda s: s.pos):
        groups = groups_of(state, session.id)
        if not groups or is_over(state, session.id):
            continue
        if session.grouping == "attribute":
            placed += [g.id for g in groups if g.title == values.get(session.attribute, "")][:1]
        elif session.grouping == "random":
            random.append(session)
        elif session.grouping == "same":
            placed += [smallest(state, groups, meta).id]
    return placed + _late_at_random(state, random, person, values, meta)


def smallest(state: State, groups: list[Group], meta: Meta) -> Group:
    """One of the smallest groups, by lot."""
    least = min(g.size for g in groups)
    few = [g for g in groups if g.size == least]
    return few[meta.draw("smallest") % len(few)]


def _late_at_random(state: State, sessions: list[Session], person: str, values: dict, meta: Meta) -> list[str]:
    if not sessions:
        return []
    participants = [{"id": p.id, "attrs": answers(state, p.id), "tags": []} for p in state.all(Person)]
    newcomer = {"id": person, "attrs": values, "tags": []}
    rounds, labels = [], []
    for session in sessions:
        groups = groups_of(state, session.id)
        labels.append([g.id for g in groups])
        rounds.append([[s.person for s in state.where(Seat, "group", g.id)] for g in groups])
    instance = {
        "participants": [*participants, newcomer],
        "groups": [len(r) for r in rounds],
        "rounds": len(rounds),
        "balance": list(state.get(Workshop, "workshop").balance),
    }
    chosen, _ = grouping.insert_late(instance, rounds, newcomer, 0, f"{meta.chance}|late")
    return [labels[r][g] for r, g in chosen]


def is_over(state: State, session: str) -> bool:
    """True once the last step of a session has been closed."""
    steps = sorted(state.where(Step, "session", session), key=lambda s: s.pos)
    return bool(steps) and steps[-1].state == "done"


class MovePerson(Command, tag="MovePerson"):
    """Seat somebody in another group of a session, or give a seat to who has none there."""

    by = LEADS
    person: Id
    group: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Person, self.person, "person")
        group = state.need(Group, self.group, "group")
        seat = seat_of(state, group.session, self.person)
        if seat and seat.group == group.id:
            return None
        return PersonMoved(person=self.person, group=group.id, reports=_next_to_report(state, seat, meta))


def _next_to_report(state: State, leaving: Seat | None, meta: Meta) -> str:
    """Who reports for a group that its rapporteur leaves, by lot; '' where nobody has to be chosen."""
    if leaving is None or not leaving.rapporteur:
        return ""
    others = sorted(s.person for s in state.where(Seat, "group", leaving.group) if s.person != leaving.person)
    return others[meta.draw("reports") % len(others)] if others else ""


class PersonMoved(Event, tag="PersonMoved"):
    """Somebody sits in another group now. Their phone gets that board and drops the old one.

    `reports` is who reports for the group that was left, if its rapporteur was the one to go.
    """

    person: str
    group: str
    reports: str = ""

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        group = state.get(Group, self.group)
        seat = seat_of(state, group.session, self.person)
        drawn = state.get(Session, group.session).drawn
        me = state.get(Me, self.person)
        if seat is None:
            yield from seated(state, self.person, group.id)
        else:
            old = state.get(Group, seat.group)
            yield msgspec.structs.replace(
                seat,
                audience=seats_audience(state, group.session, group.id),
                group=group.id,
                rapporteur=False,
                before=old.id,
                moved_at=at,
            )
            yield msgspec.structs.replace(old, size=old.size - 1)
            yield msgspec.structs.replace(group, size=group.size + 1)
            if self.reports:
                yield msgspec.structs.replace(seat_of(state, group.session, self.reports), rapporteur=True)
        if drawn:
            leave = [f"board:{seat.group}"] if seat else []
            yield entered(me, seq, enter=[f"board:{group.id}"], leave=leave)


class SetRapporteur(Command, tag="SetRapporteur"):
    """Somebody else of the group reports back."""

    by = LEADS
    group: Name
    person: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        group = state.need(Group, self.group, "group")
        seat = seat_of(state, group.session, self.person)
        if seat is None or seat.group != group.id:
            raise Refused("not-in-group", "person")
        return None if seat.rapporteur else RapporteurSet(group=group.id, person=self.person)


class RapporteurSet(Event, tag="RapporteurSet"):
    """The group has another rapporteur."""

    group: str
    person: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for seat in state.where(Seat, "group", self.group):
            reports = seat.person == self.person
            if seat.rapporteur != reports:
                yield msgspec.structs.replace(seat, rapporteur=reports)


class PlaceGroup(Command, tag="PlaceGroup"):
    """Say where a group sits ("by the window")."""

    by = LEADS
    group: Name
    place: str

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Group, self.group, "group")
        return GroupPlaced(group=self.group, place=self.place.strip()[:80])


class GroupPlaced(Event, tag="GroupPlaced"):
    """A group has a place."""

    group: str
    place: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Group, self.group), place=self.place)
