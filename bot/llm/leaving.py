"""Tells work that waits for somebody else's server that whoever asked has left."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_HEEDED: ContextVar[Leaving | None] = ContextVar("leaving", default=None)


class Leaving:
    """Set once, by whoever stops listening; the work that is done meanwhile in `heeded` is woken at once."""

    def __init__(self) -> None:
        self._left = False
        self._lock = threading.Lock()
        self._wake: list[Callable[[], None]] = []

    def set(self) -> None:
        """Say that nobody listens any more."""
        with self._lock:
            self._left = True
            wake, self._wake = self._wake, []
        for call in wake:
            call()

    def is_set(self) -> bool:
        return self._left

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Within the block, in this thread, waiting work heeds the leaving."""
        token = _HEEDED.set(self)
        try:
            yield
        finally:
            _HEEDED.reset(token)

    def add(self, wake: Callable[[], None]) -> None:
        with self._lock:
            if not self._left:
                self._wake.append(wake)
                return
        wake()

    def remove(self, wake: Callable[[], None]) -> None:
        with self._lock:
            if wake in self._wake:
                self._wake.remove(wake)


@contextmanager
def woken(wake: Callable[[], None]) -> Iterator[None]:
    """Within the block `wake` is called, in another thread, when the asker of this thread's work leaves."""
    leaving = _HEEDED.get()
    if leaving is None:
        yield
        return
    leaving.add(wake)
    try:
        yield
    finally:
        leaving.remove(wake)


async def in_thread(work: Callable[[], T]) -> T:
    """What `work` gives, done in a thread; cancelled while it waits for somebody else's server, it waits no more."""
    leaving = Leaving()

    def heeding() -> T:
        with leaving.heeded():
            return work()

    try:
        return await asyncio.to_thread(heeding)
    finally:
        leaving.set()
