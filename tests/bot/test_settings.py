"""Settings come from the environment, misspelled ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BadSettings
from bot.settings import load_settings
from vectorstore.embeddings import Wanted


def test_the_environment_sets_and_arguments_override(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGWEN_HOME", str(tmp_path / "a"))
    assert load_settings().home == tmp_path / "a"
    assert load_settings(home=tmp_path / "b").home == tmp_path / "b"
    assert load_settings(home=None).home == tmp_path / "a"


def test_a_blank_model_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMBEDDING", "RERANKER", "DEVICE"):
        monkeypatch.setenv(f"ZHENGWEN_{name}", " ")
    settings = load_settings()
    assert (settings.embedding, settings.reranker, settings.device) == (None, None, None)
    assert settings.wanted == Wanted()


def test_a_misspelled_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_HOEM", "/tmp")
    with pytest.raises(BadSettings, match=r"ZHENGWEN_HOEM.*ZHENGWEN_HOME"):
        load_settings()


def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_PASSAGES", "many")
    with pytest.raises(BadSettings, match="ZHENGWEN_PASSAGES"):
        load_settings()


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in type(load_settings()).model_fields.values())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PASSAGES", "9999", "应为 5 到 200 之间的整数"),
        ("LLM_TIMEOUT", "x", "应为大于 0、不超过 600 的数"),
        ("RATE", "-1", "应为不小于 0 的整数"),
        ("DEBUG", "也许", "应为 true 或 false"),
        ("WORKERS", "x", "应为 1 到 256 之间的整数"),
        ("URL", "胡说", "如 https://zhengwen.example.com"),
        ("SLACK_API", "slack.com", "Web API 的地址"),
    ],
)
def test_what_a_setting_may_be_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(f"ZHENGWEN_{name}", value)
    with pytest.raises(BadSettings, match=rf"ZHENGWEN_{name} 的值 '{value}' 不能用.*{told}"):
        load_settings()


def test_a_name_like_no_other_gets_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_QQQQQQQQ", "x")
    with pytest.raises(BadSettings, match=r"可用的有：ZHENGWEN_HOME、.*ZHENGWEN_DEBUG"):
        load_settings()
