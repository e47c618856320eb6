"""The page's one desk: where it gets documents, example questions and answers from, shared by all its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.answer import Answer, Event
    from bot.settings import Settings
    from vectorstore.library import Library
    from vectorstore.model import Document


class Desk(Protocol):
    """What the page asks for; every method may raise LibraryError or BotError, whose message the page shows."""

    settings: Settings

    def documents(self) -> Sequence[Document]:
        """All documents, by title; raises NoLibrary where there is none yet."""

    def notice(self) -> str | None:
        """What visitors should be told about the library, e.g. that an older state of it serves."""

    def document(self, doc_id: str) -> Document:
        """One document with its text; raises DocumentNotFound."""

    def examples(self) -> Sequence[str]:
        """A few questions that the documents answer."""

    def stream(self, question: str, history: Sequence[Answer]) -> Iterator[Event]:
        """The events of answering; `history` is oldest first."""


class LibraryDesk:
    """The desk over a library on disk, opened on first use; the library itself picks up a newer generation."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._examples: dict[int, list[str]] = {}

    def documents(self) -> Sequence[Document]:
        return self._library().documents()

    def notice(self) -> str | None:
        return self._library().notice

    def document(self, doc_id: str) -> Document:
        return self._library().document(doc_id)

    def examples(self) -> Sequence[str]:
        from bot.suggest import questions

        library = self._library()
        generation = library.generation
        if generation not in self._examples:  # each question is tried on the library first, so keep them
            self._examples = {generation: questions(library)}
        return self._examples[generation]

    def stream(self, question: str, history: Sequence[Answer]) -> Iterator[Event]:
        from bot import stream

        return stream(question, history=history, home=self.settings.home)

    def _library(self) -> Library:
        from bot.front import open_library

        return open_library(self.settings)


_desk: Desk | None = None


def use(desk: Desk) -> None:
    """Set the desk of this process; `zhengwen serve` does so before the page is first drawn."""
    global _desk
    _desk = desk


def current() -> Desk:
    """The desk of this process, over the library that the settings name where none was set."""
    if _desk is None:
        from bot.settings import load_settings

        use(LibraryDesk(load_settings()))
    assert _desk is not None
    return _desk
