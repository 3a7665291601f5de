"""What every ledger promises, held against each engine."""

import os
import sqlite3
import stat

import pytest

from app.domain.cards import Card
from app.domain.core import State, advance, retreat
from app.domain.rows import fingerprint
from app.ledger import sqlite
from app.ledger.base import NotSaved, Unknown, without
from app.ledger.memory import MemoryLedger
from app.ledger.sqlite import SqliteLedger
from tests.domain.room import Room


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request, tmp_path):
    made = MemoryLedger() if request.param == "memory" else SqliteLedger(tmp_path / "w.db")
    yield made
    made.close()


@pytest.fixture
def room():
    room = Room().drawn()
    room.card(text="Water is far")
    room.ask("NewTheme", session="one", cards=[room.card("one.B")])
    return room


def keep(ledger, room):
    ledger.append(0, room.changes)
    return ledger


def test_what_was_appended_is_loaded_again(ledger, room):
    loaded = keep(ledger, room).load()
    assert fingerprint(loaded.state.rows()) == fingerprint(room.state.rows())
    assert loaded.state.head == room.state.head
    assert loaded.at == room.at
    assert loaded.answers == {change.ask: change.seq for change in room.changes}
    order = {kind: list(table) for kind, table in room.state.tables.items()}
    assert {kind: list(table) for kind, table in loaded.state.tables.items()} == order


def test_a_loaded_workshop_can_undo_what_was_done_before(ledger, room):
    state = keep(ledger, room).load().state
    assert state.past.keys() == room.state.past.keys()
    assert state.past == room.state.past


def test_the_journal_folds_into_the_rows(ledger, room):
    keep(ledger, room)
    state = State()
    for entry in ledger.read(1):
        advance(state, entry.event, ask=entry.ask, who=entry.who, at=entry.at)
    assert fingerprint(state.rows()) == fingerprint(ledger.rows())
    assert [entry.seq for entry in ledger.read(3)] == list(range(3, room.state.head + 1))


def test_appending_behind_another_head_keeps_nothing(ledger, room):
    keep(ledger, room)
    before = fingerprint(ledger.rows())
    room.card(text="Another")
    with pytest.raises(NotSaved):
        ledger.append(room.state.head - 2, room.changes[-1:])
    assert fingerprint(ledger.rows()) == before
    ledger.append(room.state.head - 1, room.changes[-1:])
    assert ledger.load().state.head == room.state.head


def test_an_ask_is_kept_once(ledger, room):
    keep(ledger, room)
    head, before = room.state.head, fingerprint(ledger.rows())
    again = room.changes[-1]
    room.card(text="Another")
    doubled = type(again)(**{**{f: getattr(room.changes[-1], f) for f in again.__struct_fields__}, "ask": again.ask})
    with pytest.raises(NotSaved):
        ledger.append(head, [doubled])
    assert fingerprint(ledger.rows()) == before


def test_rebuilding_gives_a_new_epoch_and_the_same_rows(ledger, room):
    epoch = keep(ledger, room).load().epoch
    assert ledger.rebuild(room.state) != epoch
    loaded = ledger.load()
    assert loaded.epoch != epoch
    assert fingerprint(loaded.state.rows()) == fingerprint(room.state.rows())


def test_retreating_leaves_the_state_as_it_was_before_a_change(room):
    before, head, past = fingerprint(room.state.rows()), room.state.head, dict(room.state.past)
    changes = [room.ask("SeatPeople", session="one", seats={room.of("one.A")[0].id: "one.B"}), room.ask("EndWorkshop")]
    for change in reversed(changes):
        retreat(room.state, change)
    assert (fingerprint(room.state.rows()), room.state.head, room.state.past) == (before, head, past)
    assert room.ask("EndWorkshop").seq == head + 1


@pytest.fixture
def file(tmp_path, room):
    path = tmp_path / "w.db"
    ledger = keep(SqliteLedger(path), room)
    yield path, ledger
    ledger.close()


def test_a_file_is_for_its_owner_only(file):
    assert stat.S_IMODE(os.stat(file[0]).st_mode) == 0o600


def test_a_file_is_synchronous_and_overwrites_what_is_deleted(file):
    db = file[1]._db
    pragmas = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
    assert db.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_a_statement_that_fails_leaves_nothing_behind(file, room):
    path, ledger = file
    ledger._db.execute(
        "CREATE TRIGGER full BEFORE INSERT ON rows BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    before = fingerprint(ledger.rows())
    room.card(text="no room")
    with pytest.raises(NotSaved):
        ledger.append(room.state.head - 1, room.changes[-1:])
    assert not ledger._db.in_transaction
    assert fingerprint(ledger.rows()) == before
    ledger._db.execute("DROP TRIGGER full")
    ledger.append(room.state.head - 1, room.changes[-1:])


def test_a_commit_that_fails_is_unknown(file, room):
    ledger = file[1]

    class Failing:
        def __init__(self, db):
            self.db = db

        def execute(self, statement, *values):
            if statement == "COMMIT":
                self.db.execute("ROLLBACK")
                raise sqlite3.OperationalError("disk I/O error")
            return self.db.execute(statement, *values)

        def __getattr__(self, name):
            return getattr(self.db, name)

    ledger._db = Failing(ledger._db)
    room.card(text="who knows")
    with pytest.raises(Unknown):
        ledger.append(room.state.head - 1, room.changes[-1:])


def test_another_connection_that_writes_makes_the_append_fail_not_wait_for_ever(file, room):
    path, ledger = file
    ledger._db.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    room.card(text="later")
    with pytest.raises(NotSaved):
        ledger.append(room.state.head - 1, room.changes[-1:])
    other.execute("ROLLBACK")
    other.close()
    ledger.append(room.state.head - 1, room.changes[-1:])


def test_a_backup_is_the_workshop(file, room, tmp_path):
    path, ledger = file
    ledger.backup(str(tmp_path / "copy.db"))
    copy = SqliteLedger(tmp_path / "copy.db")
    assert fingerprint(copy.rows()) == fingerprint(room.state.rows())
    copy.close()


def test_erasing_leaves_no_trace_in_any_file(file, room):
    path, ledger = file
    secret = "Water is far"
    card = next(c for c in room.state.all(Card) if c.text == secret).id
    forgotten = room.ask("ForgetCard", card=card)
    ledger.append(forgotten.seq - 1, [forgotten])
    entries, state = without(ledger.read(1), forgotten.event)
    assert len(entries) == 1
    epoch = ledger.erase(entries, state)
    for found in path.parent.glob("w.db*"):
        assert secret.encode() not in found.read_bytes()
    loaded = ledger.load()
    assert (loaded.epoch, loaded.state.past) == (epoch, {})
    assert fingerprint(loaded.state.rows()) == fingerprint(without(ledger.read(1), forgotten.event)[1].rows())


def test_removing_a_workshop_removes_its_log_and_backups(tmp_path, room):
    path = tmp_path / "w.db"
    ledger = keep(SqliteLedger(path), room)
    ledger.backup(str(tmp_path / "w.1.bak"))
    (tmp_path / "other.db").write_bytes(b"")
    ledger.close()
    sqlite.remove(path)
    assert [p.name for p in tmp_path.iterdir()] == ["other.db"]


def test_looking_into_a_file_that_is_none_finds_nothing(tmp_path):
    (tmp_path / "broken.db").write_bytes(b"not a database at all, for sure" * 100)
    assert sqlite.found(tmp_path / "broken.db", "workshop") == []
    assert sqlite.count(tmp_path / "missing.db", "cards") == 0
