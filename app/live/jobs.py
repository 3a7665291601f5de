"""Slow work, in processes of its own: draws and themes one at a time, and beside them translations, one at a time, so
that nobody waits with a draw for another server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from app.live.transport import ProcessFailed

from .workshop import bug

MOST_WAITING = 16
SECONDS = 60.0
SECONDS_OF_ANOTHER_SERVER = 100.0
"""More than `app.translating.service` takes by itself, less than screens wait for a job."""

MOST_BYTES = 8_000_000

Done = Callable[..., None]


class Jobs:
    """Each job goes to its program; `service` is where cards may be translated (see `app.translating.worker`), None
    where this server has none."""

    def __init__(self, transport: Any, service: dict | None = None):
        self._service = service
        self._thinking = Queue(transport, "app.thinking.worker", SECONDS)
        self._translating = Queue(transport, "app.translating.worker", SECONDS_OF_ANOTHER_SERVER)

    def __call__(self, request: dict, done: Done) -> None:
        """Run a job; done(result) or done(None, error) is called once, later."""
        if request["job"] == "translate":
            self._translating({**request, "service": self._service}, done)
        else:
            self._thinking(request, done)


class Queue:
    """What waits for one program; what doesn't fit any more is refused `busy`."""

    def __init__(self, transport: Any, program: str, seconds: float):
        self._transport = transport
        self._argv = [sys.executable, "-m", program]
        self._seconds = seconds
        self._inbox = transport.inbox()
        self._waiting = 0
        transport.spawn(self._work)

    def __call__(self, request: dict, done: Done) -> None:
        """Run a job; done(result) or done(None, error) is called once, later."""
        if self._waiting >= MOST_WAITING:
            self._transport.spawn(done, None, {"code": "busy", "facts": {}})
            return
        self._waiting += 1
        self._inbox.put((request, done))

    def _work(self) -> None:
        while True:
            for request, done in self._inbox.take(1):
                self._transport.faults.guard(self._one, lambda fault, done=done: done(None, bug(fault)["error"]))(
                    request, done
                )
                self._waiting -= 1

    def _one(self, request: dict, done: Done) -> None:
        stdin = self._transport.in_thread(lambda: json.dumps(request, ensure_ascii=False).encode())
        try:
            out = self._transport.run_process(self._argv, stdin, self._seconds, MOST_BYTES)
        except ProcessFailed:
            done(None, {"code": "worker-failed", "facts": {}})
            return
        result = self._transport.in_thread(lambda: json.loads(out))
        if result.get("ok"):
            done(result[request["job"]])
        else:
            done(None, result["error"])
