"""Preparing a workshop, and ending it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .agenda import (
    Section,
    Session,
    SessionPlan,
    Step,
    Workshop,
    WorkshopPlan,
    grouping_of,
    sections_of,
    steps_of,
)
from .boards import session_of
from .cards import Card
from .core import LEADS, ORGANISER, SERVER, Command, Event, Meta, Refused, Row, State, Text
from .doors import Doors
from .lists import BEFORE
from .people import Named, Token, names_audience
from .seating import Group, Seat
from .voting import Count, closed, counted, open_vote


class Prepared(Event, tag="Prepared"):
    """The workshop was made, or its preparation changed: the whole plan, as read. Groups that nobody has seen yet go
    when their session is to have others; names follow at once what the stage may show."""

    irreversible = "prepare it again as it was"

    plan: WorkshopPlan

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        now = state.get(Workshop, "workshop")
        plan = self.plan
        yield Workshop(
            id="workshop",
            audience="all",
            made_at=now.made_at if now else at,
            ended_at=now.ended_at if now else 0,
            **{name: _frozen(getattr(plan, name)) for name in _SHARED},
        )
        wanted: dict[tuple[type[Row], str], Row] = {}
        for pos, session in enumerate(plan.agenda):
            for row in _session_rows(state, session, pos):
                wanted[type(row), row.id] = row
        for kind in (Session, Step, Section):
            for row in state.all(kind):
                if (kind, row.id) not in wanted:
                    yield msgspec.structs.replace(row, gone=True)
        for row in wanted.values():
            if not same(state.get(type(row), row.id), row):
                yield row
        for session in state.all(Session):
            new = wanted.get((Session, session.id))
            if not session.drawn and (new is None or _groups_as(new) != _groups_as(session)):
                yield from _without_groups(state, session.id)
        if now and now.names_on_stage != plan.names_on_stage:
            yield from _names_follow(state, plan.names_on_stage)


def _groups_as(session: Session) -> tuple:
    return session.kind, session.grouping, session.groups, session.attribute


def _without_groups(state: State, session: str) -> Iterable[Row]:
    for kind in (Group, Seat):
        for row in state.where(kind, "session", session):
            yield msgspec.structs.replace(row, gone=True)


def _names_follow(state: State, on_stage: bool) -> Iterable[Row]:
    for named in state.all(Named):
        yield msgspec.structs.replace(named, audience=names_audience(on_stage))
    for seat in state.all(Seat):
        if seat.audience != "lead":
            yield msgspec.structs.replace(seat, audience="all" if on_stage else f"board:{seat.group}")


_SHARED = (
    *("title", "place", "starts", "ends", "working_languages", "objectives", "attributes", "balance"),
    *("authors", "keep_days", "expected", "names_on_stage"),
)


def same(old: Row | None, new: Row) -> bool:
    """True when nothing but numbering differs."""
    return old is not None and old == msgspec.structs.replace(new, seq=old.seq, was=old.was, as_of=old.as_of)


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


def _session_rows(state: State, plan: SessionPlan, pos: int) -> Iterable[Row]:
    now = state.get(Session, plan.id)
    yield Session(
        id=plan.id,
        audience="all",
        title=plan.title,
        day=plan.day,
        kind=plan.kind,
        pos=pos,
        grouping=grouping_of(plan),
        attribute=plan.attribute,
        groups=plan.groups or 0,
        minutes=plan.minutes,
        questions=tuple([plan.question] if plan.question else plan.questions),
        assignments=plan.assignments,
        drawn=now.drawn if now else False,
    )
    for n, step in enumerate(steps_of(plan)):
        old = state.get(Step, f"{plan.id}/{step}")
        yield Step(
            id=f"{plan.id}/{step}",
            audience="all",
            session=plan.id,
            step=step,
            pos=n,
            state=old.state if old else "waiting",
            closed_at=old.closed_at if old else 0,
        )
    for n, section in enumerate(sections_of(plan)):
        yield Section(
            id=f"{plan.id}/{section.id}",
            audience="all",
            session=plan.id,
            title=section.title or section.id,
            pos=n,
            limit=section.limit,
            per=section.per,
        )


class Prepare(Command, tag="Prepare"):
    """Make the workshop, or change how it is prepared. What has been worked on already cannot be taken away."""

    by = frozenset({ORGANISER, SERVER})
    plan: WorkshopPlan

    def decide(self, state: State, meta: Meta) -> Event | None:
        check(self.plan)
        _keep_what_was_used(state, self.plan)
        return Prepared(plan=self.plan)


def check(plan: WorkshopPlan) -> None:
    """Refuses a plan that contradicts itself: `invalid-plan` with the place and the reason."""

    def wrong(field: str, reason: str, **facts):
        raise Refused("invalid-plan", field, reason=reason, **facts)

    if not any(plan.title.values() if isinstance(plan.title, dict) else [plan.title]) or not _said(plan.title):
        wrong("title", "empty")
    attributes = {a.id: a for a in plan.attributes}
    if len(attributes) < len(plan.attributes):
        wrong("attributes", "twice")
    for name in plan.balance:
        if name not in attributes and name != "language":
            wrong("balance", "unknown-attribute", name=name)
    seen = set()
    for n, session in enumerate(plan.agenda):
        field = f"agenda[{n}]"
        if session.id in seen:
            wrong(field, "twice", name=session.id)
        if session.id == BEFORE:
            wrong(field, "taken", name=session.id)
        seen.add(session.id)
        grouping = grouping_of(session)
        if session.kind != "groups" and grouping != "none":
            wrong(field, "grouping-without-groups", name=session.id)
        if session.kind == "groups" and grouping == "none":
            wrong(field, "groups-without-grouping", name=session.id)
        if grouping in ("random", "hand") and not session.groups:
            wrong(field, "number-of-groups", name=session.id)
        if grouping == "attribute" and session.attribute not in attributes and session.attribute != "language":
            wrong(field, "unknown-attribute", name=str(session.attribute))
        if grouping == "same" and not any(s.kind == "groups" for s in plan.agenda[:n]):
            wrong(field, "no-groups-before", name=session.id)
        sections = [s.id for s in sections_of(session)]
        if len(set(sections)) < len(sections):
            wrong(f"{field}.sections", "twice", name=session.id)
        if "draw" in steps_of(session) and session.kind != "groups":
            wrong(f"{field}.steps", "draw-without-groups", name=session.id)


def _said(text: Text) -> bool:
    return any(t.strip() for t in (text.values() if isinstance(text, dict) else [text]))


def _keep_what_was_used(state: State, plan: WorkshopPlan) -> None:
    now = state.get(Workshop, "workshop")
    if now and now.ended_at:
        raise Refused("workshop-ended")
    if now and now.authors != plan.authors and any(state.all(Card)):
        raise Refused("cards-written", "authors")
    sessions = {s.id: s for s in plan.agenda}
    sections = {f"{s.id}/{section.id}" for s in plan.agenda for section in sections_of(s)}
    for session in state.all(Session):
        new = sessions.get(session.id)
        if session.drawn:
            if new is None:
                raise Refused("already-drawn", "agenda", session=session.id)
            if (new.kind, grouping_of(new), new.groups or 0) != (
                session.kind,
                session.grouping,
                session.groups,
            ):
                raise Refused("already-drawn", "agenda", session=session.id)
    for step in state.all(Step):
        new = sessions.get(step.session)
        if step.state != "waiting" and (new is None or step.step not in steps_of(new)):
            raise Refused("step-used", "agenda", session=step.session, step=step.step)
    for card in state.all(Card):
        session = session_of(state, card.board)
        if card.section not in sections or sessions[session.id].kind != session.kind:
            raise Refused("cards-written", "agenda", section=card.section)


class EndWorkshop(Command, tag="EndWorkshop"):
    """End the workshop: doors close, the open step and the open vote close, nobody writes any more, tokens die."""

    by = LEADS

    def decide(self, state: State, meta: Meta) -> Event | None:
        if state.need(Workshop, "workshop", "workshop").ended_at:
            return None
        vote = open_vote(state)
        return WorkshopEnded(count=counted(state, vote) if vote else None)


class WorkshopEnded(Event, tag="WorkshopEnded"):
    """The organiser ended the workshop. What linked phones to people and cards leaves the journal."""

    irreversible = "phones forget who they were"
    erases = True
    on_screens = False

    count: Count | None = None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Workshop, "workshop"), ended_at=at)
        for step in state.all(Step):
            if step.state == "open":
                yield msgspec.structs.replace(step, state="done", closed_at=at)
        if self.count:
            yield from closed(state, self.count)
        for doors in state.all(Doors):
            yield msgspec.structs.replace(doors, open=False)
        for token in state.all(Token):
            yield msgspec.structs.replace(token, gone=True, hash="")
