"""The page's one desk: where it gets documents, example questions and answers from, shared by all its sessions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vectorstore.model import FactKind, Filters

if TYPE_CHECKING:
    from bot.answer import Answer, Event
    from bot.conversations import Conversations
    from bot.feedback import Feedback
    from bot.front import FilterFields
    from bot.settings import Settings
    from vectorstore.library import Library
    from vectorstore.model import Document, Fact

_NO_FILTERS = Filters()
_REMEMBERED = 50
"""States of the library and filters whose example questions are kept."""


class Desk(Protocol):
    """What the page asks for; every method may raise LibraryError or BotError, whose message the page shows."""

    settings: Settings
    local: bool
    """Whether only this machine reaches the page."""

    def documents(self) -> Sequence[Document]:
        """All documents, by title; raises NoLibrary where there is none yet."""

    def notice(self) -> str | None:
        """What visitors should be told, e.g. that an older state of the library serves, or conversations were lost."""

    def document(self, doc_id: str) -> Document:
        """One document with its text; raises DocumentNotFound."""

    def examples(self, filters: Filters = _NO_FILTERS, admitted: Sequence[Document] = ()) -> Sequence[str]:
        """A few questions that the documents answer; under `filters`, from the documents that these have `admitted`."""

    def stream(self, question: str, history: Sequence[Answer], filters: Filters = _NO_FILTERS) -> Iterator[Event]:
        """The events of answering; `history` is oldest first."""

    def follow_ups(self, history: Sequence[Answer], filters: Filters = _NO_FILTERS) -> Sequence[str]:
        """Questions to ask after the last answer of `history`, each of which the library answers."""

    def facts(self, *kinds: FactKind, documents: Sequence[str] = ()) -> Sequence[Fact]:
        """What the documents (all, where none is named) state that can be tabulated."""

    def original(self, doc_id: str) -> Path:
        """The file that a document was read from, as it was; raises DocumentNotFound."""

    def conversations(self) -> Conversations:
        """Where conversations are kept."""

    def feedback(self) -> Feedback:
        """Where verdicts on answers are kept."""


class LibraryDesk:
    """The desk over a library on disk, opened on first use; the library itself picks up a newer generation."""

    def __init__(self, settings: Settings, *, local: bool = True) -> None:
        self.settings = settings
        self.local = local
        self._examples: OrderedDict[tuple[int, Filters], list[str]] = OrderedDict()
        self._trying = threading.Lock()
        self._looking = threading.Lock()

    def documents(self) -> Sequence[Document]:
        return self._library().documents()

    def notice(self) -> str | None:
        from bot.state import state_of

        return self._library().notice or state_of(self.settings.home).notice

    def document(self, doc_id: str) -> Document:
        return self._library().document(doc_id)

    def examples(self, filters: Filters = _NO_FILTERS, admitted: Sequence[Document] = ()) -> Sequence[str]:
        from bot.suggest import PATIENCE, questions

        library = self._library()
        wanted = (library.generation, filters)
        if wanted in self._examples:
            return self._examples[wanted]
        with self._trying:  # each question is tried on the library first: once is enough
            if wanted not in self._examples:
                self._examples[wanted] = (
                    questions(library)
                    if filters == _NO_FILTERS
                    else questions(library, documents=admitted, filters=filters, patience=PATIENCE)
                )
                while len(self._examples) > _REMEMBERED:
                    self._examples.popitem(last=False)
            return self._examples[wanted]

    def stream(self, question: str, history: Sequence[Answer], filters: Filters = _NO_FILTERS) -> Iterator[Event]:
        from bot import stream

        return stream(question, history=history, home=self.settings.home, **filter_fields(filters))

    def follow_ups(self, history: Sequence[Answer], filters: Filters = _NO_FILTERS) -> Sequence[str]:
        from bot.suggest import PATIENCE, follow_ups

        # Each tries several questions: many visitors' at once would keep the answers of others waiting.
        if not self._looking.acquire(timeout=PATIENCE):
            return ()
        try:
            return follow_ups(self._library(), history, filters=filters)
        finally:
            self._looking.release()

    def facts(self, *kinds: FactKind, documents: Sequence[str] = ()) -> Sequence[Fact]:
        return self._library().facts(kinds=kinds, documents=documents)

    def original(self, doc_id: str) -> Path:
        return self._library().original(doc_id)

    def conversations(self) -> Conversations:
        from bot.conversations import Conversations

        return Conversations(self.settings.home)

    def feedback(self) -> Feedback:
        from bot.feedback import Feedback

        return Feedback(self.settings.home)

    def _library(self) -> Library:
        from bot.front import open_library

        return open_library(self.settings)


def filter_fields(filters: Filters) -> FilterFields:
    """The filters as the arguments that `bot.stream` takes."""
    return {
        "regions": filters.regions,
        "years": filters.years,
        "issuers": filters.issuers,
        "kinds": filters.kinds,
        "documents": filters.documents,
    }


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
