"""Answers and documents as the API gives them: their fields, but of where a document came from only the file's name.

Paths on the server's disk are no business of those who ask.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.answer import Answer
from bot.saving import record_of
from ui.lookup import source_name
from ui.plain import plain, whole
from vectorstore.model import Document


def answer_form(answer: Answer) -> dict[str, Any]:
    """All fields of the answer; its documents without text and sections."""
    citations = tuple(replace(c, document=_outside(c.document)) for c in answer.citations)
    return record_of(replace(answer, citations=citations, nearest=tuple(map(_outside, answer.nearest))))


def card_form(document: Document) -> dict[str, Any]:
    """The document without text and sections."""
    form: dict[str, Any] = plain(_outside(document))
    return form


def document_form(document: Document) -> dict[str, Any]:
    """The whole document."""
    return whole(_outside(document))


def _outside(document: Document) -> Document:
    return replace(document, source=source_name(document.source))
