"""The commands in this process, over a real library: what they print and how they exit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.answer import Answer, Citation
from tests.ui.conftest import Run
from tests.ui.fakes import HOSTILE, LAKE, ODD
from tests.ui.shelf import publish
from ui.cli import main
from vectorstore.model import Document

Zhengwen = Callable[..., Run]
QUOTE = "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。"


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_documents_lists_one_a_line_and_counts_on_stderr(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("documents", "--home", library)
    assert run.code == 0
    assert [line.split()[0] for line in run.out.splitlines()] == [ODD.id, LAKE.id]
    assert f" · {Path(LAKE.source).name}\n" in run.out and str(Path(LAKE.source).parent) not in run.out
    assert "清政发〔2028〕6号" in run.out and run.err.strip() == "共 2 份文件"


def test_documents_json_has_the_fields_of_document_but_its_bulk(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("documents", "--json", "--home", library)
    assert run.code == 0
    assert {frozenset(row) for row in run.json} == {frozenset(names(Document) - {"text", "sections"})}
    assert run.json[1]["title"] == LAKE.title and run.json[1]["date"] == "2028-03-01"
    assert "清湖市" in run.out  # not \\u-escaped


@pytest.mark.parametrize("reference", [LAKE.id, LAKE.title, f"《{LAKE.title}》", LAKE.id[:5], "清湖市培育", "服务业"])
def test_show_finds_a_document_by_id_title_or_part_of_either(zhengwen: Zhengwen, library: Path, reference: str) -> None:
    run = zhengwen("show", reference, "--home", library)
    assert run.code == 0
    assert LAKE.text in run.out and f"编号：{LAKE.id}" in run.out


def test_show_json_holds_text_and_sections(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("show", LAKE.id, "--json", "--home", library)
    assert set(run.json) == names(Document)
    assert run.json["text"] == LAKE.text
    assert run.json["sections"][1]["path"] == ["二、主要目标"]


@pytest.mark.parametrize("at", ["5", "a:b", "9:3", "4:4", "0:99999999", "-1:5", "1:2:3", ""])
def test_show_at_a_place_that_is_none_is_wrong_usage(zhengwen: Zhengwen, library: Path, at: str) -> None:
    run = zhengwen("show", LAKE.id, f"--at={at}", "--home", library)
    assert (run.code, run.out) == (2, "")
    assert "--at 起:止" in run.err and len(run.err.splitlines()) == 1


@pytest.mark.parametrize("reference", ["无此文件", " ", "《》"])
def test_show_of_no_document_exits_3(zhengwen: Zhengwen, library: Path, reference: str) -> None:
    run = zhengwen("show", reference, "--home", library)
    assert (run.code, run.out) == (3, "") and "zhengwen documents" in run.err


def test_show_at_gives_programs_the_passage(zhengwen: Zhengwen, library: Path) -> None:
    start = LAKE.text.index(QUOTE)
    at = f"{start}:{start + len(QUOTE)}"
    assert zhengwen("show", LAKE.id, "--at", at, "--home", library).out == QUOTE
    assert zhengwen("show", LAKE.id, "--at", at, "--json", "--home", library).json["quote"] == QUOTE


def test_ask_shows_the_answer_and_what_backs_it(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("ask", "什么是专利驿站？", "--home", library)
    assert run.code == 0
    assert run.out.startswith(f"{QUOTE}[1]") or QUOTE in run.out.split("依据")[0]
    assert "[1] 《清湖市培育知识产权服务业实施方案》 清政发〔2028〕6号 · 二、主要目标 · 2028-03-01" in run.out


def test_a_document_without_a_date_leaves_nothing_dangling(zhengwen: Zhengwen, tmp_path: Path) -> None:
    publish(tmp_path, [replace(LAKE, date=None, doc_number=None)])
    out = zhengwen("ask", "什么是专利驿站？", "--home", tmp_path).out
    assert "[1] 《清湖市培育知识产权服务业实施方案》 二、主要目标\n" in out and "—" not in out


def test_ask_json_has_the_fields_of_answer(zhengwen: Zhengwen, library: Path) -> None:
    found = zhengwen("ask", "什么是专利驿站？", "--json", "--home", library).json
    assert set(found) == names(Answer)
    citation = found["citations"][0]
    assert set(citation) == names(Citation)
    assert "text" not in citation["document"] and citation["document"]["id"] == LAKE.id
    assert LAKE.text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_what_the_documents_do_not_tell_exits_3(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("ask", "今天天气怎么样？", "--home", library)
    assert run.code == 3
    assert "依据" not in run.out and "[1]" not in run.out


@pytest.mark.parametrize("options", [("--region", "火星"), ("--kind", "通知"), ("--document", "没有的")])
def test_a_filter_that_no_document_passes_exits_3(zhengwen: Zhengwen, library: Path, options: tuple[str, str]) -> None:
    run = zhengwen("ask", "什么是专利驿站？", *options, "--home", library)
    assert run.code == 3 and "[1]" not in run.out


def test_ask_within_one_document_only(zhengwen: Zhengwen, library: Path) -> None:
    assert zhengwen("ask", "什么是专利驿站？", "--document", "清湖市", "--home", library).code == 0
    assert zhengwen("ask", "什么是专利驿站？", "--document", "怪文", "--home", library).code == 3
    assert zhengwen("ask", "什么是专利驿站？", "--document", "没有的", "--home", library).code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "   "], 2),
        (["ask"], 2),
        (["documents", "多余"], 2),
        (["nonsense"], 2),
        (["--nonsense"], 2),
        (["serve", "--port", "abc"], 2),
        (["serve", "--port", "123456"], 1),
        (["documents"], 1),
        (["ask", "什么是专利驿站？"], 1),
        (["repair"], 1),
        (["doctor"], 1),
        (["remove", "甲"], 1),
    ],
)
def test_without_a_library_or_with_wrong_usage_one_chinese_line_says_what_to_do(
    zhengwen: Zhengwen, tmp_path: Path, arguments: list[str], code: int
) -> None:
    run = zhengwen("--home", tmp_path / "none", *arguments)
    assert run.code == code
    told = run.err if arguments != ["doctor"] else next(line for line in run.out.splitlines() if "✗" in line)
    assert len(told.strip().splitlines()) == 1 and "Traceback" not in told
    assert any("一" <= character <= "鿿" for character in told)


def test_no_library_names_the_command_that_makes_one(zhengwen: Zhengwen, tmp_path: Path) -> None:
    for command in (["documents"], ["ask", "什么是专利？"]):
        assert "zhengwen ingest" in zhengwen(*command, "--home", tmp_path / "none").err


def test_home_may_stand_before_or_after_the_command(
    zhengwen: Zhengwen, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = zhengwen("--home", library, "documents")
    after = zhengwen("documents", "--home", library)
    monkeypatch.setenv("ZHENGWEN_HOME", str(library))
    assert before == after == zhengwen("documents")


def test_config_gives_the_effective_settings(zhengwen: Zhengwen, tmp_path: Path) -> None:
    assert zhengwen("config", "--json", "--home", tmp_path).json["home"] == str(tmp_path)
    assert f"home = {tmp_path}" in zhengwen("config", "--home", tmp_path).out


def test_an_unknown_setting_is_named(zhengwen: Zhengwen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_HOMME", "x")
    run = zhengwen("config")
    assert run.code == 1 and "ZHENGWEN_HOMME" in run.err


def test_doctor_passes_on_a_sound_library_and_counts_it(zhengwen: Zhengwen, library: Path) -> None:
    run = zhengwen("doctor", "--home", library)
    assert run.code == 0 and "✗" not in run.out
    assert "2 份文件" in run.out and "256 维" in run.out
    found = zhengwen("doctor", "--json", "--home", library).json
    assert found["ok"] is True and {"name", "ok", "found", "next"} == set(found["checks"][0])


def test_doctor_says_what_is_broken_and_exits_1(zhengwen: Zhengwen, tmp_path: Path) -> None:
    run = zhengwen("doctor", "--home", "/proc/none")
    assert run.code == 1
    assert any(line.startswith("✗ 资料库文件夹：/proc/none 不能写入：") for line in run.out.splitlines())


@pytest.mark.parametrize("command", [["documents"], ["doctor"], ["ingest", "."], ["keys", "list"], ["serve"]])
@pytest.mark.parametrize("below", [".", "library"])
def test_a_home_that_is_a_file_is_told(zhengwen: Zhengwen, tmp_path: Path, command: list[str], below: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = zhengwen(*command, "--home", tmp_path / "file" / below)
    assert (run.code, run.out) == (1, "") and f"{tmp_path / 'file'} 是一个文件" in run.err and "--home" in run.err


def test_remove_takes_a_document_out_and_repair_builds_the_rest_anew(zhengwen: Zhengwen, tmp_path: Path) -> None:
    publish(tmp_path, [LAKE, ODD])
    part = zhengwen("remove", "怪文", "--home", tmp_path)
    assert part.code == 2 and ODD.id in part.err and len(zhengwen("documents", "--json", "--home", tmp_path).json) == 2
    assert zhengwen("remove", ODD.title, "--home", tmp_path).code == 0
    assert [row["id"] for row in zhengwen("documents", "--json", "--home", tmp_path).json] == [LAKE.id]
    assert zhengwen("remove", ODD.id, "--home", tmp_path).code == 3
    assert zhengwen("repair", "--home", tmp_path).code == 0
    assert zhengwen("ask", "什么是专利驿站？", "--home", tmp_path).code == 0


def test_hostile_text_stands_literally_in_the_terminal(zhengwen: Zhengwen, library: Path) -> None:
    assert HOSTILE in zhengwen("show", ODD.id, "--home", library).out
    assert ODD.title in zhengwen("documents", "--home", library).out


def test_a_fault_of_the_program_is_told_in_a_line_and_shown_whole_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.python_version", lambda: 1 / 0)
    assert main(["doctor"]) == 1
    assert "程序出错：ZeroDivisionError：division by zero。" in (told := capsys.readouterr().err)
    assert "Traceback" not in told and "--debug" in told and "ZHENGWEN_DEBUG=1" in told
    monkeypatch.setattr("platform.python_version", lambda: [].index("说完了。"))
    assert main(["doctor"]) == 1
    assert "。。" not in (told := capsys.readouterr().err) and ".。" not in told
    assert main(["--debug", "doctor"]) == 1
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setenv("ZHENGWEN_DEBUG", "1")
    assert main(["doctor"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_help_is_chinese_and_documents_the_exit_codes(zhengwen: Zhengwen) -> None:
    run = zhengwen("--help")
    assert run.code == 0 and run == zhengwen()
    for word in ("用法：", "命令：", "退出码：", "资料里没有答案", "显示这段说明"):
        assert word in run.out
    for command in ("ingest", "documents", "show", "remove", "ask", "chat", "serve", "config", "doctor", "repair"):
        text = zhengwen(command, "--help").out
        assert "用法：" in text and not any(word in text for word in ("Usage", "Options", "Show this"))
    assert zhengwen("--version").out.startswith("政问 zhengwen ")
