"""Work that a tab waits for, done in a thread of its own: what the visitor does meanwhile doesn't interrupt it."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Generator, Iterable
from typing import Generic, TypeVar

from bot.llm.leaving import Leaving

T = TypeVar("T")


class Errand(Generic[T]):
    """How far the work has come: the last of what the iterator that `work` makes gives.

    Whoever waits may turn away and come back, and several may wait. Once `leave` is called, or nobody has the errand
    any more, the work ends at its next piece, and where it waits for a chat model at once.
    """

    def __init__(self, work: Callable[[], Iterable[T]]) -> None:
        self._at = _State[T]()
        self._left = Leaving()
        self._waiting = 0
        weakref.finalize(self, self._left.set)  # so the thread must not know the errand itself
        threading.Thread(target=_run, args=(work, self._at, self._left), name="zhengwen-errand", daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self._at.ended

    @property
    def last(self) -> T | None:
        """The last piece so far."""
        return self._at.last

    def wait(self, seen: int, patience: float) -> int:
        """Wait until there is more than the `seen` pieces, or the end, for at most `patience` seconds; gives how many
        there are."""
        with self._at.told:
            self._at.told.wait_for(lambda: self._at.count > seen or self._at.ended, timeout=patience)
        return self._at.count

    def outcome(self) -> T | None:
        """The last piece; raises what the work raised."""
        if self._at.error is not None:
            raise self._at.error
        return self._at.last

    def attend(self) -> int:
        """Say that somebody waits; gives the number by which he may go."""
        self._waiting += 1
        return self._waiting

    def forsake(self, number: int, grace: float) -> None:
        """Go; unless somebody else attends, or has done so since, the work is left `grace` seconds later."""

        def end() -> None:
            if self._waiting == number:
                self.leave()

        timer = threading.Timer(grace, end)
        timer.daemon = True
        timer.start()

    def leave(self) -> None:
        """Wait no more."""
        self._left.set()


class _State(Generic[T]):
    """What the work's thread writes and others read."""

    def __init__(self) -> None:
        self.told = threading.Condition()
        self.last: T | None = None
        self.count = 0
        self.error: Exception | None = None
        self.ended = False


def _run(work: Callable[[], Iterable[T]], at: _State[T], left: Leaving) -> None:
    error: Exception | None = None
    try:
        with left.heeded():
            pieces = iter(work())
            try:
                for piece in pieces:
                    if left.is_set():
                        break
                    with at.told:
                        at.last, at.count = piece, at.count + 1
                        at.told.notify_all()
            finally:
                if isinstance(pieces, Generator):
                    pieces.close()
    except Exception as raised:  # noqa: BLE001 - whatever it is, those who wait are told
        error = raised
    with at.told:
        at.error, at.ended = error, True
        at.told.notify_all()
