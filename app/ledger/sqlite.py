"""One SQLite file a workshop: copying, archiving and deleting a workshop are file operations."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import sqlite_utils

from app.domain.core import PAST_KEPT, Change, Event, Past, Row, State
from app.domain.grammar import read_event, read_row, read_rows, write
from app.domain.rows import table

from . import schema
from .base import Entry, Loaded, NotSaved, Unknown

# FULL: with NORMAL a power cut lost every acknowledged write. secure_delete: deleted text is overwritten.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "busy_timeout=2000",
    "wal_autocheckpoint=200",
    "temp_store=MEMORY",
)

JOURNAL = "INSERT INTO journal (seq, ask, at, who, event, before) VALUES (?, ?, ?, ?, ?, ?)"
ROW = """INSERT INTO rows ("table", id, seq, audience, gone, row) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
    seq = excluded.seq, audience = excluded.audience, gone = excluded.gone, row = excluded.row"""


class SqliteLedger:
    """The ledger in a file; `path` is made, readable by its owner only, if it isn't there."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        # The writer's calls come one at a time, but from whichever thread of the pool is free.
        self._db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        for pragma in PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        utils = sqlite_utils.Database(self._db)
        if schema.workshop.pending(utils):
            schema.workshop.apply(utils)
        self._db.execute("INSERT OR IGNORE INTO about VALUES ('epoch', ?)", (secrets.token_urlsafe(16),))

    def load(self) -> Loaded:
        """The rows as kept, what can be undone, and the answers."""
        state = State()
        for row in self.rows():
            state.put(row)
        answers, at = {}, 0
        for seq, ask, at in self._db.execute("SELECT seq, ask, at FROM journal ORDER BY seq"):  # noqa: B007
            answers[ask] = state.head = seq
        undoable = self._db.execute(
            "SELECT seq, who, before FROM journal WHERE before IS NOT NULL ORDER BY seq DESC LIMIT ?", (PAST_KEPT,)
        ).fetchall()
        for seq, who, before in reversed(undoable):
            state.past[seq] = Past(who, read_rows(before))
        epoch = self._db.execute("SELECT value FROM about WHERE name = 'epoch'").fetchone()[0]
        return Loaded(state, epoch, at, answers, self._forgotten())

    def _forgotten(self) -> tuple[Event, ...]:
        first = self._db.execute("SELECT value FROM about WHERE name = 'forgotten'").fetchone()
        entries = self.read(int(first[0])) if first else ()
        return tuple(entry.event for entry in entries if entry.event.erases)

    def append(self, head: int, changes: Sequence[Change]) -> None:
        """Journal and rows in one transaction; on disk when it returns."""
        journal, rows = [], {}
        for change in changes:
            past = change.past()
            before = None if past is None else write(past.before).decode()
            event = write(change.event).decode()
            journal.append((change.seq, change.ask, change.at, change.who, event, before))
            for _, row in change.rows:
                rows[type(row), row.id] = row
        kept = [_kept(row) for row in rows.values()]
        forgotten = next((change.seq for change in changes if change.event.erases), None)
        self._transaction(lambda db: self._insert(db, head, journal, kept, forgotten))

    @staticmethod
    def _insert(db: sqlite3.Connection, head: int, journal: list, rows: list, forgotten: int | None) -> None:
        (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        if last != head:
            raise NotSaved(f"the journal is at {last}, not {head}")
        db.executemany(JOURNAL, journal)
        db.executemany(ROW, rows)
        if forgotten is not None:
            db.execute("INSERT OR IGNORE INTO about VALUES ('forgotten', ?)", (str(forgotten),))

    def _transaction(self, work) -> None:
        # db.atomic() and `with db:` of sqlite-utils 4 neither begin immediately nor commit inside a transaction begun
        # by hand: BEGIN IMMEDIATE … COMMIT stands here and nowhere else.
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise NotSaved(_reason(error)) from error
        try:
            work(self._db)
        except (sqlite3.Error, NotSaved) as error:
            self._roll_back()
            raise NotSaved(_reason(error)) from error
        try:
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise Unknown(_reason(error)) from error

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            try:
                self._db.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise Unknown(_reason(error)) from error

    def read(self, since: int) -> Iterable[Entry]:
        """The journal from `since` on."""
        found = self._db.execute("SELECT seq, ask, at, who, event FROM journal WHERE seq >= ? ORDER BY seq", (since,))
        for seq, ask, at, who, event in found:
            yield Entry(seq, ask, at, who, read_event(event))

    def rows(self) -> Iterable[Row]:
        """The rows in the order in which they first came."""
        for (row,) in self._db.execute("SELECT row FROM rows ORDER BY rowid"):
            yield read_row(row)

    def rebuild(self, state: State) -> str:
        """Replace the rows by those of a state folded afresh, under a new epoch."""
        epoch = secrets.token_urlsafe(16)
        self._transaction(lambda db: self._replace(db, state, epoch))
        return epoch

    def erase(self, entries: Sequence[Entry], state: State) -> str:
        """Rewrite lines and rows in one transaction, empty the write-ahead log, then note that all is erased."""
        epoch = secrets.token_urlsafe(16)

        def work(db: sqlite3.Connection) -> None:
            for entry in entries:
                event = write(entry.event).decode()
                db.execute("UPDATE journal SET event = ?, who = ? WHERE seq = ?", (event, entry.who, entry.seq))
            db.execute("UPDATE journal SET before = NULL WHERE before IS NOT NULL")
            self._replace(db, state, epoch)

        self._transaction(work)
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._db.execute("DELETE FROM about WHERE name = 'forgotten'")
        except sqlite3.Error as error:
            raise NotSaved(_reason(error)) from error
        return epoch

    @staticmethod
    def _replace(db: sqlite3.Connection, state: State, epoch: str) -> None:
        db.execute("DELETE FROM rows")
        db.executemany(ROW, [_kept(row) for row in state.rows()])
        db.execute("UPDATE about SET value = ? WHERE name = 'epoch'", (epoch,))

    def backup(self, path: str) -> None:
        """A copy page by page, moved into place once it is whole."""
        temporary = f"{path}.part"
        os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(temporary)
        try:
            self._db.backup(copy, pages=200, sleep=0.01)
        finally:
            copy.close()
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, path)

    def close(self) -> None:
        """Empty the write-ahead log into the file and let go of it."""
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._db.close()


def _kept(row: Row) -> tuple:
    return (table(row), row.id, row.seq, row.audience, int(row.gone), write(row).decode())


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def found(path: str | Path, *tables: str) -> list[Row]:
    """Rows of a workshop's file that aren't gone, without opening it for writing; none if it can't be read."""
    marks = ", ".join("?" * len(tables))
    return [
        read_row(row) for (row,) in _look(path, f'SELECT row FROM rows WHERE gone = 0 AND "table" IN ({marks})', tables)
    ]


def count(path: str | Path, name: str) -> int:
    """How many rows of a table aren't gone."""
    counted = _look(path, 'SELECT count(*) FROM rows WHERE gone = 0 AND "table" = ?', (name,))
    return counted[0][0] if counted else 0


def last_event(path: str | Path) -> int:
    """When the last event of a workshop happened, in ms since 1970; 0 if that can't be read."""
    found = _look(path, "SELECT coalesce(max(at), 0) FROM journal", ())
    return found[0][0] if found else 0


def _look(path: str | Path, query: str, values: tuple) -> list[tuple]:
    try:
        db = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True, timeout=2)
    except sqlite3.Error:
        return []
    try:
        return db.execute(query, values).fetchall()
    except sqlite3.Error:
        return []
    finally:
        db.close()


def remove(path: str | Path) -> None:
    """Delete a workshop's file with everything that belongs to it: log, shared memory, backups."""
    path = Path(path)
    remove_backups(path)
    for file in (path, *path.parent.glob(f"{path.name}-*")):
        file.unlink(missing_ok=True)


def remove_backups(path: str | Path) -> None:
    """Delete the backups of a workshop: they still say what was to be forgotten."""
    path = Path(path)
    for file in path.parent.glob(f"{path.stem}.*bak*"):
        file.unlink(missing_ok=True)
