"""Moving people between groups: one, two who change places, a group that became too small; and what it would cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from .agenda import Session, running
from .cards import Card
from .core import LEADS, Command, Event, Id, Meta, Name, Question, Refused, Row, State
from .people import Me, Person, answers, entered
from .rules import instance, met_before
from .seating import Group, Seat, groups_of, reports_after, seat_of, seated, seats_audience, seats_by_group

Places = Annotated[dict[Id, Name | None], msgspec.Meta(min_length=1, max_length=2000)]
"""Person -> the group of the session in which they sit from now on; null takes their seat away."""


class SeatPeople(Command, tag="SeatPeople"):
    """Seat people of a session elsewhere, all at once: one who moves, two who change places, everybody of a group that
    is dissolved. A group in `dissolved` must be empty by then; where cards were written it stays, empty."""

    by = LEADS
    session: Name
    seats: Places
    dissolved: list[Name] = []

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        session = state.need(Session, self.session, "session")
        groups = {group.id for group in groups_of(state, session.id)}
        moves: dict[str, str | None] = {}
        for person, group in self.seats.items():
            state.need(Person, person, "seats")
            if group is not None and group not in groups:
                raise Refused("not-found", "seats")
            seat = seat_of(state, session.id, person)
            if (seat.group if seat else None) != group:
                moves[person] = group
        for group in self.dissolved:
            left = [s for s in state.where(Seat, "group", group) if moves.get(s.person, group) == group]
            if group not in groups or left or group in moves.values():
                raise Refused("group-not-empty", "dissolved")
        if not moves and not self.dissolved:
            return None
        return PeopleSeated(
            session=session.id,
            seats=moves,
            reports=reports_after(state, session.id, moves, meta),
            dissolved=self.dissolved,
        )


class PeopleSeated(Event, tag="PeopleSeated"):
    """People sit elsewhere now. Their phones get that board and drop the old one.

    `reports` is who reports for the groups that were left by their rapporteur.
    """

    session: str
    seats: dict[str, str | None]
    reports: dict[str, str] = {}
    dissolved: list[str] = []

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        sizes = {group.id: group.size for group in groups_of(state, self.session)}
        drawn = state.get(Session, self.session).drawn
        reporting = set(self.reports.values())
        for person, group in self.seats.items():
            seat = seat_of(state, self.session, person)
            if seat:
                sizes[seat.group] -= 1
            if group is not None:
                sizes[group] += 1
            yield self._seat(state, seat, person, group, at, person in reporting)
            if drawn:
                enter = [f"board:{group}"] if group else []
                leave = [f"board:{seat.group}"] if seat else []
                yield entered(state.get(Me, person), seq, enter=enter, leave=leave)
        for person in reporting - self.seats.keys():
            yield msgspec.structs.replace(seat_of(state, self.session, person), rapporteur=True)
        for group in groups_of(state, self.session):
            gone = group.id in self.dissolved and not any(state.where(Card, "board", group.id))
            if gone or group.size != sizes[group.id]:
                yield msgspec.structs.replace(group, size=sizes[group.id], gone=gone)

    def _seat(self, state: State, seat: Seat | None, person: str, group: str | None, at: int, reports: bool) -> Row:
        if group is None:
            return msgspec.structs.replace(seat, gone=True)
        audience = seats_audience(state, self.session, group)
        if seat is None:
            new = next(row for row in seated(state, person, group) if isinstance(row, Seat))
            return msgspec.structs.replace(new, rapporteur=reports)
        return msgspec.structs.replace(
            seat, audience=audience, group=group, rapporteur=reports, before=seat.group, moved_at=at
        )


class PreviewSeats(Question, tag="PreviewSeats"):
    """What seating people elsewhere would cost, before anybody does it: `{repeats, imbalance, breaks}`, how many more
    meetings of people who have met, how many more who would have to move for even groups, and the rules that would be
    broken: `[{kind, people?, group?, tag?}]`."""

    by = LEADS
    session: Name
    seats: Places

    def request(self, state: State, meta: Meta) -> dict:
        session = state.need(Session, self.session, "session")
        groups = [g.id for g in groups_of(state, session.id)]
        sessions, drawn = _measured(state, session)
        moves = {}
        for person, group in self.seats.items():
            if group is not None and group not in groups:
                raise Refused("not-found", "seats")
            state.need(Person, person, "seats")
            moves[person] = None if group is None else groups.index(group)
        rounds = [seats_by_group(state, s.id) for s in sessions]
        return {
            "job": "move",
            "instance": drawn,
            "rounds": rounds,
            "round": sessions.index(session),
            "moves": moves,
            "groups": groups,
        }

    def told(self, request: dict, result: dict) -> dict:
        breaks = []
        for rule in result["breaks"]:
            said = {"kind": rule["kind"], "people": rule.get("ids", []), "tag": rule.get("tag", "")}
            breaks.append(said | ({"group": request["groups"][rule["group"]]} if "group" in rule else {}))
        return {"repeats": result["d_repeats"], "imbalance": result["d_imbalance"], "breaks": breaks}


class PreviewMerge(Question, tag="PreviewMerge"):
    """How groups in which fewer than `least` people are left would be joined with others or spread over them: `{seats:
    {person: group or null}, dissolved: [group]}` for `SeatPeople`. Who is away gives up their seat in a group that is
    dissolved."""

    by = LEADS
    session: Name
    least: Annotated[int, msgspec.Meta(ge=2, le=100)] = 3

    def request(self, state: State, meta: Meta) -> dict:
        session = state.need(Session, self.session, "session")
        groups = groups_of(state, session.id)
        here = {p.id for p in state.all(Person) if not p.away}
        sessions, drawn = _measured(state, session)
        rounds = [[[p for p in group if p in here] for group in seats_by_group(state, s.id)] for s in sessions]
        away = {s.person: s.group for s in state.where(Seat, "session", session.id) if s.person not in here}
        return {
            "job": "dissolve",
            "instance": drawn,
            "rounds": rounds,
            "round": sessions.index(session),
            "least": self.least,
            "most": max(len(here), 1),
            "seed": meta.chance,
            "groups": [g.id for g in groups],
            "away": away,
        }

    def told(self, request: dict, result: dict) -> dict:
        groups, before = request["groups"], request["rounds"][request["round"]]
        held = {*request["away"].values(), *(groups[g] for g, people in enumerate(before) if people)}
        dissolved = [groups[g] for g, people in enumerate(result["groups"]) if not people and groups[g] in held]
        seats = {person: groups[g] for person, g in result["moved"].items()}
        seats |= {person: None for person, group in request["away"].items() if group in dissolved}
        return {"seats": seats, "dissolved": dissolved}


def _measured(state: State, session: Session) -> tuple[list[Session], dict]:
    """The sessions that count when somebody of `session` moves, that one among them, and their instance."""
    there = [s for s in state.all(Session) if s.grouping != "attribute" and groups_of(state, s.id)]
    sessions = sorted([session, *(s for s in there if s.id != session.id)], key=lambda s: s.pos)
    given = {p.id: answers(state, p.id) for p in state.all(Person)}
    drawn = instance(state, given, sessions, met_before(state, []))
    return sessions, drawn | {"groups": [max(1, len(groups_of(state, s.id))) for s in sessions], "pins": []}


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
