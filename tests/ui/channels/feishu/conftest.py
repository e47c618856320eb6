"""A 飞书 that listens, and the app that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings, load_settings
from tests.ui.channels.feishu.mock_feishu import KEY, TOKEN, MockFeishu, mock_feishu, signed

if TYPE_CHECKING:
    from ui.channels.feishu.app import Feishu

PATH = "/feishu/events"


@dataclass
class Running:
    """Our side."""

    feishu: Feishu
    http: TestClient

    def send(self, event: Any, **options: Any) -> httpx.Response:
        return self.http.post(PATH, **signed(event, **options))


@pytest.fixture
def mock() -> Iterator[MockFeishu]:
    with mock_feishu() as running:
        yield running


def settings_for(home: Path, mock: MockFeishu, **more: Any) -> Settings:
    secrets = {"feishu_app_id": "cli_1", "feishu_app_secret": "secret", "feishu_domain": mock.url}
    return load_settings(home=home, **{**secrets, **more})


@pytest.fixture
def start(home: Path, mock: MockFeishu) -> Iterator[Callable[..., Any]]:
    """Starts our side; what is started is closed at the end."""
    from ui.channels.feishu.app import Feishu
    from ui.channels.feishu.door import route

    with ExitStack() as stack:

        @contextmanager
        def running(**options: Any) -> Iterator[Running]:
            ask = options.pop("ask", None)
            settings = settings_for(home, mock, feishu_encrypt_key=KEY, feishu_token=TOKEN, **options)
            feishu = Feishu(settings, ask=ask)
            try:
                with TestClient(Starlette(routes=[route(feishu, settings)]), raise_server_exceptions=False) as http:
                    yield Running(feishu, http)
            finally:
                feishu.answering.close(patience=0.5)

        yield lambda **options: stack.enter_context(running(**options))
