"""Documents of invented policy text, read as files are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from ingest.document import read_document
from ingest.facts import find_facts
from vectorstore.model import Document, Fact

TITLE = "清湖市人民政府关于加快绿色制造的实施意见"
_T = TypeVar("_T")


def document(body: str, *, title: str = TITLE) -> Document:
    """The document of a text file with this title and body; the day it is read plays no part."""
    text = f"{title}\n\n{body}\n"
    return read_document(Path("/policies/a.txt"), text.encode("utf-8", "surrogatepass"), today=date(2030, 1, 1))[0]


def facts_of(kind: type[_T], body: str, *, title: str = TITLE) -> list[_T]:
    """The facts of one class that the text states, after a check of what holds for every fact."""
    read = document(body, title=title)
    found = find_facts(read)
    check(read, found)
    return [fact for fact in found if isinstance(fact, kind)]


def check(read: Document, found: tuple[Fact, ...]) -> None:
    """Every fact's words are the text's, in the order of the text, and it knows its document."""
    assert [(fact.start, fact.end) for fact in found] == sorted((fact.start, fact.end) for fact in found)
    for fact in found:
        assert 0 <= fact.start < fact.end <= len(read.text)
        assert read.text[fact.start : fact.end] == fact.quote
        assert fact.doc_id == read.id


@pytest.fixture
def policy() -> Callable[..., Document]:
    return document
