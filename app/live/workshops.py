"""All workshops of a data directory: opened on first use, found by code, QR or link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.domain.agenda import Workshop as WorkshopRow
from app.domain.agenda import WorkshopPlan
from app.domain.audiences import catch_up, viewer
from app.domain.core import SERVER, Change, Command, Job, Principal, State
from app.domain.doors import Doors, Key, Link
from app.domain.joining import Enrol
from app.domain.mine import mine, reversible
from app.domain.people import Me, Room
from app.domain.preparing import Prepare
from app.ledger import sqlite

from .clock import Clock
from .jobs import Jobs
from .keys import Keys, new_id, new_token
from .publish import Publisher
from .workshop import Workshop


class Unfound(Exception):
    """There is no such workshop."""


class Listed(Struct):
    """A workshop as the desk lists it."""

    id: str
    title: Any
    starts: str
    made_at: int
    ended_at: int
    people: int
    cards: int
    keep_days: int


class Workshops:
    """The running workshops of one server; `translation` is its translation service {url, key?}, if it has one."""

    def __init__(
        self,
        data: Path,
        transport: Any,
        keys: Keys,
        clock: Callable[[], int] | None = None,
        translation: dict | None = None,
    ):
        self._data = data
        self._transport = transport
        self._clock = clock or Clock()
        self._jobs = Jobs(transport, translation)
        self._opening = transport.lock()
        self._open: dict[str, Workshop] = {}
        self._codes: dict[str, str] = {}
        self._secrets: dict[str, str] = {}
        self._links: dict[str, tuple[str, str]] = {}
        self._doors: dict[str, Doors] = {}
        self.keys = keys
        self.publisher = Publisher(transport)
        self.on_cut: Callable[[str, str], None] = lambda workshop, link: None
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for id in self.ids():
            for row in sqlite.found(self.path(id), "doors", "keys"):
                self._index(id, row)

    def path(self, id: str) -> Path:
        """The file of a workshop."""
        return self._data / f"{id}.db"

    def ids(self) -> list[str]:
        """The ids of all workshops that are kept."""
        return sorted(p.stem for p in self._data.glob("*.db") if p.stem != "desk")

    def get(self, id: str) -> Workshop:
        """The running workshop, opened if it wasn't; raises Unfound."""
        with self._opening:
            if id not in self._open:
                if id not in self.ids():
                    raise Unfound(id)
                self._start(id)
            return self._open[id]

    def _start(self, id: str) -> None:
        path = self.path(id)
        workshop = Workshop(
            id, lambda: sqlite.SqliteLedger(path), self._transport, self.publisher, self._clock, self._jobs
        )
        workshop.committed = lambda change: self._committed(id, change)
        workshop.erased = lambda: sqlite.remove_backups(path)
        workshop.answered = lambda change: self._cut(id, change)
        self._open[id] = workshop

    def make(self, plan: WorkshopPlan) -> tuple[str | None, dict]:
        """A new workshop from its plan: its id and the answer; no id when the plan was refused."""
        id = new_id()
        with self._opening:
            self._start(id)
        answer = self.ask(id, new_id(), Prepare(plan=plan), Principal(SERVER))
        if not answer["ok"]:
            self.delete(id)
            return None, answer
        return id, answer

    def ask(self, id: str, ask: str, do: bytes | Command | Job, who: Principal) -> dict:
        """Ask and wait for the answer; raises Unfound."""
        return self._wait(lambda answer: self.get(id).ask(ask, do, who, answer))

    def read(self, id: str, look: Callable[[State], Any]) -> Any:
        """What `look` makes of the committed state; raises Unfound."""
        return self._wait(lambda answer: self.get(id).read(look, answer))

    def recall(self, id: str, look: Callable[[Iterable[Change]], Any]) -> Any:
        """What `look` makes of everything that has happened; raises Unfound."""
        return self._wait(lambda answer: self.get(id).recall(look, answer))

    def _wait(self, start: Callable[[Callable[[Any], None]], None]) -> Any:
        said, done = [], self._transport.event()

        def answer(value: Any) -> None:
            said.append(value)
            done.set()

        start(answer)
        done.wait()
        return said[0]

    def rows(self, id: str, who: Principal, since: int) -> dict:
        """What `who` is owed from `since` on: the answer to `join`; raises Unfound."""
        workshop = self.get(id)
        return self.read(id, lambda state: joined(workshop, state, who, since))

    def enrol(self, id: str, ask: str, name: str | None, attributes: dict, lang: str) -> tuple[dict, str]:
        """Let somebody join: the answer and their token; the person's id is the ask's."""
        token = new_token()
        enrol = Enrol(hash=self.keys.token_hash(token), name=name, attributes=attributes, lang=lang)
        return self.ask(id, ask, enrol, Principal(SERVER)), token

    def by_code(self, code: str) -> str | None:
        """The workshop whose doors are open under this code."""
        return self._codes.get(code)

    def by_secret(self, secret: str) -> str | None:
        """The workshop whose doors are open under this QR's secret."""
        return self._secrets.get(secret)

    def by_link(self, hash: str) -> tuple[str, str] | None:
        """The workshop and the id of the link whose secret has this hash."""
        return self._links.get(hash)

    def of_link(self, link: str) -> str | None:
        """The workshop that the link of this id belongs to."""
        return next((workshop for workshop, id in self._links.values() if id == link), None)

    def open_codes(self) -> int:
        """How many codes could be guessed now."""
        return len(self._codes)

    def list(self) -> list[Listed]:
        """All workshops, the newest first."""
        return sorted(map(self._listed, self.ids()), key=lambda w: (w.made_at, w.id), reverse=True)

    def _listed(self, id: str) -> Listed:
        workshop, room = None, None
        for row in sqlite.found(self.path(id), "workshop", "room"):
            if isinstance(row, WorkshopRow):
                workshop = row
            elif isinstance(row, Room):
                room = row
        cards = sqlite.count(self.path(id), "cards")
        people = room.people if room else 0
        if workshop is None:
            return Listed(id, "", "", 0, 0, people, cards, 30)
        return Listed(
            id,
            workshop.title,
            workshop.starts,
            workshop.made_at,
            workshop.ended_at,
            people,
            cards,
            workshop.keep_days,
        )

    def delete(self, id: str) -> None:
        """End the writer and unlink everything of a workshop."""
        with self._opening:
            workshop = self._open.pop(id, None)
            if workshop is not None:
                done = self._transport.event()
                workshop.close(done.set)
                done.wait()
            self._forget(id)
            sqlite.remove(self.path(id))
        self.on_cut(id, "")

    def close(self) -> None:
        """Close every workshop."""
        waiting = []
        for workshop in self._open.values():
            done = self._transport.event()
            workshop.close(done.set)
            waiting.append(done)
        for done in waiting:
            done.wait(0.5)
        self._open.clear()

    def heads(self) -> dict[str, int]:
        """The last event of each workshop that runs now."""
        return {id: workshop.state.head for id, workshop in self._open.items()}

    def _committed(self, id: str, change: Change) -> None:
        for _, row in change.rows:
            self._index(id, row)

    def _cut(self, id: str, change: Change) -> None:
        """Who may no longer be here goes, once everybody was answered."""
        for _, row in change.rows:
            if isinstance(row, (Link, Me)) and row.gone:
                self.on_cut(id, row.id)

    def _index(self, id: str, row: Any) -> None:
        if isinstance(row, Doors):
            old = self._doors.pop(id, None)
            if old:
                self._codes.pop(old.code, None)
                self._secrets.pop(old.secret, None)
            if row.open:
                self._doors[id] = row
                self._codes[row.code] = self._secrets[row.secret] = id
        elif isinstance(row, Key):
            self._links = {h: v for h, v in self._links.items() if v != (id, row.id)}
            if not row.gone:
                self._links[row.hash] = (id, row.id)

    def _forget(self, id: str) -> None:
        old = self._doors.pop(id, None)
        if old:
            self._codes.pop(old.code, None)
            self._secrets.pop(old.secret, None)
        self._links = {h: v for h, v in self._links.items() if v[0] != id}


def joined(workshop: Workshop, state: State, who: Principal, since: int) -> dict:
    """The answer to `join`: everything a principal is owed, and what is theirs."""
    looks = viewer(state, who)
    return {
        "ok": True,
        "seq": state.head,
        "at": workshop.at(),
        "epoch": workshop.epoch,
        "role": who.role,
        "id": who.id,
        "rows": catch_up(state, looks, since),
        "mine": mine(state, looks, who),
        "reversible": reversible(state, who),
    }
