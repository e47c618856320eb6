"""Whoever leaves wakes what waits for somebody else's server, ends its request, and what is left behind is put away."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot import astream, stream
from bot.answer import Token
from bot.llm.background import AHEAD, Left, OutOfTime, pause, read
from bot.llm.leaving import Leaving, woken
from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer, Exchange
from tests.bot.llm.test_writing import QUESTION
from ui.api.workers import Workers


async def silence(cancelled: threading.Event) -> AsyncIterator[str]:
    """One word, and then nothing."""
    yield "公园"
    try:
        await asyncio.sleep(30)
    finally:
        cancelled.set()


def test_a_stream_is_cancelled_when_it_is_closed_when_time_is_up_and_when_the_asker_leaves() -> None:
    for leave, raised in ((False, OutOfTime), (True, Left)):
        cancelled, leaving = threading.Event(), Leaving()
        began = time.monotonic()
        with leaving.heeded():
            pieces = read(lambda: silence(cancelled), until=began + (20 if leave else 0.3))  # noqa: B023
            assert next(pieces) == "公园"
            threading.Timer(0.1, leaving.set).start() if leave else None
            with pytest.raises(raised):
                next(pieces)
        assert time.monotonic() - began < 5 and cancelled.wait(5)
    cancelled = threading.Event()
    pieces = read(lambda: silence(cancelled), until=time.monotonic() + 20)
    assert next(pieces) == "公园" and not cancelled.is_set()
    pieces.close()
    assert cancelled.wait(5)


def test_what_a_stream_raises_is_raised_where_it_is_read() -> None:
    async def broken() -> AsyncIterator[str]:
        yield "公园"
        raise ValueError("断了")

    pieces = read(broken, until=time.monotonic() + 5)
    assert next(pieces) == "公园"
    with pytest.raises(ValueError, match="断了"):
        next(pieces)


def test_who_has_left_already_wakes_at_once_and_who_is_done_is_woken_no_more() -> None:
    leaving, woke = Leaving(), []
    with leaving.heeded():
        with woken(lambda: woke.append("done")):
            pass
        leaving.set()
        assert leaving.is_set() and woke == []
        with pytest.raises(Left):
            pause(20)
    pause(0.01)


def test_a_client_of_the_service_that_leaves_frees_its_thread_at_once() -> None:
    freed = threading.Event()

    def work() -> Iterator[str]:
        yield "找到了"
        try:
            pause(30)
        finally:
            freed.set()

    async def leave() -> None:
        async with aclosing(Workers(1, 0).stream(work)) as events:
            async for _ in events:
                break

    asyncio.run(leave())
    assert freed.wait(5)


def test_a_stream_that_never_pauses_ends_too_and_never_runs_far_ahead() -> None:
    given, ended = [], threading.Event()

    async def endless() -> AsyncIterator[int]:
        try:
            while True:
                given.append(len(given))
                yield given[-1]
        finally:
            ended.set()

    pieces = read(endless, until=time.monotonic() + 20)
    assert [next(pieces) for _ in range(3)] == [0, 1, 2]
    time.sleep(0.1)
    assert len(given) <= 3 + AHEAD
    pieces.close()
    assert ended.wait(5)


def test_whoever_leaves_ends_the_request(policies_home: Path, chat: ChatServer) -> None:
    def manner(exchange: Exchange) -> None:
        exchange.begin()
        exchange.wait_until_left()

    chat.manner = manner
    events = stream(QUESTION, home=policies_home)
    for event in events:
        if isinstance(event, Token):
            break
    assert not chat.left.is_set()
    events.close()  # type: ignore[attr-defined]
    del events
    gc.collect()
    assert chat.left.wait(5)


def test_whoever_leaves_an_async_stream_ends_it_too(policies_home: Path, chat: ChatServer) -> None:
    def manner(exchange: Exchange) -> None:
        exchange.begin()
        exchange.wait_until_left()

    async def leave() -> None:
        events = astream(QUESTION, home=policies_home)
        async for event in events:
            if isinstance(event, Token):
                break
        await events.aclose()  # type: ignore[attr-defined]

    chat.manner = manner
    asyncio.run(leave())
    assert chat.left.wait(5)


def test_whoever_leaves_while_the_model_is_silent_closes_the_connection_at_once(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_TIMEOUT", "30")
    monkeypatch.setenv("ZHENGWEN_LLM_SECONDS", "60")

    async def leave() -> float:
        events = astream(QUESTION, home=policies_home)

        async def read() -> None:
            async for _ in events:
                pass

        reading = asyncio.create_task(read())
        while not chat.requests:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)
        began = time.monotonic()
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        assert await asyncio.to_thread(chat.left.wait, 5)
        return time.monotonic() - began

    chat.manner = server.is_silent
    assert asyncio.run(leave()) < 2
