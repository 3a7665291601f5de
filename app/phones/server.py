"""The real server in a process of its own, for replays, demonstrations and tests."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from app.front import running
from app.settings import ROOT

ENTER = "import sys; from app import cli; sys.exit(cli.main(sys.argv[1:]))"
READY_S = 60.0
STOP_S = 10.0


class NotReady(Exception):
    """The server ended before it was ready, or took too long; the message is its last line."""


class ServerProcess:
    """`run.py serve` on `data`; `environment` adds settings. Its words go to `out` (a file), or nowhere."""

    def __init__(self, data: Path, environment: Mapping[str, str] | None = None, out=None, port: int = 0):
        self.data = data
        # This very interpreter, which has what is needed: run.py would first look for its own environment.
        argv = [sys.executable, "-c", ENTER, "serve", "--port", str(port), "--data", str(data)]
        environment = {"HOST": "127.0.0.1", **os.environ, **(environment or {})}
        self._errors: list[str] = []
        self._process = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out or subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = self._wait()
        self.address = f"http://127.0.0.1:{self.port}"

    def _listen(self) -> None:
        for line in self._process.stderr:
            self._errors = [*self._errors[-50:], line.decode(errors="replace").rstrip()]

    def _wait(self) -> int:
        pause = threading.Event()
        for _ in range(int(READY_S / 0.05)):
            if self._process.poll() is not None:
                raise NotReady(self.said)
            with contextlib.suppress(running.Occupied):  # it has the folder and hasn't said yet where it is
                server = running.find(self.data) if (self.data / running.NOTE).exists() else None
                if server is not None:
                    return server.port
            pause.wait(0.05)
        self.kill()
        raise NotReady("the server took too long to start")

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self._process.pid

    @property
    def organiser(self) -> str:
        """The secret of the organiser's link."""
        from app.ledger.desk import Desk

        desk = Desk(self.data)
        try:
            return desk.first_secret
        finally:
            desk.close()

    @property
    def said(self) -> str:
        """What the server last wrote to its standard error."""
        return "\n".join(self._errors)

    def wait(self) -> int:
        """Until it ends by itself; its exit code."""
        return self._process.wait()

    def stop(self) -> int:
        """End it politely, if it still runs; its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(STOP_S)

    def kill(self) -> None:
        """End it as a power switch would."""
        self._process.kill()
        self._process.wait(STOP_S)
