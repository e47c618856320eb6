"""How many requests one caller may make: a bucket of tokens for each, filled at a steady rate."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_REMEMBERED = 10_000
"""Callers whose buckets are kept; who comes back after so many others finds a full one."""
_BURST = 10.0
"""Seconds of the rate that may be used up at once."""


class Rate:
    """Admits `per_minute` requests of each caller, and as many at once as come in 10 seconds; 0 admits all."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._most = max(1.0, self._rate * _BURST)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """0 where the caller's next request is admitted, which then counts; else the seconds until one is."""
        if not self._rate:
            return 0.0
        now = self._clock()
        with self._lock:
            held, before = self._buckets.pop(caller, (self._most, now))
            held = min(self._most, held + (now - before) * self._rate)
            admitted = held >= 1
            self._buckets[caller] = (held - 1 if admitted else held, now)
            while len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if admitted else (1 - held) / self._rate
