"""Opens HOME/state.sqlite, where everything that must be remembered is kept, and survives what can befall a file.

A room of its own tables:

    notes = State(home).room("notes", ("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",))
    notes.write(lambda db: db.execute("INSERT INTO notes (text) VALUES (?)", ("早",)))
    notes.read(lambda db: db.execute("SELECT text FROM notes").fetchall())
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bot.errors import StateUnavailable
from bot.state_copy import copied, is_writable
from vectorstore.trouble import in_words

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
"""What is done within one transaction. It may be done twice where the file turns out to be damaged."""

NAME = "state.sqlite"
PATIENCE = 3.0
"""Seconds to wait for another process that is writing."""
_DAMAGED = f"{NAME}.damaged-"
_ROOMS = "CREATE TABLE IF NOT EXISTS rooms (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID"
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_SPACE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_OUR_FAULT = frozenset(
    {0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE}
)
_KEPT_OPEN = 16
"""Connections kept for the next to come; more are open only while that many work at once."""
_Mark = tuple[int, int, int]
_log = logging.getLogger(__name__)


class State:
    """The file, usable from any number of threads and processes; nothing is opened or created before first use."""

    def __init__(self, home: str | Path, *, patience: float = PATIENCE) -> None:
        self.home = Path(home)
        self.file = self.home / NAME
        self._patience = patience
        self._lock = threading.Condition()
        self._running = 0
        self._moving = False
        self._idle: list[sqlite3.Connection] = []
        self._mark: _Mark | None = None
        self._ready: set[tuple[_Mark | None, str]] = set()

    def room(self, name: str, steps: Sequence[str]) -> Room:
        """The tables of the room `name`: what the statements `steps`, applied in order and each once, have made.

        A later version of the program appends statements and never changes one that stands.
        """
        return Room(self, name, tuple(steps))

    @property
    def notice(self) -> str | None:
        """What users should be told: that a damaged file was put aside, for as long as it lies there."""
        aside = sorted(path.name for path in self.home.glob(f"{_DAMAGED}*") if not path.name.endswith(("-wal", "-shm")))
        if not aside:
            return None
        return f"记着对话和反馈的文件损坏过，已改名为 {'、'.join(aside)}，之后的另行记下。不再需要时可以删除它。"

    def run(self, room: Room, work: Work[T], *, writes: bool) -> T:
        """What `work` gives, within one transaction; see `Room.read` and `Room.write`."""
        with self._told():
            used = self._identity()
            try:
                with self._at_work():
                    return self._run(room, work, writes)
            except sqlite3.DatabaseError as error:
                if not writes and _code(error) in _NO_SPACE:
                    return self._run_on_copy(room, work)
                if _code(error) not in _BROKEN:
                    raise
                self._put_aside(used, error)
            with self._at_work():
                return self._run(room, work, writes)

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        """Keeps the file where it is: SQLite finds the journal by name, so none may be moved while one is in use."""
        with self._lock:
            self._lock.wait_for(lambda: not self._moving, timeout=self._patience)
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._lock.notify_all()

    def checkpoint(self) -> None:
        """Bring the journal into the file and empty it, as far as nobody is reading."""
        with self._told(), self._at_work(), contextlib.closing(self._open()) as connection:
            connection.execute("PRAGMA busy_timeout = 300")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _run(self, room: Room, work: Work[T], writes: bool) -> T:
        if not is_writable(self.file):
            if writes:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return self._run_on_copy(room, work)
        connection, mark = self._take()
        kept = False
        try:
            self._prepare(connection, mark, room)
            connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    with contextlib.suppress(sqlite3.Error):  # the fault that brought us here is the one to tell
                        connection.execute("ROLLBACK")
                raise
            kept = True
            return result
        finally:
            with self._lock:
                kept = kept and mark == self._mark and len(self._idle) < _KEPT_OPEN
                if kept:
                    self._idle.append(connection)
            if not kept:
                connection.close()

    def _run_on_copy(self, room: Room, work: Work[T]) -> T:
        """Where nothing can be written, what is there can still be read."""
        with contextlib.closing(copied(self.file)) as connection:
            self._bring_up(connection, room)
            return work(connection)

    def _take(self) -> tuple[sqlite3.Connection, _Mark | None]:
        """A connection to the file that stands at its place now: one left over from earlier, or a new one."""
        with self._lock:
            mark = self._identity()
            if mark is None or mark != self._mark:
                self._forget()
            elif self._idle:
                return self._idle.pop(), mark
        connection = self._open()
        with self._lock:
            opened = self._identity()
            if opened != self._mark:
                self._forget()
                self._mark = opened
        return connection, opened

    def _identity(self) -> _Mark | None:
        """Which file stands there, and which process asks: SQLite's connections don't survive a fork."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return None
        return os.getpid(), found.st_dev, found.st_ino

    def _forget(self) -> None:
        for connection in self._idle if self._mark is None or self._mark[0] == os.getpid() else ():
            connection.close()
        self._idle, self._mark, self._ready = [], None, set()

    def _open(self) -> sqlite3.Connection:
        self.home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.file, timeout=self._patience, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted must not stay readable in the file
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                self._use_wal(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _use_wal(connection: sqlite3.Connection) -> None:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY:  # another process is doing the very same
                raise

    def _prepare(self, connection: sqlite3.Connection, mark: _Mark | None, room: Room) -> None:
        """Bring the room's tables to the version of this program."""
        if (mark, room.name) not in self._ready:
            self._bring_up(connection, room)
            self._ready.add((mark, room.name))

    def _bring_up(self, connection: sqlite3.Connection, room: Room) -> None:
        if _version(connection, room.name) != len(room.steps):
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(_ROOMS)
                version = _version(connection, room.name)
                if version > len(room.steps):
                    raise StateUnavailable(f"{self.file} 是更新版本的政问写的，这个版本读不懂。请升级政问。")
                for step in room.steps[version:]:
                    connection.execute(step)
                connection.execute("INSERT OR REPLACE INTO rooms VALUES (?, ?)", (room.name, len(room.steps)))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _put_aside(self, damaged: _Mark | None, error: sqlite3.Error) -> None:
        """Rename the damaged file with its journal, unless another thread or process has done so already."""
        with self._lock:
            self._lock.wait_for(lambda: not self._moving, timeout=self._patience)
            if self._identity() != damaged:
                return
            self._moving = True
            try:
                self._lock.wait_for(lambda: self._running == 0, timeout=self._patience)
                self._forget()
                stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
                for suffix in ("-wal", "-shm", ""):
                    part = Path(f"{self.file}{suffix}")
                    if part.exists():
                        part.rename(self.home / f"{_DAMAGED}{stamp}{suffix}")
            finally:
                self._moving = False
                self._lock.notify_all()
        _log.warning("%s（%s）", self.notice, in_words(error))

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever the disk, the file or another program does to us becomes StateUnavailable."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if _code(error) in _OUR_FAULT:
                raise
            if _code(error) in _BUSY:
                told = f"{self.file} 正被另一个程序占用，这次没有记下或读到。请稍后再试。"
            else:
                told = f"{self.file} 现在不能读写（{in_words(error)}）。请检查磁盘空间和文件夹的权限。"
            raise StateUnavailable(told) from error
        except OSError as error:
            raise StateUnavailable(
                f"{self.file} 现在不能读写（{in_words(error)}）。请检查磁盘空间和文件夹的权限。"
            ) from error


class Room:
    """The tables that one room owns in the file."""

    def __init__(self, state: State, name: str, steps: tuple[str, ...]) -> None:
        """Use `State.room`."""
        self.state, self.name, self.steps = state, name, steps

    def read(self, work: Work[T]) -> T:
        """What `work` gives, all of it from one moment. Raises StateUnavailable."""
        return self.state.run(self, work, writes=False)

    def write(self, work: Work[T]) -> T:
        """What `work` gives, done wholly or, where it raises, not at all. Raises StateUnavailable."""
        return self.state.run(self, work, writes=True)

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the journal either, as far as nobody reads it now. Raises as `write`."""
        self.state.checkpoint()


@lru_cache(maxsize=8)
def state_of(home: Path) -> State:
    """The state of a home, one for all of this process."""
    return State(home)


def _version(connection: sqlite3.Connection, room: str) -> int:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'rooms'").fetchone() is None:
        return 0
    row = connection.execute("SELECT version FROM rooms WHERE name = ?", (room,)).fetchone()
    return row[0] if row else 0


def _code(error: sqlite3.Error) -> int:
    """The primary result code; the extended ones carry it in their low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
