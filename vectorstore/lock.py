"""The lock that lets one process at a time write to a library, and tells the others who holds it."""

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


def _describe(holder: Path) -> str:
    try:
        found = json.loads(holder.read_text(encoding="utf-8"))
        return f"进程号 {found['pid']}，自 {found['since']} 起"
    except (OSError, ValueError, KeyError, TypeError):
        return "进程号未知"  # it has just taken the lock and not yet signed
