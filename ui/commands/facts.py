"""`zhengwen facts`: what the documents state, as a table, JSON or CSV."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ui.backend import backend_of
from ui.commands.asking import NOT_FOUND
from ui.commands.narrowing import Documents, ids_of
from ui.console import Painted, note, put, say_json
from ui.errors import WrongUsage
from ui.factsheet import as_csv, print_tables, records
from ui.invocation import AsJson, Home, settings_of
from vectorstore.model import FactKind

Regions = Annotated[list[str], typer.Option("--region", metavar="地区", help="只看这个地区的（可重复）")]
Years = Annotated[
    list[int],
    typer.Option("--year", metavar="年份", help="只看这一年的目标和数据，或这一年的文件里的其他内容（可重复）"),
]


def facts(
    context: typer.Context,
    targets: Annotated[bool, typer.Option("--targets", help="目标：指标、要求、数值、年份")] = False,
    figures: Annotated[bool, typer.Option("--figures", help="已达到的数据")] = False,
    forecasts: Annotated[bool, typer.Option("--forecasts", help="预计、有望达到的数据，不是目标")] = False,
    units: Annotated[bool, typer.Option("--units", help="任务的牵头、责任和配合单位")] = False,
    references: Annotated[bool, typer.Option("--references", help="引用了哪些文件，哪些不在资料库里")] = False,
    persons: Annotated[bool, typer.Option("--persons", help="人员和职务")] = False,
    region: Regions = [],  # noqa: B006 - typer's way of saying "repeatable, none by default"
    year: Years = [],  # noqa: B006
    document: Documents = [],  # noqa: B006
    every: Annotated[bool, typer.Option("--all", help="也列出旧版和重复的文件写的")] = False,
    as_json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="输出 CSV（可用 Excel 打开）")] = False,
    home: Home = None,
) -> None:
    """列出文件里写明的目标、数据、责任单位、引用的文件和人员，每一条都有出处。"""
    if as_json and csv:
        raise WrongUsage("--json 和 --csv 只能用一个。")
    backend = backend_of(settings_of(context, home))
    chosen: dict[FactKind, bool] = {
        "target": targets,
        "figure": figures,
        "forecast": forecasts,
        "responsibility": units,
        "reference": references,
        "person": persons,
    }
    kinds = [kind for kind, wanted in chosen.items() if wanted]
    chosen_documents = ids_of(backend, document)
    found = backend.facts(kinds, regions=region, years=year, documents=chosen_documents, superseded=every)
    listed: list[dict[str, Any]] = records(found, backend.documents())
    if as_json:
        say_json(listed)
    elif csv:
        put(as_csv(listed))
    else:
        print_tables(listed)
        missing = {(row["title"], row["number"]) for row in listed if row["kind"] == "reference" and not row["cited"]}
        absent = f"，引用的文件有 {len(missing)} 份不在资料库里" if missing else ""
        note(Painted(f"共 {len(listed)} 条{absent}" if listed else "没有找到这样的内容", dim=True))
    if not listed:
        raise typer.Exit(NOT_FOUND)
