"""The writer of a workshop outlives what goes wrong around it, and leaves nothing half done."""

import threading

import msgspec
import pytest

from app.domain.agenda import WorkshopPlan
from app.domain.cards import Card
from app.domain.draws import DrawGroups
from app.domain.forgetting import ForgetCard
from app.domain.joining import Enrol
from app.domain.preparing import Prepare
from app.domain.steps import ShowOnStage
from app.ledger.base import NotSaved, Unknown
from app.ledger.sqlite import SqliteLedger
from app.live.jobs import Jobs
from app.live.keys import new_id
from app.live.publish import Publisher
from app.live.transport import Transport
from app.live.transport.faults import Faults
from app.live.workshop import PAUSE_MS, Workshop
from tests.domain.room import LEAD, SERVER, Room

SHOW = ShowOnStage(view="join")


class Told(Publisher):
    """A publisher that remembers to whom everything known was void."""

    def __init__(self):
        super().__init__(None)
        self.changes, self.renewed = [], []

    def change(self, workshop, epoch, state, change):
        self.changes.append(change.seq)

    def renew(self, workshop, epoch, seq, at):
        self.renewed.append(seq)


class Running:
    """A workshop in a file, whose ledger may be made to fail."""

    def __init__(self, path, jobs=None):
        self.path, self.now, self.faults = path, 10**12, []
        self.transport = Transport("threading", faults=Faults(self.faults.append))
        self.ledger = None
        self.told = Told()
        self.open(jobs)

    def open(self, jobs=None):
        self.workshop = Workshop("w", self._ledger, self.transport, self.told, lambda: self.now, jobs)

    def _ledger(self):
        self.ledger = SqliteLedger(self.path)
        return self.ledger

    def _wait(self, start):
        said, done = [], threading.Event()
        start(lambda value: (said.append(value), done.set()))
        assert done.wait(10), "nobody answered"
        return said[0]

    def ask(self, do, who=LEAD, ask=None):
        return self._wait(lambda answer: self.workshop.ask(ask or new_id(), do, who, answer))

    def read(self, look):
        return self._wait(lambda answer: self.workshop.read(look, answer))

    def close(self):
        done = threading.Event()
        self.workshop.close(done.set)
        assert done.wait(10)


@pytest.fixture
def running(tmp_path):
    room, ledger = Room().drawn(), SqliteLedger(tmp_path / "w.db")
    room.card(text="a secret")
    ledger.append(0, room.changes)
    ledger.close()
    made = Running(tmp_path / "w.db")
    yield made
    made.close()


def secrets(running):
    return sum(b"a secret" in file.read_bytes() for file in running.path.parent.glob("w.db*"))


def forget(running):
    card = running.read(lambda state: next(state.all(Card)).id)
    return running.ask(ForgetCard(card=card))


def refuse(*args):
    raise NotSaved("the disk is full")


def test_a_bug_in_a_look_is_answered_and_the_writer_goes_on(running):
    assert running.read(lambda state: 1 / 0)["error"]["code"] == "bug"
    assert len(running.faults) == 1
    assert running.ask(SHOW)["ok"]


def test_a_disk_that_refuses_to_erase_is_asked_again(running):
    running.ledger.erase = refuse
    assert forget(running)["ok"]
    assert secrets(running)
    del running.ledger.erase
    running.now += PAUSE_MS
    assert running.ask(SHOW)["ok"]
    assert not secrets(running)


def test_what_was_forgotten_when_the_server_died_is_erased_when_it_is_opened_again(running):
    running.ledger.erase = refuse
    removed = []
    assert forget(running)["ok"]
    running.close()
    running.open()
    running.workshop.erased = lambda: removed.append(True)
    running.read(lambda state: None)
    assert not secrets(running)
    assert removed == [True]
    running.close()
    running.open()
    assert running.workshop._forgotten == []


def test_after_a_commit_of_which_nobody_knew_everybody_comes_and_asks(running):
    append = running.ledger.append

    def kept_after_all(head, changes):
        append(head, changes)
        raise Unknown("the disk went away")

    running.ledger.append = kept_after_all
    ask = new_id()
    assert running.ask(SHOW, ask=ask)["error"]["code"] == "not-saved"
    assert (running.told.changes, running.told.renewed) == ([], [running.workshop.state.head])
    assert running.ask(SHOW, ask=ask) == {"ok": True, "seq": running.workshop.state.head}


@pytest.mark.parametrize("worker", [b"no JSON", b'{"ok": true}', b'{"ok": true, "plan": {}}'])
def test_a_worker_that_answers_nonsense_is_a_bug_that_is_answered(tmp_path, worker):
    transport = Transport("threading", faults=Faults(lambda line: None))
    transport.run_process = lambda *args: worker
    running = Running(tmp_path / "w.db", Jobs(transport))
    plan = {"title": "T", "agenda": [{"id": "one", "kind": "groups", "groups": 1}]}
    assert running.ask(Prepare(plan=msgspec.convert(plan, WorkshopPlan)), SERVER)["ok"]
    assert running.ask(Enrol(hash="h"), SERVER)["ok"]
    ask = new_id()
    for _ in range(2):
        assert running.ask(DrawGroups(), ask=ask)["error"]["code"] == "bug"
    running.close()
