"""Rows as CSV that a spreadsheet opens as it stands, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str]) -> str:
    """A line of headings and one for each row, in the order of `headings` (field → heading); begins with a byte order
    mark, without which Excel misreads Chinese.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings.values())
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in headings])
    return out.getvalue()


def _cell(value: object) -> object:
    """A value for one cell; text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None or isinstance(value, int | float):
        return value
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
