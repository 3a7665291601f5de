"""A workshop without server, disk or network, for tests: asks are decided and applied at once."""

from __future__ import annotations

import hashlib
import itertools
import json

from app.domain import grammar
from app.domain.core import Change, Command, Meta, Principal, Question, Refused, State, advance, decide
from app.domain.joining import Enrol
from app.domain.preparing import Prepare
from app.domain.rows import fingerprint
from app.ledger.base import Entry
from app.thinking import worker

LEAD = Principal("facilitator", "lead")
ORGANISER = Principal("organiser", "organiser")
SERVER = Principal("server", "lead")

PLAN = {
    "title": "Water",
    "working_languages": ["en", "fr"],
    "attributes": [{"id": "region", "values": [{"id": "north"}, {"id": "south"}]}],
    "balance": ["region"],
    "agenda": [
        {"id": "hello", "kind": "plenary", "sections": ["hopes"]},
        {
            "id": "one",
            "kind": "groups",
            "groups": 3,
            "sections": [{"id": "problems", "limit": 3}, {"id": "own", "limit": 1, "per": "person"}, "ideas"],
        },
        {"id": "two", "kind": "groups", "groups": 3, "sections": ["ideas"]},
        {"id": "regions", "kind": "groups", "grouping": "attribute", "attribute": "region", "sections": ["ideas"]},
    ],
}


class Room:
    """One workshop; the clock moves a second with each ask, ids and chance follow from `seed`."""

    def __init__(self, seed: str = "room", plan: dict | None = None):
        self.state, self.at, self.seed = State(), 1_000_000, seed
        self.changes: list[Change] = []
        self._numbers = itertools.count()
        self.people: list[Principal] = []
        plan = grammar.read_ask(json.dumps({"kind": "Prepare", "plan": plan or PLAN}))
        self.do(Prepare(plan=plan.plan), ORGANISER)

    def new_id(self) -> str:
        """An id as a phone makes it, but the same at each run."""
        return hashlib.sha256(f"{self.seed}|{next(self._numbers)}".encode()).hexdigest()[:22]

    def do(self, command: Command, who: Principal = LEAD, ask: str | None = None) -> Change | None:
        """Decide and apply a command; raises Refused."""
        self.at += 1000
        ask = ask or self.new_id()
        chance = hashlib.sha256(f"{self.seed}|chance|{ask}".encode()).hexdigest()
        event = decide(self.state, command, Meta(ask, who, self.at, chance))
        if event is None:
            return None
        change = advance(self.state, event, ask=ask, who=who.id, at=self.at)
        self.changes.append(change)
        return change

    def ask(self, kind: str, who: Principal = LEAD, id: str | None = None, **do) -> Change | dict | None:
        """Ask in the words of the wire; jobs are done at once, a question's answer is what was told."""
        command = grammar.read_ask(json.dumps({"kind": kind, **do}))
        if not isinstance(command, grammar.Job):
            return self.do(command, who, id)
        if who.role not in command.by:
            raise Refused("not-allowed")
        ask = id or self.new_id()
        chance = hashlib.sha256(f"{self.seed}|chance|{ask}".encode()).hexdigest()
        request = command.request(self.state, Meta(ask, who, self.at, chance))
        answer = worker.answer(json.dumps(request))
        if not answer["ok"]:
            error = command.refusal(request, answer["error"])
            raise Refused(error["code"], **error["facts"])
        if isinstance(command, Question):
            return command.told(request, answer[request["job"]])
        return self.do(command.command(request, answer[request["job"]]), Principal("server", who.id), ask)

    def join(self, region: str = "north", lang: str = "en", name: str | None = None) -> Principal:
        """Somebody joins."""
        token = self.new_id()
        change = self.do(Enrol(hash=f"hash {token}", name=name, attributes={"region": region}, lang=lang), SERVER)
        person = Principal("person", change.event.person, token)
        self.people.append(person)
        return person

    def open(self, step: str) -> Change | None:
        """Open a step, whichever is open."""
        now = next((s.id for s in self.state.all(grammar.agenda.Step) if s.state == "open"), None)
        return self.ask("OpenStep", step=step, **{"from": now})

    def drawn(self, people: int = 7, session: str = "one") -> Room:
        """The room with people in groups whose board is open."""
        for n in range(people):
            self.join("north" if n % 2 else "south")
        self.ask("DrawGroups")
        self.ask("RevealGroups", session=session)
        self.open(f"{session}/work")
        return self

    def of(self, board: str) -> list[Principal]:
        """The people who sit in a group."""
        seats = {s.person for s in self.state.where(grammar.seating.Seat, "group", board)}
        return [p for p in self.people if p.id in seats]

    def card(self, board: str = "one.A", text: str = "The pump breaks", section: str = "ideas", who=None) -> str:
        """A card by the first of a group; its id."""
        who = who or self.of(board)[0]
        session = board.partition(".")[0]
        change = self.ask("AddCard", who, board=board, section=f"{session}/{section}", text=text)
        return change.event.card

    def journal(self) -> list[Entry]:
        """What has happened, as a ledger would have kept it."""
        return [Entry(c.seq, c.ask, c.at, c.who, grammar.read_event(grammar.write(c.event))) for c in self.changes]

    def folds(self) -> bool:
        """True when the journal folded afresh leads to the same rows."""
        state = State()
        for entry in self.journal():
            advance(state, entry.event, ask=entry.ask, who=entry.who, at=entry.at)
        return fingerprint(state.rows()) == fingerprint(self.state.rows())
