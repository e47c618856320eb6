"""`zhengwen ask`: one question, one cited answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ui.backend import Backend, backend_of
from ui.commands.printing import print_answer
from ui.console import say_json
from ui.invocation import AsJson, Home, settings_of
from ui.lookup import find

NOT_FOUND = 3
"""Exit code: the documents don't tell."""

Regions = Annotated[list[str], typer.Option("--region", metavar="地区", help="只查这个地区的文件（可重复）")]
Years = Annotated[list[int], typer.Option("--year", metavar="年份", help="只查这一年的文件（可重复）")]
Issuers = Annotated[list[str], typer.Option("--issuer", metavar="机关", help="只查这个机关的文件（可重复）")]
Kinds = Annotated[list[str], typer.Option("--kind", metavar="类别", help="只查这类文件，如 实施意见（可重复）")]
Documents = Annotated[list[str], typer.Option("--document", metavar="文件", help="只查这份文件：编号或标题（可重复）")]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="问题", help="想问的内容，如：什么是专利银行")],
    region: Regions = [],  # noqa: B006 - typer's way of saying "repeatable, none by default"
    year: Years = [],  # noqa: B006
    issuer: Issuers = [],  # noqa: B006
    kind: Kinds = [],  # noqa: B006
    document: Documents = [],  # noqa: B006
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """提一个问题，得到有出处的回答。"""
    backend = backend_of(settings_of(context, home))
    chosen = ids_of(backend, document)
    answer = backend.ask(question, regions=region, years=year, issuers=issuer, kinds=kind, documents=chosen)
    if as_json:
        say_json(answer)
    else:
        print_answer(answer)
    if answer.status == "not_found":
        raise typer.Exit(NOT_FOUND)


def ids_of(backend: Backend, references: Sequence[str]) -> list[str]:
    """The ids of the documents that a person named."""
    if not references:
        return []
    documents = backend.documents()
    return [find(documents, reference).id for reference in references]
