"""One published generation of a library: opens it read-only and searches it."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.borrowed import opened
from vectorstore.catalog import Catalog
from vectorstore.chosen import check_same
from vectorstore.chroma import VectorIndex
from vectorstore.embeddings import Embedder
from vectorstore.errors import DocumentNotFound, GenerationDamaged
from vectorstore.facts import find_facts
from vectorstore.filters import Allowed, resolve
from vectorstore.hybrid import TUNED, Weights, fuse
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import Manifest, check_files, read_manifest
from vectorstore.model import Chunk, Document, Fact, FactKind, Filters, Hit
from vectorstore.nearest import Nearest
from vectorstore.superseded import SupersededChunks, leaving_out
from vectorstore.tokens import terms
from vectorstore.trouble import damage

CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS = "catalog.sqlite", "chroma", "lexical/chunks", "lexical/documents"
"""What a generation's folder holds, beside MANIFEST.json."""
CANDIDATES = 200
"""How many chunks each engine proposes at least."""
_CACHED_CHARACTERS = 20_000_000  # of the texts of documents asked for one by one that are kept in memory
_LISTED_CHARACTERS = 100_000_000  # of all documents, kept once they were listed; every question looks through them
_log = logging.getLogger(__name__)
_QUERY_CHARACTERS = 2_000  # what comes later in a query is not looked at, or its cost would have no bound


class Generation:
    """An immutable index, usable from any thread until it is closed."""

    def __init__(self, folder: Path, embedder: Embedder, today: Callable[[], date] = date.today) -> None:
        """Check the folder's files and open all but the vectors and the embedder, which the first search opens.

        Raises GenerationDamaged.
        """
        self.folder = folder
        self.embedder = embedder
        self.manifest: Manifest = read_manifest(folder)
        check_files(folder, self.manifest)
        with _damage_reported(folder), ExitStack() as opening:
            self._catalog = Catalog(folder / CATALOG, today)
            self._chunks = opened(LexicalIndex, folder / CHUNK_TERMS, opening)
            self._documents = opened(LexicalIndex, folder / DOCUMENT_TERMS, opening)
            held = (*self._catalog.counts(), self._chunks.count(), self._documents.count())
            self._regions, self._issuers = self._catalog.regions(), self._catalog.issuers()
            self._superseded = SupersededChunks(self._catalog)
            self._copies = opening.pop_all()
        stated = self.manifest
        if held != (stated.documents, stated.chunks, stated.chunks, stated.documents):
            raise GenerationDamaged(f"{folder} 的索引与目录不一致：{held}")
        self._vectors: VectorIndex | None = None
        self._nearest: Nearest | None = None
        self._opening = threading.Lock()
        self._cache: OrderedDict[str, Document] = OrderedDict()
        self._cached_characters = 0
        self._all: dict[str, Document] | None = None
        self._caching = threading.Lock()
        self._today, self._day = today, today()
        # One question is searched for several times: everywhere, in its regions, in a document it names.
        self._vector = lru_cache(maxsize=256)(lambda query: self.embedder.encode_query([query])[0])

    def close(self) -> None:
        with self._opening:
            if self._vectors is not None:
                self._vectors.close()
        self._catalog.close()
        self._copies.close()

    def warm(self) -> None:
        """Open the vectors and the embedder now. Raises GenerationDamaged, EmbeddingMismatch, ModelUnavailable."""
        with self._opening:
            if self._nearest is None:
                check_same(self.embedder, self.manifest)
                self.embedder.encode_query([""])
                self._vectors = self._vectors or opened(VectorIndex, self.folder / CHROMA, self._copies)
                if self._vectors.folder != self.folder / CHROMA:
                    _log.warning("资料库所在的地方不能写，查找用的是它在临时文件夹里的副本")
                if self._vectors.count() != self.manifest.chunks:
                    raise GenerationDamaged(f"{self.folder} 的向量与目录不一致")
                self._nearest = Nearest(self._vectors)

    def search(self, query: str, *, k: int, filters: Filters, weights: Weights = TUNED) -> list[Hit]:
        """Up to `k` chunks for the query, best first; those of an older version, and of a sixth copy, only where the
        filters leave out the current document. Raises what `warm` raises."""
        allowed = resolve(filters, regions=self._regions, issuers=self._issuers)
        query = query[:_QUERY_CHARACTERS]
        query_terms = terms(query)
        if allowed is None or not query_terms or k < 1 or not self.manifest.chunks:
            return []
        self.warm()
        vector = self._vector(query)
        with _damage_reported(self.folder):
            return self._search(query_terms, vector, k, allowed, weights)

    def _search(
        self, query_terms: list[str], vector: NDArray[np.float32], k: int, allowed: Allowed, weights: Weights
    ) -> list[Hit]:
        n = max(CANDIDATES, 2 * k)
        passed = self._superseded.passed(allowed)
        lexical = leaving_out(lambda most: self._chunks.search(query_terms, most, allowed), n, passed.rows)
        nearest_to = self._nearest
        assert nearest_to is not None  # warm
        held = self.manifest.chunks
        cosines = leaving_out(lambda most: nearest_to(vector, min(most, held), allowed), n, passed.ids)
        places = {place.row: place for place in self._catalog.places(rows=lexical, ids=cosines)}
        dense = {row: cosines[place.chunk_id] for row, place in places.items() if place.chunk_id in cosines}
        doc_ids = {place.doc_id for place in places.values()}
        # Of a document as a whole, the title is one sentence among others: counted apart, it would outweigh the text.
        among: Allowed = {"doc_id": sorted(doc_ids)}
        of_document = dict(self._documents.search(query_terms, len(doc_ids), among, heading=0))
        document = {row: of_document.get(place.doc_row, 0.0) for row, place in places.items()}
        parts = {"lexical": lexical, "dense": dense, "document": document}
        of_nearest: dict[str, float] = {}
        for row, cosine in dense.items():
            of_nearest[places[row].doc_id] = max(cosine, of_nearest.get(places[row].doc_id, cosine))
        nearest = {row: of_nearest[place.doc_id] for row, place in places.items() if place.doc_id in of_nearest}
        best = fuse(**parts, nearest=nearest, weights=weights)[:k]
        documents = self._read({places[ranked.key].doc_id for ranked in best})
        chunks = self._catalog.chunks_at([ranked.key for ranked in best], documents)
        return [
            Hit(
                chunks[ranked.key],
                documents[places[ranked.key].doc_id],
                ranked.score,
                {name: part[ranked.key] for name, part in parts.items() if ranked.key in part},
            )
            for ranked in best
        ]

    def document(self, doc_id: str) -> Document:
        """The document with this id; raises DocumentNotFound."""
        with _damage_reported(self.folder):
            found = self._read({doc_id})
        if doc_id not in found:
            raise DocumentNotFound.of(doc_id)
        return found[doc_id]

    def _read(self, doc_ids: AbstractSet[str]) -> dict[str, Document]:
        """Those of these documents that are there, by id; the ones asked for last are kept in memory."""
        self._forget_yesterday()
        if (every := self._all) is not None:
            return {doc_id: every[doc_id] for doc_id in doc_ids if doc_id in every}
        with self._caching:
            found = {doc_id: self._cache[doc_id] for doc_id in doc_ids if doc_id in self._cache}
            for doc_id in found:
                self._cache.move_to_end(doc_id)
        read = self._catalog.documents_of(doc_ids - found.keys())
        with self._caching:
            for doc_id, document in read.items():
                if doc_id not in self._cache:
                    self._cache[doc_id] = document
                    self._cached_characters += len(document.text)
            while self._cached_characters > _CACHED_CHARACTERS and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached_characters -= len(dropped.text)
        return found | read

    def documents(self) -> list[Document]:
        """Every document, by title; read once a day where their texts fit into memory."""
        self._forget_yesterday()
        if (kept := self._all) is not None:
            return list(kept.values())
        with _damage_reported(self.folder):
            found = self._catalog.documents()
        if sum(len(document.text) for document in found) <= _LISTED_CHARACTERS:
            with self._caching:  # they are in the list now
                self._all = {document.id: document for document in found}
                self._cache.clear()
                self._cached_characters = 0
        return found

    def _forget_yesterday(self) -> None:
        """A generation never changes, but whether its documents hold is judged on the day that they are read."""
        if self._day != (day := self._today()):
            with self._caching:
                self._day, self._all, self._cached_characters = day, None, 0
                self._cache.clear()

    def chunks(self, doc_id: str) -> list[Chunk]:
        """The document's chunks in order; raises DocumentNotFound."""
        document = self.document(doc_id)
        with _damage_reported(self.folder):
            return self._catalog.chunks(document)

    def facts(
        self,
        kinds: Collection[FactKind],
        regions: Collection[str],
        years: Collection[int],
        documents: Collection[str],
        current: bool,
    ) -> list[Fact]:
        """See `facts.find_facts`; raises FactsNotRead."""
        with _damage_reported(self.folder):
            return find_facts(
                self._catalog, kinds=kinds, regions=regions, years=years, documents=documents, current=current
            )

    def idf(self, wanted: Iterable[str]) -> dict[str, float]:
        return self._chunks.idf(wanted)


@contextmanager
def _damage_reported(folder: Path) -> Iterator[None]:
    """What SQLite, tantivy (ValueError) and the disk raise, as GenerationDamaged."""
    try:
        yield
    except (sqlite3.Error, ValueError, OSError) as error:
        raise damage(f"{folder} 读不出来", error) from error
