"""The lexical index of one generation: BM25 by tantivy over words and character pairs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from vectorstore.filters import Allowed
from vectorstore.trouble import damage

HEADING_WEIGHT = 0.5
"""What a match in the title or heading path counts beside one in the text."""
_TAGS = ("doc_id", "region", "year", "issuer", "kind")
_HEAP_BYTES = 64_000_000


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    # Terms come in cut and joined by spaces: this index and its queries use the very same tokens.
    for name in ("text", "heading"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _TAGS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("row", fast=True)
    return builder.build()


class LexicalWriter:
    """Adds and removes entries of the index in a folder; nothing is visible before the context ends without error."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, row: int, *, text: Sequence[str], heading: Sequence[str], tags: Mapping[str, Sequence[str]]) -> None:
        """Index one entry under the catalog's row, by the terms of its text and of its heading."""
        entry = tantivy.Document()
        entry.add_integer("row", row)
        entry.add_text("text", " ".join(text))
        entry.add_text("heading", " ".join(heading))
        for name in _TAGS:
            for value in tags.get(name, ()):
                entry.add_text(name, value)
        self._writer.add_document(entry)

    def remove(self, doc_id: str) -> None:
        """Remove every entry of a document."""
        self._writer.delete_documents_by_term("doc_id", doc_id)


@contextmanager
def lexical_writer(folder: Path) -> Iterator[LexicalWriter]:
    """A writer for the index in `folder`, made if missing; committed and closed when the context ends."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        writer = tantivy.Index(_schema(), str(folder)).writer(heap_size=_HEAP_BYTES, num_threads=1)
        yield LexicalWriter(writer)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # what tantivy raises, whatever happened
        raise damage("关键词索引写不进去", error) from error


class LexicalIndex:
    """A finished index, usable from any thread. tantivy takes a lock file to open it: the folder must be writable."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, terms: Iterable[str], n: int, allowed: Allowed, *, heading: float = HEADING_WEIGHT
    ) -> list[tuple[int, float]]:
        """Up to `n` rows with their BM25 score, best first, among the entries with the `allowed` tags.

        A match in the heading counts `heading`; with 0 it is not looked for.
        """
        matching = []
        for term in dict.fromkeys(terms):
            matching.append((tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term, "freq")))
            if heading:
                in_heading = tantivy.Query.term_query(self._schema, "heading", term, "freq")
                matching.append((tantivy.Occur.Should, tantivy.Query.boost_query(in_heading, heading)))
        if not matching or n < 1:
            return []
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(matching))]
        for name, values in allowed.items():
            # Any of these terms; tantivy's own query for a set of them builds an automaton first, which takes longer.
            tags = [tantivy.Query.term_query(self._schema, name, str(value), "basic") for value in values]
            only = tantivy.Query.boolean_query([(tantivy.Occur.Should, tag) for tag in tags])
            clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(only, 0.0)))
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), n, count=False).hits
        rows: list[Any] = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [(row, float(score)) for row, (score, _) in zip(rows, hits, strict=True)]

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """ln(1 + (N - df + .5) / (df + .5)) of each term over the texts of the entries."""
        total = self.count()
        frequencies = {term: self._searcher.doc_freq("text", term) for term in terms}
        return {term: math.log(1 + (total - df + 0.5) / (df + 0.5)) for term, df in frequencies.items()}
