"""Dates in Chinese texts: 2017年4月12日, 2017-04-12, 二〇一七年四月十二日."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "０": 0,
    "元": 1,
}
DATE: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2}|[一二][〇○零ＯO０一二三四五六七八九]{3})\s*(?P<sep>年|-|/|\.)\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月|(?P=sep))"
    r"\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*日|(?!\d))"
)


def find_date(text: str) -> date | None:
    """The first real date in the text."""
    return next((found for match in DATE.finditer(text) if (found := to_date(match))), None)


def to_date(match: re.Match[str]) -> date | None:
    """The date of a match of DATE; None where the calendar has none."""
    year = match["y"]
    if not year.isdigit():
        year = "".join(str(_DIGITS[c]) for c in year)
    try:
        return date(int(year), small_number(match["m"]), small_number(match["d"]))
    except ValueError:
        return None


def small_number(text: str) -> int:
    """A number below 100 in either script: 12, 十二, 二十, 三十一, 两."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("两", "二").partition("十")
    if not ten:
        return _DIGITS.get(ones or tens, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
