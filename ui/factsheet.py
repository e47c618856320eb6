"""Facts as records, as tables on a terminal and as CSV for a spreadsheet."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ui import sheet
from ui.console import literal, one_line, put, say
from ui.plain import plain
from vectorstore.citing import Shelf
from vectorstore.model import Document, Fact, Reference
from vectorstore.regions import Region

if TYPE_CHECKING:
    from rich.table import Table

_PLAIN_WIDTH: Final = 80
"""Columns where the output isn't a terminal, and fewest where it is one."""
TITLES: Final = {
    "target": "目标",
    "figure": "已达到的数据",
    "forecast": "预计达到的数据",
    "responsibility": "责任单位",
    "reference": "引用的文件",
    "person": "人员",
}
_HEADINGS: Final = {
    "kind": "类别", "region": "地区", "year": "年份", "year_words": "原文所说的年份", "indicator": "指标",
    "change": "变化", "comparator": "要求",
    "value": "数值", "upper": "上限", "unit": "单位", "task": "任务", "lead": "牵头单位", "units": "责任单位",
    "assisting": "配合单位", "relation": "关系", "number": "文号", "title": "引用文件", "cited": "资料库中的文件",
    "name": "姓名", "office": "职务", "quote": "原文", "path": "位置", "document": "出处", "doc_id": "文件编号",
    "start": "起", "end": "止",
}  # fmt: skip


def records(facts: Iterable[Fact], documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Each fact's fields by name with its kind, the title of its document as `document`, and for a reference as `cited`
    the id of the document of the library that it names, or None.
    """
    titles = {document.id: document.title for document in documents}
    shelf = Shelf(documents)
    made: list[dict[str, Any]] = []
    for fact in facts:
        record: dict[str, Any] = {"kind": fact.kind, "document": titles.get(fact.doc_id), **plain(fact)}
        for said in ("planned", "expected"):  # by the kind
            record.pop(said, None)
        if isinstance(fact, Reference):
            cited = shelf.find(fact)
            record["cited"] = cited.id if cited else None
        made.append(record)
    return made


def current(facts: Iterable[Fact], documents: Iterable[Document]) -> list[Fact]:
    """The facts but those of copies and older versions of other documents, which state them over again."""
    gone = {document.id for document in documents if document.superseded}
    return [fact for fact in facts if fact.doc_id not in gone]


def as_csv(listed: Sequence[Mapping[str, Any]]) -> str:
    """The records as CSV that Excel opens as it stands: a byte order mark, Chinese headings, and no cell a formula.

    The columns are the same whatever the records are, so that a program can count on them.
    """
    return sheet.as_csv([{name: _shown(record, name) for name in _HEADINGS} for record in listed], _HEADINGS)


def print_tables(listed: Sequence[Mapping[str, Any]]) -> None:
    """A table for each kind of fact, as wide as the terminal, or 80 columns elsewhere."""
    from rich.console import Console

    width = max(shutil.get_terminal_size().columns, _PLAIN_WIDTH) if sys.stdout.isatty() else _PLAIN_WIDTH
    for kind, title in TITLES.items():
        rows = [record for record in listed if record["kind"] == kind]
        if not rows:
            continue
        console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
        with console.capture() as printed:
            console.print(_TABLES[kind](rows))
        say(f"{title}（{len(rows)} 条）")
        put("\n".join(line.rstrip() for line in printed.get().splitlines()) + "\n\n")


def _targets(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = _table(("地区", 6), ("年份", 4), ("指标", None), ("要求", 20), ("出处", 12))
    for row in rows:
        counted = f"{row['year']}（{row['year_words']}）" if row["year_words"] else row["year"]
        _add(table, _place(row["region"]), counted, row["indicator"], demand(row), row["doc_id"])
    return table


def _responsibilities(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = _table(("地区", 6), ("任务", 22), ("单位", None), ("出处", 12))
    for row in rows:
        roles = (("牵头", row["lead"]), ("责任", row["units"]), ("配合", row["assisting"]))
        units = "\n".join(f"{role}：{'、'.join(names)}" for role, names in roles if names)
        _add(table, _place(row["region"]), row["task"], units, row["doc_id"], lines=True)
    return table


def _references(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = _table(("文件", 24), ("关系", 4), ("引用的文件", None), ("资料库", 12))
    before = None
    for row in rows:
        cited = "".join((f"《{row['title']}》" if row["title"] else "", row["number"] or ""))
        _add(table, row["document"] if row["doc_id"] != before else "", row["relation"], cited, row["cited"] or "没有")
        before = row["doc_id"]
    return table


def _persons(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = _table(("姓名", 8), ("职务", None), ("出处", 12))
    for row in rows:
        _add(table, row["name"], row["office"], row["doc_id"])
    return table


_TABLES: Final = {
    "target": _targets,
    "figure": _targets,
    "forecast": _targets,
    "responsibility": _responsibilities,
    "reference": _references,
    "person": _persons,
}


def demand(row: Mapping[str, Any]) -> str:
    """What is demanded or was reached, in words: 年均增长不低于15%, 10—15%, 翻2番."""
    upper = f"—{row['upper']}" if row["upper"] is not None else ""
    amount = f"{row['value']}{upper}{row['unit']}"
    if row["change"] == "翻番":
        return f"翻{amount}"
    how = row["comparator"] if row["comparator"] not in ("达到", "左右") else ""
    return f"{row['change'] or ''}{how}{amount}{'左右' if row['comparator'] == '左右' else ''}"


def _table(*columns: tuple[str, int | None]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0), expand=True, show_edge=False)
    for title, width in columns:
        table.add_column(title, width=width, overflow="fold", ratio=1 if width is None else None)
    return table


def _add(table: Table, *cells: object, lines: bool = False) -> None:
    table.add_row(*(literal(str(cell)) if lines else one_line(literal(str(cell or ""))) for cell in cells))


def _place(region: str | None) -> str:
    if region is None:
        return ""
    try:
        return Region.parse(region).short
    except ValueError:
        return region


def _shown(record: Mapping[str, Any], name: str) -> object:
    if name == "kind":
        return TITLES[record["kind"]]
    return " › ".join(record["path"]) if name == "path" else record.get(name)
