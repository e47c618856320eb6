"""A chat model's server as tests need it: real HTTP, OpenAI's protocol, and every way of misbehaving."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Manner = Callable[["Exchange"], None]
"""How a request is answered."""


@dataclass
class Exchange:
    """One request, and the means to answer it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    server: ChatServer

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    def status(self, code: int, text: str = "{}", **headers: str) -> None:
        """A whole response."""
        payload = text.encode()
        self.handler.send_response(code)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(payload)))
        self.handler.end_headers()
        self.handler.wfile.write(payload)

    def begin(self) -> None:
        """The head of a stream."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream")
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def piece(self, text: str | None, *, finish: str | None = None) -> None:
        """One event of a stream."""
        delta = {} if text is None else {"role": "assistant", "content": text}
        event = _event("chat.completion.chunk", {"delta": delta, "finish_reason": finish})
        self.handler.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        self.handler.wfile.flush()

    def done(self) -> None:
        self.piece(None, finish="stop")
        self.handler.wfile.write(b"data: [DONE]\n\n")

    def wait_until_left(self, seconds: float = 20) -> None:
        """Go on writing until the client has gone."""
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                self.piece("。")
                time.sleep(0.05)
        except OSError:
            self.server.left.set()


@dataclass
class ChatServer:
    """Answers every request in its `manner`; remembers what it was asked."""

    url: str = ""
    manner: Manner = field(default=lambda exchange: says("")(exchange))
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        return ["\n".join(m["content"] for m in request["messages"]) for request in self.requests]


@contextlib.contextmanager
def serving() -> Iterator[ChatServer]:
    """A server on this machine until the block ends."""
    chat = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            chat.requests.append(body)
            chat.keys.append(self.headers.get("Authorization", ""))
            with contextlib.suppress(OSError):
                chat.manner(Exchange(self, body, chat))

        def log_message(self, *_: Any) -> None:
            """Nothing: tests read their own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def says(answer: str | Callable[[Exchange], str], *, size: int = 5) -> Manner:
    """An answer, streamed in pieces where that is asked for, else whole."""

    def manner(exchange: Exchange) -> None:
        text = answer if isinstance(answer, str) else answer(exchange)
        if not exchange.body.get("stream"):
            message = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            exchange.status(200, json.dumps(_event("chat.completion", message), ensure_ascii=False))
            return
        exchange.begin()
        for start in range(0, len(text), size):
            exchange.piece(text[start : start + size])
        exchange.done()

    return manner


def fails(code: int, text: str = '{"error": {"message": "no"}}', **headers: str) -> Manner:
    return lambda exchange: exchange.status(code, text, **headers)


def first(*manners: Manner) -> Manner:
    """One manner after another, the last one for good."""
    turns = iter(manners[:-1])
    return lambda exchange: next(turns, manners[-1])(exchange)


def never_answers(exchange: Exchange) -> None:
    time.sleep(3)


def is_silent(exchange: Exchange) -> None:
    """Says nothing until the client has gone."""
    connection = exchange.handler.connection
    connection.settimeout(20)
    with contextlib.suppress(OSError):
        if connection.recv(1) == b"":
            exchange.server.left.set()


def hangs_midway(exchange: Exchange) -> None:
    exchange.begin()
    exchange.piece("绵阳市到2021年")
    time.sleep(3)


def breaks_off(exchange: Exchange) -> None:
    """The connection is cut within a stream."""
    exchange.begin()
    exchange.piece("绵阳市到2021年，")
    exchange.handler.wfile.write(b'data: {"id": "x", "obj')
    exchange.handler.wfile.flush()
    exchange.handler.connection.shutdown(socket.SHUT_RDWR)


def ends_early(exchange: Exchange) -> None:
    """The stream ends properly, but in the middle of a sentence and without saying that it is the end."""
    exchange.begin()
    exchange.piece("绵阳市到2021年，每万人拥有")


def is_empty(exchange: Exchange) -> None:
    exchange.begin()
    exchange.done()


def is_no_json(exchange: Exchange) -> None:
    exchange.begin()
    exchange.handler.wfile.write("data: <html>维护中</html>\n\n".encode())


def is_a_page(exchange: Exchange) -> None:
    exchange.status(200, "<html>维护中</html>")


def is_of_another_shape(exchange: Exchange) -> None:
    """JSON, but no completion."""
    if exchange.body.get("stream"):
        exchange.begin()
        exchange.handler.wfile.write(b'data: {"choices": "none"}\n\ndata: [1, 2]\n\ndata: [DONE]\n\n')
    else:
        exchange.status(200, '{"choices": "none"}')


def errs_midway(exchange: Exchange) -> None:
    """An error instead of the rest, as services of this protocol send it."""
    if not exchange.body.get("stream"):
        return exchange.status(500, '{"error": {"message": "overloaded"}}')
    exchange.begin()
    exchange.piece("绵阳市到2021年，")
    exchange.handler.wfile.write(b'data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n')
    return None


def is_endless(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(100_000):
        exchange.piece("绵阳市" * 100)


def trickles(exchange: Exchange) -> None:
    """A word now and then, without an end."""
    exchange.begin()
    for _ in range(60):
        exchange.piece("绵阳")
        time.sleep(0.1)


def _event(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "x", "object": kind, "created": 1, "model": "stand-in", "choices": [{"index": 0, **choice}]}
