"""Which parts of the chunks found are read: those of whole sentences that share most with the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def readings(question: str, hits: Sequence[Hit]) -> Iterator[tuple[Reading, int]]:
    """What is read in the best parts of the best `hits`, each with its hit's place among them; hits best first.

    The best part is read alone, the others together when more than that is asked for.
    """
    asked = pairs(question)
    parts = [
        (LATER * place - len(asked & shared), place, hit.document.title, text)
        for place, hit in enumerate(hits[:CHUNKS])
        for text, shared in _parts(hit.chunk.text)
    ]
    best = sorted(parts, key=lambda part: part[:2])[:READ]
    for together in (best[:1], best[1:]):
        found = read(question, [(untold(title, text), text) for _, _, title, text in together])
        yield from ((reading, place) for reading, (_, place, _, _) in zip(found, together, strict=True))


def untold(title: str, text: str) -> str:
    """The title that a text needs, to be known whose it is; "" where it says so itself."""
    return "" if title[:NAMED] in text else title


def pairs(text: str) -> frozenset[str]:
    """Every two characters of `text` that stand side by side."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@lru_cache(maxsize=2048)
def _parts(text: str) -> list[tuple[str, frozenset[str]]]:
    """The text in parts of whole sentences, with the pairs of each."""
    found: list[str] = []
    for start, end in sentence_spans(text):
        if found and len(found[-1]) + end - start <= LONGEST:
            found[-1] += text[start:end]
        else:
            found.append(text[start:end])
    return [(part, pairs(part)) for part in found]
