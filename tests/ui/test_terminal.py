"""What is seen on a real terminal: colours and their absence, progress, and what Ctrl-C says at every stage."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answer import Answer, Answered, Event, Token
from tests.ui.fakes import LAKE
from ui.commands.chatting import converse
from ui.commands.ingesting import Bar
from ui.console import Painted, say
from ui.talk import Talk

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(*arguments: object, interrupt_at: str = "", **environment: str) -> tuple[int, str]:
    """Exit code and everything shown on a terminal of 60 columns; Ctrl-C is typed once `interrupt_at` is seen."""
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what runs in the background ignores it
        os.environ.update({"COLUMNS": "60", **environment})
        os.execv(sys.executable, [sys.executable, "-m", "ui.cli", *map(str, arguments)])
    shown, limit = b"", time.monotonic() + 60
    while time.monotonic() < limit:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                read = os.read(terminal, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not read:
                break
            shown += read
            if interrupt_at and interrupt_at in shown.decode(errors="replace"):
                os.write(terminal, b"\x03")
                interrupt_at = ""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode(errors="replace")


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_had_without(library: Path, plain: dict[str, str]) -> None:
    code, shown = on_terminal("show", LAKE.id, "--home", library, **plain)
    assert code == 0 and LAKE.title in shown and not _STYLE.search(shown)


def test_nothing_is_painted_where_nothing_stands(capsys: pytest.CaptureFixture[str]) -> None:
    say("文", Painted("", dim=True))
    assert capsys.readouterr().out == "文\n"


def test_ctrl_c_at_the_prompt_ends_a_chat_and_says_so(library: Path) -> None:
    code, shown = on_terminal("chat", "--home", library, interrupt_at="问：")
    assert (code, shown.rstrip()[-4:]) == (130, "已中断。"), shown


def test_ctrl_c_in_a_repair_leaves_the_library_as_it_was(library: Path, tmp_path: Path) -> None:
    home = tmp_path / "library"
    shutil.copytree(library, home)
    before = (home / "CURRENT").read_bytes()
    code, shown = on_terminal("repair", "--home", home, interrupt_at="重读原文")
    assert code == 130 and "已中断：索引没有重建，资料库保持原样。" in shown
    assert "?" not in _STYLE.sub("", shown)  # nothing is counted before it is known how much there is
    assert (home / "CURRENT").read_bytes() == before


class Keyboard(io.StringIO):
    """Lines that a person types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    return lambda *lines: monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in lines)))


def test_ctrl_c_ends_an_answer_and_not_the_conversation(
    typed: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    def stream(question: str, history: tuple[Answer, ...]) -> Iterator[Event]:
        yield Token("专利驿")
        if question == "第一问？":
            raise KeyboardInterrupt
        yield Answered(Answer(question, "专利驿站", "answered"))

    typed("第一问？", "第二问？")
    talk = Talk()
    converse(stream, talk)
    told = capsys.readouterr()
    assert "这个回答已中断" in told.err and "专利驿站" in told.out
    assert [answer.question for answer in talk.history] == ["第二问？"]


def test_ctrl_c_ends_what_no_person_types(monkeypatch: pytest.MonkeyPatch) -> None:
    def stream(question: str, history: tuple[Answer, ...]) -> Iterator[Event]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("sys.stdin", io.StringIO("一问？\n二问？\n"))
    with pytest.raises(KeyboardInterrupt):
        converse(stream, Talk())


def test_progress_counts_once_it_knows_how_much_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Keyboard()
    monkeypatch.setattr("sys.stderr", screen)
    with Bar("重读原文") as bar:
        time.sleep(0.2)
        assert "重读原文" in screen.getvalue() and "/" not in _STYLE.sub("", screen.getvalue())
        bar.embed(3, 7)
        time.sleep(0.2)
    assert "3/7" in screen.getvalue()
