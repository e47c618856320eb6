"""`zhengwen doctor` tells whether the chat model that is set can be used, and asks it only when told to."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer
from tests.bot.llm.conftest import KEY
from ui.cli import main


def checked(home: Path, *options: str) -> dict[str, object]:
    """What the doctor finds of the chat model."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["doctor", "--json", "--home", str(home), *options])
    assert KEY not in out.getvalue()
    found = json.loads(out.getvalue())
    (check,) = [check for check in found["checks"] if check["name"] == "语言模型"]
    assert code == (not found["ok"])
    return dict(check)


def test_without_a_model_it_is_told_how_to_set_one(policies_home: Path) -> None:
    check = checked(policies_home)
    assert check["ok"] and "摘自原文" in str(check["found"]) and "ZHENGWEN_LLM" in str(check["next"])
    assert not checked(policies_home, "--llm")["ok"]


def test_a_model_is_asked_only_when_told_to(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says("好")
    check = checked(policies_home)
    assert check["ok"] and not chat.requests
    assert "openai:stand-in" in str(check["found"]) and chat.url in str(check["found"])
    assert "doctor --llm" in str(check["next"])
    check = checked(policies_home, "--llm")
    assert check["ok"] and "秒后答完" in str(check["found"]) and len(chat.requests) == 1
    asked = chat.requests[0]
    assert len(chat.prompts[0]) < 100 and asked.get("max_tokens", asked.get("max_completion_tokens")) <= 64


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        (server.fails(401, f'{{"error": {{"message": "bad key {KEY}"}}}}'), "ZHENGWEN_LLM_KEY"),
        (server.fails(404), "ZHENGWEN_LLM_BASE_URL"),
        (server.fails(429), "429"),
        (server.never_answers, "1 秒没有回应"),
        (server.is_empty, "没有写出任何内容"),
        (server.is_a_page, "语言模型"),
    ],
)
def test_a_service_that_does_not_answer_is_told_with_the_next_step(
    policies_home: Path, chat: ChatServer, manner: server.Manner, why: str
) -> None:
    chat.manner = manner
    check = checked(policies_home, "--llm")
    assert not check["ok"] and why in str(check["found"]) and "doctor --llm" in str(check["next"])
    assert len(chat.requests) == 1


def test_nobody_at_the_address_is_told_too(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert "ZHENGWEN_LLM_BASE_URL" in str(checked(policies_home, "--llm")["found"])


def test_a_missing_key_and_an_unknown_provider_are_named(policies_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai", reason="needs pip install 'zhengwen[llm]'")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("ZHENGWEN_LLM", "openai:some-model")
    check = checked(policies_home)
    assert not check["ok"] and "ZHENGWEN_LLM_KEY" in str(check["found"])
    monkeypatch.setenv("ZHENGWEN_LLM", "nobody:some-model")
    assert "openai:deepseek-chat" in str(checked(policies_home)["found"])
