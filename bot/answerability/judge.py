"""Says how surely what was found answers a question, before a word of an answer is written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answerability.features import features
from bot.answerability.trees import embedded
from bot.passages import Passage
from bot.reranker.features import Idf
from bot.terms import Terms
from bot.understand import Query
from vectorstore.model import Hit


def answerability(query: Query, hits: Sequence[Hit], passages: Sequence[Passage], terms: Terms, idf: Idf) -> float:
    """The probability, 0…1, that `hits` (reranked) with their `passages` hold the answer; 0 without hits."""
    return embedded()(features(query, hits, passages, terms, idf)) if hits else 0.0
