"""A private copy of an engine's folder that can't be written: Chroma and tantivy write to theirs as they open it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from vectorstore.errors import GenerationBlocked
from vectorstore.trouble import in_words


def writable(folder: Path, held: ExitStack) -> Path:
    """The folder, or a copy of it that is there until `held` is closed, where rights or a read-only disk forbid to
    write to it. A published generation never changes, so the copy is as good. Raises GenerationBlocked.
    """
    inside = sorted(folder.rglob("*"))
    if all(os.access(path, os.W_OK) for path in (folder, *inside)):
        return folder
    try:
        return _copy(inside, folder, held)
    except OSError as error:
        raise GenerationBlocked(f"{folder} 只能读，而它的临时副本做不成：{in_words(error)}") from error


def _copy(inside: list[Path], folder: Path, held: ExitStack) -> Path:
    copy = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="zhengwen-", ignore_cleanup_errors=True)))
    for path in inside:
        place = copy / path.relative_to(folder)
        if path.is_dir():
            place.mkdir()
        else:
            shutil.copyfile(path, place)  # not its rights, which are what is in the way
    return copy
