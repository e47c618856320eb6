"""Whether a document that the library hasn't itself still holds, by what its documents say of it (同时废止)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.compose import Piece
from bot.kinds.card_answers import find_number
from bot.question.understand import Query
from vectorstore.model import Document, Filters
from vectorstore.sentences import sentence_spans

_ENDS = re.compile(r"废止|停止执行|不再执行|失效|停止施行|予以撤销")


def repealed(documents: Iterable[Document], query: Query, filters: Filters) -> list[Piece]:
    """The sentence in which a document says that the one asked about, by number or title, holds no longer; [] where
    none does."""
    for document in documents:
        if filters.documents and document.id not in filters.documents:
            continue
        for start, end in filter(None, (_spot(document, name) for name in (*query.doc_numbers, *query.quoted))):
            for a, b in sentence_spans(document.text):
                if a <= start < b and end <= b and _ENDS.search(document.text, start, b):
                    return [Piece(document, (), a, b)]
    return []


def _spot(document: Document, name: str) -> tuple[int, int] | None:
    """Where `document` names another by its number or title."""
    figure = re.search(r"(\d+)号$", name)
    if figure:
        return find_number(document, name) if figure[0] in document.text else None
    at = document.text.find(f"《{name}》")
    return (at, at + len(name) + 2) if at >= 0 else None
