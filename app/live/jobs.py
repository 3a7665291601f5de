"""Slow work: draws and themes, one at a time, in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from app.live.transport import ProcessFailed

from .workshop import bug

MOST_WAITING = 16
SECONDS = 60.0
MOST_BYTES = 8_000_000

Done = Callable[..., None]


class Jobs:
    """A queue in front of the worker; what doesn't fit any more is refused `busy`."""

    def __init__(self, transport: Any):
        self._transport = transport
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
        argv = [sys.executable, "-m", "app.thinking.worker"]
        try:
            out = self._transport.run_process(argv, stdin, SECONDS, MOST_BYTES)
        except ProcessFailed:
            done(None, {"code": "worker-failed", "facts": {}})
            return
        result = self._transport.in_thread(lambda: json.loads(out))
        if result.get("ok"):
            done(result[request["job"]])
        else:
            done(None, result["error"])
