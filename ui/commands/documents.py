"""`zhengwen documents`, `show` and `remove`: what the library holds."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from ui.backend import backend_of
from ui.commands.printing import print_card, print_passage
from ui.console import Painted, day, note, one_line, put, say, say_json
from ui.errors import WrongUsage
from ui.invocation import AsJson, Home, settings_of
from ui.lookup import find, find_exactly, source_name, standing, titled
from ui.plain import whole
from vectorstore.model import Document

Reference = Annotated[str, typer.Argument(metavar="文件", help="编号，或标题（可只写开头，只要不混淆）")]

Whole = Annotated[str, typer.Argument(metavar="文件", help="完整的编号或标题")]


def documents(context: typer.Context, as_json: AsJson = False, home: Home = None) -> None:
    """列出资料库里的文件。"""
    found = backend_of(settings_of(context, home)).documents()
    if as_json:
        say_json(found)
        return
    for document in found:
        facts = (document.doc_number, document.issuer, standing(document), source_name(document.source))
        tail = "".join(f" · {one_line(fact)}" for fact in facts if fact)
        say(f"{document.id}  {day(document.date):<10}  {one_line(titled(document))}", Painted(tail, dim=True))
        for warning in document.warnings or ():
            say(Painted(f"{'':26}提醒：{one_line(warning)}", colour="yellow"))
    note(Painted(f"共 {len(found)} 份文件", dim=True))
    unread = sum(document.warnings is None for document in found)
    if unread:
        note(f"{unread} 份文件由较早的版本读入，编号和文号还没有检查过；运行 zhengwen repair 补上。")


def show(
    context: typer.Context,
    document: Reference,
    at: Annotated[
        str | None, typer.Option("--at", metavar="起:止", help="只看这一段，如 120:180（字符位置）；在终端里连同前后文")
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """读一份文件，或其中一段。"""
    backend = backend_of(settings_of(context, home))
    found = backend.document(find(backend.documents(), document).id)
    span = None if at is None else _span(at, found)
    if as_json:
        passage = {} if span is None else {"start": span[0], "end": span[1], "quote": found.text[slice(*span)]}
        say_json({**whole(found), **passage})
    elif span is not None and not sys.stdout.isatty():
        put(found.text[slice(*span)])  # to a program, exactly what was asked for
    elif span is not None:
        print_passage(found, *span)
    else:
        print_card(found)
        say()
        say(found.text)


def remove(context: typer.Context, document: Whole, home: Home = None) -> None:
    """从资料库里删除一份文件（原文件不动）。"""
    from vectorstore.library import Library
    from vectorstore.writer import Writer

    settings = settings_of(context, home)
    with Library.open(settings.home, embedding=settings.wanted) as library:
        found = find_exactly(library.documents(), document)
    with Writer(settings.home, embedding=settings.wanted) as writer:
        writer.remove(found.id)
        writer.publish()
    say(f"已删除 {found.id}  {one_line(titled(found))}")


def _span(written: str, document: Document) -> tuple[int, int]:
    """The span that START:END names, checked against the document's length."""
    match = re.fullmatch(r"\s*(\d{1,12})\s*[:：]\s*(\d{1,12})\s*", written)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 0 <= start < end <= len(document.text):
        raise WrongUsage(f"--at {written} 不是这份文件里的位置。写法：--at 起:止，0 ≤ 起 < 止 ≤ {len(document.text)}。")
    return start, end
