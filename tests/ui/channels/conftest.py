"""A copy of the library of invented policies, a Slack that listens, and the app that answers it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings, load_settings
from tests.ui.channels.mock_slack import SECRET, MockSlack, mock_slack, signed
from ui.channels.base import Ask
from ui.channels.slack.app import Slack
from ui.channels.slack.door import PATH, route


@pytest.fixture
def home(policies_home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "library"
    shutil.copytree(policies_home, copy)
    return copy


@pytest.fixture
def mock() -> Iterator[MockSlack]:
    with mock_slack() as running:
        yield running


@dataclass
class Running:
    """Our side of Slack."""

    slack: Slack
    http: TestClient

    def send(self, body: Any, **options: Any) -> httpx.Response:
        """Deliver what Slack would, signed."""
        return self.http.post(PATH, **signed(body, **options))


def slack_settings(home: Path, mock: MockSlack, **more: Any) -> Settings:
    tokens = {"slack_bot_token": "xoxb-bot", "slack_signing_secret": SECRET, "slack_api": mock.api}
    return load_settings(home=home, **{**tokens, **more})


@pytest.fixture
def start(home: Path, mock: MockSlack) -> Iterator[Callable[..., Any]]:
    """Starts our side; what is started is closed at the end."""
    with ExitStack() as stack:

        @contextmanager
        def running(**options: Any) -> Iterator[Running]:
            ask: Ask | None = options.pop("ask", None)
            slack = Slack(slack_settings(options.pop("home", home), mock, **options), ask=ask)
            try:
                with TestClient(Starlette(routes=[route(slack, SECRET)]), raise_server_exceptions=False) as http:
                    yield Running(slack, http)
            finally:
                slack.answering.close(patience=0.5)

        yield lambda **options: stack.enter_context(running(**options))
