"""飞书's long connection, against a mock websocket, brings what its requests bring."""

from __future__ import annotations

import base64
import json
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from lark_oapi.ws.pb.pbbp2_pb2 import Frame
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.ui.channels.feishu.conftest import settings_for
from tests.ui.channels.feishu.mock_feishu import MockFeishu, message, pressed
from ui.channels import open_channels


def test_the_long_connection_brings_the_same(home: Path, mock: MockFeishu) -> None:
    acknowledged: list[dict[str, Any]] = []
    connections: list[ServerConnection] = []

    def attend(connection: ServerConnection) -> None:
        connections.append(connection)
        with suppress(ConnectionClosed):
            for data in connection:
                frame = Frame()
                frame.ParseFromString(data)
                if frame.method == 1:
                    acknowledged.append(json.loads(frame.payload))

    server = serve(attend, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    mock.socket = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/ws?device_id=1&service_id=7"
    settings = settings_for(home, mock)
    try:
        with open_channels(settings) as channels:
            assert channels.routes == []
            channels.start()
            mock.wait(lambda: connections)
            for event in (message(), message(), message(id="om_2", sender_type="app")):
                connections[0].send(_frame(event))
            (sent,) = mock.replies()
            assert "数据银行" in sent.texts
            mock.wait(lambda: len(acknowledged) == 3)
            assert {answer["code"] for answer in acknowledged} == {200}
            useful = sent.card["body"]["elements"][-1]["columns"][0]["elements"][0]
            value = useful["behaviors"][0]["value"]
            connections[0].send(_frame(pressed(value)))
            mock.wait(lambda: len(acknowledged) == 4)
            toast = json.loads(base64.b64decode(acknowledged[-1]["data"]))["toast"]["content"]
            assert toast.startswith("已记下：有用")
        time.sleep(0.1)
        assert len(mock.sent()) == 1
        assert not [thread for thread in threading.enumerate() if thread.name == "feishu-connection"]
    finally:
        server.shutdown()


def _frame(event: dict[str, Any]) -> bytes:
    frame = Frame()
    frame.SeqID = frame.LogID = 1
    frame.service, frame.method = 7, 1
    for key, value in (("type", "event"), ("message_id", "m"), ("trace_id", "t"), ("sum", "1"), ("seq", "0")):
        header = frame.headers.add()
        header.key, header.value = key, value
    frame.payload = json.dumps(event).encode()
    data: bytes = frame.SerializeToString()
    return data
