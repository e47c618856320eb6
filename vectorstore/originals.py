"""Keeps the bytes that documents were read from, by their SHA-256."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vectorstore.layout import fsync


def keep(file: Path, data: bytes) -> None:
    """Store `data` at `file`, named by its hash; it is durable only after `make_durable`."""
    try:
        if file.read_bytes() == data:  # a crash may have left a hollow one
            return
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def make_durable(folder: Path, names: AbstractSet[str]) -> None:
    """Force these originals to the disk, several at a time: one by one, each would wait for a journal of its own."""
    if names:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(fsync, (folder / name for name in names)))
        fsync(folder)


def drop_others(folder: Path, wanted: AbstractSet[str]) -> None:
    """Delete the originals that no kept generation refers to."""
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in wanted:
                file.unlink()
