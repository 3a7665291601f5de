"""Drawing groups: one plan for all random sessions that are not revealed yet, computed by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from ..thinking.drawing import receipts
from .agenda import Session, Workshop, running, touched
from .core import LEADS, SERVER, Command, Event, Job, Meta, Name, Refused, Row, State
from .lots import Draw, Lot, Reason, Secret, committed, draw_id, lot_of, lot_rows, luck_of, next_number
from .people import Me, Person, answers, entered
from .rules import MIXES, Rule, instance, met_before, mix_of
from .seating import Group, Seat, group_id, groups_of, label_of

Seats = dict[str, dict[str, list[str]]]
"""Session -> label -> persons."""


class Receipt(Row, tag="receipts"):
    """What makes a draw checkable, kept by the server until it may be known; id = the draw's. People stand in it under
    ids made for it; `people` says which, `rules` is the digest of the rules that it kept."""

    lasting = True

    seed: str
    public: str
    luck: tuple[str, ...]
    instance: dict[str, Any]
    rounds: list[list[list[str]]]
    hosts: list[list[str | None]]
    mix: int
    rules: str
    people: dict[str, str]


def to_draw(state: State) -> list[Session]:
    """The sessions with random groups that are not revealed yet, in the order of the agenda."""
    sessions = sorted(state.all(Session), key=lambda s: s.pos)
    return [s for s in sessions if s.kind == "groups" and s.grouping == "random" and not s.drawn]


def present(state: State) -> list[str]:
    """The people who can be drawn."""
    return sorted(p.id for p in state.all(Person) if not p.away)


def _instance(state: State, salt: str) -> tuple[dict, dict[str, str]]:
    """What is to be drawn now, and who stands in it under which id."""
    sessions, people = to_draw(state), present(state)
    given = {p: answers(state, p) for p in people}
    history = met_before(state, [s for s in state.all(Session) if s.drawn])
    alias = {p: receipts.alias(salt, p) for p in {*people, *(p for past in history for g in past for p in g)}}
    return instance(state, given, sessions, history, alias.__getitem__), {alias[p]: p for p in people}


class DrawGroups(Job, tag="DrawGroups"):
    """Draw the groups of every random session that isn't revealed yet: at once, so that people meet new people. `words`
    are what was called out in the room, which goes into the seed."""

    by = LEADS
    words: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        sessions, people = to_draw(state), present(state)
        if not sessions:
            raise Refused("nothing-to-draw")
        too_many = next((s for s in sessions if s.groups > len(people)), None)
        if too_many:
            raise Refused("too-few-people", people=len(people), groups=too_many.groups)
        lot = lot_of(state, meta)
        drawn, who = _instance(state, lot.salt)
        words = " ".join(self.words.split())
        luck = luck_of(state, next_number(state))
        mix = mix_of(state)
        return {
            "job": "plan",
            "instance": drawn,
            "secret": lot.secret,
            "public": receipts.public(words, luck),
            "number": next_number(state),
            **({"balance_vs_mix": MIXES[mix]} if MIXES[mix] else {}),
            "salt": lot.salt,
            "words": words,
            "luck": luck,
            "mix": mix,
            "people": who,
            "sessions": [s.id for s in sessions],
        }

    def command(self, request: dict, result: dict) -> Command:
        seats: Seats = {}
        rapporteurs: dict[str, str] = {}
        who = request["people"]
        for session, groups, hosts in zip(request["sessions"], result["rounds"], result["hosts"], strict=True):
            seats[session] = {label_of(n): sorted(who[a] for a in group) for n, group in enumerate(groups)}
            rapporteurs |= {group_id(session, label_of(n)): who[host] for n, host in enumerate(hosts)}
        kept = {
            name: request[name] for name in ("number", "secret", "salt", "public", "words", "luck", "mix", "instance")
        }
        drawn = {name: result[name] for name in ("seed", "digest", "rounds", "hosts", "report")}
        return ApplyDraw(seats=seats, rapporteurs=rapporteurs, list_digest=result["instance_digest"], **kept, **drawn)

    def refusal(self, request: dict, error: dict) -> dict:
        """A clash of rules names people, not their ids on the receipt."""
        who = request["people"]

        def told(rule: dict) -> dict:
            people = {"people": [who.get(id, id) for id in rule["ids"]]} if "ids" in rule else {}
            return {**{k: v for k, v in rule.items() if k not in ("ids", "hint")}, **people}

        if error["code"] == "infeasible":
            return {"code": "rules-clash", "facts": {"clashes": [told(clash) for clash in error["facts"]["clashes"]]}}
        if error["code"] == "unresolved":
            broken = [told(rule) for rule in error["facts"]["broken_rules"]]
            return {"code": "no-way-found", "facts": {"broken": broken}}
        return error


class Drawn(Struct, frozen=True, kw_only=True):
    """What a draw comes to: who sits where and reports, what it was drawn from, and how well it turned out."""

    number: int
    seats: Seats
    rapporteurs: dict[str, str]
    secret: str
    salt: str
    public: str
    words: str
    luck: list[str]
    mix: int
    instance: dict[str, Any]
    list_digest: str
    seed: str
    digest: str
    rounds: Any
    hosts: Any
    report: dict[str, Any] = {}


class ApplyDraw(Drawn, Command, tag="ApplyDraw"):
    """The worker's plan comes back: taken if it is for the people, rules and sessions that are here now. When two press
    at once, the plan that comes first stands for both."""

    by = frozenset({SERVER})

    def decide(self, state: State, meta: Meta) -> Event | None:
        if self.number != next_number(state):
            return None
        kept = state.get(Secret, draw_id(self.number))
        if kept and kept.secret != self.secret:  # committed to while it was drawn
            raise Refused("people-changed")
        now, who = _instance(state, self.salt)
        people = sorted(who.values())
        sizes = [[len(group) for group in groups.values()] for groups in self.seats.values()]
        seated = [sorted(p for group in groups.values() for p in group) for groups in self.seats.values()]
        even = all(max(each) - min(each) <= 1 for each in sizes if each)
        if [s.id for s in to_draw(state)] != [*self.seats] or any(s != people for s in seated) or not even:
            raise Refused("people-changed")
        if now != self.instance:
            raise Refused("people-changed")
        facts = msgspec.structs.asdict(self)
        return GroupsDrawn(**facts, reason=_reason(state, now, who), people=who, next=Lot.fresh(meta, self.number + 1))


def _rules(state: State, drawn: dict, who: dict[str, str]) -> str:
    """The digest of the rules that a draw keeps, whatever ids and numbers people and answers have in it."""
    rules = sorted([r.rule, sorted(r.people), r.attribute, r.value, r.least] for r in state.all(Rule))
    pins = sorted([who[pin["id"]], pin["group"], pin["round"]] for pin in drawn["pins"])
    kept = {name: drawn[name] for name in ("groups", "balance")}
    return receipts.digest({**kept, "rules": rules, "pins": pins, "mix": mix_of(state)})


def _reason(state: State, drawn: dict, who: dict[str, str]) -> Reason:
    before = next((state.get(Draw, draw_id(n)) for n in range(next_number(state) - 1, 0, -1)), None)
    if before is None:
        return "first"
    kept = state.get(Receipt, before.id)
    if sorted(kept.people.values()) != sorted(who.values()):
        return "people"
    if list(before.sessions) != [s.id for s in to_draw(state)]:
        return "later"
    return "again" if kept.rules == _rules(state, drawn, who) else "rules"


class GroupsDrawn(Drawn, Event, tag="GroupsDrawn"):
    """Groups were drawn for these sessions; facilitators see them, nobody else does yet. The secret of the next draw is
    made with it, so that its commitment is known before anybody can want it."""

    reason: str
    people: dict[str, str]
    next: Lot

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for session, groups in self.seats.items():
            yield from group_rows(state, session, groups, self.rapporteurs, {}, self.number)
        id = draw_id(self.number)
        yield Draw(
            id=id,
            audience="all",
            number=self.number,
            sessions=tuple(self.seats),
            reason=self.reason,
            people=len(self.people),
            list_digest=self.list_digest,
            digest=self.digest,
            words=self.words,
            luck=len(self.luck),
            report=self.report,
            drawn_at=at,
        )
        yield Receipt(
            id=id,
            audience="nobody",
            seed=self.seed,
            public=self.public,
            luck=tuple(self.luck),
            instance=self.instance,
            rounds=self.rounds,
            hosts=self.hosts,
            mix=self.mix,
            rules=_rules(state, self.instance, self.people),
            people=self.people,
        )
        if not committed(state):  # nothing was committed to before: it is published with the draw at least
            yield from lot_rows(self.number, Lot(self.secret, self.salt), at)
        yield from lot_rows(self.number + 1, self.next, at)


def group_rows(
    state: State,
    session: str,
    groups: dict[str, list[str]],
    rapporteurs: dict[str, str],
    titles: dict[str, str],
    draw: int = 0,
) -> Iterable[Row]:
    """The groups and seats of a session as given, made by the draw of this number (0: by none).

    What stood there before and isn't given is gone.
    """
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
            draw=draw,
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
