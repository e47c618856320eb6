"""The spans a quotation may be cut to: runs of clauses of a sentence, alone or with the sentences around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.passages import Passage
from vectorstore.sentences import sentence_spans

FOLLOWING = 5
"""Sentences after the one that answers which a span may go on with."""
CLAUSES = 14
"""Clauses of a sentence at whose beginning and end it may be cut; what is behind them is one clause."""
LONGEST = 420
"""Characters of a span, unless a single sentence has more."""
# A colon or comma between digits (4:2:2:2, 1,200) ends no clause.
CLAUSE = re.compile(r"(?:[^，,；;：:。！？!?\n]|(?<=\d)[,:：](?=\d))*[，,；;：:。！？!?\n]*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause of the sentence, or a whole sentence beside it: document.text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cuts:
    """The units around one passage, and which of them are its own clauses: units[first:last + 1]."""

    passage: Passage
    units: tuple[Unit, ...]
    first: int
    last: int

    def runs(self) -> Iterator[tuple[int, int]]:
        """Every span as (first unit, last unit): clauses of the passage, perhaps on to a later sentence's end; or
        whole sentences from the one before it."""
        for i in range(self.last + 1):
            for j in range(self.first if i >= self.first else self.last, len(self.units)):
                if j >= i and (i, j) != (self.last + 1, self.last):
                    long = self.units[j].end - self.units[i].start > LONGEST
                    if not long or (self.first <= i and j <= self.last):
                        yield i, j


def cuts(passage: Passage) -> Cuts:
    """The units of `passage` and of its neighbours in its chunk."""
    chunk, text = passage.chunk, passage.document.text
    spans = [(chunk.start + a, chunk.start + b) for a, b in sentence_spans(chunk.text)]
    before = [Unit(a, b) for a, b in spans if b <= passage.start][-1:]
    after = [Unit(a, b) for a, b in spans if a >= passage.end][:FOLLOWING]
    own = clauses(text, passage.start, passage.end)
    return Cuts(passage, (*before, *own, *after), len(before), len(before) + len(own) - 1)


def clauses(text: str, start: int, end: int) -> Sequence[Unit]:
    """The clauses of text[start:end], at most CLAUSES."""
    found = [
        Unit(m.start(), m.end())
        for m in CLAUSE.finditer(text, start, end)
        if m.end() > m.start() and text[m.start() : m.end()].strip()
    ] or [Unit(start, end)]
    if len(found) > CLAUSES:
        found[CLAUSES - 1 :] = [Unit(found[CLAUSES - 1].start, found[-1].end)]
    return found
