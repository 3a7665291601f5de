"""Bugs, told without telling on anybody: the class, the place and a random id.

Never a message, an argument or an address.
"""

import secrets
import sys
import time
from collections.abc import Callable

PER_MINUTE = 10


class Faults:
    """Writes one line a bug to *write*, at most PER_MINUTE a minute for each class of exception."""

    def __init__(self, write: Callable[[str], object] | None = None):
        self._write = write or sys.stderr.write
        self._minute = 0
        self._told: dict[str, int] = {}

    def report(self, error: BaseException) -> str:
        """Write the line and return the id under which the bug can be found."""
        fault = secrets.token_hex(4)
        kind = type(error).__name__
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._told = minute, {}
        self._told[kind] = self._told.get(kind, 0) + 1
        if self._told[kind] <= PER_MINUTE:
            self._write(f"bug {fault} {kind} at {_place(error)}\n")
        return fault

    def guard(
        self, fn: Callable, instead: Callable[[str], object] = lambda fault: None, passing: tuple = ()
    ) -> Callable:
        """*fn*, except that a bug in it is reported; the call then returns ``instead(id of the bug)``.

        Exceptions of the classes *passing* aren't bugs and are raised as ever.
        """

        def guarded(*args):
            try:
                return fn(*args)
            except passing:
                raise
            except Exception as error:  # noqa: BLE001 - the one place where whatever went wrong ends
                return instead(self.report(error))

        return guarded

    def guard_app(self, app: Callable) -> Callable:
        """The WSGI *app*, except that a bug in it is reported and answered with a bare 500."""

        def answer(environ: dict, start_response: Callable):
            def instead(fault: str) -> list[bytes]:
                start_response("500 Internal Server Error", [("Content-Length", "0")], sys.exc_info())
                return [b""]

            gone = (ConnectionError, TimeoutError)  # nobody is left to answer
            return self.guard(app, instead, gone)(environ, start_response)

        return answer


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return "?"
    while trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
