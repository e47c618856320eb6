"""Numerals and what a question counts (三大特色: three of 特色)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.question.stopwords import GENERIC, STOP
from bot.question.wording import COUNTED, NUMERAL
from vectorstore.tokens import words

_NUMERALS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_QUOTED = re.compile(r"“[^“”]*”(?=[\u4e00-\u9fff])")
"""The name by which a question calls a thing, in which a numeral counts nothing (“统筹两个市场”有哪些内容)."""
_COUNTS = re.compile(rf"(?:[一二三四五六七八九十两]{{1,3}}|\d{{1,2}})\s*{COUNTED}([\u4e00-\u9fff]{{4}})")
_SAID = re.compile(rf"([一二三四五六七八九十两]{{1,3}}|\d{{1,2}})\s*{COUNTED}")


_JOINED = frozenset(["组成", "构成", "分别", "分成"])


@lru_cache(maxsize=64)  # asked of one question for hundreds of sentences
def asked_count(question: str) -> int | None:
    """How many things a question says there are (三大特色 → 3)."""
    found = _SAID.search(_QUOTED.sub("", question))
    return numeral(found.group(1)) if found else None


def says_count(passage: str, count: int) -> bool:
    """Whether `passage` says that there are `count` of something (等6种…)."""
    return any(numeral(said) == count for said in _SAID.findall(passage))


def says_so_many(passage: str, count: int, thing: str) -> bool:
    """Whether `passage` says that there are `count` of `thing` (五大中心, 三合一), perhaps with a word between."""
    said = re.findall(
        rf"([一二三四五六七八九十两\d]{{1,3}})\s*{COUNTED}?[\u4e00-\u9fff]{{0,4}}{re.escape(thing)}", passage
    )
    return any(numeral(number) == count for number in said)


def things_counted(passage: str) -> Iterator[str]:
    """The beginnings of what `passage` counts (等6项专项扣除 → 专项扣除), as far as they name it."""
    for found in _COUNTS.finditer(passage):
        yield found[1]


@lru_cache(maxsize=64)
def counted_thing(question: str) -> str | None:
    """What a question counts (五大中心 → 中心); None where that is a word as general as 方面."""
    found = re.search(rf"{NUMERAL}\s*{COUNTED}([\u4e00-\u9fff]{{2,6}})", _QUOTED.sub("", question))
    named = words(found.group(1)) if found else []
    return next((word for word in reversed(named[:2]) if len(word) > 1 and word not in STOP | GENERIC | _JOINED), None)


def numeral(written: str) -> int | None:
    """An Arabic or Chinese numeral below 1000 as an int; None for anything else."""
    if written.isdigit():
        return int(written)
    total, digit = 0, 0
    for char in written:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _NUMERALS:
            digit = _NUMERALS[char]
        else:
            return None
    return total + digit
