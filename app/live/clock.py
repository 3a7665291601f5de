"""The clock: wall time at the start of the process, then monotonic: setting the computer's clock moves nothing."""

import time


class Clock:
    """Calling it gives milliseconds since 1970."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def __call__(self) -> int:
        return int((self._offset + time.monotonic()) * 1000)
