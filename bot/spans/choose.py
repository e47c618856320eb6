"""Chooses, among passages that may answer, the words to quote: the span that the network thinks answers best."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bot.novelty import tells
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.signals import fits
from bot.spans.cuts import Cuts
from bot.spans.network import Network, embedded
from bot.spans.seen import seen
from bot.trimming import balanced, behind_mark, misplaced, widened

_NUMBER = re.compile(
    r"(?:(?<=[；;。：:\n])|(?<![\w.．]))(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*"
)
"""The number of an item: 3., (二)."""
_CHARGE = re.compile(
    r"\s*[（(](?:(?:责任|牵头|主办|配合)(?:单位|部门)?[：:](?:[^（）()]|[（(][^（）()]*[）)])*"
    r"|(?:[^（）()。]|[（(][^（）()]*[）)])*(?:牵头|负责|配合|落实))[）)][。；;]?\s*$"
)
"""Who is in charge, in brackets behind a measure: （责任单位：市商务局）, (市商务局牵头)."""
_ASKS_WHO = re.compile(r"谁|单位|部门|机构|负责|牵头|责任|分工|哪[个家些]\S{0,4}[局委厅办]")
LOOKED_AT = 6
"""Passages, the best first, of which spans are looked at."""
TRIED = 40
"""Spans tried, the best first, before none is said to do."""
TRAILS = 0.5
"""Share of what the sentences behind it hold of the question, up to which a sentence's end tells nothing itself."""
MUST_FIT = ("number", "date", "person")
"""Kinds whose answer has a form, which cutting may not take away."""


def choose(
    passages: Sequence[Passage], query: Query, terms: Terms, *, limit: int, network: Network | None = None
) -> tuple[Passage, int, int] | None:
    """The passage and the span document.text[start:end] in or around it that answers `query` best, as `network` (the
    one that ships, where none is given) judges them.

    `passages` are usable, best first. None where no good span of at most `limit` characters keeps to the region
    asked about, to the form of the answer and to whole brackets.
    """
    near = passages[:LOOKED_AT]
    if query.kind == "general":  # Where an answer has a shape, those that lack it are none, however alike their words.
        near = [passage for passage in near if passage.fit >= near[0].fit]
    spans: list[tuple[Cuts, int, int]] = []
    rows = []
    for cut, runs, numbers in seen(query, terms, near):
        spans += [(cut, i, j) for i, j in runs]
        rows.append(numbers)
    if not spans:
        return None
    order = np.argsort(-(network or embedded())(np.concatenate(rows)), kind="stable")
    for cut, i, j in (spans[row] for row in order[:TRIED]):
        if trails(cut, i, j, terms):
            continue
        passage = cut.passage
        start, end = completed(cut, i, j)
        if not _ASKS_WHO.search(query.text):
            end = start + len(_CHARGE.sub("", passage.document.text[start:end]))
        start, end = tidy(passage, start, end)
        text = passage.document.text[start:end]
        if (
            0 < len(text) <= limit
            and balanced(text)
            and not misplaced(passage, start, end, query)
            and (query.kind not in MUST_FIT or fits(query, text) >= passage.fit)
            and tells(query, text)
        ):
            return passage, start, end
    return None


def trails(cut: Cuts, i: int, j: int, terms: Terms) -> bool:
    """Whether the span of units i to j begins with what only ends a sentence before that which answers: it goes on into
    later sentences that hold much more of the question."""
    if not cut.first < i <= cut.last < j:
        return False
    text, units = cut.passage.document.text, cut.units
    tail, rest = (fold(text[units[a].start : units[b].end]) for a, b in ((i, cut.last), (cut.last + 1, j)))
    return terms.share(terms.found(tail)) <= TRAILS * terms.share(terms.found(rest))


def completed(cut: Cuts, i: int, j: int) -> tuple[int, int]:
    """The characters of units i to j, and of the clauses beside them without which they can't be understood."""
    clauses = [(unit.start, unit.end) for unit in cut.units]
    begin, end = (max(i, cut.first), min(j, cut.last))
    start, stop = widened(
        cut.passage.document.text, clauses[cut.first : cut.last + 1], begin - cut.first, end - cut.first
    )
    return min(start, clauses[i][0]), max(stop, clauses[j][1])


def tidy(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The span without white space, the marks of the next clause at its ends, and the number of a lone item."""
    text = passage.document.text[start:end]
    end = start + len(text.rstrip(" \n\u3000，,；;：:、"))
    start += len(text) - len(text.lstrip(" \n\u3000，,；;：:、。？！?!"))
    start = behind_mark(passage.document.text, start, end)
    numbers = list(_NUMBER.finditer(passage.document.text, start, end))
    if len(numbers) == 1 and numbers[0].start() == start < numbers[0].end() < end:
        start = numbers[0].end()
    return start, end
