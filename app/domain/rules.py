"""Rules for drawing groups: who sits with whom, what every group needs, who stays where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from .agenda import Session, Workshop, running
from .core import LEADS, Changed, Command, Event, Id, Meta, Name, Refused, Row, State, follows
from .lists import BEFORE, people_listed
from .people import Person
from .seating import Seat, groups_of, seat_of, seats_by_group

INTERPRETER = "interpreter"
"""The name under which a rule asks for interpreters, beside the attributes that people answer."""

MIXES: dict[int, tuple[int, int] | None] = {-2: (4, 1), -1: (3, 2), 0: None, 1: (2, 6), 2: (2, 12)}
"""What a repeat and a person too many of one answer weigh, from meeting new people to even groups; None: as usual."""


class Rule(Row, tag="rules"):
    """Something that every draw keeps. `rule` is `together` or `apart` (for `people`), `least` (at least `least`
    people in every group who gave the answer `value` to `attribute`, or interpreters), or `language` (everybody in a
    group speaks one language; interpreters speak all)."""

    leads: ClassVar = True

    rule: str
    people: tuple[str, ...] = ()
    attribute: str = ""
    value: str = ""
    least: int = 1


class Pin(Row, tag="pins"):
    """Somebody stays in their group of a session when it is drawn again; id = the seat's."""

    leads: ClassVar = True

    session: str
    group: str
    person: str


class Mix(Row, tag="mixes"):
    """What matters more, from -2 (meeting new people) to 2 (even groups); one row, id `mix`."""

    leads: ClassVar = True

    mix: int


class AddRule(Command, tag="AddRule"):
    """A rule for every draw from now on; its id is the ask's. The receipt of a draw shows which rules it kept."""

    by = LEADS
    rule: Literal["together", "apart", "least", "language"]
    people: Annotated[list[Id], msgspec.Meta(max_length=50)] = []
    attribute: str = ""
    value: str = ""
    least: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1

    def decide(self, state: State, meta: Meta) -> Event | None:
        workshop = running(state)
        people = tuple(dict.fromkeys(self.people))
        if self.rule in ("together", "apart"):
            for person in people:
                state.need(Person, person, "people")
            if len(people) < 2:
                raise Refused("rule-needs-two", "people")
            return self._added(meta, state, people=people)
        if self.rule == "least":
            asked = {a.id: [v.id for v in a.values] for a in workshop.attributes}
            if self.attribute != INTERPRETER and self.attribute not in asked:
                raise Refused("unknown-attribute", "attribute", name=self.attribute)
            if asked.get(self.attribute) and self.value not in asked[self.attribute]:
                raise Refused("unknown-answer", "value", name=self.attribute, value=self.value)
            value = "" if self.attribute == INTERPRETER else self.value
            return self._added(meta, state, attribute=self.attribute, value=value, least=self.least)
        return self._added(meta, state)

    def _added(self, meta: Meta, state: State, **facts: Any) -> Event | None:
        new = RuleAdded(rule=meta.ask, what=self.rule, **facts)
        kept = (r for r in state.all(Rule) if r.rule == self.rule)
        same = any((r.people, r.attribute, r.value) == (new.people, new.attribute, new.value) for r in kept)
        return None if same and self.rule != "least" else new


class RuleAdded(Event, tag="RuleAdded"):
    """A rule was added."""

    rule: str
    what: str
    people: tuple[str, ...] = ()
    attribute: str = ""
    value: str = ""
    least: int = 1

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Rule(
            id=self.rule,
            audience="lead",
            rule=self.what,
            people=self.people,
            attribute=self.attribute,
            value=self.value,
            least=self.least,
        )


class DropRule(Command, tag="DropRule"):
    """Take a rule out."""

    by = LEADS
    rule: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        return RuleDropped(rule=state.need(Rule, self.rule, "rule").id)


class RuleDropped(Event, tag="RuleDropped"):
    """A rule was taken out."""

    rule: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Rule, self.rule), gone=True)


class SpreadBy(Command, tag="SpreadBy"):
    """Spread people evenly over groups by these attributes (or `language`), and by no others."""

    by = LEADS
    attributes: Annotated[list[Name], msgspec.Meta(max_length=8)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        workshop = running(state)
        chosen = tuple(dict.fromkeys(self.attributes))
        for name in chosen:
            if name != "language" and name not in {a.id for a in workshop.attributes}:
                raise Refused("unknown-attribute", "attributes", name=name)
        return None if chosen == workshop.balance else SpreadChosen(attributes=chosen)


class SpreadChosen(Event, tag="SpreadChosen"):
    """By what people are spread was chosen."""

    attributes: tuple[str, ...]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Workshop, "workshop"), balance=self.attributes)


class SetMix(Command, tag="SetMix"):
    """What matters more when both can't be had: from -2, meeting new people, to 2, even groups."""

    by = LEADS
    mix: Annotated[int, msgspec.Meta(ge=-2, le=2)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        return None if mix_of(state) == self.mix else MixSet(mix=self.mix)


class MixSet(Event, tag="MixSet"):
    """It was chosen what matters more."""

    mix: int

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Mix(id="mix", audience="lead", mix=self.mix)


class PinSeat(Command, tag="PinSeat"):
    """Let somebody stay in their group of a session when it is drawn again, or no longer."""

    by = LEADS
    session: Name
    person: Id
    on: bool

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        seat = seat_of(state, self.session, self.person)
        if seat is None:
            raise Refused("not-in-group", "person")
        now = state.get(Pin, seat.id)
        if bool(now) == self.on:
            return None
        return SeatPinned(seat=seat.id, on=self.on)


class SeatPinned(Event, tag="SeatPinned"):
    """Somebody is to stay in their group, or no longer."""

    seat: str
    on: bool

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        seat = state.get(Seat, self.seat)
        if not self.on:
            yield msgspec.structs.replace(state.get(Pin, self.seat), gone=True)
        elif seat:
            yield Pin(id=seat.id, audience="lead", session=seat.session, group=seat.group, person=seat.person)


@follows
def rules_follow(state: State, changed: Changed) -> Iterable[Row]:
    """A pin goes where its person sits, and with their seat; rules forget who is forgotten."""
    for old, row in list(changed.values()):
        if isinstance(row, Seat) and (pin := state.get(Pin, row.id)):
            if row.gone:
                yield msgspec.structs.replace(pin, gone=True)
            elif row.group != pin.group:
                yield msgspec.structs.replace(pin, group=row.group)
        if isinstance(row, Person) and row.gone and old is not None and not old.gone:
            for rule in list(state.all(Rule)):
                if row.id in rule.people:
                    people = tuple(p for p in rule.people if p != row.id)
                    yield msgspec.structs.replace(rule, people=people, gone=len(people) < 2)


def mix_of(state: State) -> int:
    """What matters more, from -2 to 2."""
    row = state.get(Mix, "mix")
    return row.mix if row else 0


Called = Callable[[str], str]


def instance(
    state: State, given: dict[str, dict[str, str]], sessions: list[Session], history: list, called: Called = str
) -> dict:
    """The draw of `sessions` by the rules that stand, as `app.thinking.grouping` reads it, among people with what they
    answered (`given`).

    `history`: [[[person]]] by session held before and by group. `called` gives the id under which somebody stands in
    it. Answers stand in it as numbers, which say who shares one and not which: the receipt shows them to everybody.
    """
    workshop = state.get(Workshop, "workshop")
    rules = sorted(state.all(Rule), key=lambda r: r.id)
    wanted = {r.attribute for r in rules if r.rule == "least"} - {INTERPRETER}
    order = sorted(given, key=called)
    code = {name: _numbered(given[p].get(name) for p in order) for name in {*workshop.balance, *wanted, "language"}}
    speaks = any(r.rule == "language" for r in rules)

    def tags(person: str) -> list[str]:
        found = [f"{name}={code[name][given[person][name]]}" for name in sorted(wanted) if given[person].get(name)]
        row = state.get(Person, person)
        helps = row is not None and row.interpreter
        if helps:
            found.append(INTERPRETER)
        if speaks:
            languages = code["language"].values() if helps else [code["language"][given[person]["language"]]]
            found += [f"lang:{number}" for number in languages]
        return found

    def attrs(person: str) -> dict[str, str]:
        return {name: code[name][given[person][name]] for name in workshop.balance if given[person].get(name)}

    def named(ids: Iterable[str]) -> list[str]:
        return [called(p) for p in ids if p in given]

    def tag(rule: Rule) -> str:
        number = code.get(rule.attribute, {}).get(rule.value, "0")
        return INTERPRETER if rule.attribute == INTERPRETER else f"{rule.attribute}={number}"

    return {
        "participants": [{"id": called(p), "attrs": attrs(p), "tags": tags(p)} for p in order],
        "groups": [s.groups for s in sessions],
        "rounds": len(sessions),
        "balance": list(workshop.balance),
        "together": [unit for r in rules if r.rule == "together" and len(unit := named(r.people)) > 1],
        "apart": [unit for r in rules if r.rule == "apart" and len(unit := named(r.people)) > 1],
        "pins": _pins(state, sessions, given, called),
        "min_count": [{"tag": tag(r), "min": r.least} for r in rules if r.rule == "least"],
        "common_language": speaks,
        "history": [[sorted(map(called, group)) for group in groups] for groups in history],
    }


def _numbered(values: Iterable[str | None]) -> dict[str, str]:
    return {value: str(n + 1) for n, value in enumerate(dict.fromkeys(v for v in values if v))}


def _pins(state: State, sessions: list[Session], people: dict, called: Called) -> list[dict]:
    rounds = {session.id: r for r, session in enumerate(sessions)}
    found = []
    for pin in sorted(state.all(Pin), key=lambda p: p.id):
        if pin.session in rounds and pin.person in people:
            ids = [g.id for g in groups_of(state, pin.session)]
            if pin.group in ids:
                found.append({"id": called(pin.person), "group": ids.index(pin.group), "round": rounds[pin.session]})
    return found


def met_before(state: State, sessions: Iterable[Session]) -> list[list[list[str]]]:
    """Who has sat together in these sessions, by session and group, and at earlier workshops as their list says.

    Groups that share an answer are left out: they did not come about by chance.
    """
    held = sorted((s for s in sessions if s.kind == "groups" and s.grouping != "attribute"), key=lambda s: s.pos)
    met = [groups for session in held if (groups := seats_by_group(state, session.id))]
    earlier = [group for group in people_listed(state, BEFORE).values() if len(group) > 1]
    return [*([[group] for group in earlier]), *met]
