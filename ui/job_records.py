"""What became of jobs, in state.sqlite, so that it can be told after the server was started again."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from bot.errors import StateUnavailable
from bot.state import state_of

_STEPS = ("CREATE TABLE jobs (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL)",)
_KEPT = 2_000
_log = logging.getLogger("zhengwen")


class Records:
    """The records at `home`. Where the file can't be used, jobs go on and are forgotten with the server."""

    def __init__(self, home: Path) -> None:
        self._room = state_of(home).room("jobs", _STEPS)

    def keep(self, id: str, record: dict[str, Any]) -> None:
        """Write the record down, in place of an earlier one of the same id; of very many the oldest go."""
        upsert = "INSERT INTO jobs (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record"
        values = (id, json.dumps(record))
        try:
            self._room.write(lambda db: (db.execute(upsert, values), db.execute(_FORGET, (_KEPT,))))
        except StateUnavailable as error:
            _log.warning("a job isn't written down: %s", error)

    def of(self, id: str) -> dict[str, Any] | None:
        """The record of this id; None where there is none."""
        select = "SELECT record FROM jobs WHERE id = ?"
        try:
            row = self._room.read(lambda db: db.execute(select, (id,)).fetchone())
        except StateUnavailable as error:
            _log.warning("jobs can't be looked up: %s", error)
            return None
        return dict(json.loads(row[0])) if row else None


_FORGET = "DELETE FROM jobs WHERE row <= (SELECT max(row) FROM jobs) - ?"
