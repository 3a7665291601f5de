"""The one server of a data directory: its lock, and where other commands find it."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.front import lock

LOCK, NOTE = "server.lock", "server.json"


class Occupied(Exception):
    """Another server has this data directory."""


@dataclass(frozen=True)
class Server:
    """A running server, as it is written beside its data for commands on the same machine.

    Args:
        host: an address of this machine that it listens on.
        port: the port there.
    """

    host: str
    port: int


def claim(data: Path, patience: float = 0.0) -> int:
    """Take the directory, made if it is missing, for this process; an open file that holds it until closed.

    Args:
        patience: seconds to wait for whoever has it; a command that only looks is gone at once.

    Raises:
        Occupied: another process has it.
        OSError: it can't be made or written.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + patience
    while not lock.take(descriptor, wait=False):
        if time.monotonic() > until:
            os.close(descriptor)
            raise Occupied(data)
        time.sleep(0.02)
    return descriptor


def announce(data: Path, server: Server) -> None:
    """Write where the server is, readable by its owner only; whoever looks finds the whole note or none."""
    written = data / f"{NOTE}.new"
    written.unlink(missing_ok=True)
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(server), file)
    written.replace(data / NOTE)


def find(data: Path) -> Server | None:
    """The server that has this directory, or None if none does."""
    with access(data) as server:
        return server


@contextmanager
def access(data: Path) -> Iterator[Server | None]:
    """Either the server that has this directory or, with None, the directory to oneself for the while.

    Raises:
        Occupied: another command has it at this moment.
    """
    try:
        claimed = claim(data)
    except Occupied:
        try:
            note = (data / NOTE).read_text()
        except FileNotFoundError:
            raise Occupied(data) from None
        yield Server(**json.loads(note))
        return
    try:
        yield None
    finally:
        os.close(claimed)
