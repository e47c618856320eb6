"""ask, stream and their async forms: one generator of events, consumed four ways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from bot.answer import Answer, Answered, Event
from bot.conversations import LOCAL, Conversations
from bot.cross_encoder import CrossEncoderReranker
from bot.llm.foreign import answered
from bot.llm.leaving import Leaving, in_thread
from bot.llm.writer import Writer
from bot.pipeline import answer_events, check
from bot.question.understand import understand
from bot.remembering import remembered
from bot.rerank import Reranker, find, rerank
from bot.settings import Settings, load_settings
from vectorstore.embeddings import Wanted
from vectorstore.library import Library
from vectorstore.model import Fact, FactKind, Filters, Hit
from vectorstore.pretrained import Running
from vectorstore.regions import Gazetteer

if TYPE_CHECKING:
    from bot.llm.chat_model import ChatSettings


_OPENING = Lock()


class FilterFields(TypedDict, total=False):
    """What an answer may be restricted to; see vectorstore.model.Filters."""

    regions: Sequence[str]
    years: Sequence[int]
    issuers: Sequence[str]
    kinds: Sequence[str]
    documents: Sequence[str]


class Options(FilterFields, total=False):
    """What every form of asking takes beside the question and the home."""

    history: Sequence[Answer]
    """The earlier Answers of the conversation, oldest first."""
    conversation: str
    """Instead of `history`: the id of a conversation that bot.conversations made, which is read and added to."""
    owner: str
    """Whose conversation it is; "local" where none is named."""


def ask(question: str, *, home: str | Path | None = None, **options: Unpack[Options]) -> Answer:
    """The answer to `question` from the library at `home` (default: ZHENGWEN_HOME).

    `history` holds the earlier Answers of the conversation, oldest first; or `conversation` names one that is kept.
    Raises BlankQuestion, QuestionTooLong, BadSettings, ConversationNotFound, and vectorstore.errors.LibraryError (no
    library yet, damaged, built with another embedding model).
    """
    for event in stream(question, home=home, **options):
        if isinstance(event, Answered):
            return event.answer
    raise AssertionError("an event stream ends with Answered")


def stream(question: str, *, home: str | Path | None = None, **options: Unpack[Options]) -> Iterator[Event]:
    """The events on the way to the answer: Searching, Retrieved, Token…, Answered. Raises as `ask`, at once."""
    check(question)
    return stream_from(load_settings(home=home), question, **options)


def stream_from(
    settings: Settings,
    question: str,
    *,
    history: Sequence[Answer] = (),
    conversation: str | None = None,
    owner: str | None = None,
    **filters: Unpack[FilterFields],
) -> Iterator[Event]:
    """`stream` with settings that have been read already, for those who answer many questions."""
    check(question)
    chosen = Filters(**{name: several(values) for name, values in filters.items()})
    answering = partial(_events, settings, question, chosen)
    if conversation is None:
        return answering(history)
    if history:
        raise ValueError("either history or conversation")
    return remembered(Conversations(settings.home), conversation, answering, owner=owner or LOCAL)


def _events(settings: Settings, question: str, filters: Filters, history: Sequence[Answer]) -> Iterator[Event]:
    library, writer = open_library(settings), open_writer(settings)
    answering = partial(
        answer_events,
        library,
        history=history,
        filters=filters,
        passages=settings.passages,
        reranker=open_reranker(settings),
        writer=writer,
    )
    return answered(question, library, writer, answering)


def search(settings: Settings, query: str, *, k: int = 10, **filters: Unpack[FilterFields]) -> list[Hit]:
    """Up to `k` passages for the query, best first, ranked as for a question. Raises as `ask`."""
    check(query)
    library = open_library(settings)
    understood = understand(query, Gazetteer(d.region for d in library.documents() if d.region))
    chosen = Filters(**{name: several(values) for name, values in filters.items()})
    return find(library, understood, k=k, filters=chosen, reranker=open_reranker(settings))[:k]


async def aask(question: str, *, home: str | Path | None = None, **options: Unpack[Options]) -> Answer:
    """`ask` without blocking the event loop."""
    return await in_thread(lambda: ask(question, home=home, **options))


async def astream(question: str, *, home: str | Path | None = None, **options: Unpack[Options]) -> AsyncIterator[Event]:
    """`stream` without blocking the event loop: each step runs in a worker thread."""
    events = await asyncio.to_thread(stream, question, home=home, **options)
    one_at_a_time = Lock()
    leaving = Leaving()

    def following() -> Event | None:
        with one_at_a_time, leaving.heeded():
            return next(events, None)

    def close() -> None:
        with one_at_a_time:
            if isinstance(events, Generator):
                events.close()

    try:
        while (event := await asyncio.to_thread(following)) is not None:
            yield event
    finally:
        # Whoever leaves doesn't wait for the step at hand, after which the work ends, a chat model's request included.
        leaving.set()
        asyncio.get_running_loop().run_in_executor(None, close)


def facts(
    kinds: FactKind | Sequence[FactKind] = (),
    *,
    regions: str | Sequence[str] = (),
    years: int | Sequence[int] = (),
    documents: str | Sequence[str] = (),
    superseded: bool = False,
    home: str | Path | None = None,
) -> list[Fact]:
    """What the documents at `home` state that can be tabulated: "target", "figure", "forecast", "responsibility",
    "reference", "person"; all where `kinds` names none. In the order of documents and of their texts.

    Nothing restricts that isn't given; see vectorstore.library.Library.facts. What copies and older versions state is
    left out, unless `superseded` or `documents` asks for it. Raises BadSettings and LibraryError.
    """
    return open_library(load_settings(home=home)).facts(
        kinds=several(kinds),
        regions=several(regions),
        years=several(years),
        documents=several(documents),
        current=not superseded and not documents,
    )


def several(values: object) -> tuple[Any, ...]:
    """Filter values as a tuple; one alone need not be wrapped in a list."""
    return (values,) if isinstance(values, str | int) else tuple(values)  # type: ignore[arg-type]


def open_reranker(settings: Settings) -> Reranker:
    """The reranker of `settings`, made once in a process and loaded at its first question."""
    if settings.reranker is None:
        return rerank
    return _cross_encoder(settings.reranker, settings.reranked, settings.running)


@lru_cache(maxsize=2)
def _cross_encoder(model: str, depth: int, running: Running) -> Reranker:
    return CrossEncoderReranker(model, depth=depth, running=running)


def open_writer(settings: Settings) -> Writer | None:
    """The chat model of `settings`, opened once in a process; None where none is set. Raises BadSettings."""
    chat = chat_settings(settings)
    return None if chat is None else _chat_writer(chat, settings.llm_characters, settings.llm_rewrite)


def chat_settings(settings: Settings) -> ChatSettings | None:
    """How the chat model of `settings` is reached; None where none is set."""
    if settings.llm is None:
        return None
    # Only where one is set: a chat model's packages take seconds to load.
    from bot.llm.chat_model import ChatSettings

    return ChatSettings(
        settings.llm, settings.llm_base_url, settings.llm_key, settings.llm_timeout, settings.llm_seconds,
        settings.llm_tokens, settings.llm_retries, settings.llm_temperature, settings.llm_stream,
    )  # fmt: skip


@lru_cache(maxsize=2)
def _chat_writer(chat: ChatSettings, characters: int, rewrites: bool) -> Writer:
    from bot.llm.chat_model import ChatModel
    from bot.llm.generate import ChatWriter

    return ChatWriter(ChatModel(chat), characters=characters, rewrites=rewrites)


def open_library(settings: Settings) -> Library:
    """The library of `settings`, opened once in a process, also when the first questions come at the same time."""
    with _OPENING:
        return _open(settings.home, settings.wanted)


@lru_cache(maxsize=8)
def _open(home: Path, embedding: Wanted) -> Library:
    return Library.open(home, embedding=embedding)
