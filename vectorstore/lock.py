"""Locks that the system releases when their holder dies: of the one writer, and of any process that serves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import LibraryLocked


@contextmanager
def writer_lock(file: Path) -> Iterator[None]:
    """Hold the lock at `file` while the context is open; raises LibraryLocked at once when another process has it.

    The system releases it when its holder dies, however it dies.
    """
    holder = file.with_suffix(".json")
    lock = FileLock(file, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryLocked(f"资料库正在被另一个进程写入（{_describe(holder)}）。请等它结束后再试") from error
    try:
        now = datetime.now().strftime("%Y-%m-%d %H:%M:%S")
        holder.write_text(json.dumps({"pid": os.getpid(), "since": now}), encoding="utf-8")
        yield
    finally:
        lock.release()


class Presence:
    """A file by which others see that this process is there, for as long as it is, however it ends."""

    def __init__(self, file: Path) -> None:
        """Raises OSError where the file can't be made."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file, self._lock = file, FileLock(file, timeout=0, thread_local=False)
        self._lock.acquire()

    def end(self) -> None:
        """Be gone."""
        self._file.unlink(missing_ok=True)
        self._lock.release()


def is_present(file: Path) -> bool:
    """Whether a process has its Presence at `file`; the file of one that is gone is cleared away. Raises OSError."""
    if not file.exists():
        return False
    lock = FileLock(file, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return True
    file.unlink(missing_ok=True)
    lock.release()
    return False


def _describe(holder: Path) -> str:
    try:
        found = json.loads(holder.read_text(encoding="utf-8"))
        return f"进程号 {found['pid']}，自 {found['since']} 起"
    except (OSError, ValueError, KeyError, TypeError):
        return "进程号未知"  # it has just taken the lock and not yet signed
