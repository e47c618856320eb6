"""A conversation in the terminal: history, passages, errors that end a question only."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversations import LOCAL, Conversations
from tests.ui.conftest import Run
from tests.ui.fakes import FakeDesk
from ui.commands.chatting import converse
from ui.talk import Talk

Talking = Callable[..., tuple[str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def talk(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talking:
    def run(*lines: str) -> tuple[str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
        converse(desk.stream, Talk())
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run


def test_each_answer_joins_the_history_and_clearing_empties_it(desk: FakeDesk, talk: Talking) -> None:
    talk("什么是专利驿站？", "目标呢？", "", "/清空", "目标呢？", "/退出", "不再问")
    assert desk.histories == [0, 1, 0]


@pytest.mark.parametrize("leave", ["exit", "QUIT", "退出", ":q", "/退出"])
def test_blank_lines_are_no_questions_and_there_are_several_ways_out(desk: FakeDesk, talk: Talking, leave: str) -> None:
    out, err = talk("", "   ", "\u3000", "什么是专利驿站？", "", leave, "目标呢？")
    assert desk.histories == [0] and "问题是空的" not in out + err


def test_the_answer_is_printed_once_with_its_sources(talk: Talking) -> None:
    out, _ = talk("什么是专利驿站？")
    assert out.count("专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。[1]") == 1
    assert "[2] 《清湖市培育知识产权服务业实施方案》" in out
    assert out.index("[2]见国发") < out.index("提示：目标期限在 2031 年。") < out.index("依据")


def test_a_follow_up_is_told_as_it_was_understood_once_and_before_its_answer(talk: Talking) -> None:
    out, _ = talk("什么是专利驿站？", "主要目标呢？")
    assert out.count("理解为：") == 1
    assert out.count("用时") == 2 and out.index("用时") < out.index("理解为：清湖市的主要目标呢？\n专利驿站是设在")


def test_a_program_learns_that_a_question_failed(
    zhengwen: Callable[..., Run], tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copytree(library, tmp_path / "library"))
    for home, code in ((tmp_path / "none", 1), (copy, 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO("什么是专利驿站？\n"))
        assert zhengwen("chat", "--home", home).code == code


def test_a_passage_can_be_read(talk: Talking) -> None:
    out, err = talk("/引用 1", "什么是专利驿站？", "/引用 2", "/引用 7")
    assert "还没有带依据的回答" in err and "没有第 7 条依据" in err
    assert "机关：清湖市人民政府" in out and "三、保障措施" in out


def test_an_error_ends_the_question_only(desk: FakeDesk, talk: Talking) -> None:
    desk.shelf.clear()
    out, err = talk("什么是专利驿站？", "/帮助")
    assert "还没有资料库" in err and "/引用 n" in err and out == ""


def test_a_conversation_is_kept_and_goes_on_another_day(
    zhengwen: Callable[..., Run], library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "library"
    shutil.copytree(library, home)

    def chat(*arguments: str, typed: str) -> Run:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return zhengwen("chat", *arguments, "--home", home)

    assert "还没有对话可以接着问" in chat("--continue", typed="").err
    chat(typed="什么是专利驿站？\n/清空\n怪文里写了什么？\n")
    assert "接着“怪文里写了什么？”（已有 1 个问答）" in chat("--continue", typed="什么是专利驿站？\n/引用 1\n").err
    kept = Conversations(home)
    assert [(talk.title, talk.length) for talk in kept.list(owner=LOCAL)] == [
        ("怪文里写了什么？", 2),
        ("什么是专利驿站？", 1),
    ]
    again = chat("专利驿站", typed="/引用 1\n")
    assert again.code == 0 and "机关：清湖市人民政府" in again.out
    assert chat("没有的", typed="").code == 3
    assert "只能用一个" in chat("专利驿站", "--continue", typed="").err


def test_without_a_disk_the_conversation_goes_on_and_says_so_once(
    desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state.sqlite").mkdir()
    monkeypatch.setattr("sys.stdin", io.StringIO("什么是专利驿站？\n目标呢？\n"))
    converse(desk.stream, Talk(Conversations(tmp_path)))
    assert desk.histories == [0, 1]
    assert capsys.readouterr().err.count("这个对话从现在起不再记下") == 1
