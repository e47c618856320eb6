"""One lock for what a tab remembers: Streamlit gives each run of the page's script its own, and two may overlap."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from streamlit.runtime.state import SafeSessionState, SessionState

_locks: WeakValueDictionary[int, Any] = WeakValueDictionary()
"""By the identity of what is locked, which those that hold the lock keep alive."""
_finding = threading.Lock()


def share_locks() -> None:
    """From now on, whatever locks the same SessionState does so with the same lock. Doing it twice changes nothing.

    While a run that was told to end still tidies up, the next may look through the same dictionaries; on a busy machine
    one question in some hundreds then failed with “dictionary changed size during iteration”.
    """
    make = SafeSessionState.__init__
    if getattr(make, "shares", False):
        return

    def made(self: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]) -> None:
        make(self, state, yield_callback)
        object.__setattr__(self, "_lock", _lock_of(state))

    made.shares = True  # type: ignore[attr-defined]
    SafeSessionState.__init__ = made  # type: ignore[method-assign]


def _lock_of(state: SessionState) -> Any:
    with _finding:
        return _locks.setdefault(id(state), threading.RLock())
