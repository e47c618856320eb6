"""What is seen of the evidence for one question: the numbers that say how surely the documents answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answerability.form import UNKNOWN, asks_form, has_form
from bot.answerability.reading import read
from bot.passages import Passage
from bot.question.stopwords import GENERIC, STOP
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.reader.windows import readings
from bot.rerank import RERANKED
from bot.reranker.features import Idf, of_each
from vectorstore.model import Document, Hit
from vectorstore.tokens import words

LOOKED_AT = 5
"""Chunks, the best first, that the evidence is looked for in."""
SENTENCES = 60
"""Sentences in which what has the form asked for is looked for."""
TOP = 20
"""Sentences among which several may say the same."""
AGREES = 0.6
"""Share of the question that such a sentence holds."""
RAREST = 3
"""The question's rarest terms, which one sentence should have together."""
REMEMBERED = 100_000
"""Characters of a document whose folded form is kept in memory for the next question."""
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")


def features(
    query: Query, hits: Sequence[Hit], passages: Sequence[Passage], terms: Terms, idf: Idf
) -> dict[str, float]:
    """The evidence's features by name; `hits` (at least one) are as reranked, `passages` the candidates in them."""
    return {**unread(query, hits, passages, terms, idf), **read(query, list(readings(query.text, hits)), hits, terms)}


def unread(query: Query, hits: Sequence[Hit], passages: Sequence[Passage], terms: Terms, idf: Idf) -> dict[str, float]:
    """Those of the features that no reading is needed for."""
    best = hits[:LOOKED_AT]
    columns = of_each(query, best[:1], idf)
    weight = terms.total or 1.0
    in_place = [passage for passage in passages if passage.in_place]
    wording = _wording(query)
    document = _whole(best[0].document)
    told, gap = _told(wording, document)
    return {
        "ranked": max((hit.scores[RERANKED] for hit in hits if RERANKED in hit.scores), default=0.0),
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
        "place_in_document": _places(query, document),
        **_form(query, in_place[:SENTENCES]),
        **_dense(hits),
        "untold_run_in_chunk": min(_told(wording, fold(hit.document.title + hit.chunk.text))[1] for hit in best),
        "rarest_together": _rarest(terms, in_place[:TOP]),
        "among": float(len({hit.document.id for hit in hits})),
        "wordy": float(len(query.words)),
        "agreeing": sum(passage.own > AGREES for passage in in_place[:TOP]) / TOP,
    }


RISING = {
    "ranked": 1,
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
    "asks_form": 0,
    "own_in_form": 1,
    "coverage_in_form": 1,
    "score_in_form": 1,
    "score": 1,
    "nearest": 1,
    "nearest_five": 1,
    "untold_run_in_chunk": -1,
    "rarest_together": 1,
    "among": 0,
    "wordy": 0,
    "agreeing": 1,
    "read": 1,
    "read_second": 1,
    "read_told": 1,
    "read_in_best": 1,
    "read_in_all": 1,
    "read_on_matter": 1,
}
"""Whether more of a feature makes an answer surer (1), less sure (-1) or either (0); learning may not contradict it."""


def _whole(document: Document) -> str:
    """The folded title and text; those of the last documents asked for are kept in memory, if they aren't too long."""
    text = document.title + document.text
    return _folded(text) if len(text) <= REMEMBERED else fold(text)


_folded = lru_cache(maxsize=32)(fold)


def _form(query: Query, passages: Sequence[Passage]) -> dict[str, float]:
    """How well the passages do that hold something of the form asked for; all of them where none is asked for."""
    formed = [passage for passage in passages if has_form(query.text, passage.text) >= UNKNOWN]
    return {
        "asks_form": float(asks_form(query.text)),
        "own_in_form": max((passage.own for passage in formed), default=0.0),
        "coverage_in_form": max((passage.coverage for passage in formed), default=0.0),
        "score_in_form": max((passage.score for passage in formed), default=0.0),
        "score": passages[0].score if passages else 0.0,
    }


def _dense(hits: Sequence[Hit]) -> dict[str, float]:
    """How near the nearest chunk's vector is, and the five nearest ones' on average."""
    nearest = sorted((hit.scores.get("dense", 0.0) for hit in hits), reverse=True)[:LOOKED_AT]
    return {"nearest": max(nearest[0], 0.0), "nearest_five": sum(nearest) / len(nearest)}


def _rarest(terms: Terms, passages: Sequence[Passage]) -> float:
    """The greatest share of the question's rarest terms that one sentence has."""
    rarest = [term for term, _ in sorted(terms.weights, key=lambda pair: -pair[1])[:RAREST]]
    texts = [fold(passage.text) for passage in passages]
    return max((sum(term in text for term in rarest) / len(rarest) for text in texts), default=0.0) if rarest else 0.0


def _coverage(hit: Hit, terms: Terms) -> float:
    return terms.coverage((fold(hit.chunk.text), 1.0), (fold(" ".join(hit.chunk.path) + hit.document.title), 0.8))


def _told(wording: Sequence[str], text: str) -> tuple[float, float]:
    """How much of the question's own wording the document holds, and the longest part of it that it doesn't.

    A character is told where it stands in the document beside the same neighbour.
    """
    told = total = longest = 0
    for run in wording:
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
