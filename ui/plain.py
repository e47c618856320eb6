"""Turns the program's values into JSON's: dataclasses by their field names, documents without their full text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from vectorstore.model import Document

_BULK = ("text", "sections")
"""What a document leaves out where it is only named; `zhengwen show --json` gives both."""


def plain(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, booleans and None.

    Documents are named, not copied: they come without `text` and `sections` (see `whole`).
    """
    if isinstance(value, Document):
        return {name: item for name, item in whole(value).items() if name not in _BULK}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    return value


def whole(document: Document) -> dict[str, Any]:
    """The document with everything it holds, its text and sections included."""
    return {field.name: plain(getattr(document, field.name)) for field in fields(document)}
