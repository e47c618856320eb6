"""Chooses, among passages that may answer, the words to quote: the span that the network thinks answers best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.passages import Passage
from bot.signals import fits
from bot.spans.cuts import cuts
from bot.spans.features import features
from bot.spans.network import embedded
from bot.terms import Terms
from bot.trimming import balanced, misplaced
from bot.understand import Query

LOOKED_AT = 6
"""Passages, the best first, of which spans are looked at."""
NEAR = 0.9
"""Share of the best passage's score that another must have to be quoted in its place."""
TRIED = 40
"""Spans tried, the best first, before none is said to do."""
MUST_FIT = ("number", "date", "person")
"""Kinds whose answer has a form, which cutting may not take away."""


def choose(passages: Sequence[Passage], query: Query, terms: Terms, *, limit: int) -> tuple[Passage, int, int] | None:
    """The passage and the span document.text[start:end] in or around it that answers `query` best.

    `passages` are usable, best first. None where no good span of at most `limit` characters keeps to the region
    asked about, to the form of the answer and to whole brackets.
    """
    near = [passage for passage in passages[:LOOKED_AT] if passage.score >= NEAR * passages[0].score]
    spans: list[tuple[Passage, int, int]] = []
    rows = []
    for rank, passage in enumerate(near):
        cut = cuts(passage)
        runs, numbers = features(query, terms, cut, near, rank)
        spans += [(passage, *tidy(passage, cut.units[i].start, cut.units[j].end)) for i, j in runs]
        rows.append(numbers)
    if not spans:
        return None
    order = np.argsort(-embedded()(np.concatenate(rows)), kind="stable")
    for passage, start, end in (spans[i] for i in order[:TRIED]):
        text = passage.document.text[start:end]
        if (
            0 < len(text) <= limit
            and balanced(text)
            and not misplaced(passage, start, end, query)
            and (query.kind not in MUST_FIT or fits(query, text) >= passage.fit)
        ):
            return passage, start, end
    return None


def tidy(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The span without white space and the marks of the next clause at its ends."""
    text = passage.document.text[start:end]
    end = start + len(text.rstrip(" \n\u3000，,；;：:、"))
    return start + len(text) - len(text.lstrip(" \n\u3000，,；;：:、。")), end
