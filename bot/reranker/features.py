"""What is seen of each candidate chunk beside a question: the numbers that the reranker weighs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from operator import add

import numpy as np
from numpy.typing import NDArray

from bot.passages import placed
from bot.question.stopwords import GENERIC, STOP
from bot.question.terms import GENERIC_WEIGHT
from bot.question.understand import Query, fold
from bot.reranker.standing import Numbers, Standing, Text
from bot.signals import fits
from vectorstore.model import Chunk, Document, Hit
from vectorstore.tokens import words

Idf = Callable[[Iterable[str]], dict[str, float]]

SINGLE_WEIGHT = 0.3
"""Of its idf, what a word of one Chinese character counts."""
HEAD = 200
"""Characters at a document's head, where its title stands when it could not be told from the text."""
LONGEST_SENTENCE = 400
"""Characters of a sentence or chunk that are looked at for the form of an answer."""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def features(query: Query, hits: Sequence[Hit], idf: Idf) -> dict[str, Numbers]:
    """For each feature by name, one number a hit; `hits` (at least one) are best first, `idf` is the library's."""
    _, whose = _documents(hits)
    return {**_engines(hits, whose), **of_each(query, hits, idf), **_shape(hits, whose)}


def of_each(query: Query, hits: Sequence[Hit], idf: Idf) -> dict[str, Numbers]:
    """Those of the features that are a hit's own, whatever stands beside it: what it says, and where."""
    return {**_wording(query, hits, *_documents(hits), idf), **_regions(query, hits)}


def _documents(hits: Sequence[Hit]) -> tuple[list[Document], NDArray[np.int64]]:
    """The documents of `hits`, each once, and the place among them of each hit's."""
    documents = list({hit.document.id: hit.document for hit in hits}.values())
    place = {document.id: i for i, document in enumerate(documents)}
    return documents, np.array([place[hit.document.id] for hit in hits])


def _engines(hits: Sequence[Hit], whose: NDArray[np.int64]) -> dict[str, Numbers]:
    """The engines' scores, stretched to 0…1 over the candidates, and those of the best chunk of the same document."""
    lexical, dense, document = (
        np.array([hit.scores.get(name, np.nan) for hit in hits], dtype=np.float32)
        for name in ("lexical", "dense", "document")
    )
    best, nearest = _best(_known(lexical), whose), _best(_known(dense), whose)
    return {
        "fused": np.array([hit.score for hit in hits], dtype=np.float32),
        "lexical": _stretched(lexical),
        "dense": _stretched(dense),
        "document": _stretched(document),
        "nearest": _stretched(nearest),
        "cosine": _known(dense),
        "nearest_cosine": nearest,
        "document_lexical": best / max(float(best.max()), 1e-6),
        "lexical_in_document": _known(lexical) / np.maximum(best, 1e-6),
    }


def _wording(
    query: Query, hits: Sequence[Hit], documents: Sequence[Document], whose: NDArray[np.int64], idf: Idf
) -> dict[str, Numbers]:
    """How much of the question, by idf, stands in the chunk, its sentences, its headings and its title."""
    asked = fold(query.text)
    content = [word for word in dict.fromkeys(words(query.text)) if word not in STOP]
    pairs = _grams(asked, 2, frozenset("".join(content)))
    triples = _grams(asked, 3, frozenset("".join(content)))
    known = idf([*content, *pairs])
    of_words = np.array([known[word] * _importance(word) for word in content], dtype=np.float32)
    of_pairs = np.array([known[pair] for pair in pairs], dtype=np.float32)
    texts = [fold(hit.chunk.text) for hit in hits]
    headings = [fold("\n".join(hit.chunk.path)) for hit in hits]
    titles = [fold(document.title) for document in documents]
    heads = [fold(document.text[:HEAD]) for document in documents]
    # The texts come first: their sentences are looked at too.
    parts = [texts, headings, titles, heads, [title[:60] for title in titles]]
    ends = list(accumulate(map(len, parts), initial=0))
    text, heading, title, head, beginning = (slice(*ends_of) for ends_of in pairwise(ends))
    standing = Standing(asked, list(chain.from_iterable(parts)))
    words_in_text, words_in_title = standing.held(content, text), standing.held(content, title)[whose]
    pairs_in_text, pairs_in_title = standing.held(pairs, text), standing.held(pairs, title)[whose]
    words_around = np.maximum(np.maximum(words_in_text, words_in_title), standing.held(content, heading))
    pairs_around = np.maximum(np.maximum(pairs_in_text, pairs_in_title), standing.held(pairs, heading))
    rarest = np.argsort(-of_words, kind="stable")[:3]
    phrase = standing.longest / np.float32(max(1, len(asked)))
    return {
        "words": _share(words_in_text, of_words),
        "pairs": _share(pairs_in_text, of_pairs),
        "triples": _share(standing.held(triples, text), np.ones(len(triples), dtype=np.float32)),
        "title_words": _share(words_in_title, of_words),
        "title_pairs": _share(pairs_in_title, of_pairs),
        "words_around": _share(words_around, of_words),
        "pairs_around": _share(pairs_around, of_pairs),
        "rarest_words": _share(words_in_text[:, rarest], np.ones(len(rarest), dtype=np.float32)),
        "phrase": phrase[text],
        "phrase_in_title": phrase[title][whose],
        "phrase_in_head": phrase[head][whose],
        "title_in_question": (standing.longest[beginning] / _column(max(4, len(t[:60])) for t in titles))[whose],
        **_sentences(query, texts, standing.texts[text], _share(standing.held_in_sentences(pairs, text), of_pairs)),
    }


def _sentences(query: Query, texts: Sequence[str], ready: Sequence[Text], shares: Numbers) -> dict[str, Numbers]:
    """How much of the question each text's best sentence holds, alone and with the next, and the form it has; `shares`
    are those of all sentences of the texts."""
    found = np.zeros((len(texts), 4), dtype=np.float32)
    every, end = shares.tolist(), 0
    for row, (text, sentences) in enumerate(zip(texts, (one.sentences for one in ready), strict=True)):
        start, end = end, end + len(sentences)
        if sentences:
            own = every[start:end]
            together = max(map(add, own, own[1:])) if len(own) > 1 else own[0]
            best = max(own)
            form = fits(query, sentences[own.index(best)][:LONGEST_SENTENCE])
            found[row] = best, together, form, fits(query, text[:LONGEST_SENTENCE])
    return {
        "sentence": found[:, 0],
        "two_sentences": found[:, 1],
        "sentence_fits": found[:, 2],
        "text_fits": found[:, 3],
    }


def _regions(query: Query, hits: Sequence[Hit]) -> dict[str, Numbers]:
    """Whether the chunk is of a region asked for (1), of one around it (0.5), of another (-1), or nothing tells (0)."""
    found = [_in_region(query, hit.chunk, hit.document) for hit in hits]
    return {
        "region": _column(first for first, _ in found),
        "region_named": _column(second for _, second in found),
        "no_region": _column(float(not (hit.chunk.region or hit.document.region)) for hit in hits),
    }


def _in_region(query: Query, chunk: Chunk, document: Document) -> tuple[float, float]:
    if not query.regions:
        return 0.0, 0.0
    own = placed(chunk.region or document.region or "")
    fit = max(1.0 if r.covers(own) else 0.5 if own.covers(r) else -1.0 for r in query.regions) if own else 0.0
    names = [region.short for region in query.regions]
    in_title, in_head = (any(name in text for name in names) for text in (document.title, document.text[:HEAD]))
    return fit, in_title + 0.5 * in_head


def _shape(hits: Sequence[Hit], whose: NDArray[np.int64]) -> dict[str, Numbers]:
    """Lengths and places: of the chunk in its document, and among the candidates of its document."""
    seen: dict[int, int] = {}
    for_each = []
    for document in whose.tolist():
        seen[document] = seen.get(document, 0) + 1
        for_each.append(1 / seen[document])
    return {
        "length": np.log1p(_column(len(hit.chunk.text) for hit in hits)),
        "document_length": np.log1p(_column(len(hit.document.text) for hit in hits)),
        "position": _column(hit.chunk.start / max(1, len(hit.document.text)) for hit in hits),
        "opening": _column(float(hit.chunk.ordinal == 0) for hit in hits),
        "first_of_document": _column(for_each),
    }


def _grams(text: str, size: int, content: frozenset[str]) -> list[str]:
    """The runs of `size` Chinese characters in `text`, each once, that begin and end with a character of `content`."""
    grams = (run[i : i + size] for run in _CHINESE.findall(text) for i in range(len(run) - size + 1))
    return [gram for gram in dict.fromkeys(grams) if gram[0] in content and gram[-1] in content and gram not in STOP]


def _importance(word: str) -> float:
    return (GENERIC_WEIGHT if word in GENERIC else 1.0) * (
        SINGLE_WEIGHT if len(word) == 1 and not word.isascii() else 1
    )


def _share(held: Numbers, weights: Numbers) -> Numbers:
    total = float(weights.sum())
    if total <= 0:
        return np.zeros(len(held), dtype=np.float32)
    return np.asarray(held @ weights / total, dtype=np.float32)


def _best(scores: Numbers, whose: NDArray[np.int64]) -> Numbers:
    """For each candidate the best score of its document's candidates."""
    best = np.full(int(whose.max()) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, whose, scores)
    return np.asarray(best[whose])


def _stretched(scores: Numbers) -> Numbers:
    """Scores moved and stretched to 0…1, what is missing to 0; all 1 when they are equal."""
    if np.isnan(scores).all():
        return np.zeros_like(scores)
    low, high = float(np.nanmin(scores)), float(np.nanmax(scores))
    if high <= low:
        return (~np.isnan(scores)).astype(np.float32)
    return _known((scores - low) / (high - low))


def _known(scores: Numbers) -> Numbers:
    """The scores, 0 where there is none."""
    return np.asarray(np.where(np.isnan(scores), 0.0, scores), dtype=np.float32)


def _column(numbers: Iterable[float]) -> Numbers:
    return np.fromiter(numbers, dtype=np.float32)
