"""Tells which documents of a library cite which; asked when a reference is read, for documents come and go."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from vectorstore.model import Document, Reference
from vectorstore.numbers import for_lookup

_PASSED_ON: Final = re.compile(
    r"^.*?(?:关于)?(?:印发|发布|转发|公布|批转)(?P<title>.{6,}?)的(?:通知|函|决定|公告|通告|令)$"
)
_ISSUED: Final = re.compile(r"^.{2,40}?[局府院厅委会部办室署社党](?=(?P<title>关于.{6,}))")


@dataclass(frozen=True, slots=True)
class Citing:
    """One document's reference to another; `cited` is None where the library hasn't got it."""

    document: Document
    reference: Reference
    cited: Document | None


class Shelf:
    """The documents of a library, by number and title."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: dict[str, Document] = {}
        self._by_number: dict[str, list[Document]] = defaultdict(list)
        self._by_title: dict[str, list[Document]] = defaultdict(list)
        self._without_issuer: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            self._documents[document.id] = document
            if document.doc_number:
                self._by_number[for_lookup(document.doc_number)].append(document)
            for name in _names(document.title):
                self._by_title[name].append(document)
                if issued := _ISSUED.match(name):
                    self._without_issuer[issued["title"]].append(document)

    def find(self, reference: Reference) -> Document | None:
        """The document that the reference names, never the citing one; None where that isn't certain.

        By its number, else by its title, with or without 关于印发…的通知 around it. Where only one of the two titles
        names the issuer, the one document of that title, or that of the same region. Of several documents with one
        number or title, that with both, in force, the newest.
        """
        titled = self._titled(reference)
        return max(
            self.named(reference),
            key=lambda found: (found in titled, found.status != "废止", found.date or date.min, found.id),
            default=None,
        )

    def named(self, reference: Reference) -> list[Document]:
        """All that bear the number of the reference, else its title; never the citing one."""
        numbered = self._by_number.get(for_lookup(reference.number), []) if reference.number else []
        return [found for found in numbered or self._titled(reference) if found.id != reference.doc_id]

    def citings(self, references: Iterable[Reference]) -> Iterator[Citing]:
        """Who cites what, in the order of the references; those of documents that aren't here are left out."""
        for reference in references:
            if reference.doc_id in self._documents:
                yield Citing(self._documents[reference.doc_id], reference, self.find(reference))

    def _titled(self, reference: Reference) -> list[Document]:
        names = _names(reference.title or "")
        found = [document for name in names for document in self._by_title.get(name, ())]
        if not found:
            loose = [document for name in names for document in self._without_issuer.get(name, ())]
            bare = [issued["title"] for name in names if (issued := _ISSUED.match(name))]
            loose += [document for name in bare for document in self._by_title.get(name, ())]
            near = [document for document in loose if document.region == reference.region]
            found = loose if len(loose) == 1 else near if len(near) == 1 else []
        # With another number it is another year's document of the same title.
        return [
            document
            for document in found
            if not (reference.number and document.doc_number)
            or for_lookup(reference.number) == for_lookup(document.doc_number)
        ]


def names_of(document: Document) -> set[str]:
    """All by which a reference may name the document: its number, its titles, and these without the issuer."""
    names = _names(document.title)
    bare = [issued["title"] for name in names if (issued := _ISSUED.match(name))]
    return {*names, *bare, *([for_lookup(document.doc_number)] if document.doc_number else ())}


def names_in(reference: Reference) -> set[str]:
    """All by which the reference may name a document, among `names_of` which one is of every document it names."""
    names = _names(reference.title or "")
    bare = [issued["title"] for name in names if (issued := _ISSUED.match(name))]
    return {*names, *bare, *([for_lookup(reference.number)] if reference.number else ())}


def _names(title: str) -> list[str]:
    """What a title may be called: itself, and what it passes on (关于印发…的通知)."""
    plain = re.sub(r"[\s《》〈〉“”\"]", "", unicodedata.normalize("NFKC", title)).removeprefix("中华人民共和国")
    passed = _PASSED_ON.match(plain)
    return [name for name in (plain, passed and passed["title"]) if name]
