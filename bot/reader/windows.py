"""Which parts of the chunks found are read: those of whole sentences that share most with the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.reader.read import Reading, read
from vectorstore.model import Hit
from vectorstore.sentences import sentence_spans

CHUNKS = 5
"""Chunks, the best first, of which parts are read."""
READ = 6
"""Parts that are read."""
LONGEST = 230
"""Characters of a part, unless one sentence has more."""
LATER = 0.5
"""Pairs of characters more that a part of a chunk must share to be read before one of the chunk ahead of it."""
NAMED = 20
"""Characters of a title; a part that has them itself need not be told whose it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was read in a part of a hit's chunk."""

    reading: Reading
    place: int
    """The hit's among the hits, from 0."""
    text: str
    """Its sentences, without what stands between them."""
    sentences: tuple[tuple[int, int], ...]
    """Where they stand in the chunk."""

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence to which `text[at]` belongs stands in the chunk."""
        for start, end in self.sentences:
            if at < end - start:
                return start, end
            at -= end - start
        return self.sentences[-1]


def readings(question: str, hits: Sequence[Hit]) -> Iterator[Part]:
    """What is read in the best parts of the best `hits`, which are given best first.

    The best part is read alone, the others together when more than that is asked for.
    """
    asked = pairs(question)
    parts = [
        (LATER * place - len(asked & shared), place, hit.document.title, text, sentences)
        for place, hit in enumerate(hits[:CHUNKS])
        for text, sentences, shared in _parts(hit.chunk.text)
    ]
    best = sorted(parts, key=lambda part: part[:2])[:READ]
    for together in (best[:1], best[1:]):
        found = read(question, [(untold(title, text), text) for _, _, title, text, _ in together])
        for reading, (_, place, _, text, sentences) in zip(found, together, strict=True):
            yield Part(reading, place, text, sentences)


def untold(title: str, text: str) -> str:
    """The title that a text needs, to be known whose it is; "" where it says so itself."""
    return "" if title[:NAMED] in text else title


def pairs(text: str) -> frozenset[str]:
    """Every two characters of `text` that stand side by side."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@lru_cache(maxsize=2048)
def _parts(text: str) -> list[tuple[str, tuple[tuple[int, int], ...], frozenset[str]]]:
    """The text in parts of whole sentences, with where these stand and the pairs of each."""
    found: list[tuple[str, tuple[tuple[int, int], ...]]] = []
    for span in sentence_spans(text):
        sentence = text[slice(*span)]
        if found and len(found[-1][0]) + len(sentence) <= LONGEST:
            found[-1] = (found[-1][0] + sentence, (*found[-1][1], span))
        else:
            found.append((sentence, (span,)))
    return [(part, spans, pairs(part)) for part, spans in found]
