"""A chat model that can't be opened says what is missing, and with which variable or command to mend it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import BadSettings
from bot.front import open_writer, stream
from bot.llm.chat_model import ChatModel, ChatSettings
from bot.settings import load_settings

SECRET = "sk-verysecretkey0123456789"


def test_without_a_setting_nothing_of_a_model_is_loaded(policies_home: Path) -> None:
    code = "import sys; from bot import ask; ask('什么是数据银行?'); print({'langchain', 'openai'} & set(sys.modules))"
    environ = os.environ | {"ZHENGWEN_HOME": str(policies_home)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)
    assert ran.stdout == "set()\n"


def test_a_missing_key_is_named_before_the_first_event(policies_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai", reason="needs pip install 'zhengwen[llm]'")
    monkeypatch.setenv("ZHENGWEN_LLM", "openai:some-model")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(BadSettings, match=r"ZHENGWEN_LLM_KEY.*OPENAI_API_KEY.*ZHENGWEN_LLM_BASE_URL"):
        stream("什么是数据银行?", home=policies_home)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert open_writer(load_settings()) is not None


@pytest.mark.parametrize(
    ("missing", "command"), [("langchain", "zhengwen[llm]"), ("langchain_openai", "zhengwen[llm]")]
)
def test_a_missing_package_is_told_with_the_command(missing: str, command: str) -> None:
    code = f"""
import sys
sys.modules[{missing!r}] = None
from bot.llm.chat_model import ChatModel, ChatSettings
from bot.errors import BadSettings
try:
    ChatModel(ChatSettings("openai:some-model", key=None, base_url="http://127.0.0.1:9/v1"))
except BadSettings as error:
    print(error)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install" in ran.stdout and command in ran.stdout


def test_a_provider_whose_package_is_not_there_names_it() -> None:
    pytest.importorskip("langchain", reason="needs pip install 'zhengwen[llm]'")
    with pytest.raises(BadSettings, match=r"pip install langchain-mistralai"):
        ChatModel(ChatSettings("mistralai:some-model"))


@pytest.mark.parametrize("model", ["nobody:some-model", "some-model-nobody-knows", "openai"])
def test_a_name_that_cannot_be_is_told_with_an_example(model: str) -> None:
    pytest.importorskip("langchain", reason="needs pip install 'zhengwen[llm]'")
    with pytest.raises(BadSettings, match="openai:deepseek-chat"):
        ChatModel(ChatSettings(model, key=SecretStr(SECRET)))


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai", reason="needs pip install 'zhengwen[llm]'")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert ChatModel(ChatSettings("openai:qwen3:8b", base_url="http://127.0.0.1:11434/v1")).name == "qwen3:8b"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "api.deepseek.com"),
        ("TIMEOUT", "0"),
        ("TOKENS", "many"),
        ("CHARACTERS", "10"),
        ("TEMPERATURE", "9"),
    ],
)
def test_values_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ZHENGWEN_LLM_{name}", value)
    with pytest.raises(BadSettings, match=f"ZHENGWEN_LLM_{name}"):
        load_settings()


def test_the_key_shows_nowhere() -> None:
    chat = ChatSettings("openai:some-model", "http://127.0.0.1:9/v1", SecretStr(SECRET))
    settings = load_settings(llm="openai:some-model", llm_key=SECRET)
    assert SECRET not in f"{chat!r}{settings!r}{settings.model_dump()}{settings.model_dump_json()}"
    pytest.importorskip("langchain_openai", reason="needs pip install 'zhengwen[llm]'")
    assert SECRET not in f"{vars(ChatModel(chat))!r}"
