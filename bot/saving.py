"""An Answer as JSON and back: all its fields; of each document its card, and its text only as far as it was quoted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.answer import Answer, Citation
from bot.compose import named
from vectorstore.errors import LibraryError
from vectorstore.model import Document

Find = Callable[[str], Document | None]
"""The document with this id as the library holds it now, None where it is gone."""


def record_of(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values. A citation has its document's card (no text, no sections), its span and its quote."""
    carded = replace(
        answer,
        citations=tuple(replace(c, document=_card(c.document)) for c in answer.citations),
        nearest=tuple(map(_card, answer.nearest)),
    )
    record: dict[str, Any] = _adapter().dump_python(carded, mode="json")
    return record


def dumped(answer: Answer) -> bytes:
    """The record as UTF-8."""
    return json.dumps(record_of(answer), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loaded(record: bytes | dict[str, Any], find: Find) -> Answer:
    """The answer again, `document.text[start:end] == quote` for each citation.

    The documents are the library's as they are now. Of one that is gone, or no longer says this where it did, only the
    quote is left: it is the document's whole text, and a notice of the answer says so. Raises ValueError for a record
    that isn't one.
    """
    values = json.loads(record.decode("utf-8", "surrogatepass")) if isinstance(record, bytes) else record
    answer = _adapter().validate_python(values)
    documents = {citation.document.id: find(citation.document.id) for citation in answer.citations}
    citations = tuple(_restored(citation, documents[citation.document.id]) for citation in answer.citations)
    lost = dict.fromkeys(named(c.document) for c in citations if c.document is not documents[c.document.id])
    gone = tuple(f"{name}已不在资料库里，或内容有变，这里只有当时引用的原文。" for name in lost)
    return replace(
        answer,
        citations=citations,
        nearest=tuple(find(document.id) or document for document in answer.nearest),
        notices=(*answer.notices, *gone),
    )


def library_finder(home: Path) -> Find:
    """Finds documents in the library at `home`; one that can't be read has none."""

    def find(doc_id: str) -> Document | None:
        from bot.front import open_library
        from bot.settings import load_settings

        try:
            return open_library(load_settings(home=home)).document(doc_id)
        except LibraryError:
            return None

    return find


def _card(document: Document) -> Document:
    return replace(document, text="", sections=())


def _restored(saved: Citation, document: Document | None) -> Citation:
    if document is not None and document.text[saved.start : saved.end] == saved.quote:
        return replace(saved, document=document)
    return replace(saved, document=replace(saved.document, text=saved.quote), start=0, end=len(saved.quote))


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
