"""The one writer of a library: stages documents and publishes them as the next generation, or not at all."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from vectorstore import originals
from vectorstore.base import Base, newest_readable
from vectorstore.build import Changes, Progress, build
from vectorstore.cache import EmbeddingCache
from vectorstore.catalog import Catalog
from vectorstore.checks import check
from vectorstore.chosen import check_same, chosen
from vectorstore.crew import Crew
from vectorstore.doubts import DoubtReader
from vectorstore.embeddings import Embedding
from vectorstore.errors import (
    DocumentNotFound,
    GenerationDamaged,
    LibraryError,
)
from vectorstore.facts import FactReader
from vectorstore.feed import Feed
from vectorstore.generation import CATALOG
from vectorstore.layout import Layout, fsync_tree
from vectorstore.lock import writer_lock
from vectorstore.manifest import Manifest, check_files
from vectorstore.model import Chunk, Document
from vectorstore.model_folder import EMBEDDED_MODEL
from vectorstore.trouble import in_words

KEPT_GENERATIONS = 3
"""The one that serves and its predecessors, to step back to."""
_REINDEX_SHARE = 0.5
"""When more of the library than this changes, indexing anew costs no more than editing and leaves no holes."""
_log = logging.getLogger(__name__)


class Writer:
    """Holds the library's lock while its context is open; leaving without `publish` drops what was staged."""

    def __init__(
        self,
        home: Path,
        *,
        embedding: Embedding = None,
        reindex: bool = False,
        facts: FactReader | None = None,
        doubts: DoubtReader | None = None,
    ) -> None:
        """With `reindex`, publish indexes everything anew, also when nothing is staged or the embedding is another.

        `facts` reads what a document states, of those put and of any that haven't been read yet (with `reindex`: all);
        `doubts` says what may be a slip in those that were stored before anything did (with `reindex`: in all).
        """
        self._layout = Layout(home.absolute())
        self._embedding = embedding
        self._reindex = reindex
        self._facts = facts
        self._doubts = doubts
        self._held = ExitStack()
        self._base: Base | None = None
        self._put: dict[str, tuple[Document, tuple[Chunk, ...]]] = {}
        self._removed: set[str] = set()
        self._crew: Crew | None = None
        self._cache: EmbeddingCache | None = None

    def __enter__(self) -> Writer:
        """Take the lock and clear what a crashed writer left.

        Raises LibraryLocked, LibraryDamaged, EmbeddingMismatch, ModelUnavailable, and LibraryError when the folder
        can't be written.
        """
        with self._writing(), ExitStack() as opening:
            self._layout.home.mkdir(parents=True, exist_ok=True)
            opening.enter_context(writer_lock(self._layout.lock_file))
            opening.callback(self._close_base)
            self._layout.clean(keep=KEPT_GENERATIONS)
            self._open_base()
            self._choose_embedder()
            self._held = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._put.clear()
        self._removed.clear()
        self._dismiss_crew()
        self._held.close()

    @property
    def built(self) -> Manifest | None:
        """The manifest of the generation that the next one starts from; None where there is none."""
        return self._base.manifest if self._base else None

    def documents(self) -> list[Document]:
        """Documents of the current generation with what is staged, by title."""
        held = self._base.catalog.documents() if self._base else []
        kept = [document for document in held if document.id not in self._removed | self._put.keys()]
        staged = [document for document, _ in self._put.values()]
        return sorted(kept + staged, key=lambda document: (document.title, document.id))

    def warnings(self) -> Mapping[str, tuple[str, ...]]:
        """What the documents of the current generation say against one another (two with one number), by id."""
        return self._base.catalog.warnings() if self._base else {}

    def put(self, document: Document, chunks: Sequence[Chunk], original: bytes) -> None:
        """Stage a document, in the place of one with the same id. ValueError when chunks or hash don't belong to it."""
        check(document, chunks, original)
        with self._writing():
            if self._crew is None:
                self._begin_crew()
            elif document.id in self._put:
                self._dismiss_crew()
            originals.keep(self._layout.original(document.sha256), original)
            self._store_ahead(document, chunks)
        self._put[document.id] = document, tuple(chunks)
        self._removed.discard(document.id)

    def remove(self, doc_id: str) -> None:
        """Stage the removal of a document; raises DocumentNotFound."""
        held = self._base is not None and self._base.catalog.has(doc_id) and doc_id not in self._removed
        if self._put.pop(doc_id, None) is not None:
            self._dismiss_crew()
        elif not held:
            raise DocumentNotFound.of(doc_id)
        if held:
            self._removed.add(doc_id)

    def publish(self, *, progress: Progress | None = None) -> int:
        """Make what is staged the current generation and return its number; the old one serves until the last step.

        Nothing staged makes no new generation (0: there is none yet). Raises LibraryError when it can't be written;
        the library is then as it was, and what was staged still is.
        """
        if not (self._put or self._removed or self._reindex):
            return self._base.manifest.generation if self._base else 0
        number, draft = self._next()
        try:
            with self._writing():
                self._build(number, draft, progress)
                originals.make_durable(self._layout.originals, {document.sha256 for document, _ in self._put.values()})
                fsync_tree(draft)
                self._layout.publish(number)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self._put.clear()
        self._removed.clear()
        self._reindex = False
        with self._writing():
            self._open_base()
        self._tidy()
        return number

    def _next(self) -> tuple[int, Path]:
        """Number of the next generation, and where it is built."""
        number = max(self._layout.numbers(), default=0) + 1
        return number, self._layout.draft(number)

    def _tidy(self) -> None:
        """Delete old generations, and originals that none refers to; what can't be deleted now is left to the next."""
        self._layout.clean(keep=KEPT_GENERATIONS)
        wanted: set[str] = set()
        try:
            for number in self._layout.numbers():
                with closing(Catalog(self._layout.folder(number) / CATALOG)) as catalog:
                    wanted |= catalog.hashes()
            originals.drop_others(self._layout.originals, wanted)
        except (OSError, sqlite3.Error) as error:
            _log.warning("没有清理旧的原文件：%s", in_words(error))

    def _build(self, number: int, draft: Path, progress: Progress | None) -> None:
        """Build and verify the draft, by editing a copy of the base if that is intact, else by indexing anew."""
        base = self._base.folder if self._base else None
        changes = Changes(tuple(self._put.values()), tuple(sorted(self._removed - self._put.keys())))
        for reindex in (False, True) if self._may_edit(changes) else (True,):
            try:
                with self._take_crew() as crew:
                    build(
                        draft,
                        number,
                        base=base,
                        changes=changes,
                        reindex=reindex,
                        crew=crew,
                        embedder=self._embedder,
                        cache=self._vectors(),
                        facts=self._facts,
                        doubts=self._doubts,
                        progress=progress,
                    )
                    crew.check(draft)
                return
            except GenerationDamaged as error:
                if reindex:
                    raise
                _log.warning("在上一代索引上修改没有成功，改为重建索引：%s", error)
                shutil.rmtree(draft)

    def _begin_crew(self) -> None:
        """Start the children: there will be work for them, and they begin slowly.

        What is put into a library that has nothing yet is stored in Chroma while more is read. With a slow model that
        gains nothing, and what goes wrong with one is told when publishing.
        """
        self._crew = Crew()
        if self._base is None and not self._put and self._embedder.model == EMBEDDED_MODEL:
            draft, cache = self._next()[1], self._vectors()
            self._crew.feed = Feed(self._crew.vectors, draft, new=True, embedder=self._embedder, cache=cache)

    def _store_ahead(self, document: Document, chunks: Sequence[Chunk]) -> None:
        if self._crew is not None and self._crew.feed is not None:
            try:
                self._crew.feed.add(document, chunks)
            except BaseException:  # it isn't staged, but some of it may be stored
                self._dismiss_crew()
                raise

    def _take_crew(self) -> Crew:
        crew, self._crew = self._crew or Crew(), None
        return crew

    def _dismiss_crew(self) -> None:
        """End the children, when what they have stored already isn't, or isn't any more, what is to be published."""
        if self._crew is not None:
            self._take_crew().dismiss()

    def _vectors(self) -> EmbeddingCache:
        if self._cache is None:
            self._cache = EmbeddingCache(self._layout.cache_file)
            self._held.callback(self._cache.close)
        return self._cache

    def _may_edit(self, changes: Changes) -> bool:
        if self._base is None or self._reindex:
            return False
        changed = sum(len(chunks) for _, chunks in changes.put)
        changed += sum(len(self._base.catalog.chunk_ids(doc_id)) for doc_id in changes.gone)
        if changed >= _REINDEX_SHARE * self._base.manifest.chunks:
            return False
        try:
            check_files(self._base.folder, self._base.manifest)
        except GenerationDamaged as error:
            _log.warning("上一代的索引已损坏，将重建索引：%s", error)
            return False
        return True

    def _open_base(self) -> None:
        self._close_base()
        self._base = newest_readable(self._layout)

    def _choose_embedder(self) -> None:
        self._embedder = chosen(self._embedding, self.built, switch=self._reindex)
        if self.built is not None and not self._reindex:
            check_same(self._embedder, self.built)

    def _close_base(self) -> None:
        if self._base is not None:
            self._base.catalog.close()
        self._base = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, GenerationDamaged) as error:
            raise LibraryError(
                f"无法写入资料库 {self._layout.home}（{in_words(error)}）。原有的资料没有变化；"
                "请检查磁盘空间和文件夹的权限，再试一次"
            ) from error
