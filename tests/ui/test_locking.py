"""Two runs of one tab's script lock what it remembers against each other; those of two tabs don't."""

from __future__ import annotations

import gc
import threading

from streamlit.runtime.state import SafeSessionState, SessionState

from ui.page import locking
from ui.page.locking import share_locks


def waits(other: SafeSessionState, holding: SafeSessionState) -> bool:
    """Whether reading through `other` waits for one who is at work through `holding`."""
    done = threading.Event()

    def read() -> None:
        _ = "anything" in other
        done.set()

    thread = threading.Thread(target=read)
    with holding.query_params():
        thread.start()
        waited = not done.wait(0.3)
    thread.join(5)
    assert done.is_set()
    return waited


def test_what_two_runs_share_is_locked_by_both() -> None:
    share_locks()
    share_locks()
    state = SessionState()
    ending, following = (SafeSessionState(state, lambda: None) for _ in range(2))
    assert waits(following, ending) and waits(ending, following)
    assert not waits(SafeSessionState(SessionState(), lambda: None), ending)


def test_locks_go_with_what_they_lock() -> None:
    share_locks()
    before = len(locking._locks)
    many = [SafeSessionState(SessionState(), lambda: None) for _ in range(5)]
    assert len(locking._locks) == before + 5
    del many
    gc.collect()
    assert len(locking._locks) <= before
