"""A few threads that work off what comes in, first come first served, and no more of it than agreed."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

Job = Callable[[], object]
_log = logging.getLogger(__name__)


class Crew:
    """`threads` jobs are done at once and `waiting` more may wait. The threads are started when first needed, and end
    with the process, whatever they are waiting for.
    """

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self._name, self._threads, self._limit = name, threads, threads + waiting
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._lock = threading.Condition()
        self._at_work = self._started = 0
        self._closed = False

    def take(self, job: Job) -> bool:
        """Do it as soon as may be; False where too many wait, or after `close`."""
        with self._lock:
            if self._closed or self._at_work >= self._limit:
                return False
            self._at_work += 1
            if self._started < min(self._threads, self._at_work):
                self._started += 1
                threading.Thread(target=self._attend, name=self._name, daemon=True).start()
        self._jobs.put(job)
        return True

    def close(self, *, patience: float) -> None:
        """Take no more, and give what was taken `patience` seconds to be done."""
        with self._lock:
            self._closed = True
            self._lock.wait_for(lambda: self._at_work == 0, timeout=patience)

    def _attend(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception:  # noqa: BLE001 - one job's fault is logged, and the others are done
                _log.exception("%s: a job failed", self._name)
            with self._lock:
                self._at_work -= 1
                self._lock.notify_all()
