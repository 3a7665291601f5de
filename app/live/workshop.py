"""A running workshop: one writer, whose inbox is the only way in."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.boards import may_be_known
from app.domain.core import Change, Command, Job, Meta, Principal, Question, Refused, State, advance, decide, retreat
from app.domain.grammar import read_ask
from app.ledger.base import Ledger, NotSaved, Unknown, folded, without

from .publish import Publisher

MOST_IN_A_TURN = 200
PAUSE_MS = 1000

Answer = Callable[[dict], None]
log = logging.getLogger("baraza.live")


def refusal(code: str, field: str | None = None, **facts: Any) -> dict:
    """An answer that says no, in the one shape of errors."""
    return {"ok": False, "error": Refused(code, field, **facts).as_error()}


def bug(fault: str) -> dict:
    """The answer where a bug was met, which was reported as `fault`."""
    return {"ok": False, "error": {"code": "bug", "id": fault, "facts": {}}}


class Asked(Struct):
    """A command that waits for the writer: as JSON from outside, or already read."""

    ask: str
    do: bytes | Command | Job
    who: Principal
    answer: Answer


class Read(Struct):
    """Something that wants to look at the state once everything before it is committed."""

    look: Callable[[State], Any]
    answer: Callable[[Any], None]


class Recall(Struct):
    """Something that wants to look at everything that has happened, folded afresh in a thread of its own."""

    look: Callable[[Iterable[Change]], Any]
    answer: Callable[[Any], None]


class Close(Struct):
    """The writer's end."""

    done: Callable[[], None]


class Workshop:
    """Decides, keeps and publishes, one turn after the other.

    `jobs` runs slow work: called as jobs(request, done) with done(result | None).
    """

    def __init__(self, id: str, ledger: Callable[[], Ledger], transport: Any, publisher: Publisher, clock, jobs):
        self.id = id
        self._open = ledger
        self._transport = transport
        self._publisher = publisher
        self._clock = clock
        self._jobs = jobs
        self._running: dict[str, list[Answer]] = {}
        self._paused_until = self._erase_from = 0
        self._inbox = transport.inbox()
        self.committed: Callable[[Change], None] = lambda change: None
        self.answered: Callable[[Change], None] = lambda change: None
        self.erased: Callable[[], None] = lambda: None
        self._load()
        transport.spawn(self._write)

    def _load(self) -> None:
        self._ledger = self._transport.in_thread(self._open)
        loaded = self._transport.in_thread(self._ledger.load)
        self.state, self.epoch, self._answers = loaded.state, loaded.epoch, loaded.answers
        self._at = loaded.at
        self._forgotten = list(loaded.forgotten)

    def ask(self, ask: str, do: bytes | Command | Job, who: Principal, answer: Answer) -> None:
        """Put a command into the inbox; `answer` is called once, after the commit."""
        self._inbox.put(Asked(ask, do, who, answer))

    def read(self, look: Callable[[State], Any], answer: Callable[[Any], None]) -> None:
        """Call `look` with the committed state, inside the writer, then `answer` with what it returns."""
        self._inbox.put(Read(look, answer))

    def recall(self, look: Callable[[Iterable[Change]], Any], answer: Callable[[Any], None]) -> None:
        """Call `look` with every committed change from the first on, then `answer` with what it returns."""
        self._inbox.put(Recall(look, answer))

    def close(self, done: Callable[[], None]) -> None:
        """End the writer after what waits for it; then `done`."""
        self._inbox.put(Close(done))

    def at(self) -> int:
        """The workshop clock in ms: it never goes back, not even over a restart."""
        self._at = max(self._at, self._clock())
        return self._at

    def _write(self) -> None:
        while True:
            turn = Turn()
            for item in self._inbox.take(MOST_IN_A_TURN):
                if isinstance(item, Asked):
                    self._transport.faults.guard(self._take, partial(turn.bug, item))(item, turn)
                    continue
                self._commit(turn)
                turn = Turn()
                if isinstance(item, Close):
                    self._transport.in_thread(self._ledger.close)
                    item.done()
                    return
                self._transport.faults.guard(self._look, lambda fault, item=item: item.answer(bug(fault)))(item)
            self._commit(turn)

    def _look(self, item: Read | Recall) -> None:
        if isinstance(item, Recall):
            item.answer(self._transport.in_thread(lambda: item.look(folded(self._ledger.read(1)))))
        else:
            item.answer(item.look(self.state))

    def _take(self, item: Asked, turn: Turn) -> None:
        known = self._answers.get(item.ask)
        if known is not None:
            turn.say(item.answer, {"ok": True, "seq": known}, certain=known <= turn.head(self.state))
            return
        if item.ask in self._running and not isinstance(item.do, Command):
            self._running[item.ask].append(item.answer)
            return
        if self._clock() < self._paused_until:
            turn.say(item.answer, refusal("not-saved"), certain=True)
            return
        meta = Meta(item.ask, item.who, self.at(), secrets.token_hex(16))
        try:
            do = read_ask(item.do) if isinstance(item.do, bytes) else item.do
            if isinstance(do, Job):
                self._start(item, do, meta, turn)
                return
            event = decide(self.state, do, meta)
        except msgspec.ValidationError as error:
            turn.say(item.answer, refusal("malformed", reason=str(error)), certain=True)
            return
        except Refused as refused:
            if refused.code == "not-allowed":
                log.warning("not allowed: %s", type(do).__name__)
            turn.say(item.answer, {"ok": False, "error": refused.as_error()})
            return
        if event is None:
            turn.say(item.answer, {"ok": True, "seq": self.state.head})
            return
        who = item.who.id if may_be_known(self.state, event) else ""
        change = advance(self.state, event, ask=item.ask, who=who, at=meta.at)
        self._answers[item.ask] = change.seq
        turn.changes.append(change)
        turn.say(item.answer, {"ok": True, "seq": change.seq})

    def _start(self, item: Asked, job: Job, meta: Meta, turn: Turn) -> None:
        if item.who.role not in job.by:
            raise Refused("not-allowed")
        request = job.request(self.state, meta)
        self._running[item.ask] = [item.answer]

        def done(result: dict | None, error: dict | None = None) -> None:
            # By way of the inbox: what runs is the writer's, and this is another thread.
            if error is not None:
                said = {"ok": False, "error": job.refusal(request, error)}
                self.read(lambda state: said, partial(self._finish, item.ask))
                return
            if isinstance(job, Question):
                told = job.told(request, result)
                self.read(lambda state: {"ok": True, "seq": state.head, "told": told}, partial(self._finish, item.ask))
                return
            command = job.command(request, result)
            who = Principal("server", item.who.id)
            self.ask(item.ask, command, who, lambda answer: self._finish(item.ask, answer))

        self._jobs(request, done)

    def _finish(self, ask: str, answer: dict) -> None:
        for say in self._running.pop(ask, []):
            say(answer)

    def _commit(self, turn: Turn) -> None:
        if turn.broken:
            # A bug may have left half an event in the state: only the file is to be trusted now.
            self._give_up(turn, Unknown("a bug in the turn"))
            return
        if turn.changes:
            try:
                head = turn.changes[0].seq - 1
                self._transport.in_thread(self._ledger.append, head, turn.changes)
            except (NotSaved, Unknown) as failure:
                self._give_up(turn, failure)
                return
            for change in turn.changes:
                self._publisher.change(self.id, self.epoch, self.state, change)
                self.committed(change)
            self._forgotten += [change.event for change in turn.changes if change.event.erases]
        self._erase()
        turn.answer()
        for change in turn.changes:
            self.answered(change)

    def _erase(self) -> None:
        """Take what was forgotten out of the journal; everybody starts from the rows that are left. Where the disk
        refuses, it is tried again a second later, and when the workshop is opened."""
        if not self._forgotten or self._clock() < self._erase_from:
            return

        def work() -> tuple[State, str]:
            entries, state = without(self._ledger.read(1), *self._forgotten)
            return state, self._ledger.erase(entries, state)

        try:
            self.state, self.epoch = self._transport.in_thread(work)
        except (NotSaved, Unknown) as failure:
            log.error("not erased yet: %s", failure)
            self._erase_from = self._clock() + PAUSE_MS
            return
        known, self._forgotten = any(event.on_screens for event in self._forgotten), []
        self.erased()
        if known:
            self._publisher.renew(self.id, self.epoch, self.state.head, self.at())

    def _give_up(self, turn: Turn, failure: Exception) -> None:
        log.error("not saved: %s", failure)
        if isinstance(failure, Unknown):
            head = turn.changes[0].seq - 1 if turn.changes else self.state.head
            self._reopen()
            if self.state.head > head:  # kept after all, and told to nobody: everybody has to come and ask
                self._publisher.renew(self.id, "", self.state.head, self.at())
        else:
            for change in reversed(turn.changes):
                retreat(self.state, change)
                del self._answers[change.ask]
            self._paused_until = self._clock() + PAUSE_MS
        turn.answer(saved=False)

    def _reopen(self) -> None:
        try:
            self._transport.in_thread(self._ledger.close)
        finally:
            self._load()


class Turn:
    """What one turn of the writer has decided and will answer; certain answers rest on committed events only."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.broken = False
        self._answers: list[tuple[Answer, dict, bool]] = []

    def say(self, answer: Answer, value: dict, certain: bool = False) -> None:
        """Answer after the commit."""
        self._answers.append((answer, value, certain))

    def bug(self, item: Asked, fault: str) -> None:
        """The ask ran into a bug, reported as `fault`: nothing of this turn is kept."""
        self.broken = True
        self.say(item.answer, bug(fault), certain=True)

    def answer(self, saved: bool = True) -> None:
        """Give all answers in order; what rested on events that were not saved is answered `not-saved`."""
        for answer, value, certain in self._answers:
            answer(value if saved or certain else refusal("not-saved"))

    def head(self, state: State) -> int:
        """The last committed event."""
        return self.changes[0].seq - 1 if self.changes else state.head
