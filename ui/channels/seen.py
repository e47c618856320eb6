"""Remembers which messages were taken, so that one that is delivered again, also after a restart, is answered once."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import OrderedDict
from pathlib import Path

from bot.errors import StateUnavailable
from bot.state import State, state_of

KEPT = 8 * 3600.0
"""Seconds a message is remembered: 飞书 repeats events for up to 7.1 hours, Slack for one."""
LEASE = 180.0
"""Seconds after which a message whose answering was never ended, for the process died, may be taken again."""
_IN_MIND = 4096
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

    def take(self, id: str) -> bool:
        """Whether this is the first time, or the last time came to no end; it is taken from now on."""
        now = time.time()
        with self._lock:
            if now < self._until.get(id, 0.0):
                return False
            self._bear_in_mind(id, now + LEASE)
        try:
            return self._room.write(lambda db: _take(db, id, now))
        except StateUnavailable as error:
            _log.warning("%s", error)
            return True

    def done(self, id: str) -> None:
        """It has been answered, or never can be."""
        with self._lock:
            self._bear_in_mind(id, time.time() + KEPT)
        try:
            self._room.write(lambda db: db.execute("UPDATE seen SET done = 1 WHERE id = ?", (id,)))
        except StateUnavailable as error:
            _log.warning("%s", error)

    def _bear_in_mind(self, id: str, until: float) -> None:
        self._until[id] = until
        self._until.move_to_end(id)
        while len(self._until) > _IN_MIND:
            self._until.popitem(last=False)


def _take(db: sqlite3.Connection, id: str, now: float) -> bool:
    db.execute("DELETE FROM seen WHERE taken < ?", (now - KEPT,))
    before = db.execute("SELECT taken, done FROM seen WHERE id = ?", (id,)).fetchone()
    if before is not None and (before[1] or now - before[0] < LEASE):
        return False
    db.execute("INSERT OR REPLACE INTO seen (id, taken, done) VALUES (?, ?, 0)", (id, now))
    return True
