"""Programs run beside the server: in a group of their own, politely, for a while, never saying too much."""

import contextlib
import os
import signal
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
POLITENESS = 10


class ProcessFailed(Exception):
    """The program gave no result; *why* is `timeout`, `too-much` or `exit` with its status in *code*."""

    def __init__(self, why: str, code: int | None = None):
        super().__init__(why, code)
        self.why = why
        self.code = code


def run(mode, argv: Sequence[str], stdin: bytes, timeout: float, max_bytes: int) -> bytes:
    """Run *argv* in the program's folder with *stdin*, wait cooperatively and return what it wrote.

    Raises ProcessFailed. It and what it started are killed after *timeout* seconds, when it writes more than
    *max_bytes*, and when whoever waits for it is killed.
    """
    pipe = mode.subprocess.PIPE
    process = mode.subprocess.Popen(
        argv,
        cwd=ROOT,
        stdin=pipe,
        stdout=pipe,
        bufsize=0,
        stderr=mode.subprocess.DEVNULL,
        start_new_session=True,
    )
    with contextlib.suppress(ProcessLookupError, AttributeError):  # it has ended already; Windows
        os.setpriority(os.PRIO_PGRP, process.pid, POLITENESS)
    late: list[bool] = []

    def too_late() -> None:
        late.append(True)
        _kill(process)

    call_off = mode.later(timeout, too_late)
    try:
        mode.spawn(_feed, process.stdin, stdin)
        out = bytearray()
        while chunk := process.stdout.read(65536):
            out += chunk
            if len(out) > max_bytes:
                raise ProcessFailed("too-much")
        code = process.wait()
        if late:
            raise ProcessFailed("timeout")
        if code:
            raise ProcessFailed("exit", code)
        return bytes(out)
    finally:
        call_off()
        _kill(process)
        process.wait()
        process.stdout.close()


def _feed(pipe, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[pipe.write(rest) :]
        pipe.close()
    except OSError:
        pass  # it didn't want to hear all of it


def _kill(process) -> None:
    """Kill it, if it still runs, and whatever it started and left behind."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass  # nobody is left
