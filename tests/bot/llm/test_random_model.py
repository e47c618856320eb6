"""The nonsense of a really served model with random weights ends as the documents' own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask, stream
from bot.answer import Answered, Retracted, Token
from tests.bot.llm.chat_server import ChatServer
from tests.bot.llm.random_model import generates
from tests.bot.llm.test_writing import QUESTION, quoted


def test_nonsense_is_replaced(
    policies_home: Path, chat: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("transformers", reason="needs pip install 'zhengwen[models]'")
    monkeypatch.setenv("ZHENGWEN_LLM_TIMEOUT", "60")
    monkeypatch.setenv("ZHENGWEN_LLM_SECONDS", "60")
    chat.manner = generates(tmp_path / "model")
    events = list(stream(QUESTION, home=policies_home))
    assert isinstance(events[-1], Answered)
    answer, plain = events[-1].answer, quoted(QUESTION, policies_home, monkeypatch)
    withdrawn = next(i for i, event in enumerate(events) if isinstance(event, Retracted))
    nonsense = "".join(event.text for event in events[:withdrawn] if isinstance(event, Token))
    assert len(nonsense) > 40 and nonsense not in answer.text
    assert (answer.text, answer.writer) == (plain.text, "extractive") and "找不到依据" in answer.notices[-1]
    # A follow-up completed in nonsense is completed by the rules.
    before = quoted("绵阳市每万人拥有数据工程师的目标是多少?", policies_home, monkeypatch)
    assert "9名" in ask("那临沂呢?", history=[before], home=policies_home).text
