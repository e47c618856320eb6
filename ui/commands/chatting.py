"""`zhengwen chat`: a conversation in the terminal, kept so that it can be continued another day."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ui.backend import backend_of
from ui.commands.printing import print_answer, print_card, print_passage, print_understood
from ui.console import Painted, note, put, say
from ui.errors import WrongUsage
from ui.invocation import Home, settings_of
from ui.talk import Talk, find_conversation

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answer import Answer, Event

FAILED = 1
"""Exit code: a question ended in an error."""

Streamer = Callable[[str, tuple["Answer", ...]], Iterator["Event"]]
"""The front door's `stream` with everything but the question and the history settled."""

_LEAVING = frozenset({"/退出", "退出", "exit", "quit", "/exit", "/quit", ":q"})
_HELP = "直接输入问题；/引用 n 看第 n 条依据的上下文，/清空 重新开始，/退出（或 exit、quit、:q、Ctrl-D）离开。"


def chat(
    context: typer.Context,
    conversation: Annotated[
        str | None, typer.Argument(metavar="[对话]", help="接着这个对话问：编号或标题，见 zhengwen conversations")
    ] = None,
    latest: Annotated[bool, typer.Option("--continue", "-c", help="接着最近的一个对话问")] = False,
    home: Home = None,
) -> None:
    """在终端里连续提问，可以追问；对话会记下来。"""
    settings = settings_of(context, home)
    backend = backend_of(settings)
    if settings.server and (conversation or latest):
        raise WrongUsage("用 --server 时的对话不记在这台机器上，不能接着问。请去掉对话的编号和 --continue。")
    talk = Talk() if settings.server else _begin(settings.home, conversation, latest=latest)
    whole = converse(lambda question, history: backend.stream(question, history=history), talk)
    if not whole and not sys.stdin.isatty():  # a person has read what went wrong; a program must be told
        raise typer.Exit(FAILED)


def _begin(home: Path, reference: str | None, *, latest: bool) -> Talk:
    """A new conversation, or the one that is to be continued."""
    from bot.conversations import LOCAL, Conversations

    if reference and latest:
        raise WrongUsage("--continue 和对话的编号只能用一个。")
    kept = Conversations(home)
    if not reference and not latest:
        return Talk(kept)
    chosen = find_conversation(kept, reference) if reference else next(iter(kept.list(owner=LOCAL, limit=1)), None)
    if chosen is None:
        raise WrongUsage("还没有对话可以接着问。直接运行 zhengwen chat 开始一个。")
    talk = Talk(kept, chosen)
    note(Painted(f"接着“{chosen.title}”（已有 {chosen.length} 个问答）。", dim=True))
    return talk


def converse(stream: Streamer, talk: Talk) -> bool:
    """Read questions from stdin until it ends, and answer each; whether none ended in an error."""
    note(Painted(_HELP, dim=True))
    whole = True
    for line in _lines():
        if line.lower() in _LEAVING:
            break
        if not line.startswith("/"):
            answer = _reply(stream, line, talk.history)
            if answer is not None:
                talk.add(answer)
            whole = whole and answer is not None
        elif line.startswith("/引用"):
            _quote(talk.history, line.removeprefix("/引用").strip())
        elif line == "/清空":
            talk.clear()
            note("已重新开始，前面的问答不再作为上下文。")
        else:
            note(_HELP)
    return whole


def _lines() -> Iterator[str]:
    """Lines a person typed, blank ones left out."""
    prompt = ""
    if sys.stdin.isatty():
        prompt = "\n问：" if sys.stdout.isatty() else ""
        with contextlib.suppress(ImportError):  # not on Windows; elsewhere it edits wide characters properly
            import readline  # noqa: F401
    while True:
        try:
            line = input(prompt).strip()
        except EOFError:
            return
        if line:
            yield line


def _reply(stream: Streamer, question: str, history: tuple[Answer, ...]) -> Answer | None:
    """Print the answer as it comes; an error or Ctrl-C ends this question, not the conversation."""
    from bot.answer import Answered, Retracted, Searching, Token
    from bot.errors import BotError
    from vectorstore.errors import LibraryError

    draft, meant, told = "", "", False
    try:
        for event in stream(question, history):
            if isinstance(event, Searching):
                meant = event.question
            elif isinstance(event, Token):
                if not told:
                    print_understood(question, meant)
                told = True
                put(event.text)
                draft += event.text
            elif isinstance(event, Retracted):
                put("\n")
                draft = ""  # what follows replaces it, and the notice says why
            elif isinstance(event, Answered):
                if draft:
                    put("\n")
                if draft and draft != event.answer.text:
                    say(Painted("核对后：", bold=True))
                print_answer(event.answer, with_understood=not told, with_text=draft != event.answer.text)
                return event.answer
    except (BotError, LibraryError) as error:
        note(Painted(str(error), colour="red"))
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise
        note("\n这个回答已中断。可以接着问；要离开，再按一次 Ctrl-C。")
    return None


def _quote(history: tuple[Answer, ...], number: str) -> None:
    """Show the passage behind marker `number` of the last answer that has citations."""
    citations = next((answer.citations for answer in reversed(history) if answer.citations), ())
    for citation in citations:
        if str(citation.number) == number.strip("[]"):
            print_card(citation.document)
            say()
            print_passage(citation.document, citation.start, citation.end)
            return
    note(f"没有第 {number or '?'} 条依据。写法：/引用 1" if citations else "还没有带依据的回答。")
