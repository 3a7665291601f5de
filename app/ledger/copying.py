"""Whole copies of files that may be in use, and a look at whether a file is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path


class Damaged(Exception):
    """The file isn't a whole database; the message says what SQLite found."""


def copy(source: Path, target: Path) -> None:
    """Copy a database as it was at one moment, while others write to it; the copy is its owner's only.

    Raises:
        OSError: one of the two can't be read or written.
        Damaged: the source isn't a database.
    """
    temporary = target.with_name(f"{target.name}.part")
    os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        with closing(_reading(source)) as original, closing(sqlite3.connect(temporary)) as new:
            original.backup(new)
    except sqlite3.Error as error:
        temporary.unlink()
        raise Damaged(str(error)) from error
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, target)


def check(path: Path) -> None:
    """Read the whole file; raises Damaged if something in it is wrong."""
    try:
        with closing(_reading(path)) as db:
            (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error
    if verdict != "ok":
        raise Damaged(verdict)


def _reading(path: Path) -> sqlite3.Connection:
    path.stat()
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
