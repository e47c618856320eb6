"""Reads async streams in one background event loop for threads that may stop waiting at any moment."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator
from functools import cache
from typing import TypeVar

from bot.llm.leaving import woken

T = TypeVar("T")
_END, _LEFT = object(), object()
AHEAD = 256
"""Pieces that may lie unread; the stream waits for whoever is slower."""
_WHILE_FULL = 0.01


class Left(Exception):
    """Whoever asked doesn't wait any more."""


class OutOfTime(Exception):
    """The stream didn't end in time."""


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop, which runs as long as the process."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="zhengwen-chat", daemon=True).start()
    return loop


def read(stream: Callable[[], AsyncIterator[T]], *, until: float) -> Generator[T, None, None]:
    """What the stream gives, as it comes; cancelled, and its connection so closed, when the generator is closed, when
    `until` on the monotonic clock has come, or when the asker leaves (`bot.llm.leaving`).

    Raises what the stream raises, OutOfTime, and Left.
    """
    told: queue.SimpleQueue[object] = queue.SimpleQueue()

    async def follow() -> None:
        try:
            async for piece in stream():
                told.put(piece)
                # A stream that always has more never waits by itself, and what never waits can't be cancelled.
                await asyncio.sleep(0)
                while told.qsize() >= AHEAD:
                    await asyncio.sleep(_WHILE_FULL)
            told.put(_END)
        except Exception as error:  # noqa: BLE001 - it is raised where the pieces are read
            told.put(_Failure(error))

    following = asyncio.run_coroutine_threadsafe(follow(), _loop())
    try:
        with woken(lambda: told.put(_LEFT)):
            while (piece := _next(told, until)) is not _END:
                if piece is _LEFT:
                    raise Left
                if isinstance(piece, _Failure):
                    raise piece.error
                yield piece  # type: ignore[misc]
    finally:
        following.cancel()


def pause(seconds: float) -> None:
    """Wait so long. Raises Left as soon as the asker leaves."""
    left = threading.Event()
    with woken(left.set):
        if left.wait(seconds):
            raise Left


class _Failure:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _next(told: queue.SimpleQueue[object], until: float) -> object:
    try:
        return told.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        raise OutOfTime from None
