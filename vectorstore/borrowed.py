"""A private copy of an engine's folder that can't be written: Chroma and tantivy write to theirs as they open it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from vectorstore.errors import GenerationBlocked
from vectorstore.trouble import READ_ONLY, in_words

T = TypeVar("T")


def opened(open_at: Callable[[Path], T], folder: Path, held: ExitStack) -> T:
    """What `open_at` gives for the folder, or for a copy of it that is there until `held` is closed, where rights, a
    read-only or a full disk forbid to write to the folder. A published generation never changes, so the copy is as
    good. Raises what `open_at` raises, and GenerationBlocked where there is no room for a copy either.
    """
    try:
        if all(os.access(path, os.W_OK) for path in (folder, *folder.rglob("*"))):
            return open_at(folder)
        why: object = READ_ONLY
    except GenerationBlocked as error:
        why = error
    try:
        copy = _copy(folder, held)
    except OSError as error:
        raise GenerationBlocked(f"{why}，而 {folder} 的临时副本做不成：{in_words(error)}") from error
    return open_at(copy)


def _copy(folder: Path, held: ExitStack) -> Path:
    copy = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="zhengwen-", ignore_cleanup_errors=True)))
    for path in sorted(folder.rglob("*")):
        place = copy / path.relative_to(folder)
        if path.is_dir():
            place.mkdir()
        else:
            shutil.copyfile(path, place)  # not its rights, which are what is in the way
    return copy
