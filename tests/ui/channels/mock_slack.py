"""Slack as far as these tests need it: its Web API over real HTTP, and signed requests as it sends them."""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, USER, CHANNEL = "T0TEAM", "U0PERSON", "C0ROOM"

Answer = tuple[int, dict[str, Any], dict[str, str]]


@dataclass
class Call:
    """One request that the product made."""

    method: str
    fields: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


@dataclass
class MockSlack:
    """What was called, and what to answer; `faults` are used up one by one before a method succeeds."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: dict[str, list[Answer]] = field(default_factory=dict)
    socket: str = ""
    streams: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def of(self, *methods: str) -> list[Call]:
        with self.lock:
            return [call for call in self.calls if call.method in methods]

    def wait(self, done: Callable[[], object], seconds: float = 15.0) -> None:
        limit = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < limit, [call.method for call in self.calls]
            time.sleep(0.01)

    def posted(self, count: int = 1) -> list[Call]:
        """The messages that were posted, once there are so many."""
        self.wait(lambda: len(self.of("chat.postMessage")) >= count)
        return self.of("chat.postMessage")

    def answer(self, method: str, fields: dict[str, Any]) -> Answer:
        with self.lock:
            self.calls.append(Call(method, fields))
            faults = self.faults.get(method, [])
            if faults:
                return faults.pop(0)
            number = len(self.calls)
        if method in ("chat.startStream", "chat.appendStream", "chat.stopStream") and not self.streams:
            return 200, {"ok": False, "error": "unknown_method"}, {}
        if method == "apps.connections.open":
            return 200, {"ok": True, "url": self.socket}, {}
        return 200, {"ok": True, "ts": f"1700000000.{number:06d}", "channel": fields.get("channel")}, {}


@contextmanager
def mock_slack() -> Iterator[MockSlack]:
    """A running one; commands reply to `url`/hook."""
    mock = MockSlack()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            if self.headers.get("content-type", "").startswith("application/json"):
                fields = json.loads(body or "{}")
            else:
                fields = {name: _value(values[0]) for name, values in parse_qs(body).items()}
            fields["authorization"] = self.headers.get("authorization")
            method = self.path.rsplit("/", 1)[-1]
            status, answer, headers = mock.answer(method, fields)
            data = b"ok" if method == "hook" else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mock.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield mock
    finally:
        server.shutdown()
        server.server_close()


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in ("[", "{") else text


def event(text: str = "<@U0BOT> 什么是数据银行？", *, ts: str = "1700000001.000100", **fields: Any) -> dict[str, Any]:
    """An event as Slack wraps it, by default a mention in a channel."""
    inner = {"type": "app_mention", "user": USER, "text": text, "ts": ts, "channel": CHANNEL, **fields}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event": {name: value for name, value in inner.items() if value is not None},
        "event_id": f"Ev{ts}",
        "event_time": 1700000001,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
    }


def direct(text: str, **fields: Any) -> dict[str, Any]:
    return event(text, type="message", channel="D0CHAT", channel_type="im", **fields)


def pressed(action: str, value: str, url: str) -> dict[str, str]:
    """A button that somebody pressed, or the option they chose."""
    chosen = {"selected_option": {"value": value}} if action == "zhengwen_reason" else {"value": value}
    kind = "static_select" if action == "zhengwen_reason" else "button"
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": USER},
        "channel": {"id": CHANNEL},
        "response_url": f"{url}/hook",
        "actions": [{"type": kind, "action_id": action, "block_id": "b", "action_ts": "1", **chosen}],
    }
    return {"payload": json.dumps(payload)}


def signed(
    body: dict[str, Any] | str | bytes, *, form: bool = False, secret: str = SECRET, age: float = 0, **headers: str
) -> dict[str, Any]:
    """`content` and `headers` of a request as Slack signs it, `age` seconds ago."""
    text = body if isinstance(body, (str, bytes)) else urlencode(body) if form else json.dumps(body, ensure_ascii=False)
    content = text.encode() if isinstance(text, str) else text
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + content, sha256).hexdigest()
    return {
        "content": content,
        "headers": {
            "content-type": "application/x-www-form-urlencoded" if form else "application/json",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
            **headers,
        },
    }


def literal_texts(blocks: Any) -> list[str]:
    """Every text that Slack shows literally in these blocks."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if blocks.get("type") in ("text", "plain_text") else []
        return own + [text for value in blocks.values() for text in literal_texts(value)]
    return [text for item in blocks for text in literal_texts(item)] if isinstance(blocks, list) else []
