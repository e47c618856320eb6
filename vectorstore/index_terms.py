"""Builds a generation's lexical indexes from its catalog; run as a `Child` of the writer, beside the vectors."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from vectorstore.catalog import Catalog
from vectorstore.child import attend
from vectorstore.filters import tags
from vectorstore.generation import CATALOG, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.lexical import lexical_writer
from vectorstore.tokens import terms


def main(tasks: Iterator[Any]) -> None:
    """Tasks are what `index_terms` takes."""
    for task in tasks:
        index_terms(Path(task["folder"]), gone=task["gone"], put=task["put"])


def index_terms(folder: Path, *, gone: Sequence[str], put: Sequence[str] | None) -> None:
    """Take documents out of the indexes in `folder`, and put documents in; None are all."""
    with (
        closing(Catalog(folder / CATALOG)) as held,
        lexical_writer(folder / CHUNK_TERMS) as of_chunks,
        lexical_writer(folder / DOCUMENT_TERMS) as of_documents,
    ):
        for doc_id in gone:
            of_chunks.remove(doc_id)
            of_documents.remove(doc_id)
        for entry in held.entries(held.document_ids() if put is None else put):
            document = entry.document
            title = terms(document.title)
            whole = [] if document.title in document.text else [*title]
            headings = {part: terms(part) for part in {part for chunk in entry.chunks.values() for part in chunk.path}}
            for row, chunk in entry.chunks.items():
                text, heading = terms(chunk.text), [term for part in chunk.path for term in headings[part]]
                of_chunks.add(row, text=text, heading=title + heading, tags=tags(document, [chunk]))
                whole += text
            of_documents.add(entry.row, text=whole, heading=(), tags=tags(document, entry.chunks.values()))


if __name__ == "__main__":
    terms("词典")  # is read now, while the writer fills the catalog
    sys.exit(attend(main))
