"""Remembers which messages were taken, so that one that is delivered again, also after a restart, is answered once."""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
import time
from collections import OrderedDict
from pathlib import Path

from bot.errors import StateUnavailable
from bot.state import State, state_of

KEPT = 50_000
"""Messages remembered at most, the last taken. Not for a time: 飞书 repeats events for 7.1 hours, but a clock that was
wrong may be put forward by more."""
LEASE = 180.0
"""Seconds after which a message whose answering was never ended, for the process died, may be taken again."""
_IN_MIND = 4096
_OFTEN = 500
"""Messages taken between two times that the oldest are forgotten."""
_STEPS = (
    "CREATE TABLE seen (id TEXT PRIMARY KEY, taken REAL NOT NULL, done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
    "CREATE INDEX seen_by_time ON seen (taken)",
)
_log = logging.getLogger(__name__)


class Seen:
    """The messages taken at `home`. Where the disk fails, those that this process took."""

    def __init__(self, home: Path | State) -> None:
        state = home if isinstance(home, State) else state_of(home)
        self._room = state.room("seen", _STEPS)
        self._lock = threading.Lock()
        self._until: OrderedDict[str, float] = OrderedDict()
        """By id, until when it isn't taken again here, by a clock that nobody sets."""
        self._count = 0

    def take(self, id: str) -> bool:
        """Whether this is the first time, or the last time came to no end; it is taken from now on."""
        with self._lock:
            if time.monotonic() < self._until.get(id, 0.0):
                return False
            self._bear_in_mind(id, LEASE)
            forgets = self._count % _OFTEN == 0
            self._count += 1
        try:
            return self._room.write(lambda db: _take(db, id, forgets=forgets))
        except StateUnavailable as error:
            _log.warning("%s", error)
            return True

    def done(self, id: str) -> None:
        """It has been answered, or never can be."""
        with self._lock:
            self._bear_in_mind(id, math.inf)
        try:
            self._room.write(lambda db: db.execute("UPDATE seen SET done = 1 WHERE id = ?", (id,)))
        except StateUnavailable as error:
            _log.warning("%s", error)

    def _bear_in_mind(self, id: str, seconds: float) -> None:
        self._until[id] = time.monotonic() + seconds
        self._until.move_to_end(id)
        while len(self._until) > _IN_MIND:
            self._until.popitem(last=False)


def _take(db: sqlite3.Connection, id: str, *, forgets: bool) -> bool:
    now = time.time()
    if forgets:
        db.execute("DELETE FROM seen WHERE id IN (SELECT id FROM seen ORDER BY taken DESC LIMIT -1 OFFSET ?)", (KEPT,))
    before = db.execute("SELECT taken, done FROM seen WHERE id = ?", (id,)).fetchone()
    if before is not None and (before[1] or 0 <= now - before[0] < LEASE):
        return False
    db.execute("INSERT OR REPLACE INTO seen (id, taken, done) VALUES (?, ?, 0)", (id, now))
    return True
