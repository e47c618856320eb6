"""Everyday words for what documents call otherwise (借钱: 贷款), put in their place where a library has only those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.question.everyday import OFFICIAL, SPOKEN
from bot.question.wording import kind_of
from bot.reranker.features import Idf

READINGS = 3
"""Ways in which the everyday words of one question are read, at most."""
_IN_PLACE, _ON_REFUSAL = (
    tuple((re.compile(words), instead) for words, instead in table) for table in (OFFICIAL, (*OFFICIAL, *SPOKEN))
)


def in_official_words(question: str, idf: Idf) -> str:
    """`question` with the everyday words that no document has in the words that documents do have."""
    spoken = [(found, instead) for words, instead in _IN_PLACE if (found := words.search(question))]
    if not spoken:
        return question
    unknown = max(idf(["\0"]).values())

    def known(word: str) -> bool:
        return len(word) < 2 or max(idf(["".join(pair) for pair in pairwise(word)]).values()) < unknown

    for found, instead in spoken:
        if not known(found.group()) and (written := next(filter(known, instead), None)):
            question = question.replace(found.group(), written, 1)
    return question


def official_readings(question: str, texts: Iterable[str]) -> Iterator[str]:
    """`question` with each everyday word in the words that `texts` have for it, the likeliest first, at most READINGS.

    For a question that isn't answered as it is asked: there what the words would mean elsewhere does no harm.
    """
    held = "\n".join(texts)
    spoken = []
    for words, instead in _ON_REFUSAL:
        found = words.search(question)
        if found and (written := [w for w in instead if w in held and w not in question]):
            spoken.append((found.group(), written))
    told = {question}
    for nth in range(READINGS):
        reading = question
        for said, written in spoken:
            if said in reading:
                reading = reading.replace(said, written[min(nth, len(written) - 1)], 1)
        if reading not in told and kind_of(reading) == kind_of(question):
            told.add(reading)
            yield reading
