"""Reads state.sqlite where nothing can be written, for which SQLite's journal would need files of its own beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def is_writable(file: Path) -> bool:
    """Whether the file, and what SQLite keeps beside it, can be written, or made where there is none."""
    home = file.parent
    return not home.exists() or (os.access(home, os.W_OK) and (not file.exists() or os.access(file, os.W_OK)))


def copied(file: Path) -> sqlite3.Connection:
    """A copy in memory of what the file holds now; an empty one where there is no file. Raises sqlite3.Error."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    if file.exists():
        journal = Path(f"{file}-wal")
        # Without a journal nobody is writing, and SQLite need not look for one; with one, it reads that too.
        how = "mode=ro" if journal.exists() and journal.stat().st_size else "immutable=1"
        try:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True)) as original:
                original.backup(copy)
        except sqlite3.Error:
            copy.close()
            raise
    return copy
