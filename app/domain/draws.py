"""Drawing groups: one plan for all random sessions that are not revealed yet, computed by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from .agenda import Session, Workshop, running, touched
from .core import LEADS, SERVER, Command, Event, Job, Meta, Name, Refused, Row, State
from .people import Me, Person, answers, entered
from .seating import Group, Seat, group_id, groups_of, label_of

Seats = dict[str, dict[str, list[str]]]
"""Session -> label -> persons."""


class Draw(Row, tag="draws"):
    """The record of one draw: what was drawn, from which seed, and the digest anybody can recompute."""

    number: int
    sessions: tuple[str, ...]
    seed: str
    digest: str
    report: dict[str, Any] = {}
    drawn_at: int = 0


def to_draw(state: State) -> list[Session]:
    """The sessions with random groups that are not revealed yet, in the order of the agenda."""
    sessions = sorted(state.all(Session), key=lambda s: s.pos)
    return [s for s in sessions if s.kind == "groups" and s.grouping == "random" and not s.drawn]


def next_number(state: State) -> int:
    """The number of the next draw: those that were taken back count."""
    return 1 + len(state.tables.get(Draw, {}))


def present(state: State) -> list[str]:
    """The people who can be drawn."""
    return sorted(p.id for p in state.all(Person) if not p.away)


class DrawGroups(Job, tag="DrawGroups"):
    """Draw the groups of every random session that isn't revealed yet: at once, so that people meet new people."""

    by = LEADS

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        sessions, people = to_draw(state), present(state)
        if not sessions:
            raise Refused("nothing-to-draw")
        too_many = next((s for s in sessions if s.groups > len(people)), None)
        if too_many:
            raise Refused("too-few-people", people=len(people), groups=too_many.groups)
        held = [s for s in sorted(state.all(Session), key=lambda s: s.pos) if s.grouping == "random" and s.drawn]
        instance = {
            "participants": [{"id": p, "attrs": answers(state, p), "tags": []} for p in people],
            "groups": [s.groups for s in sessions],
            "rounds": len(sessions),
            "balance": list(state.get(Workshop, "workshop").balance),
            "history": [_seats_of(state, s.id) for s in held],
        }
        return {
            "job": "plan",
            "instance": instance,
            "seed": f"{meta.draw('draw'):032x}",
            "sessions": [s.id for s in sessions],
            "number": next_number(state),
        }

    def command(self, request: dict, result: dict) -> Command:
        seats: Seats = {}
        rapporteurs: dict[str, str] = {}
        for session, groups, hosts in zip(request["sessions"], result["rounds"], result["hosts"], strict=True):
            seats[session] = {label_of(n): sorted(group) for n, group in enumerate(groups)}
            rapporteurs |= {group_id(session, label_of(n)): host for n, host in enumerate(hosts)}
        return ApplyDraw(
            number=request["number"],
            seats=seats,
            rapporteurs=rapporteurs,
            seed=request["seed"],
            digest=result["digest"],
            report=result["report"],
        )


def _seats_of(state: State, session: str) -> list[list[str]]:
    return [sorted(s.person for s in state.where(Seat, "group", g.id)) for g in groups_of(state, session)]


class ApplyDraw(Command, tag="ApplyDraw"):
    """The worker's plan comes back: taken if it is for the people and sessions that are here now. When two press at
    once, the plan that comes first stands for both."""

    by = frozenset({SERVER})
    number: int
    seats: Seats
    rapporteurs: dict[str, str]
    seed: str
    digest: str
    report: dict[str, Any] = {}

    def decide(self, state: State, meta: Meta) -> Event | None:
        if self.number != next_number(state):
            return None
        if [s.id for s in to_draw(state)] != list(self.seats):
            raise Refused("people-changed")
        people = present(state)
        for session, groups in self.seats.items():
            sizes = [len(group) for group in groups.values()]
            if sorted(p for group in groups.values() for p in group) != people:
                raise Refused("people-changed")
            if max(sizes) - min(sizes) > 1 or len(sizes) != state.get(Session, session).groups:
                raise Refused("people-changed")
        return GroupsDrawn(**msgspec.structs.asdict(self))


class GroupsDrawn(Event, tag="GroupsDrawn"):
    """Groups were drawn for these sessions; facilitators see them, nobody else does yet."""

    number: int
    seats: Seats
    rapporteurs: dict[str, str]
    seed: str
    digest: str
    report: dict[str, Any] = {}

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for session, groups in self.seats.items():
            yield from group_rows(state, session, groups, self.rapporteurs, {})
        yield Draw(
            id=f"draw-{self.number}",
            audience="lead",
            number=self.number,
            sessions=tuple(self.seats),
            seed=self.seed,
            digest=self.digest,
            report=self.report,
            drawn_at=at,
        )


def group_rows(
    state: State,
    session: str,
    groups: dict[str, list[str]],
    rapporteurs: dict[str, str],
    titles: dict[str, str],
) -> Iterable[Row]:
    """The groups and seats of a session as given; what stood there before and isn't given is gone."""
    ids = {group_id(session, label) for label in groups}
    for group in groups_of(state, session):
        if group.id not in ids:
            yield msgspec.structs.replace(group, gone=True)
    people = {p for persons in groups.values() for p in persons}
    for seat in state.where(Seat, "session", session):
        if seat.person not in people:
            yield msgspec.structs.replace(seat, gone=True)
    for label, persons in groups.items():
        id = group_id(session, label)
        old = state.get(Group, id)
        place = old.place if old else ""
        yield Group(
            id=id,
            audience="lead",
            session=session,
            label=label,
            size=len(persons),
            title=titles.get(label, ""),
            place=place,
        )
        for person in persons:
            yield Seat(
                id=f"{session}.{person}",
                audience="lead",
                session=session,
                group=id,
                person=person,
                rapporteur=rapporteurs.get(id) == person,
            )


class MakeGroups(Command, tag="MakeGroups"):
    """Make the groups of a session that isn't random: by attribute, the same as last time, or empty ones to fill."""

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
            seats = {label_of(n): [] for n in range(session.groups)}
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


class RevealGroups(Command, tag="RevealGroups"):
    """Show everybody their group, on the stage and on every phone at once."""

    by = LEADS
    session: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        session = state.need(Session, self.session, "session")
        if session.drawn:
            return None
        if not groups_of(state, session.id):
            raise Refused("not-drawn", "session")
        return GroupsRevealed(session=session.id)


class GroupsRevealed(Event, tag="GroupsRevealed"):
    """Everybody knows their group."""

    irreversible = "what everybody has seen cannot be unseen"

    session: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        session = msgspec.structs.replace(state.get(Session, self.session), drawn=True)
        names_on_stage = state.get(Workshop, "workshop").names_on_stage
        yield session
        yield from touched(state)
        for group in groups_of(state, self.session):
            yield msgspec.structs.replace(group, audience="all")
        for seat in state.where(Seat, "session", self.session):
            yield msgspec.structs.replace(seat, audience="all" if names_on_stage else f"board:{seat.group}")
            yield entered(state.get(Me, seat.person), seq, enter=[f"board:{seat.group}"])
