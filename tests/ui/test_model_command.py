"""`zhengwen model`: shows what is in use, switches with no setting to remember, and refuses what contradicts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny_models import bi_encoder, cross_encoder, needed
from tests.ui.conftest import Run

Zhengwen = Callable[..., Run]
TOLD = "云岭市夜间集市管理细则\n摊位每晚十八时开放，二十三时关闭。\n"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    folder = tmp_path_factory.mktemp("models")
    bi_encoder(folder / "bi")
    cross_encoder(folder / "ce")
    return folder


@pytest.fixture
def home(library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library, tmp_path / "shelf"))


def test_it_shows_what_is_in_use(zhengwen: Zhengwen, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = zhengwen("--home", library, "model")
    assert run.code == 0
    assert (
        "向量模型：embedded（内置），256 维" in run.out and "第 1 代，2 份文件" in run.out and "重排：内置" in run.out
    )
    monkeypatch.setenv("ZHENGWEN_RERANKER", "BAAI/bge-reranker-v2-m3")
    monkeypatch.setenv("ZHENGWEN_DEVICE", "cuda:1")
    shown = zhengwen("--home", library, "model", "--json").json
    assert (shown["model"], shown["dimensions"], shown["configured"]) == ("embedded", 256, None)
    assert shown["embedding"].startswith("embedded-")
    assert (shown["reranker"], shown["device"]) == ("BAAI/bge-reranker-v2-m3", "cuda:1")
    assert "BAAI/bge-reranker-v2-m3，读排在最前的 20 个段落" in zhengwen("--home", library, "model").out


def test_without_a_library_it_says_how_to_begin_with_a_model(zhengwen: Zhengwen) -> None:
    assert "还没有资料库" in zhengwen("model").out
    run = zhengwen("model", "BAAI/bge-small-zh-v1.5")
    assert run.code == 1
    assert "ZHENGWEN_EMBEDDING=BAAI/bge-small-zh-v1.5 zhengwen ingest" in run.err


def test_after_a_switch_no_command_needs_a_setting(
    zhengwen: Zhengwen, home: Path, models: Path, tmp_path: Path
) -> None:
    model = models / "bi"
    run = zhengwen("--home", home, "model", model)
    assert (run.code, f"已换成 {model}" in run.out, "8 维" in run.out) == (0, True, True)
    assert f"向量模型：{model}，8 维" in zhengwen("--home", home, "model").out
    (tmp_path / "集市.txt").write_text(TOLD, encoding="utf-8")
    assert zhengwen("--home", home, "ingest", tmp_path / "集市.txt").out.startswith("新增 1")
    answer = zhengwen("--home", home, "ask", "云岭市夜间集市的摊位几时关闭？")
    assert answer.code == 0 and "二十三时" in answer.out
    assert "bi-" in next(line for line in zhengwen("--home", home, "doctor").out.splitlines() if "向量" in line)
    assert "不用换" in zhengwen("--home", home, "model", model).out
    back = zhengwen("--home", home, "model", "embedded")
    assert (back.code, "已换成 embedded" in back.out) == (0, True)
    assert zhengwen("--home", home, "ask", "云岭市夜间集市的摊位几时关闭？").code == 0


def test_a_new_library_is_made_with_the_model_that_is_set(
    zhengwen: Zhengwen, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "集市.txt").write_text(TOLD, encoding="utf-8")
    monkeypatch.setenv("ZHENGWEN_EMBEDDING", str(models / "bi"))
    assert zhengwen("ingest", tmp_path / "集市.txt").code == 0
    monkeypatch.delenv("ZHENGWEN_EMBEDDING")
    assert zhengwen("model", "--json").json["model"] == str(models / "bi")
    assert zhengwen("ask", "云岭市夜间集市的摊位几时关闭？").code == 0


def test_a_setting_that_contradicts_is_an_error_that_says_both_ways_out(
    zhengwen: Zhengwen, home: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_EMBEDDING", "somebody/else")
    for command in (("ask", "什么是专利驿站？"), ("ingest", __file__), ("documents",)):
        run = zhengwen("--home", home, *command)
        assert run.code == 1
        assert "zhengwen model somebody/else" in run.err and "去掉 ZHENGWEN_EMBEDDING" in run.err
    run = zhengwen("--home", home, "model", models / "bi")
    assert run.code == 2
    assert "去掉 ZHENGWEN_EMBEDDING" in run.err
    assert "zhengwen model somebody/else" in zhengwen("--home", home, "model").err


@pytest.mark.parametrize("name", ["/no/such/folder", "nobody/no-such-model", "", "  "])
def test_a_model_that_cannot_be_had_is_one_line(zhengwen: Zhengwen, home: Path, name: str) -> None:
    needed()
    run = zhengwen("--home", home, "model", name)
    assert run.code in (1, 2)
    assert "Traceback" not in run.err and "zhengwen model" in run.err.splitlines()[-1]
    assert zhengwen("--home", home, "model", "--json").json["generation"] == 1


def test_doctor_tries_the_reranker_that_is_set(
    zhengwen: Zhengwen, library: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_RERANKER", str(models / "ce"))
    assert f"✓ 重排模型：{models / 'ce'}" in zhengwen("--home", library, "doctor").out
    monkeypatch.setenv("ZHENGWEN_RERANKER", str(models / "bi"))
    run = zhengwen("--home", library, "doctor")
    assert (run.code, "✗ 重排模型" in run.out) == (1, True)
    asked = zhengwen("--home", library, "ask", "什么是专利驿站？")
    assert asked.code == 1 and "它是向量模型" in asked.err
