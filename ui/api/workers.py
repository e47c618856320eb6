"""Answers questions in a few threads, first come first served; lets go of those whose asker has left."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from typing import Generic, TypeVar, cast

from bot.llm.leaving import Leaving

T = TypeVar("T")
_END = object()


class Busy(Exception):
    """As many questions wait as may; `seconds` is when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("现在提问的人太多，没有排上队。请稍后再试。")
        self.seconds = seconds


class Workers:
    """At most `threads` generators run at once and `waiting` more wait.

    The threads end with the process, whatever they are waiting for.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self.limit = threads + waiting
        self._threads = threads
        self._jobs: queue.SimpleQueue[_Job[object]] = queue.SimpleQueue()
        self._started = 0
        self._lock = threading.Lock()
        self.running = 0
        """Generators that run or wait."""

    async def stream(
        self, work: Callable[[], Iterator[T]], *, idle: float = 15.0, every: bool = True
    ) -> AsyncGenerator[T | None, None]:
        """What the generator that `work` makes yields, all or the last, run in a thread; None where it is silent for
        `idle` seconds.

        It isn't started, or is closed at its next yield, once the consumer stops, which a chat model that is waited for
        makes at once. Raises Busy and what it raises.
        """
        with self._lock:
            if self.running >= self.limit:
                raise Busy(1)
            self.running += 1
            if self._started < min(self._threads, self.running):
                self._started += 1
                threading.Thread(target=self._attend, name="zhengwen-answer", daemon=True).start()
        job = _Job(work, asyncio.get_running_loop(), every=every)
        self._jobs.put(cast("_Job[object]", job))
        try:
            while True:
                try:
                    async with asyncio.timeout(idle):
                        found = await job.told.get()
                except TimeoutError:
                    yield None
                    continue
                if found is _END:
                    return
                if isinstance(found, _Failure):
                    raise found.error
                yield cast(T, found)
        finally:
            job.left.set()

    async def last(self, work: Callable[[], Iterator[T]]) -> T:
        """The last thing that the generator yields. Raises as `stream`."""
        found: T | None = None
        async with aclosing(self.stream(work, every=False)) as events:
            async for event in events:
                found = found if event is None else event
        assert found is not None, "an event stream ends with Answered"
        return found

    def _attend(self) -> None:
        while True:
            self._jobs.get().run()
            with self._lock:
                self.running -= 1


class _Failure:
    def __init__(self, error: Exception) -> None:
        self.error = error


class _Job(Generic[T]):
    """One generator, and the queue of its asker, who waits in an event loop."""

    def __init__(self, work: Callable[[], Iterator[T]], loop: asyncio.AbstractEventLoop, *, every: bool) -> None:
        """Where not `every` thing is told but the last, the event loop isn't woken for the others."""
        self._work, self._loop, self._every = work, loop, every
        self.told: asyncio.Queue[object] = asyncio.Queue()
        self.left = Leaving()

    def run(self) -> None:
        try:
            if not self.left.is_set():
                with self.left.heeded():
                    self._each()
            self._tell(_END)
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who asked is told
            self._tell(_Failure(error))

    def _each(self) -> None:
        events = self._work()
        last: object = _END
        try:
            for event in events:
                if self.left.is_set():
                    return
                if self._every:
                    self._tell(event)
                last = event
            if not self._every and last is not _END:
                self._tell(last)
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()

    def _tell(self, what: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever asked
            self._loop.call_soon_threadsafe(self.told.put_nowait, what)
