"""An address that doesn't exist is told of in plain words; nothing else is kept from a browser."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.strange import Strange


def opened(path: str, *, accept: bytes = b"text/html,*/*", method: str = "GET") -> tuple[int, bytes]:
    """Status and body that a browser gets, "through" where it comes to the application."""
    sent: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"through"})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept", accept)]}
    asyncio.run(Strange(page, others=("/v1/", "/v1", "/mcp"))(scope, None, send))
    return sent[0]["status"], sent[1]["body"]


@pytest.mark.parametrize("path", ["/nowhere", "/library/x", "/共享", "/shared/1/2", "/index"])
def test_a_wrong_address_leads_back(path: str) -> None:
    status, body = opened(path)
    assert status == 404 and "没有这个网址".encode() in body and b'href="/"' in body


@pytest.mark.parametrize(
    "path", ["/", "/auth/login", "/library", "/library/", "/shared", "/v1", "/v1/docs", "/mcp", "/_stcore/health"]
)
def test_what_there_is_is_given(path: str) -> None:
    assert opened(path) == (200, b"through")


def test_files_and_programs_are_left_alone() -> None:
    assert opened("/favicon.png")[1] == opened("/nowhere", accept=b"*/*")[1] == b"through"
    assert opened("/nowhere", method="POST")[1] == b"through"
