"""`run.py backup` and `run.py restore`: safe copies, and back."""

import os
from pathlib import Path

from app.commands import Refused
from app.front import running
from app.ledger import copying
from app.ledger.sqlite import SqliteLedger
from app.phones.five_way import folded
from app.settings import Settings

from . import kept

DESK = "desk.db"


def backup(settings: Settings, workshop: str | None, out: Path) -> int:
    """Copy one workshop, or all and the desk's file, which holds the keys that phones are known by."""
    found = [kept.one(settings.data, workshop)] if workshop else kept.workshops(settings.data)
    names = [f"{one.id}.db" for one in found]
    if not workshop and (settings.data / DESK).exists():
        names.append(DESK)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            copying.copy(settings.data / name, out / name)
            print(out / name)
    except OSError as problem:
        raise Refused(f"The copy could not be made: {problem.strerror or problem}.") from problem
    except copying.Damaged as problem:
        raise Refused(f"{name} can't be copied: {problem}.") from problem
    return 0


def restore(settings: Settings, file: Path, replace: bool) -> int:
    """Put a copy of a workshop, or of the desk's file, back into the data directory.

    A workshop gets a new epoch, so that phones that knew more ask from the start and send what they still have.
    """
    name = f"{file.name.partition('.')[0]}.db"
    target = settings.data / name
    if not file.exists():
        raise Refused(f"{file} can't be read: there is no such file.")
    with running.access(settings.data) as server:
        if server:
            raise Refused("A server is running on this data; stop it first.")
        if target.exists() and not replace:
            raise Refused(f"{target} is there; --replace puts the copy in its place.")
        fresh = target.with_name(f"{target.stem}.restoring")
        try:
            copying.copy(file, fresh)
            copying.check(fresh)
            if name != DESK:
                renew(fresh)
            clear(target)
            os.replace(fresh, target)
        except OSError as problem:
            raise Refused(f"{file} can't be restored: {problem.strerror or problem}.") from problem
        except copying.Damaged as problem:
            raise Refused(f"{file} isn't a whole copy: {problem}.") from problem
        finally:
            clear(fresh)
    print(f"{target} is restored.")
    return 0


def renew(path: Path) -> None:
    """Fold the copy's journal into fresh rows under a new epoch."""
    ledger = SqliteLedger(path)
    try:
        state = folded(ledger.read(1))
        if not state.head:
            raise copying.Damaged("it holds no workshop")
        ledger.rebuild(state)
    finally:
        ledger.close()


def clear(path: Path) -> None:
    """Remove a database and its log, if they are there."""
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        file.unlink(missing_ok=True)
