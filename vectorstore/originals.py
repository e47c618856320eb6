"""Keeps the bytes that documents were read from, by their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vectorstore.layout import fsync

_AT_ONCE = 8


def keep(file: Path, data: bytes) -> None:
    """Store `data` at `file`, named by its hash; it is durable only after `make_durable`."""
    try:
        _write_new(file, data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_new(file, data)
    except FileExistsError:
        if file.read_bytes() != data:  # a crash may have left a hollow one
            file.write_bytes(data)


def _write_new(file: Path, data: bytes) -> None:
    with file.open("xb") as fresh:
        fresh.write(data)


def make_durable(folder: Path, names: AbstractSet[str]) -> None:
    """Force these originals to the disk, several at a time: one by one, each would wait for a journal of its own."""
    if names:
        waiting = [folder / name for name in names]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(_fsync_all, (waiting[i::_AT_ONCE] for i in range(_AT_ONCE))))
        fsync(folder)


def _fsync_all(files: Iterable[Path]) -> None:
    for file in files:
        fsync(file)


def drop_others(folder: Path, wanted: AbstractSet[str]) -> None:
    """Delete the originals that no kept generation refers to."""
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in wanted:
                file.unlink()
