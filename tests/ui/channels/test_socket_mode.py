"""Socket Mode against a mock websocket: the same answers, acknowledged, and the connection found again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.ui.channels.conftest import slack_settings
from tests.ui.channels.mock_slack import MockSlack, event, literal_texts
from ui.channels import open_channels
from ui.channels.slack import door


@dataclass
class Socket:
    """The websocket that Slack offers: what it received, and who is connected now."""

    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    connections: list[ServerConnection] = field(default_factory=list)

    def deliver(self, payload: dict[str, Any], envelope: str) -> None:
        self.connections[-1].send(
            json.dumps(
                {"type": "events_api", "envelope_id": envelope, "payload": payload, "accepts_response_payload": False}
            )
        )

    def acknowledged(self) -> list[str]:
        return [message["envelope_id"] for message in self.received if "envelope_id" in message]


@contextmanager
def socket() -> Iterator[Socket]:
    made = Socket()

    def attend(connection: ServerConnection) -> None:
        made.connections.append(connection)
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with suppress(ConnectionClosed):
            for message in connection:
                made.received.append(json.loads(message))
        made.connections.remove(connection)

    server: Server = serve(attend, "127.0.0.1", 0)
    made.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/link"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()


def test_questions_come_through_the_socket_and_are_answered_once(home: Path, mock: MockSlack) -> None:
    settings = slack_settings(home, mock, slack_signing_secret=None, slack_app_token="xapp-1")
    with socket() as link:
        mock.socket = link.url
        with open_channels(settings) as channels:
            assert channels.routes == []
            channels.start()
            mock.wait(lambda: link.connections)
            assert mock.of("apps.connections.open")[0].fields["authorization"] == "Bearer xapp-1"
            link.deliver(event("<@U0BOT> 什么是数据银行？"), "e1")
            link.deliver(event("<@U0BOT> 什么是数据银行？"), "e2")  # a retry
            link.deliver(event(subtype="message_changed"), "e3")
            mock.wait(lambda: sorted(link.acknowledged()) == ["e1", "e2", "e3"])
            (posted,) = mock.posted()
            assert "数据银行" in "".join(literal_texts(posted.fields["blocks"]))
            link.deliver({"type": "event_callback", "event": None}, "e4")
            link.deliver(event("<@U0BOT> 什么是数据银行？", ts="2.1"), "e5")
            mock.posted(2)
        mock.wait(lambda: not link.connections)  # closed with the channels
        assert len(mock.of("chat.postMessage")) == 2


def test_slack_out_of_reach_is_tried_again(home: Path, mock: MockSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_PAUSES", (0.05,))
    settings = slack_settings(home, mock, slack_signing_secret=None, slack_app_token="xapp-1")
    mock.faults["apps.connections.open"] = [(200, {"ok": False, "error": "invalid_auth"}, {})] * 2
    with socket() as link, open_channels(settings) as channels:
        mock.socket = link.url
        channels.start()
        mock.wait(lambda: link.connections)
        assert len(mock.of("apps.connections.open")) == 3


def test_an_address_that_leads_nowhere_is_not_tried_twice(
    home: Path, mock: MockSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_PAUSES", (0.05,))
    settings = slack_settings(home, mock, slack_signing_secret=None, slack_app_token="xapp-1")
    mock.faults["apps.connections.open"] = [(200, {"ok": True, "url": "ws://127.0.0.1:9/gone"}, {})]
    with socket() as link, open_channels(settings) as channels:
        mock.socket = link.url
        channels.start()
        mock.wait(lambda: link.connections)
        assert len(mock.of("apps.connections.open")) == 2


def test_a_connection_that_breaks_is_found_again(home: Path, mock: MockSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_LOOKS", 0.3)
    settings = slack_settings(home, mock, slack_signing_secret=None, slack_app_token="xapp-1")
    with socket() as link, open_channels(settings) as channels:
        mock.socket = link.url
        channels.start()
        mock.wait(lambda: link.connections)
        first = link.connections[0]
        first.close()
        mock.wait(lambda: link.connections and link.connections[-1] is not first)
        link.deliver(event("<@U0BOT> 什么是数据银行？"), "e1")
        mock.posted()
