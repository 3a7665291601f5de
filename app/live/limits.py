"""How fast somebody may ask: a bucket for each person and link; facilitators ten times as fast."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from app.domain.core import PERSON, Principal

MOST_BUCKETS = 10_000


class Limits:
    """`rate` asks a second, `burst` at once; `clock` gives milliseconds."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], int]):
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def wait_ms(self, workshop: str, who: Principal) -> int:
        """0 and one ask is taken from the bucket, or the milliseconds until there is one."""
        times = 1 if who.role == PERSON else 10
        rate, burst, now = self._rate * times / 1000, self._burst * times, self._clock()
        key = workshop, who.id
        left, then = self._buckets.pop(key, (float(burst), now))
        left = min(burst, left + (now - then) * rate)
        wait = 0 if left >= 1 else int((1 - left) / rate) + 1
        self._buckets[key] = (left if wait else left - 1, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return wait
