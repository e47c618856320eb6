"""Where the character pairs of a question stand in many texts, looked up in all of them at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_END = re.compile(r"[。；;！!？?]")
_FIRST = np.uint64(32)
"""Bits by which a pair's first character stands before its second."""


@dataclass(frozen=True, slots=True)
class Text:
    """A folded text, ready for looking up; each array has an entry for each character."""

    sentences: tuple[str, ...]
    """Without the marks that end them."""
    codes: NDArray[np.uint64]
    """The character and the next one as one number; behind the last character stands none."""
    number: NDArray[np.int32]
    """Of the sentence in which the character stands; of a mark, any."""


# The same chunks come up for question after question. A chunk has some hundred characters: at most 40 MB.
@lru_cache(maxsize=4096)
def text_of(folded: str) -> Text:
    """`folded`, ready for looking up."""
    sentences: list[str] = []
    number = np.zeros(len(folded), dtype=np.int32)
    start = 0
    for part in _END.split(folded):
        if part:
            number[start : start + len(part)] = len(sentences)
            sentences.append(part)
        start += len(part) + 1
    return Text(tuple(sentences), _codes(folded), number)


class Standing:
    """What of `asked`, a folded question, stands in each of `texts`; a row of what it gives is a text's."""

    def __init__(self, asked: str, texts: Sequence[str]) -> None:
        self.asked, self.strings, self.texts = asked, texts, [text_of(text) for text in texts]
        own, every = _codes(asked), [text.codes for text in self.texts]
        codes = np.concatenate(every) if every else own[:0]
        ends = np.cumsum([len(text) for text in every])
        # Few characters are any of the question's: only these are compared.
        near = np.flatnonzero(_among(own >> _FIRST, codes >> _FIRST))
        pair, found = np.nonzero(own[:-1, None] == codes[near])
        # Along each diagonal in the text's order, so that what stands on end in both stands on end here.
        order = np.lexsort((near[found], near[found] - pair))
        self._pair, self._at = pair[order], near[found][order]
        self._text = np.searchsorted(ends, self._at, side="right")
        self._goes_on = (np.diff(self._at) == 1) & (np.diff(self._pair) == 1)
        self._any = np.zeros(len(texts), dtype=np.float32)
        self._any[np.searchsorted(ends, near, side="right")] = 1

    def held(self, terms: Sequence[str], rows: slice = slice(None)) -> Numbers:
        """1 where a text, of those in `rows`, holds a term (column), else 0."""
        texts = self.strings[rows]
        found = np.zeros((len(texts), len(terms)), dtype=np.float32)
        for column, term in enumerate(terms):
            place = self.asked.find(term)
            if place >= 0 and len(term) in (2, 3):
                found[:, column] = (self._pairs if len(term) == 2 else self._triples)[rows, place]
            else:
                found[:, column] = [term in text for text in texts]
        return found

    def held_in_sentences(self, pairs: Sequence[str], rows: slice) -> Numbers:
        """The same for pairs, a row for each sentence of the first so many texts."""
        texts = self.texts[rows]
        first = np.cumsum([0, *(len(text.sentences) for text in texts)])
        columns = {pair: column for column, pair in enumerate(pairs)}
        column = np.array([columns.get(self.asked[i : i + 2], -1) for i in range(len(self.asked))], dtype=np.int64)
        found = np.zeros((first[-1], len(pairs)), dtype=np.float32)
        if found.size:
            number = np.concatenate([text.number for text in texts])
            wanted = (self._at < len(number)) & (column[self._pair] >= 0)
            found[first[self._text[wanted]] + number[self._at[wanted]], column[self._pair[wanted]]] = 1
        return found

    @cached_property
    def longest(self) -> Numbers:
        """The length of the longest part of the question that stands in each text."""
        longest = self._any.copy()
        if len(self._pair):
            begins = np.flatnonzero(np.concatenate([[True], ~self._goes_on]))
            np.maximum.at(longest, self._text[begins], np.diff([*begins, len(self._pair)]) + 1)
        return longest

    @cached_property
    def _pairs(self) -> NDArray[np.bool_]:
        """Whether each text holds the two characters of the question from each (column) on."""
        found = np.zeros((len(self.texts), len(self.asked)), dtype=bool)
        found[self._text, self._pair] = True
        return found

    @cached_property
    def _triples(self) -> NDArray[np.bool_]:
        """The same for three characters."""
        found = np.zeros((len(self.texts), len(self.asked)), dtype=bool)
        there = np.flatnonzero(self._goes_on)
        found[self._text[there], self._pair[there]] = True
        return found


def _codes(text: str) -> NDArray[np.uint64]:
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    codes = characters << _FIRST
    codes[:-1] |= characters[1:]
    return codes


def _among(few: NDArray[np.uint64], many: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of `many` characters are one of the `few`, by a table of all up to the last of these."""
    table = np.zeros(int(few.max(initial=0)) + 2, dtype=bool)
    table[few] = True
    return table[np.minimum(many, np.uint64(len(table) - 1))]
