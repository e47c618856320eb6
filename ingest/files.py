"""Finds the files that paths stand for, and reads them without ever waiting for one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.errors import UnreadableFile
from vectorstore.trouble import in_words

LARGEST: Final = 100_000_000
"""Bytes of a file that is read, at most."""
_WEB: Final = "不能直接读网址，请在浏览器里把网页另存为 .html 或 PDF，再读那个文件"


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that gives no file."""

    source: str
    reason: str


def source_of(path: Path) -> str:
    """The absolute path as text that any database and screen can hold: bytes that are no UTF-8 become \\xNN."""
    return os.fsencode(os.path.normpath(path.absolute())).decode("utf-8", errors="backslashreplace")


def find_files(paths: Sequence[Path]) -> Iterator[Path | Problem]:
    """Every file that the paths name, once: files as given, folders recursively and sorted.

    In folders, hidden names, symlinks and what is no regular file (pipes, devices, sockets) are passed over.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            found = [path] if not path.is_dir() else _walk(path)
            exists = path.exists()
        except (OSError, ValueError) as error:  # too long, or with a NUL
            yield Problem(os.fspath(path), f"路径无效：{_said(error)}")
            continue
        if not exists:
            if re.match(r"https?:/", os.fspath(path)):
                yield Problem(os.fspath(path), _WEB)
            else:
                yield Problem(source_of(path), "找不到这个文件或文件夹，请检查路径")
            continue
        for item in found:
            source = item.source if isinstance(item, Problem) else source_of(item)
            if source not in seen:
                seen.add(source)
                yield item


def read_file(path: Path) -> bytes:
    """The bytes of a regular file. Raises UnreadableFile for anything else, also for one that vanished meanwhile."""
    try:
        # Opening a pipe would wait for a writer; O_NONBLOCK doesn't, and means nothing for a regular file.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile("不是普通文件")
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise UnreadableFile("文件在读取时已不存在") from error
    except OSError as error:
        raise UnreadableFile(f"无法读取：{_said(error)}") from error
    if len(data) > LARGEST:
        raise UnreadableFile(f"文件超过 {LARGEST // 1_000_000} MB，请拆分后再试")
    return data


def _walk(folder: Path) -> Iterator[Path | Problem]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(source_of(folder), f"无法打开文件夹：{_said(error)}")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _said(error: OSError | ValueError) -> str:
    return in_words(error) if isinstance(error, OSError) else "含有不能用的字符"
