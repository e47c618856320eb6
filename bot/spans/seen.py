"""What the network sees of the passages that may be quoted: a row of numbers for each span, the reader's among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.reader.read import Reading, read
from bot.reader.windows import untold
from bot.spans.cuts import Cuts, cuts
from bot.spans.features import Numbers, features

LEAST = 1e-3
"""What is taken for no probability at all where its logarithm is."""
FAR, SURE = -20.0, 10.0
"""Between which a reading's sureness counts."""
BEHIND = -10.0
"""How far behind the best reading a passage's may be, at most."""
READ = 8
"""Numbers that come from reading."""
Spans = list[tuple[int, int]]


def seen(query: Query, terms: Terms, passages: Sequence[Passage]) -> list[tuple[Cuts, Spans, Numbers]]:
    """For each of `passages` (best first) its units, its spans as (first unit, last unit), and a row for each span."""
    every = [cuts(passage) for passage in passages]
    texts = [cut.passage.document.text[cut.units[0].start : cut.units[-1].end] for cut in every]
    titles = [untold(cut.passage.document.title, text) for cut, text in zip(every, texts, strict=True)]
    # The reader learned to find one thing, and what it finds of a list is one item.
    found = read(query.text, list(zip(titles, texts, strict=True))) if query.kind != "list" else []
    best = max((reading.told for reading in found), default=0.0)
    rows = []
    for rank, cut in enumerate(every):
        spans, numbers = features(query, terms, cut, passages, rank)
        own = _read(cut, spans, found[rank], best) if found else np.zeros((len(spans), READ), dtype=np.float32)
        rows.append((cut, spans, np.concatenate([numbers, own], axis=1)))
    return rows


def _read(cut: Cuts, spans: Spans, reading: Reading, best: float) -> Numbers:
    """Of each span: how probably the answer begins in it, ends in it, begins with its first unit and ends with its
    last, both of the former at once; and how sure the reader is of the passage, alone and beside the best one."""
    start = cut.units[0].start
    first, last = (np.zeros(len(cut.units), dtype=np.float32) for _ in range(2))
    for i, unit in enumerate(cut.units):
        begin, end = unit.start - start, unit.end - start
        first[i] = reading.first[(reading.spans[:, 0] >= begin) & (reading.spans[:, 0] < end)].sum()
        last[i] = reading.last[(reading.spans[:, 1] > begin) & (reading.spans[:, 1] <= end)].sum()
    begins, ends = (np.array([span[i] for span in spans]) for i in (0, 1))
    sums = [np.concatenate([[0.0], np.cumsum(values)]) for values in (first, last)]
    inside = [total[ends + 1] - total[begins] for total in sums]
    columns = (
        inside[0],
        inside[1],
        first[begins],
        last[ends],
        np.log(inside[0] * inside[1] + LEAST),
        np.clip(reading.told, FAR, SURE),
        max(reading.told - best, BEHIND),
        reading.told == best,
    )
    rows = np.empty((len(spans), READ), dtype=np.float32)
    for place, column in enumerate(columns):
        rows[:, place] = column
    return rows
