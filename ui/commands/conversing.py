"""`zhengwen conversations`: what was asked before, to read, export, rename or delete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.asking import NOT_FOUND
from ui.commands.printing import print_answer
from ui.console import Painted, note, one_line, put, say, say_json
from ui.errors import WrongUsage
from ui.invocation import AsJson, Home, settings_of
from ui.talk import find_conversation

if TYPE_CHECKING:
    from bot.conversations import Conversation, Conversations
    from ui.exporting import Format

_FORMATS = ("md", "docx", "json")


def conversations(
    context: typer.Context,
    conversation: Annotated[
        str | None, typer.Argument(metavar="[对话]", help="编号（或其开头）或标题；不写则列出全部")
    ] = None,
    search: Annotated[str, typer.Option("--search", metavar="词", help="只列标题、提问或回答里有这个词的")] = "",
    export: Annotated[
        str | None, typer.Option("--export", metavar="md|docx|json", help="导出这个对话及其全部依据")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="文件", help="导出到这个文件")] = None,
    rename: Annotated[str | None, typer.Option("--rename", metavar="标题", help="给这个对话换一个标题")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="删除这个对话，不能恢复")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """列出、查看、导出或删除以前的对话。"""
    from bot.conversations import LOCAL, Conversations

    if sum((export is not None, rename is not None, delete)) > 1:
        raise WrongUsage("--export、--rename、--delete 一次只能用一个。")
    kept = Conversations(settings_of(context, home).home)
    if conversation is None:
        if export is not None or rename is not None or delete:
            raise WrongUsage(
                "请写明是哪个对话，如 zhengwen conversations 编号 --export md。编号见 zhengwen conversations"
            )
        _list(kept, search, as_json=as_json)
        return
    chosen = find_conversation(kept, conversation)
    if export is not None:
        _export(kept, chosen, export, output)
    elif rename is not None:
        note(f"标题现在是：{kept.rename(chosen.id, rename, owner=LOCAL).title}")
    elif delete:
        kept.delete(chosen.id, owner=LOCAL)
        note(f"已删除“{chosen.title}”。")
    elif as_json:
        _export(kept, chosen, "json", None)
    else:
        for turn in kept.turns(chosen.id, owner=LOCAL):
            say(Painted(f"问：{turn.answer.question}", bold=True))
            print_answer(turn.answer)
            say()


def _list(kept: Conversations, search: str, *, as_json: bool) -> None:
    from bot.conversations import LOCAL

    listed = kept.list(owner=LOCAL, search=search, limit=-1)
    if as_json:
        say_json(listed)
    for talk in () if as_json else listed:
        day = talk.updated.astimezone().strftime("%Y-%m-%d %H:%M")
        say(Painted(talk.id, bold=True), f"  {day}  {talk.length:>3} 个问答  {one_line(talk.title)}")
    if not listed:
        note("没有找到这样的对话。" if search else "还没有对话。运行 zhengwen chat 开始一个。")
        raise typer.Exit(NOT_FOUND)


def _export(kept: Conversations, chosen: Conversation, wanted: str, output: Path | None) -> None:
    from bot.conversations import LOCAL
    from ui.exporting import exported, filename

    if wanted not in _FORMATS:
        raise WrongUsage(f"不能导出为 {wanted}。可用的格式：{'、'.join(_FORMATS)}。")
    format: Format = wanted  # type: ignore[assignment]  # it is one of them
    data = exported(format, chosen, kept.turns(chosen.id, owner=LOCAL))
    if output is None and format != "docx":
        put(data.decode())
        return
    file = output or Path(filename(format, chosen))
    if output is None and file.exists():
        raise WrongUsage(f"{file} 已经存在。请用 --output 指定另一个文件。")
    file.write_bytes(data)
    note(f"已写入 {file}")
