"""The door to a library for everyone who reads: open, search, read; it moves to a newer generation by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from vectorstore.embeddings import Embedding
from vectorstore.hybrid import TUNED, Weights
from vectorstore.layout import Layout
from vectorstore.model import Chunk, Document, Fact, FactKind, Filters, Hit
from vectorstore.serving import Serving

_NO_FILTERS = Filters()


class Library:
    """A library open for reading, usable from any thread; also a context manager."""

    def __init__(self, serving: Serving, layout: Layout) -> None:
        """Use `Library.open`."""
        self._serving = serving
        self._layout = layout

    @classmethod
    def open(cls, home: Path, *, embedding: Embedding = None) -> Library:
        """Open the library at `home` with the embedding it was built with; one that is named must be that one.

        Raises NoLibrary, LibraryDamaged, EmbeddingMismatch. A pretrained model is looked for at the first search,
        which then raises EmbeddingMismatch or ModelUnavailable; everything else can be had without it.
        """
        layout = Layout(home.absolute())
        layout.check_exists()
        return cls(Serving(layout, embedding), layout)

    def close(self) -> None:
        """Release everything, once the calls that still run have ended."""
        self._serving.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """Number of the generation that answers now."""
        return self._serving.ask(lambda generation: generation.manifest.generation)

    @property
    def embedding(self) -> str:
        """Name of the embedding that the generation answering now was built with."""
        return self._serving.ask(lambda generation: generation.manifest.embedding)

    @property
    def notice(self) -> str | None:
        """What users should be told, e.g. that the newest generation is damaged; None when all is well."""
        return self._serving.notice

    def search(self, query: str, *, k: int = 10, filters: Filters = _NO_FILTERS, weights: Weights = TUNED) -> list[Hit]:
        """Up to `k` chunks for the query, best first, among those the filters admit.

        A query without a word or number finds none. `weights` of 0 show what an engine is worth alone.
        """
        return self._serving.ask(lambda generation: generation.search(query, k=k, filters=filters, weights=weights))

    def documents(self) -> list[Document]:
        """Every document, by title."""
        return self._serving.ask(lambda generation: generation.documents())

    def document(self, doc_id: str) -> Document:
        """The document with this id; raises DocumentNotFound."""
        return self._serving.ask(lambda generation: generation.document(doc_id))

    def chunks(self, doc_id: str) -> list[Chunk]:
        """The document's chunks, in order; raises DocumentNotFound."""
        return self._serving.ask(lambda generation: generation.chunks(doc_id))

    def facts(
        self,
        *,
        kinds: Collection[FactKind] = (),
        regions: Collection[str] = (),
        years: Collection[int] = (),
        documents: Collection[str] = (),
        current: bool = False,
    ) -> list[Fact]:
        """What the documents state that can be tabulated, in the order of documents and of their texts.

        Each argument restricts; an empty one doesn't. A region admits what lies inside it. The year of a target or
        figure is its own, that of any other fact its document's; `documents` are ids. `current` leaves out what copies
        and older versions state over again. Raises FactsNotRead for documents that were stored by a version of the
        product that read no facts.
        """
        return self._serving.ask(lambda generation: generation.facts(kinds, regions, years, documents, current))

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """How telling each term is: ln(1 + (N - df + .5) / (df + .5)) over the N chunks."""
        wanted = list(terms)
        return self._serving.ask(lambda generation: generation.idf(wanted))

    def original(self, doc_id: str) -> Path:
        """The bytes that the document was read from; raises DocumentNotFound."""
        return self._layout.original(self.document(doc_id).sha256)
