"""What the reader makes of the evidence: how sure it is of an answer of the form, year and matter asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.answerability.form import told
from bot.passages import HEADING_CREDIT
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.reader.read import NO_ANSWER
from bot.reader.windows import Part
from vectorstore.model import Hit
from vectorstore.sentences import sentence_spans

OFF_THE_MATTER = 12.0
"""What is taken from the sureness of an answer of whose question its sentence and its title hold nothing."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年/.\-—–~至到]")
OF_READING = ("read", "read_second", "read_told", "read_in_best", "read_in_all", "read_on_matter")
"""The features that reading gives, all of which make an answer surer."""


def read(query: Query, parts: Sequence[Part], hits: Sequence[Hit], terms: Terms) -> dict[str, float]:
    """How sure the reader is of an answer of the form and year asked for: of the best one, of one elsewhere, of one in
    the best chunk, of all together, and of the best whose sentence is on the matter; and of answers of any form in one
    part. None of it falls when more is read. `parts` are of `hits`.
    """
    found = [_found(query, part, hits[part.place], terms) for part in parts]
    sure = sorted((one for one, _ in found), reverse=True)
    return {
        "read": max(sure, default=NO_ANSWER),
        "read_second": sure[1] if len(sure) > 1 else NO_ANSWER,
        "read_told": max((part.reading.told for part in parts), default=NO_ANSWER),
        "read_in_best": max((one for (one, _), p in zip(found, parts, strict=True) if p.place == 0), default=NO_ANSWER),
        "read_in_all": float(np.logaddexp.reduce(sure)) if sure else NO_ANSWER,
        "read_on_matter": max((on for _, on in found), default=NO_ANSWER - OFF_THE_MATTER),
    }


def _found(query: Query, part: Part, hit: Hit, terms: Terms) -> tuple[float, float]:
    """How sure the best answer in `part` is, and how sure it is for what its sentence and title have to do with it."""
    wanted = np.zeros(len(part.text), dtype=bool)
    for start, end in told(query.text, part.text):
        wanted[start:end] = True
    sure, at = part.reading.best(wanted & ~of_other_years(part.text, query.years))
    if sure == NO_ANSWER:
        return NO_ANSWER, NO_ANSWER - OFF_THE_MATTER
    start, end = part.sentence(at)
    sentence, title = fold(hit.chunk.text[start:end]), fold(hit.document.title)
    return sure, sure - OFF_THE_MATTER * (1 - terms.coverage((sentence, 1.0), (title, HEADING_CREDIT)))


def of_other_years(text: str, years: Collection[int]) -> NDArray[np.bool_]:
    """For each character whether it is said of a year, the last named before it in its sentence, that isn't among
    `years`; of none where there are no `years`.

    A sentence that names years, and none of them, is all of others.
    """
    other = np.zeros(len(text), dtype=bool)
    for start, end in sentence_spans(text) if years else ():
        named = list(_YEAR.finditer(text, start, end))
        if not any(int(year[1]) in years for year in named):
            other[start:end] = bool(named)
            continue
        for year, until in zip(named, [*(year.start() for year in named[1:]), end], strict=True):
            other[year.start() : until] = int(year[1]) not in years
    return other
