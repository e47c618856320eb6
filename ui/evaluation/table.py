"""An evaluation as tables on a terminal, or as plain lines where there is none."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.evaluation.baseline import Comparison
from bot.evaluation.measures import GROUPS, MEASURES, METHODS, RETRIEVAL, Figure, figures, written
from bot.evaluation.outcome import Evaluation, Outcome
from ui.console import literal
from ui.errors import ReaderLeft

if TYPE_CHECKING:
    from rich.table import Table

_PLAIN_WIDTH = 160
"""Columns where the output isn't a terminal."""
SIGNS = {"better": "变好", "worse": "变差", "even": "—"}


def print_evaluation(evaluation: Evaluation, comparison: Comparison | None = None) -> None:
    """The figures of an evaluation on stdout, and what got better or worse."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else _PLAIN_WIDTH, markup=False, highlight=False)
    found = figures(evaluation.outcomes)
    with console.capture() as printed:  # rich would end the process when the reader has left
        console.print(literal(headline(evaluation)), soft_wrap=True)
        console.print(_retrieval(found))
        console.print(_others(found))
        if len(kinds(evaluation.outcomes)) > 1:
            console.print(_kinds(evaluation.outcomes))
        if comparison is not None:
            console.print(literal(told(comparison)), soft_wrap=True)
            console.print(_changes(comparison))
    try:
        sys.stdout.write(printed.get())
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error


def headline(evaluation: Evaluation) -> str:
    """What was measured, on one line."""
    wrong = sum(bool(outcome.faults) for outcome in evaluation.outcomes)
    what = "题没有答好" if evaluation.answered else "题没有找好"
    asked = f"{evaluation.name}：{len(evaluation.outcomes)} 个问题，{evaluation.documents} 份文件"
    return f"{asked}，{wrong} {what}（向量模型 {evaluation.embedding}）"


def told(comparison: Comparison) -> str:
    """What became of single questions since the baseline."""
    won, lost = (f"{len(ids)} 题（{'、'.join(ids[:10])}{'…' if len(ids) > 10 else ''}）" if ids else "没有" for ids in
                 (comparison.won, comparison.lost))  # fmt: skip
    return f"与之前相比（{comparison.shared} 道相同的题）：由错变对 {won}，由对变错 {lost}"


def kinds(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """For each kind of question how many went well, and how many there are."""
    every = Counter(outcome.kind for outcome in outcomes)
    well = Counter(outcome.kind for outcome in outcomes if not outcome.faults)
    return {kind: (well[kind], number) for kind, number in sorted(every.items())}


def retrieval_rows(found: dict[str, Figure]) -> tuple[list[str], list[list[str]]]:
    """The heads and the cells of the table of methods."""
    keys = [measure.key for measure in RETRIEVAL if measure.key in found]
    rows = [
        [name, *(written(found[prefix + key].value, "share") if prefix + key in found else "—" for key in keys)]
        for prefix, name in METHODS.items()
    ]
    return ["方法", *keys], rows


def other_rows(found: dict[str, Figure]) -> list[list[str]]:
    """Group, measure, figure and number of questions of everything but retrieval."""
    chosen = [measure for measure in MEASURES.values() if measure.group != "retrieval" and measure.key in found]
    return [
        [GROUPS[m.group], m.about, written(found[m.key].value, m.unit), str(found[m.key].questions)] for m in chosen
    ]


def change_rows(comparison: Comparison) -> list[list[str]]:
    """Measure, before, now, difference with its interval, verdict, questions; engines alone left out."""
    rows = []
    for change in comparison.changes:
        if change.key not in MEASURES:
            continue
        measure, interval = MEASURES[change.key], change.interval
        name = measure.key if measure.group == "retrieval" else measure.about
        bounds = " … ".join(_signed(bound, measure.unit) for bound in (interval.low, interval.high))
        then, now = (written(value, measure.unit) for value in (change.before, change.after))
        difference = f"{_signed(interval.mean, measure.unit)}（{bounds}）"
        rows.append([name, then, now, difference, SIGNS[change.verdict], str(change.questions)])
    return rows


CHANGE_HEADS = ("指标", "之前", "现在", "差（95% 区间）", "", "题数")
OTHER_HEADS = ("", "指标", "数值", "题数")


def _signed(value: float, unit: str) -> str:
    text = written(abs(value), "share" if unit == "share" else "characters" if unit == "characters" else "seconds")
    return text if not value else ("+" if value > 0 else "−") + text


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, left: int) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1), collapse_padding=True, pad_edge=False, header_style="bold")
    for column, head in enumerate(heads):
        table.add_column(head, justify="left" if column < left else "right", no_wrap=column < left)
    for row in rows:
        table.add_row(*map(literal, row))
    return table


def _retrieval(found: dict[str, Figure]) -> Table:
    heads, rows = retrieval_rows(found)
    return _table(heads, rows if len(heads) > 1 else [], left=1)


def _others(found: dict[str, Figure]) -> Table:
    return _table(OTHER_HEADS, other_rows(found), left=2)


def _kinds(outcomes: Sequence[Outcome]) -> Table:
    rows = [[kind or "—", f"{well}/{number}"] for kind, (well, number) in kinds(outcomes).items()]
    return _table(("类型", "答好的题"), rows, left=1)


def _changes(comparison: Comparison) -> Table:
    return _table(CHANGE_HEADS, change_rows(comparison), left=1)
