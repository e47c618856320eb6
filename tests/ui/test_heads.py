"""The head of a request is bounded, in size and in time; what is properly asked doesn't notice."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from ui.heads import BoundedHead

ASKED = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"


class Impatient(BoundedHead):
    seconds = 0.4
    largest = 4_000


async def length(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the length of the body, which it takes its time to read."""
    assert scope["type"] == "http"
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await asyncio.sleep(0.6)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(length, http=Impatient, lifespan="off", log_level="error"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.01)
        yield int(listening.getsockname()[1])
        server.should_exit = True
        running.join(10)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def test_who_says_nothing_is_let_go(port: int) -> None:
    with connected(port) as silent:
        assert silent.recv(1) == b""


def test_who_never_comes_to_the_end_is_let_go(port: int) -> None:
    begun = time.monotonic()
    with connected(port) as slow, pytest.raises(OSError):
        slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
        while time.monotonic() - begun < 5:
            slow.sendall(b"a")
            time.sleep(0.05)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("line", [b"X-A: " + b"a" * 1_000, b"X-A: a\r\n" * 200])
def test_too_large_a_head_is_refused(port: int, line: bytes) -> None:
    with connected(port) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n")
        told = b""
        for _ in range(20):
            try:
                asking.sendall(line)
                time.sleep(0.01)
            except OSError:
                break
        try:
            told = asking.recv(100)
        except ConnectionResetError:
            return  # closed before all that we had sent was read
        assert told.startswith(b"HTTP/1.1 431 ")


def test_what_takes_long_behind_the_head_is_answered_and_the_next_request_too(port: int) -> None:
    with connected(port) as asking:
        for size in (20_000, 3):
            asking.sendall(ASKED % size)
            for _ in range(size // 1000):
                asking.sendall(b"b" * 1000)
                time.sleep(0.03)  # longer, all in all, than a head may take
            asking.sendall(b"b" * (size % 1000))
            told = b""
            while not told.endswith(b"\r\n\r\n" + str(size).encode()):
                part = asking.recv(1000)
                assert part, told
                told += part


def test_a_second_head_is_bounded_as_the_first(port: int) -> None:
    with connected(port) as asking:
        asking.sendall(ASKED % 1 + b"b")
        assert b"200 OK" in asking.recv(1000)
        asking.sendall(b"GET / HTTP/1.1\r\n")
        assert asking.recv(1000) == b""
