"""Reads dropped files into the library in a child process, and tells how far it has come."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Any

FOLDER = "uploads"
"""Where below a home the files are put that were dropped on the page."""
_NAME = 80
"""Characters of a file's name that are kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    name: str = ""
    """The file that was read last."""
    done: int = 0
    total: int = 0
    indexing: bool = False
    """Whether `done` and `total` count passages rather than files."""
    failed: tuple[tuple[str, str], ...] = ()
    """Name of each file that couldn't be read, and why."""
    told: str = ""
    """What became of the files, in words, once all is done."""
    error: str = ""
    """Why nothing was read in at all."""

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return bool(self.told or self.error)


class Arrival:
    """A batch of files on its way into a library; `progress` may be read from any thread."""

    def __init__(self, files: Sequence[tuple[str, bytes]], home: Path) -> None:
        """Begin at once. Raises OSError where the files can't be put below `home`."""
        self.progress = Progress(total=len(files))
        paths = [stored(name, data, home) for name, data in files]
        command = [sys.executable, "-m", "ui.cli", "ingest", "--json", "--home", str(home), "--", *map(str, paths)]
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        assert self._child.stdout is not None and self._child.stderr is not None
        complaint: list[str] = []
        listening = threading.Thread(target=_collect, args=(self._child.stderr, complaint), daemon=True)
        listening.start()
        for line in self._child.stdout:
            try:
                self.progress = after(self.progress, json.loads(line))
            except ValueError:
                logging.getLogger("zhengwen").warning("not a line of progress: %s", line.rstrip())
        self._child.wait()
        listening.join()
        if not self.progress.finished:
            told = next((line.strip() for line in reversed(complaint) if line.strip()), "")
            self.progress = replace(self.progress, error=told or "读入时出错，资料库保持原样。请再试一次。")


def after(progress: Progress, event: Mapping[str, Any]) -> Progress:
    """The progress once the child has told of `event`, a line of `zhengwen ingest --json`."""
    if event["event"] == "file":
        name = _shown(event["source"])
        failed = progress.failed
        if event["status"] == "failed":
            failed = (*failed, (name, event["reason"] or ""))
        return replace(progress, name=name, done=event["done"], total=event["total"], failed=failed)
    if event["event"] == "index":
        return replace(progress, done=event["done"], total=event["total"], indexing=True)
    return replace(progress, told=event["told"])


def stored(name: str, data: bytes, home: Path) -> Path:
    """Put a dropped file below `home`, in a folder named by its content, so that no name can touch another's file."""
    folder = home / FOLDER / sha256(data).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / safe_name(name)
    if not file.exists():
        file.write_bytes(data)
    return file


def safe_name(name: str) -> str:
    """The last part of the name, without characters that a file system or a reader's eye could be fooled by."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" or c == " " else "" for c in last)
    kept = kept.translate(str.maketrans("", "", '<>:"/\\|?*')).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        stem, suffix = kept, ""
    while len(stem.encode()) > 180 or len(stem) > _NAME:
        stem = stem[:-1]
    return f"{stem or '文件'}{dot}{suffix[:10]}"


class Reception:
    """Takes one batch at a time, for a library has one writer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Arrival | None = None

    def take(self, files: Sequence[tuple[str, bytes]], home: Path) -> Arrival | None:
        """The batch on its way; None while another one is. Raises OSError."""
        with self._lock:
            if self._last is not None and not self._last.progress.finished:
                return None
            self._last = Arrival(files, home)
            return self._last


RECEPTION = Reception()
"""This process's."""


def _collect(lines: IO[str], into: list[str]) -> None:
    into.extend(lines)


def _shown(source: str) -> str:
    return PurePosixPath(PureWindowsPath(source).name).name
