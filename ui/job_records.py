"""What jobs there are and which server attends to each, in state.sqlite: for its restart, and for its neighbours."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from bot.errors import StateUnavailable
from bot.state import state_of
from ui.job import Job, Task, job_of, job_record

T = TypeVar("T")
_STEPS = (
    "CREATE TABLE jobs (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL)",
    "ALTER TABLE jobs ADD COLUMN server TEXT",
    "ALTER TABLE jobs ADD COLUMN task TEXT",
    "CREATE INDEX jobs_by_server ON jobs (server)",
)
_KEPT = 2_000
_COLUMNS = "record, server, task"
_UPSERT = """
INSERT INTO jobs (id, record, server, task) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET record = excluded.record, server = excluded.server, task = excluded.task
"""
_FORGET = "DELETE FROM jobs WHERE row <= (SELECT max(row) FROM jobs) - ?"
_log = logging.getLogger("zhengwen")


@dataclass(frozen=True, slots=True)
class Record:
    """A job as it was written down last."""

    job: Job
    server: str | None
    """Who attends to it; None where it has ended, and of jobs that a version of old wrote down."""
    task: Task


class Records:
    """The records at `home`. Where the file can't be used, jobs go on and are forgotten with the server."""

    def __init__(self, home: Path) -> None:
        self._state = state_of(home)
        self._room = self._state.room("jobs", _STEPS)

    def keep(self, job: Job, *, server: str, task: Task) -> None:
        """Write down how far the job is, in place of what was known of it; of very many the oldest go."""
        whose = None if job.ended else server
        values = (job.id, json.dumps(job_record(job)), whose, None if job.ended else json.dumps(asdict(task)))
        self._tried(lambda db: (db.execute(_UPSERT, values), db.execute(_FORGET, (_KEPT,))), writes=True)

    def of(self, id: str) -> Record | None:
        """The record of this id; None where there is none."""
        row = self._tried(lambda db: db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (id,)).fetchone())
        return _read(row) if row else None

    def unended(self) -> list[Record]:
        """Those of jobs that some server attends to, oldest first. Creates nothing."""
        if not self._state.file.exists():
            return []
        select = f"SELECT {_COLUMNS} FROM jobs WHERE server IS NOT NULL ORDER BY row"
        return [_read(row) for row in self._tried(lambda db: db.execute(select).fetchall()) or ()]

    def claim(self, record: Record, server: str) -> bool:
        """Whether the job is this server's from now on, and no other's that wanted it as well."""
        update = "UPDATE jobs SET server = ? WHERE id = ? AND server = ?"
        values = (server, record.job.id, record.server)
        return self._tried(lambda db: db.execute(update, values).rowcount, writes=True) == 1

    def _tried(self, work: Callable[[sqlite3.Connection], T], *, writes: bool = False) -> T | None:
        try:
            return self._room.write(work) if writes else self._room.read(work)
        except StateUnavailable as error:
            _log.warning("jobs can't be looked up or written down: %s", error)
            return None


def _read(row: tuple[str, str | None, str | None]) -> Record:
    record, server, task = row
    return Record(job_of(json.loads(record)), server, Task(**json.loads(task)) if task else Task())
