"""What the reading commands ask: the library on this machine, or with --server one that is running elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, Unpack

if TYPE_CHECKING:
    from bot.answer import Answer, Event
    from bot.front import FilterFields
    from bot.settings import Settings
    from vectorstore.model import Document, Fact, FactKind, Hit


class Backend(Protocol):
    """A library to ask and read; every method may raise LibraryError or BotError."""

    def ask(self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]) -> Answer:
        """See `bot.ask`."""

    def stream(
        self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]
    ) -> Iterator[Event]:
        """See `bot.stream`."""

    def search(self, query: str, *, k: int = 10, **filters: Unpack[FilterFields]) -> list[Hit]:
        """The passages for a query, ranked as for a question, best first."""

    def documents(self) -> list[Document]:
        """Every document, by title; a server's without their text."""

    def document(self, doc_id: str) -> Document:
        """One document with its text; raises DocumentNotFound."""

    def facts(
        self,
        kinds: Sequence[FactKind] = (),
        *,
        regions: Sequence[str] = (),
        years: Sequence[int] = (),
        documents: Sequence[str] = (),
        superseded: bool = False,
    ) -> list[Fact]:
        """See `bot.facts`."""


def backend_of(settings: Settings) -> Backend:
    """The server that the settings name, else the library at their home. Raises BadSettings."""
    if settings.server is None:
        return Local(settings)
    from bot import connect

    return connect(settings.server, key=settings.key.get_secret_value() if settings.key else None)


class Local:
    """The library on this machine, opened on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def ask(self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]) -> Answer:
        from bot.answer import Answered

        *_, last = self.stream(question, history=history, **filters)
        assert isinstance(last, Answered), "an event stream ends with Answered"
        return last.answer

    def stream(
        self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]
    ) -> Iterator[Event]:
        from bot.front import stream_from

        return stream_from(self._settings, question, history=history, **filters)

    def search(self, query: str, *, k: int = 10, **filters: Unpack[FilterFields]) -> list[Hit]:
        from bot.front import search

        return search(self._settings, query, k=k, **filters)

    def documents(self) -> list[Document]:
        from bot.front import open_library

        return open_library(self._settings).documents()

    def document(self, doc_id: str) -> Document:
        from bot.front import open_library

        return open_library(self._settings).document(doc_id)

    def facts(
        self,
        kinds: Sequence[FactKind] = (),
        *,
        regions: Sequence[str] = (),
        years: Sequence[int] = (),
        documents: Sequence[str] = (),
        superseded: bool = False,
    ) -> list[Fact]:
        from bot.front import open_library

        library, current = open_library(self._settings), not superseded and not documents
        return library.facts(kinds=kinds, regions=regions, years=years, documents=documents, current=current)
