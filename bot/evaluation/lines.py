"""Reads files of JSON lines, plain or gzipped; whatever is wrong with one names the file and the line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.errors import BotError
from vectorstore.trouble import in_words

Record = Mapping[str, Any]


class BadFile(BotError):
    """A file of questions, of texts or of earlier results can't be used; the message names it, and the line."""


def read_lines(path: Path) -> Iterator[tuple[int, Record]]:
    """The objects of a .jsonl or .jsonl.gz file with their line numbers from 1; empty lines are passed over.

    Raises BadFile.
    """
    number = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                with at(path, number):
                    text = line.decode("utf-8-sig").strip()
                    record = _record(text) if text else None
                if record is not None:
                    yield number, record
    except (OSError, EOFError) as error:
        where = f"第 {number + 1} 行起" if number else ""
        raise BadFile(f"{path} {where}读不出来（{_why(error)}）。请检查路径，文件应为 .jsonl 或 .jsonl.gz。") from error


@contextmanager
def at(path: Path, number: int) -> Iterator[None]:
    """Whatever is wrong with the line that is read inside becomes a BadFile naming it."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path} 第 {number} 行：{_why(error)}") from error


def _record(line: str) -> Record:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("应为一个 JSON 对象，即 {…}")
    return record


def text_of(record: Record, name: str, *, default: str | None = None) -> str:
    """A field that is text, or a number standing for it; raises ValueError."""
    value = record.get(name, default)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"缺少 {name}" if value is None else f"{name} 应为字符串")
    return checked(value)


def texts_of(record: Record, name: str) -> tuple[str, ...]:
    """A field that is a list of texts, () where it is missing; raises ValueError."""
    values = record.get(name) or []
    if not isinstance(values, list):
        raise ValueError(f"{name} 应为字符串的列表")
    return tuple(text_of({name: value}, name) for value in values)


def checked(text: str) -> str:
    """The text, if it can be written anywhere; raises ValueError for half a character (a lone surrogate)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("含有残缺的字符（单个代理项）") from None
    return text


def _why(error: BaseException) -> str:
    match error:
        case json.JSONDecodeError():
            return f"不是 JSON（第 {error.colno} 个字符处）。每行应为一个完整的 JSON 对象。"
        case UnicodeDecodeError():
            return "不是 UTF-8 文本。请把文件另存为 UTF-8。"
        case RecursionError():
            return "括号嵌套太深。"
        case FileNotFoundError():
            return "没有这个文件"
        case IsADirectoryError():
            return "是文件夹"
        case OSError() | EOFError():
            return in_words(error)
        case _:
            return f"{error}。"
