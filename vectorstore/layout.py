"""Where everything stands in a library's folder, and how CURRENT is read and replaced."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import NoLibrary

_PUBLISHED = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one library; nothing is created before it is asked for."""

    home: Path

    @property
    def current_file(self) -> Path:
        return self.home / "CURRENT"

    @property
    def generations(self) -> Path:
        return self.home / "generations"

    @property
    def lock_file(self) -> Path:
        return self.home / "WRITER.lock"

    @property
    def cache_file(self) -> Path:
        return self.home / "cache" / "embeddings.sqlite"

    @property
    def originals(self) -> Path:
        return self.home / "originals"

    def original(self, sha256: str) -> Path:
        return self.originals / sha256

    def folder(self, number: int) -> Path:
        return self.generations / f"{number:06d}"

    def draft(self, number: int) -> Path:
        """Where this process builds generation `number`; it becomes `folder(number)` by one rename.

        No other writer builds there, not even one that begins while a child of a killed one still writes.
        """
        return self.generations / f"{number:06d}.{os.getpid()}.building"

    def current(self) -> int | None:
        """Number that CURRENT names; None when it is missing or unreadable."""
        try:
            name = self.current_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return int(name) if _PUBLISHED.fullmatch(name) else None

    def current_mark(self) -> tuple[int, int] | None:
        """Changes whenever CURRENT is replaced; costs one stat, so it can be asked before every search."""
        try:
            found = os.stat(f"{self.home}/CURRENT")  # noqa: PTH116 - a Path would be made anew each time
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def check_exists(self) -> None:
        """Raise NoLibrary when nothing was ever published here."""
        if self.current() is None and not self.numbers():
            raise NoLibrary(f"{self.home} 里还没有资料库。先运行：zhengwen ingest 文件或文件夹")

    def numbers(self) -> list[int]:
        """Complete generations on disk, oldest first."""
        if not self.generations.is_dir():
            return []
        return sorted(int(path.name) for path in self.generations.iterdir() if _PUBLISHED.fullmatch(path.name))

    def servable(self) -> list[int]:
        """Generations a reader may open, best first: the current one, then its predecessors.

        One newer than CURRENT was never published. When CURRENT itself is lost, every complete one may serve.
        """
        current = self.current()
        return [number for number in reversed(self.numbers()) if current is None or number <= current]

    def publish(self, number: int) -> None:
        """Turn the draft into generation `number` and let CURRENT name it, both durable before this returns."""
        self.draft(number).rename(self.folder(number))
        fsync(self.generations)
        fresh = self.home / "CURRENT.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(f"{number:06d}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.current_file)
        fsync(self.home)

    def clean(self, *, keep: int) -> None:
        """Delete drafts, generations that were never published, and all but the newest `keep` others."""
        if not self.generations.is_dir():
            return
        kept = {f"{number:06d}" for number in self.servable()[:keep]}
        for path in self.generations.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def fsync_tree(folder: Path) -> None:
    """Force every file and folder under `folder`, itself included, to the disk."""
    for path in (*folder.rglob("*"), folder):
        fsync(path)


def fsync(path: Path) -> None:
    """Force to the disk a file's bytes, or a folder's own entries: names created, renamed or deleted in it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
