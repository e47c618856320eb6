"""Who has given the page's password: remembered for a browser while the server runs, with a wait after wrong tries."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from hashlib import sha256

_LASTS = 30 * 24 * 3600.0
"""Seconds for which a browser needn't give the password again."""
_FREE_TRIES = 5
_LONGEST_WAIT = 300.0
_MOST = 10_000
"""Visitors that are remembered."""


class Admission:
    """The door with one password; usable from any thread. A visitor is told apart by `owner`, see ui.visitor."""

    def __init__(self, password: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._digest = _hashed(password)
        self._clock = clock
        self._lock = threading.Lock()
        self._in: dict[str, float] = {}
        self._wrong = 0
        self._closed_until = 0.0

    def is_in(self, owner: str) -> bool:
        """Whether this visitor has given the password."""
        with self._lock:
            return self._in.get(owner, 0.0) > self._clock()

    def wait(self) -> int:
        """Seconds until the password is looked at again; 0 for now.

        The wait is everybody's: who guesses can change cookie and address at will.
        """
        with self._lock:
            return max(0, round(self._closed_until - self._clock() + 0.5))

    def enter(self, owner: str, password: str) -> bool:
        """Let the visitor in if the password is right and nobody has to wait; gives whether it was."""
        right = hmac.compare_digest(_hashed(password), self._digest)
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return False
            if right:
                self._wrong = 0
                self._in = {one: until for one, until in self._in.items() if until > now}
                if len(self._in) < _MOST:
                    self._in[owner] = now + _LASTS
                return True
            self._wrong += 1
            if self._wrong >= _FREE_TRIES:
                self._closed_until = now + min(2.0 ** (self._wrong - _FREE_TRIES + 1), _LONGEST_WAIT)
            return False

    def leave(self, owner: str) -> None:
        """From now on this visitor needs the password again."""
        with self._lock:
            self._in.pop(owner, None)


def _hashed(text: str) -> bytes:
    """Of one length whatever the text, so that comparing tells nothing of it."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
