"""kill -9 of the real server, twenty times, under load, with one transaction in twenty failing.

No acknowledged card is lost or doubled, nobody sees what was not committed, and in the end the five say the same.
"""

import random
import sqlite3
import threading
from collections import Counter

from app.commands.replay import UNHURRIED, compare
from app.domain.agenda import SessionPlan, WorkshopPlan
from app.phones.house import House
from app.phones.phone import Lost, new_id
from app.phones.server import ServerProcess

TRIALS = 20
WRITERS = 8
FAILING = """CREATE TRIGGER failing BEFORE INSERT ON journal WHEN abs(random()) % 20 = 0
    BEGIN SELECT RAISE(ABORT, 'the disk says no'); END"""


class Writer:
    """A phone that writes cards, and asks again with the same id whenever it got no answer."""

    def __init__(self, phone, running, stop):
        self.phone, self._running, self._stop = phone, running, stop
        self.seen = {}
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self):
        n, id = 0, new_id()
        while not self._stop.is_set():
            self._running.wait(30)
            try:
                if self.phone._client is None:
                    self.phone.connect()
                answer = self.phone.ask("AddCard", id, board="all", section="all/ideas", text=f"card {n}")
                assert answer["ok"], answer
                n, id = n + 1, new_id()
            except (Lost, OSError):
                self._note()
                self.phone.cut()
        self._note()

    def _note(self):
        for row in self.phone.tables.all("cards"):
            self.seen[row["id"]] = row["text_seq"]


def connected(phone):
    try:
        phone.connect()
    except Lost:
        return False
    return True


def test_no_acknowledged_card_is_lost_or_doubled_by_twenty_kills(tmp_path):
    chance = random.Random(20)
    server = ServerProcess(tmp_path, UNHURRIED)
    house = House(server.address, server.organiser)
    agenda = [SessionPlan(id="all", kind="plenary", sections=["ideas"])]
    house.make(WorkshopPlan(title="Kill", agenda=agenda, expected=100))
    house.console.must("OpenDoors")
    house.console.must("OpenStep", step="all/work", **{"from": None})
    house.console.wait(lambda t: t.get("doors", "doors") is not None)
    code = house.console.tables.get("doors", "doors")["code"]
    phones = [house.join(code, f"Writer {n}", {}, "en") for n in range(WRITERS)]
    file = tmp_path / f"{house.workshop}.db"
    _run(file, FAILING)
    running, stop = threading.Event(), threading.Event()
    running.set()
    writers = [Writer(phone, running, stop) for phone in phones]
    try:
        for _ in range(TRIALS):
            threading.Event().wait(0.3 + chance.random())
            running.clear()
            server.kill()
            server = ServerProcess(tmp_path, UNHURRIED, port=server.port)
            running.set()
        threading.Event().wait(0.5)
        _run(file, "DROP TRIGGER failing")
    finally:
        stop.set()
        running.set()
        for writer in writers:
            writer.thread.join(30)
    house.console.cut()
    house.console.connect()
    house.stage.cut()
    house.stage.connect()
    for phone in phones:
        phone.cut()
        assert connected(phone)

    acknowledged = {id: seq for phone in phones for id, seq in phone.acknowledged.items()}
    db = sqlite3.connect(file)
    journal = dict(db.execute("SELECT ask, seq FROM journal"))
    written = Counter(id for (id,) in db.execute("SELECT json_extract(event, '$.card') FROM journal") if id)
    seqs = [seq for (seq,) in db.execute("SELECT seq FROM journal ORDER BY seq")]
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    assert len(acknowledged) > 100
    assert {id: seq for id, seq in acknowledged.items() if journal.get(id) != seq} == {}
    assert [id for id, times in written.items() if times > 1] == []
    assert seqs == list(range(1, len(seqs) + 1))
    for writer in writers:
        assert {id: seq for id, seq in writer.seen.items() if journal.get(id) != seq} == {}
    assert compare(server, house, [*phones, house.console, house.stage]) == []
    assert server.stop() == 0


def _run(file, statement):
    db = sqlite3.connect(file, timeout=10, isolation_level=None)
    db.execute(statement)
    db.close()
