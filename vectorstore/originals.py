"""Keeps the bytes that documents were read from, by their SHA-256."""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from pathlib import Path


def keep(file: Path, data: bytes) -> None:
    """Store `data` at `file` (named by its hash), whole or not at all, and durable when this returns."""
    if file.exists() and file.stat().st_size == len(data):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)


def drop_others(folder: Path, wanted: AbstractSet[str]) -> None:
    """Delete the originals that no kept generation refers to."""
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in wanted:
                file.unlink()
