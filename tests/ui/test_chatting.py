"""A conversation in the terminal: history, passages, errors that end a question only."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.fakes import FakeDesk
from ui.commands.chatting import converse

Talk = Callable[..., tuple[str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def talk(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    def run(*lines: str) -> tuple[str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
        converse(desk.stream)
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run


def test_each_answer_joins_the_history_and_clearing_empties_it(desk: FakeDesk, talk: Talk) -> None:
    talk("什么是专利驿站？", "目标呢？", "", "/清空", "目标呢？", "/退出", "不再问")
    assert desk.histories == [0, 1, 0]


@pytest.mark.parametrize("leave", ["exit", "QUIT", "退出", ":q", "/退出"])
def test_blank_lines_are_no_questions_and_there_are_several_ways_out(desk: FakeDesk, talk: Talk, leave: str) -> None:
    out, err = talk("", "   ", "\u3000", "什么是专利驿站？", "", leave, "目标呢？")
    assert desk.histories == [0] and "问题是空的" not in out + err


def test_the_answer_is_printed_once_with_its_sources(talk: Talk) -> None:
    out, _ = talk("什么是专利驿站？")
    assert out.count("专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。[1]") == 1
    assert "[2] 《清湖市培育知识产权服务业实施方案》" in out
    assert out.index("[2]见国发") < out.index("提示：目标期限在 2031 年。") < out.index("依据")


def test_a_passage_can_be_read(talk: Talk) -> None:
    out, err = talk("/引用 1", "什么是专利驿站？", "/引用 2", "/引用 7")
    assert "还没有带依据的回答" in err and "没有第 7 条依据" in err
    assert "机关：清湖市人民政府" in out and "三、保障措施" in out


def test_an_error_ends_the_question_only(desk: FakeDesk, talk: Talk) -> None:
    desk.shelf.clear()
    out, err = talk("什么是专利驿站？", "/帮助")
    assert "还没有资料库" in err and "/引用 n" in err and out == ""
