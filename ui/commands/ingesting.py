"""`zhengwen ingest` and `repair`: filling the library and mending it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from ui.console import Painted, literal, note, one_line, say, say_json
from ui.errors import INTERRUPTED
from ui.invocation import Home, settings_of

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ingest.report import Outcome, Report

FAILED = 1
"""Exit code: some file could not be read."""

_MOST_WARNINGS = 20
"""Documents whose warnings are shown after an ingest."""

_WORDS = {"added": "新增", "updated": "更新", "unchanged": "未变", "removed": "移除", "failed": "失败"}


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="路径…", help="文件或文件夹（文件夹会逐层读取）", readable=False)
    ],
    prune: Annotated[bool, typer.Option("--prune", help="同时移除这些文件夹里已不存在的文件")] = False,
    sample: Annotated[bool, typer.Option("--sample", hidden=True)] = False,
    as_json: Annotated[bool, typer.Option("--json", help="把经过逐行写成 JSON（给程序用）")] = False,
    home: Home = None,
) -> None:
    """把政策文件读进资料库；没变的跳过，变了的更新。"""
    from ingest.pipeline import ingest as run

    settings = settings_of(context, home)
    try:
        with Lines() if as_json else Bar() as bar:
            report = run(
                paths,
                home=settings.home,
                embedding=settings.wanted,
                prune=prune,
                sample=sample,
                on_file=bar.file,
                on_embed=bar.embed,
            )
    except KeyboardInterrupt:
        note("已中断：这次的文件没有写入，资料库保持原样。")
        raise typer.Exit(INTERRUPTED) from None
    _warn(report)
    if as_json:
        say_json({"event": "done", "told": _summary(report), "generation": report.generation}, one_line=True)
    else:
        say(_summary(report))
    if report.failed:
        raise typer.Exit(FAILED)


def repair(context: typer.Context, home: Home = None) -> None:
    """重建资料库的索引，并重新读出文件里的目标、责任单位等：索引损坏，或升级之后用。"""
    from ingest.doubts import find_doubts
    from ingest.facts import find_facts
    from vectorstore.repair import repair as run

    settings = settings_of(context, home)
    try:
        with Bar("重读原文") as bar:
            generation = run(
                settings.home, embedding=settings.wanted, facts=find_facts, doubts=find_doubts, progress=bar.embed
            )
    except KeyboardInterrupt:
        note("已中断：索引没有重建，资料库保持原样。")
        raise typer.Exit(INTERRUPTED) from None
    say(f"索引已重建，现在是第 {generation} 代。")


class Bar:
    """A progress bar on stderr where that is a terminal, and a line per file that failed, or was skipped and why."""

    def __init__(self, first: str = "读取文件") -> None:
        """`first` is what is done before any progress is told."""
        self._first = first
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            text, done = (TextColumn(f"{{task.{told}}}", markup=False) for told in ("description", "fields[done]"))
            columns = (text, BarColumn(), done, TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task(self._first, total=None, done="")
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def file(self, outcome: Outcome, done: int, total: int) -> None:
        """A file has been dealt with, the `done`-th of `total`."""
        told = f"{one_line(outcome.source)}：{one_line(outcome.reason or '原因不明')}"
        if outcome.status == "failed":
            self._line(f"失败：{told}", colour="red")
        elif outcome.status == "unchanged" and outcome.reason:
            self._line(f"跳过：{told}")
        self.step(f"读取 {one_line(Path(outcome.source).name, 16)}", done, total)

    def embed(self, done: int, total: int) -> None:
        """`done` of `total` passages have been indexed."""
        self.step("建立索引", done, total)

    def step(self, description: str, done: int, total: int) -> None:
        """`done` of `total` of what is described."""
        if self._progress is not None and self._task is not None:
            told = f"{done}/{total}"
            self._progress.update(self._task, description=literal(description), completed=done, total=total, done=told)

    def _line(self, text: str, *, colour: str | None = None) -> None:
        if self._progress is not None:
            self._progress.console.print(literal(text), style=colour, markup=False, highlight=False, soft_wrap=True)
        else:
            note(Painted(text, colour=colour))


def _warn(report: Report) -> None:
    """A line for each document that may have a slip in it, for the first of them."""
    for outcome in report.warned[:_MOST_WARNINGS]:
        warnings = (outcome.document and outcome.document.warnings) or ()
        note(Painted(f"提醒：{one_line(outcome.source)}：{one_line('；'.join(warnings))}", colour="yellow"))
    if len(report.warned) > _MOST_WARNINGS:
        note(f"提醒：还有 {len(report.warned) - _MOST_WARNINGS} 份文件有提醒，用 zhengwen documents 查看。")


class Lines:
    """A line of JSON on stdout for each file, and while the index is built; the same calls as Bar."""

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to do."""

    def file(self, outcome: Outcome, done: int, total: int) -> None:
        """A file has been dealt with, the `done`-th of `total`."""
        told = {"source": outcome.source, "status": outcome.status, "reason": outcome.reason}
        say_json({"event": "file", **told, "done": done, "total": total}, one_line=True)

    def embed(self, done: int, total: int) -> None:
        """`done` of `total` passages have been indexed."""
        say_json({"event": "index", "done": done, "total": total}, one_line=True)


def _summary(report: Report) -> str:
    counts: Counter[str] = Counter(outcome.status for outcome in report.outcomes)
    told = "，".join(f"{word} {counts[status]}" for status, word in _WORDS.items() if counts[status])
    reasons = Counter(one_line(o.reason) for o in report.outcomes if o.status == "removed" and o.reason)
    why = "".join(f"（移除 {count} 份：{reason}）" for reason, count in reasons.items())
    return f"{told or '没有找到可读的文件'}{why}"
