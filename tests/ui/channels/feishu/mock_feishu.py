"""飞书 as far as these tests need it: its open platform over real HTTP, and events, encrypted and signed."""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from Crypto.Cipher import AES

KEY, TOKEN = "一个加密密钥", "verification-token"
TENANT, PERSON, GROUP = "tenant1", "ou_person", "oc_group"


@dataclass
class Call:
    """One request that the product made."""

    verb: str
    path: str
    fields: dict[str, Any]

    @property
    def card(self) -> dict[str, Any]:
        """The card it carried."""
        made: dict[str, Any] = json.loads(self.fields["content"])
        return made

    @property
    def texts(self) -> str:
        return "".join(plain_texts(self.card))


@dataclass
class MockFeishu:
    """What was called; `faults` are answered one by one before a reply succeeds."""

    url: str = ""
    socket: str = ""
    token: dict[str, Any] = field(default_factory=lambda: {"code": 0, "tenant_access_token": "t-1", "expire": 7200})
    calls: list[Call] = field(default_factory=list)
    faults: list[tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(self) -> list[Call]:
        """The cards that were sent and updated."""
        with self.lock:
            return [call for call in self.calls if "/im/v1/messages/" in call.path]

    def wait(self, done: Callable[[], object], seconds: float = 15.0) -> None:
        limit = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < limit, [(call.verb, call.path) for call in self.calls]
            time.sleep(0.01)

    def replies(self, count: int = 1) -> list[Call]:
        """The cards, once there are so many."""
        self.wait(lambda: len(self.sent()) >= count)
        return self.sent()

    def answer(self, verb: str, path: str, fields: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        with self.lock:
            self.calls.append(Call(verb, path, fields))
            number = len(self.calls)
            if "/im/v1/messages/" in path and self.faults:
                return self.faults.pop(0)
        if path.endswith("/tenant_access_token/internal"):
            return 200, self.token, {}
        if path == "/callback/ws/endpoint":
            config = {"ReconnectCount": -1, "ReconnectInterval": 1, "ReconnectNonce": 0, "PingInterval": 120}
            return 200, {"code": 0, "data": {"URL": self.socket, "ClientConfig": config}}, {}
        return 200, {"code": 0, "data": {"message_id": f"om_reply{number}"}}, {}


@contextmanager
def mock_feishu() -> Iterator[MockFeishu]:
    mock = MockFeishu()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            fields = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
            status, answer, headers = mock.answer(self.command, self.path.partition("?")[0], fields)
            data = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PATCH = do_GET = _any

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mock.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield mock
    finally:
        server.shutdown()
        server.server_close()


def message(text: str = "@_user_1 什么是数据银行？", *, id: str = "om_1", **fields: Any) -> dict[str, Any]:
    """An event as 飞书 sends it, by default a mention in a group."""
    sender = {
        "sender_id": {"open_id": PERSON},
        "sender_type": fields.pop("sender_type", "user"),
        "tenant_key": TENANT,
    }
    inner = {
        "message_id": id,
        "create_time": "1700000000000",
        "chat_id": GROUP,
        "chat_type": "group",
        "message_type": "text",
        "content": json.dumps({"text": text}, ensure_ascii=False),
        "mentions": [{"key": "@_user_1", "id": {"open_id": "ou_bot"}, "mentioned_type": "bot", "name": "政问"}],
        **fields,
    }
    return _event("im.message.receive_v1", {"sender": sender, "message": inner}, f"ev_{id}")


def direct(text: str, *, id: str) -> dict[str, Any]:
    return message(text, id=id, chat_id="oc_direct", chat_type="p2p", mentions=[])


def pressed(value: dict[str, Any], option: str | None = None) -> dict[str, Any]:
    """A button that somebody pressed, or the option they chose."""
    action = {"value": value, "tag": "button", **({"option": option} if option else {})}
    operator = {"tenant_key": TENANT, "open_id": PERSON}
    return _event("card.action.trigger", {"operator": operator, "token": "c-1", "action": action}, "ev_press")


def _event(kind: str, event: dict[str, Any], id: str) -> dict[str, Any]:
    header = {"event_id": id, "event_type": kind, "token": TOKEN, "app_id": "cli_1", "tenant_key": TENANT}
    return {"schema": "2.0", "header": header, "event": event}


def signed(event: dict[str, Any] | str, *, key: str = KEY, **headers: str) -> dict[str, Any]:
    """`content` and `headers` of a request, encrypted and signed."""
    body = json.dumps({"encrypt": encrypted(json.dumps(event) if isinstance(event, dict) else event, key)})
    stamp, nonce = str(int(time.time())), "n1"
    digest = sha256((stamp + nonce + key + body).encode()).hexdigest()
    made = {"x-lark-request-timestamp": stamp, "x-lark-request-nonce": nonce, "x-lark-signature": digest}
    return {"content": body.encode(), "headers": {"content-type": "application/json", **made, **headers}}


def encrypted(text: str, key: str) -> str:
    data = text.encode()
    pad = AES.block_size - len(data) % AES.block_size
    start = os.urandom(AES.block_size)
    cipher = AES.new(sha256(key.encode()).digest(), AES.MODE_CBC, start)
    return base64.b64encode(start + cipher.encrypt(data + bytes([pad]) * pad)).decode()


def plain_texts(value: Any) -> list[str]:
    """Every text that 飞书 shows literally."""
    if isinstance(value, dict):
        own = [value["content"]] if value.get("tag") == "plain_text" else []
        return own + [text for item in value.values() for text in plain_texts(item)]
    return [text for item in value for text in plain_texts(item)] if isinstance(value, list) else []
