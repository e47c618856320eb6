"""Keeps the best generation open for many threads, moves to a newer one, and steps back from a damaged one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from vectorstore.chosen import chosen
from vectorstore.embeddings import Embedder, Embedding
from vectorstore.errors import GenerationBlocked, GenerationDamaged, LibraryBlocked, LibraryDamaged, LibraryError
from vectorstore.generation import Generation
from vectorstore.layout import Layout
from vectorstore.manifest import Manifest, read_manifest

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Serving:
    """The generation that answers now. A replaced one is closed when the last call that uses it ends."""

    def __init__(self, layout: Layout, embedding: Embedding) -> None:
        """Open the best generation with the embedding it was built with, which `embedding` must not contradict.

        Raises NoLibrary, LibraryDamaged, EmbeddingMismatch.
        """
        self._layout = layout
        self._embedding = embedding
        self.notice: str | None = None
        self._swapping = threading.Lock()  # held by the one thread that opens another generation
        self._counting = threading.Lock()  # guards the fields below
        self._seen = layout.current_mark()
        self._current: Generation | None = None
        self._current = self._open_best(set())
        self._calls = {self._current: 0}

    def ask(self, question: Callable[[Generation], _T]) -> _T:
        """What `question` returns for the newest generation that is readable.

        One that fails while answering is opened anew, and if it fails again, given up for its predecessor.
        """
        self._follow()
        failed: set[int] = set()
        while True:
            with self._lease() as generation:
                try:
                    return question(generation)
                except GenerationDamaged as error:
                    _log.warning("资料库第 %d 代读取失败：%s", generation.manifest.generation, error)
            self._step_back(generation, failed)
            failed.add(generation.manifest.generation)

    def close(self) -> None:
        """Take no more questions; what still runs finishes."""
        with self._swapping:
            self._replace(None)

    @contextmanager
    def _lease(self) -> Iterator[Generation]:
        with self._counting:
            if self._current is None:
                raise LibraryError("资料库已关闭")
            generation = self._current
            self._calls[generation] += 1
        try:
            yield generation
        finally:
            with self._counting:
                self._calls[generation] -= 1
            self._close_idle()

    def _replace(self, generation: Generation | None) -> None:
        with self._counting:
            self._current = generation
            if generation is not None:
                self._calls[generation] = 0
        self._close_idle()

    def _close_idle(self) -> None:
        with self._counting:
            idle = [found for found, calls in self._calls.items() if not calls and found is not self._current]
            for generation in idle:
                del self._calls[generation]
        for generation in idle:
            generation.close()

    def _follow(self) -> None:
        """Move to the generation that CURRENT names, if that changed; other threads use the old one meanwhile."""
        mark = self._layout.current_mark()
        if mark == self._seen or not self._swapping.acquire(blocking=False):
            return
        try:
            self._seen = mark
            if self._current is None or self._layout.current() == self._current.manifest.generation:
                return
            try:
                newer = self._open_best(set(), warm=True)
            except LibraryError as error:
                self.notice = f"资料库已更新，但新的一代无法使用，仍在使用原来的一代：{error}"
                _log.warning("%s", self.notice)
                return
            self._replace(newer)
        finally:
            self._swapping.release()

    def _step_back(self, broken: Generation, without: set[int]) -> None:
        with self._swapping:
            if self._current is broken:  # else another thread has already replaced it
                self._replace(self._open_best(without, warm=True))

    def _open_best(self, without: set[int], *, warm: bool = False) -> Generation:
        self._layout.check_exists()
        current = self._layout.current()
        blocked: GenerationBlocked | None = None
        for number in self._layout.servable():
            if number in without:
                continue
            try:
                generation = self._open(number, warm)
            except GenerationBlocked as error:
                _log.warning("资料库第 %d 代打不开：%s", number, error)
                blocked = blocked or error
                continue
            except GenerationDamaged as error:
                _log.warning("资料库第 %d 代已损坏：%s", number, error)
                continue
            self.notice = None
            if number != current:
                self.notice = f"资料库最新的一代已损坏，正在使用第 {number} 代。运行 zhengwen repair 可以修复"
                _log.warning("%s", self.notice)
            return generation
        if blocked is not None:
            raise LibraryBlocked.of(self._layout.home, blocked) from blocked
        raise LibraryDamaged(f"{self._layout.home} 里的资料库已损坏，没有一代能读。运行 zhengwen repair 修复")

    def _open(self, number: int, warm: bool) -> Generation:
        folder = self._layout.folder(number)
        generation = Generation(folder, self._embedder(read_manifest(folder)))
        try:
            if warm:
                generation.warm()
        except LibraryError:
            generation.close()
            raise
        return generation

    def _embedder(self, manifest: Manifest) -> Embedder:
        """The one in use where it made this generation too, so that no model is loaded twice."""
        current = self._current.manifest if self._current is not None else None
        if (
            self._current is not None
            and current is not None
            and (current.model, current.embedding)
            == (
                manifest.model,
                manifest.embedding,
            )
        ):
            return self._current.embedder
        return chosen(self._embedding, manifest)
