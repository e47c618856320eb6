"""`zhengwen ask`: one question, one cited answer."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.backend import backend_of
from ui.commands.narrowing import Narrowed, narrowing
from ui.commands.printing import print_answer
from ui.console import say_json
from ui.invocation import AsJson, Home, settings_of

NOT_FOUND = 3
"""Exit code: the documents don't tell."""


@narrowing
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="问题", help="想问的内容，如：什么是专利银行")],
    narrowed: Narrowed,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """提一个问题，得到有出处的回答。"""
    backend = backend_of(settings_of(context, home))
    answer = backend.ask(question, **narrowed.filters(backend))
    if as_json:
        say_json(answer)
    else:
        print_answer(answer)
    if answer.status == "not_found":
        raise typer.Exit(NOT_FOUND)
