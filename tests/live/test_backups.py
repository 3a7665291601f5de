"""Copies of running workshops: whole, three at most, gone with the workshop."""

import sqlite3

from app.domain.rows import fingerprint
from app.ledger import sqlite
from app.ledger.sqlite import SqliteLedger
from app.live.backups import KEPT, Backups, backup_path, rotate
from tests.domain.room import Room


class Still:
    """A transport that runs things at once and never later."""

    def __init__(self):
        self.waiting = []

    def later(self, seconds, fn):
        self.waiting.append((seconds, fn))

    def in_thread(self, fn, *args):
        return fn(*args)


class Running:
    def __init__(self, folder):
        self.folder, self.seqs = folder, {}

    def heads(self):
        return dict(self.seqs)

    def path(self, id):
        return self.folder / f"{id}.db"


def written(tmp_path, id="w"):
    room, ledger = Room().drawn(), SqliteLedger(tmp_path / f"{id}.db")
    ledger.append(0, room.changes)
    return room, ledger


def test_a_workshop_that_has_changed_is_copied_and_one_that_has_not_is_left(tmp_path):
    room, ledger = written(tmp_path)
    still, running = Still(), Running(tmp_path)
    backups = Backups(still, running)
    running.seqs["w"] = room.state.head
    assert backups.now() == ["w"]
    assert backups.now() == []
    running.seqs["w"] += 1
    assert backups.now() == ["w"]
    copy = SqliteLedger(backup_path(tmp_path / "w.db", 1))
    assert fingerprint(copy.rows()) == fingerprint(ledger.rows())
    copy.close()
    ledger.close()


def test_three_copies_are_kept_the_newest_first(tmp_path):
    room, ledger = written(tmp_path)
    file = tmp_path / "w.db"
    for n in range(KEPT + 2):
        room.card(text=f"card {n}")
        ledger.append(room.state.head - 1, room.changes[-1:])
        rotate(file)
    heads = []
    for n in range(1, KEPT + 1):
        db = sqlite3.connect(backup_path(file, n))
        heads.append(db.execute("SELECT max(seq) FROM journal").fetchone()[0])
        db.close()
    assert heads == [room.state.head, room.state.head - 1, room.state.head - 2]
    assert len(list(tmp_path.glob("*.bak"))) == KEPT
    ledger.close()
    sqlite.remove(file)
    assert list(tmp_path.iterdir()) == []


def test_a_round_that_fails_is_followed_by_the_next(tmp_path):
    still, running = Still(), Running(tmp_path)
    backups = Backups(still, running)
    running.seqs["missing"] = 1
    assert backups.now() == []
    still.waiting.pop()[1]()
    assert len(still.waiting) == 1
