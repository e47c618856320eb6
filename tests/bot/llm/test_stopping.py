"""A server stops, and a program's client leaves, though a chat model goes on and on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from bot import aask
from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer, Exchange
from tests.bot.llm.test_writing import QUESTION
from tests.ui.serving import serving

TOOL = {"name": "ask_policy", "arguments": {"question": QUESTION}}
CALL = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": TOOL})
HEADERS = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: "
PATIENCE = 40
"""Seconds until a first question reaches the model on a busy machine."""


def goes_on(exchange: Exchange) -> None:
    """A word now and then for as long as somebody listens."""
    exchange.begin()
    exchange.wait_until_left(60)


def asked(chat: ChatServer, times: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(chat.requests) < times and time.monotonic() < until:
        time.sleep(0.05)
    assert len(chat.requests) == times


def test_a_server_leaves_a_model_that_goes_on_and_ends_within_ten_seconds(
    policies_home: Path, chat: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("mcp", reason="needs pip install 'zhengwen[mcp]'")
    monkeypatch.setenv("ZHENGWEN_LLM_TIMEOUT", "60")
    monkeypatch.setenv("ZHENGWEN_LLM_SECONDS", "60")
    chat.manner = goes_on
    with serving(policies_home, tmp_path / "log") as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as program:
            program.sendall(f"POST /mcp HTTP/1.1\r\nHost: {host}:{port}\r\n{HEADERS}{len(CALL)}\r\n\r\n{CALL}".encode())
            asked(chat, 1)
        assert chat.left.wait(10)  # a program that gives up waiting for a tool ends the tool's request
        chat.left.clear()
        chat.manner = server.first(goes_on, server.is_silent)
        body = {"question": QUESTION, "stream": True}
        with (
            httpx.stream("POST", f"{running.url}/v1/ask", json=body, trust_env=False) as one,
            httpx.stream("POST", f"{running.url}/v1/ask", json=body, trust_env=False) as two,
        ):
            asked(chat, 3)
            assert one.status_code == two.status_code == 200
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(timeout=10) == 0
        assert chat.left.wait(10)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_an_awaited_answer_that_is_cancelled_ends_the_request(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.is_silent

    async def leave() -> None:
        asking = asyncio.create_task(aask(QUESTION, home=policies_home))
        while not chat.requests:
            await asyncio.sleep(0.02)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking

    asyncio.run(leave())
    assert chat.left.wait(0.9)  # sooner than its own time limit
