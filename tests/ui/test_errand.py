"""Work in a thread of its own: several may wait for it, an error is told, and it ends when nobody waits any more."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from bot.llm.background import Left, pause
from ui.errand import Errand


class Work:
    """Gives a number each time it is let go on; says when it was closed."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self) -> Iterator[int]:
        try:
            for number in range(1, 1000):
                self.go.acquire()
                yield number
        finally:
            self.closed.set()


def test_whoever_waits_gets_the_last_of_what_there_is() -> None:
    errand = Errand(lambda: iter("abc"))
    while not errand.ended:
        errand.wait(3, 5)
    assert errand.outcome() == errand.last == "c"
    assert errand.wait(0, 0) == 3 and errand.wait(3, 5) == 3  # nothing more to wait for


def test_one_who_was_away_goes_on_from_where_the_work_is() -> None:
    work = Work()
    errand = Errand(work)
    assert errand.wait(0, 0.05) == 0 and errand.last is None and not errand.ended
    work.go.release(2)
    seen = errand.wait(errand.wait(0, 5), 5)
    assert (seen, errand.last) == (2, 2)
    errand.leave()


def test_an_error_is_told_after_what_came_before_it() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    errand = Errand(work)
    while not errand.ended:
        errand.wait(9, 5)
    assert errand.last == 1
    with pytest.raises(ValueError, match="broken"):
        errand.outcome()


@pytest.mark.parametrize("how", ["left", "forgotten"])
def test_work_that_nobody_waits_for_ends_at_its_next_piece(how: str) -> None:
    work = Work()
    errand: Errand[int] | None = Errand(work)
    assert errand is not None
    work.go.release()
    errand.wait(0, 5)
    if how == "left":
        errand.leave()
    errand = None
    work.go.release()
    assert work.closed.wait(5)


def test_work_that_waits_for_somebody_elses_server_is_woken() -> None:
    woken = threading.Event()

    def work() -> Iterator[int]:
        try:
            pause(60)
        except Left:
            woken.set()
        yield 1

    errand = Errand(work)
    time.sleep(0.1)
    errand.leave()
    assert woken.wait(5)


def test_forsaken_it_is_left_unless_another_attends() -> None:
    taken, lost = Work(), Work()
    kept, dropped = Errand(taken), Errand(lost)
    first = kept.attend()
    kept.attend()  # another, before the first goes
    kept.forsake(first, 0.05)
    dropped.forsake(dropped.attend(), 0.05)
    time.sleep(0.3)
    for work in (taken, lost):
        work.go.release()
    assert lost.closed.wait(5)
    assert kept.wait(0, 5) == 1 and not taken.closed.is_set()
    kept.leave()
