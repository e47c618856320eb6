"""What is seen of the evidence for one question: the numbers that say how surely the documents answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.passages import Passage
from bot.rerank import FUSED, RERANKED
from bot.reranker.features import Idf
from bot.reranker.features import features as features_of_hits
from bot.stopwords import GENERIC, STOP
from bot.terms import Terms
from bot.understand import Query, fold
from vectorstore.model import Hit
from vectorstore.tokens import words

LOOKED_AT = 5
"""Chunks, the best first, that the evidence is looked for in."""
OTHERS = 10
"""Places from the top in which the best chunk's rivals stand."""
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")


def features(
    query: Query, hits: Sequence[Hit], passages: Sequence[Passage], terms: Terms, idf: Idf
) -> dict[str, float]:
    """The evidence's features by name; `hits` (at least one) are as reranked, `passages` the candidates in them."""
    best = hits[:LOOKED_AT]
    columns = features_of_hits(query, best, idf)
    weight = terms.total or 1.0
    in_place = [passage for passage in passages if passage.in_place]
    texts = [fold(hit.document.title + hit.document.text) for hit in best]
    told, gap = _told(query, texts[0])
    return {
        **_ranking(hits),
        "fused": max(hit.scores.get(FUSED, 0.0) for hit in hits),
        "document": max(hit.scores.get("document", 0.0) for hit in hits) / weight,
        "coverage": max((passage.coverage for passage in in_place), default=0.0),
        "own_coverage": max((passage.own for passage in in_place), default=0.0),
        "chunk_coverage": max(_coverage(hit, terms) for hit in best),
        "pairs": float(columns["pairs_around"][0]),
        "sentence": float(columns["sentence"][0]),
        "triples": float(columns["triples"][0]),
        "title_words": float(columns["title_words"][0]),
        "region_named": float(columns["region_named"][0]),
        "told_in_document": told,
        "untold_run": gap,
        "place_in_document": _places(query, texts[0]),
        "place_rarity": max(idf([region.short for region in query.regions]).values(), default=0.0),
    }


RISING = {
    "ranked": 1,
    "gap": 1,
    "lead": 1,
    "fused": 1,
    "document": 1,
    "coverage": 1,
    "own_coverage": 1,
    "chunk_coverage": 1,
    "pairs": 1,
    "sentence": 1,
    "triples": 1,
    "title_words": 1,
    "region_named": 1,
    "told_in_document": 1,
    "untold_run": -1,
    "place_in_document": 1,
    "place_rarity": 0,
}
"""Whether more of a feature makes an answer surer (1), less sure (-1) or either (0); learning may not contradict it."""


def _ranking(hits: Sequence[Hit]) -> dict[str, float]:
    """The reranker's own score of the best chunk, and how far behind the next chunks and the next document are."""
    scores = sorted((hit.scores[RERANKED] for hit in hits if RERANKED in hit.scores), reverse=True)
    top = scores[0] if scores else 0.0
    rivals = scores[1:OTHERS]
    other = [hit.scores[RERANKED] for hit in hits if RERANKED in hit.scores and hit.document.id != hits[0].document.id]
    return {
        "ranked": top,
        "gap": top - sum(rivals) / len(rivals) if rivals else 0.0,
        "lead": top - max(other) if other else 0.0,
    }


def _coverage(hit: Hit, terms: Terms) -> float:
    return terms.coverage((fold(hit.chunk.text), 1.0), (fold(" ".join(hit.chunk.path) + hit.document.title), 0.8))


def _told(query: Query, text: str) -> tuple[float, float]:
    """How much of the question's own wording the document holds, and the longest part of it that it doesn't.

    The wording is the runs of Chinese between the words of asking; a character is told where it stands in the document
    beside the same neighbour.
    """
    told = total = longest = 0
    for run in _wording(query):
        held = [False] * len(run)
        for i in range(len(run) - 1):
            if run[i : i + 2] in text:
                held[i] = held[i + 1] = True
        told, total = told + sum(held), total + len(run)
        longest = max(longest, max(map(len, "".join("1" if h else "0" for h in held).split("1"))))
    return (told / total if total else 0.0), float(longest)


def _wording(query: Query) -> list[str]:
    """The runs of at least two Chinese characters that are left of the question without the words of asking."""
    said = " ".join(word if word not in STOP and word not in GENERIC else " " for word in words(query.text))
    return _CHINESE.findall(re.sub(r"(?<=\S) (?=\S)", "", said))


def _places(query: Query, text: str) -> float:
    """Share of the regions asked about that the document names; half where none is."""
    if not query.regions:
        return 0.5
    return sum(region.short in text for region in query.regions) / len(query.regions)
