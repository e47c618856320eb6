"""A chat model's server for every test that asks for one, and the settings that name it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.llm.chat_server import ChatServer, serving

KEY = "sk-verysecretkey0123456789"


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """The server, set as the model that writes."""
    pytest.importorskip("langchain_openai", reason="needs pip install 'zhengwen[llm]'")
    with serving() as server:
        model = {"LLM": "openai:stand-in", "LLM_BASE_URL": server.url, "LLM_KEY": KEY}
        for name, value in (model | {"LLM_TIMEOUT": "1", "LLM_SECONDS": "4"}).items():
            monkeypatch.setenv(f"ZHENGWEN_{name}", value)
        yield server
