"""`zhengwen search`: the passages that a question would be answered from."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.backend import backend_of
from ui.commands.asking import NOT_FOUND
from ui.commands.narrowing import Narrowed, narrowing
from ui.console import Painted, note, one_line, say, say_json
from ui.invocation import AsJson, Home, settings_of
from ui.lookup import titled

_SHOWN = 120
"""Characters of a passage."""


@narrowing
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="查询", help="要找的内容")],
    narrowed: Narrowed,
    most: Annotated[int, typer.Option("--most", metavar="段数", min=1, max=50, help="最多列出几段，默认 10")] = 10,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """找出与一个查询最相关的段落，不作回答。"""
    backend = backend_of(settings_of(context, home))
    hits = backend.search(query, k=most, **narrowed.filters(backend))
    if as_json:
        say_json(hits)
    else:
        for hit in hits:
            place = " › ".join(hit.chunk.path)
            span = f"{hit.document.id} {hit.chunk.start}:{hit.chunk.end}"
            say(Painted(titled(hit.document), bold=True), Painted(f" {one_line(place)} · {span}", dim=True))
            say(f"    {one_line(hit.chunk.text, _SHOWN)}")
        note(Painted(f"共 {len(hits)} 段。用 zhengwen show 编号 --at 起:止 看全文。" if hits else "没有找到", dim=True))
    if not hits:
        raise typer.Exit(NOT_FOUND)
