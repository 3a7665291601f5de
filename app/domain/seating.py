"""Groups and seats: who sits where in a session, before and after it is revealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from .agenda import Session, Step, Workshop
from .core import Meta, Row, State, Text

LETTERS = "ABCDEFGH"


class Group(Row, tag="groups"):
    """A breakout group of one session; its board has the same id. `title` is the answer that an attribute's group
    shares, `presented` true once its cards were shown to everybody, `draw` the number of the draw that made it (0:
    none did)."""

    index: ClassVar = ("session",)

    session: str
    label: str
    size: int = 0
    title: str = ""
    place: Text = ""
    presented: bool = False
    draw: int = 0


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


def seats_by_group(state: State, session: str) -> list[list[str]]:
    """Who sits where in a session: the people of each group, in the order of labels."""
    return [sorted(s.person for s in state.where(Seat, "group", g.id)) for g in groups_of(state, session)]


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


def seats_taken(state: State, person: str, groups: list[str]) -> tuple[list[Row], list[str]]:
    """The rows of somebody who takes seats in these groups, and the audiences of boards that they enter by it."""
    rows = [row for group in groups for row in seated(state, person, group)]
    shown = [row.group for row in rows if isinstance(row, Seat) and row.audience != "lead"]
    return rows, [f"board:{group}" for group in shown]


def reports_after(state: State, session: str, moves: dict[str, str | None], meta: Meta) -> dict[str, str]:
    """Who reports for each group that its rapporteur leaves by these moves (person -> group or None): by lot one of
    those who stay or come."""
    found = {}
    for group in groups_of(state, session):
        seats = list(state.where(Seat, "group", group.id))
        if not any(s.rapporteur and s.person in moves for s in seats):
            continue
        coming = [p for p, g in moves.items() if g == group.id]
        staying = sorted([s.person for s in seats if s.person not in moves] + coming)
        if staying:
            found[group.id] = staying[meta.draw(f"reports|{group.id}") % len(staying)]
    return found


def reporting(state: State, session: str, reports: dict[str, str]) -> Iterable[Row]:
    """The seats of those who report from now on for groups of a session ({group: person})."""
    for person in reports.values():
        yield msgspec.structs.replace(seat_of(state, session, person), rapporteur=True)


def is_over(state: State, session: str) -> bool:
    """True once the last step of a session has been closed."""
    steps = sorted(state.where(Step, "session", session), key=lambda s: s.pos)
    return bool(steps) and steps[-1].state == "done"
