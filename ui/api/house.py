"""What the API's routes work with: the open library, what is remembered, and the threads that answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.answer import Answer, Answered, Event
from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.front import open_library, search, stream_from
from bot.remembering import remembered
from bot.settings import Settings
from ui.api.keys import Keys
from ui.api.metrics import Metrics
from ui.api.repeats import Repeats
from ui.api.workers import Workers
from ui.jobs import jobs_of
from ui.lookup import find
from vectorstore.model import Hit

if TYPE_CHECKING:
    from vectorstore.library import Library

_RECENT = 2_000
"""Answers that a verdict can still be given on, and that a conversation of OpenAI's kind can refer back to."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given lately, and to whom."""

    owner: str
    answer: Answer


class House:
    """One server's, shared by all its requests."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.quoting = settings.model_copy(update={"llm": None})
        """The settings without a chat model, for what need not be well written."""
        self.keys = Keys(settings.home)
        self.conversations = Conversations(settings.home)
        self.feedback = Feedback(settings.home)
        self.workers = Workers(settings.workers or _threads(settings), settings.waiting)
        self.jobs = jobs_of(settings)
        self._repeats = Repeats()
        self.metrics = Metrics()
        self.metrics.gauge("zhengwen_questions", "Questions being answered or waiting.", lambda: self.workers.running)
        self.metrics.gauge("zhengwen_generation", "The library's generation, 0 where there is none.", self._generation)
        self._recent: OrderedDict[str, Given] = OrderedDict()
        self._noting = threading.Lock()

    @property
    def library(self) -> Library:
        """The open library. Raises LibraryError."""
        return open_library(self.settings)

    def answering(
        self, question: str, *, history: Sequence[Answer] = (), conversation: str | None, owner: str, **filters: Any
    ) -> Iterator[Event]:
        """The events of answering, within a kept conversation where one is named. Raises as `bot.stream`, at once."""
        if conversation is None:
            events = self._worked_out(question, filters, history)
        else:
            answer = partial(self._worked_out, question, filters)
            events = remembered(self.conversations, conversation, answer, owner=owner)
        return self._counted(events)

    def search(self, query: str, *, k: int, **filters: Any) -> list[Hit]:
        """The passages for a query, ranked as for a question."""
        return search(self.settings, query, k=k, **filters)

    def chosen(self, filters: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """The filters with documents by id, whether they were named so or by title. Raises as `ui.lookup.find`."""
        if not filters.get("documents"):
            return filters
        documents = self.library.documents()
        return {**filters, "documents": [find(documents, one).id for one in filters["documents"]]}

    def note(self, id: str, owner: str, answer: Answer) -> None:
        """Keep in mind that this answer was given under this id."""
        with self._noting:
            self._recent[id] = Given(owner, answer)
            while len(self._recent) > _RECENT:
                self._recent.popitem(last=False)

    def given(self, id: str, owner: str) -> Answer | None:
        """The answer that was given to this owner under this id, if it is still in mind."""
        with self._noting:
            found = self._recent.get(id)
        return found.answer if found is not None and found.owner == owner else None

    def close(self) -> None:
        self.jobs.close()

    def _worked_out(self, question: str, filters: dict[str, Any], history: Sequence[Answer]) -> Iterator[Event]:
        answer = partial(stream_from, self.settings, question, history=history, **filters)
        if history or self.settings.llm is not None:  # a chat model may do better, or be back, next time
            return answer()
        state = (self.library.generation, self.library.notice, date.today())  # what holds today may not tomorrow
        asked = (question, tuple((name, tuple(values)) for name, values in sorted(filters.items())))
        return self._repeats.events(state, asked, answer)

    def _counted(self, events: Iterator[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Answered):
                self.metrics.answers.labels(event.answer.status, event.answer.writer).inc()
            yield event

    def _generation(self) -> float:
        from vectorstore.errors import LibraryError

        try:
            return self.library.generation
        except LibraryError:
            return 0


def _threads(settings: Settings) -> int:
    """How many threads answer best. A chat model is waited for, and a large reranker works outside of Python; all else
    is Python, of which one thread runs at a time, and several lose a third of the answers by handing it on."""
    if settings.llm is not None:
        return 32
    return 4 if settings.reranker else 1
