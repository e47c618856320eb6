"""Whether two words of an answer's sentence stand in each other's place there: 单位发给个人 isn't 个人发给单位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from vectorstore.tokens import words

_NEAR: Final = 2
"""Characters before and behind a word by which its place is known."""
_EACH: Final = re.compile(r"分别|依次|各自|\d:\d")
_JOINED: Final = "(?:[、和与及或]|以及)"


@dataclass(frozen=True, slots=True)
class _Place:
    """A word of a text with what stands before and behind it."""

    word: str
    before: str
    behind: str

    def holds(self, word: str, text: str) -> bool:
        """Whether `word` stands in this place in `text`."""
        return f"{self.before}{word}{self.behind}" in text

    def borders(self, word: str, text: str) -> bool:
        """Whether `word` stands in `text` behind or before what this place does."""
        before = len(self.before) == _NEAR and f"{self.before}{word}" in text
        return before or (len(self.behind) == _NEAR and f"{word}{self.behind}" in text)


def swapped(text: str, source: str) -> bool:
    """Whether two words of `text` changed places with each other in what it copies from `source`, both `plain`.

    Items of one list may stand in any order, unless each has its own (分别, 4:2:2).
    """
    if text in source:
        return False
    new = [place for place in _places(text) if place.word in source and not place.holds(place.word, source)]
    return any(
        one.word != other.word
        and _taken(one, other.word, source)
        and _taken(other, one.word, source)
        and (_EACH.search(source) or not _listed(one.word, other.word, source))
        for one, other in combinations(new, 2)
    )


def _taken(place: _Place, word: str, source: str) -> bool:
    """Whether `word` stands in `source` where `text` has another in `place`."""
    return place.holds(word, source) or (not place.borders(place.word, source) and place.borders(word, source))


def _places(text: str) -> Iterator[_Place]:
    """The words of more than one character, and the numbers, each with its place."""
    at = 0
    for word in words(text):
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if len(word) > 1 or word.isdigit():
            yield _Place(word, text[max(0, start - _NEAR) : start], text[at : at + _NEAR])


def _listed(one: str, other: str, source: str) -> bool:
    """Whether both are items of one list in `source`, or stand at the ends or beginnings of such."""
    between = f"[^,;。:的]{{0,3}}{_JOINED}(?:[^,;。:的]{{1,12}}{_JOINED})?[^,;。:的]{{0,3}}"
    return any(
        re.search(f"{re.escape(first)}{between}{re.escape(last)}", source)
        for first, last in ((one, other), (other, one))
    )
