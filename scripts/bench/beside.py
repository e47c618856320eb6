"""This product and what a LangChain user would write, in turn on the same texts, by the same model."""

import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.bench.corpora import CORPORA
from scripts.bench.processes import BIN, SHARED, run, told
from scripts.bench.table import Row, table

OURS, THEIRS = "scripts.bench.ours", "scripts.bench.langchain_way"
QUESTION = "什么是专利银行?"
ALL = 1_000_000
QUALITY = ("hit@1", "hit@5", "R@5", "MRR@10", "answer@1", "answer@5")
Figures = Mapping[str, Any]


def section(folder: Path) -> str:
    """The part of the page with the ratios; `folder` is for libraries."""
    parts = ["## Beside LangChain\n"]
    if not CORPORA["ncp"].at_hand:
        return "\n".join([*parts, "Not measured: needs ../shared.\n"])
    rows: list[Row] = []
    figures: list[tuple[str, ...]] = []
    for corpus, runs in (("ncp", 3), ("stard", 1)):
        ours, theirs = _ingest(folder, corpus, runs)
        about, many = CORPORA[corpus].about, f"medians of {runs}" if runs > 1 else "1 run"
        rows.append(Row(f"ingest, {about}: chunks/s", _rate(ours) / _rate(theirs), "", 1.0, many, at_least=True))
        rows.append(Row("the same: documents/s", _seconds(theirs) / _seconds(ours), "", None, many))
        for name, found in (("zhengwen", ours), ("LangChain", theirs)):
            figures.append(
                (f"{name}: {about}", f"{found[0]['chunks']:,}", f"{_seconds(found):.1f} s", f"{_rate(found):.0f}")
            )
    ours, theirs = _cold(folder)
    times, share = (statistics.median(a[i] for a in theirs) / statistics.median(a[i] for a in ours) for i in (0, 1))
    rows.append(Row("cold question: times as fast", times, "", 4.0, "medians of 5", at_least=True))
    rows.append(Row("cold question: share of the memory", 1 / share, "", 0.6, "medians of 5"))
    parts += [
        table(("zhengwen : LangChain", "target", "measured", "runs"), ()),
        *map(str, rows),
        "",
        table(("", "chunks", "ingest", "chunks/s"), figures),
        "",
        table(("cold question", "seconds", "MB"), (_told("zhengwen", ours), _told("LangChain", theirs))),
        "",
        _quality(folder),
    ]
    return "\n".join(parts)


def _ingest(folder: Path, corpus: str, runs: int) -> tuple[list[Figures], list[Figures]]:
    """Each side's runs, taken in turn; the last libraries stay in folder/corpus-ours and -theirs."""
    found: dict[str, list[Figures]] = {OURS: [], THEIRS: []}
    for number in range(runs):
        for module, name in ((OURS, "ours"), (THEIRS, "theirs")):
            last = "" if number == runs - 1 else f"-{number}"
            found[module].append(told(module, "ingest", folder / f"{corpus}-{name}{last}", corpus, str(ALL)))
    return found[OURS], found[THEIRS]


def _seconds(runs: list[Figures]) -> float:
    return statistics.median(run["seconds"] for run in runs)


def _rate(runs: list[Figures]) -> float:
    return statistics.median(run["chunks"] / run["seconds"] for run in runs)


def _cold(folder: Path) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Seconds and megabytes of one question from a cold start, of the five policies."""
    home = folder / "cold-ours"
    run(BIN / "zhengwen", "ingest", "--home", home, SHARED / "policies")
    run(sys.executable, "-m", THEIRS, "ingest-folder", folder / "cold-theirs", SHARED / "policies")
    ours, theirs = [], []
    for _ in range(5):
        ours.append(run(BIN / "zhengwen", "ask", "--home", home, QUESTION)[:2])
        theirs.append(run(sys.executable, "-m", THEIRS, "ask", folder / "cold-theirs", QUESTION)[:2])
    return ours, theirs


def _told(name: str, runs: list[tuple[float, float]]) -> tuple[str, str, str]:
    seconds, megabytes = (statistics.median(run[i] for run in runs) for i in (0, 1))
    return name, f"{seconds:.2f}", f"{megabytes:.0f}"


def _quality(folder: Path) -> str:
    """What both find of the ncp questions, judged alike."""
    ours = told(OURS, "search", folder / "ncp-ours", "ncp", str(ALL))
    theirs = told(THEIRS, "search", folder / "ncp-theirs", "ncp", str(ALL))
    lines = [
        (name, *(f"{found['quality'][key]:.3f}" for key in QUALITY), f"{found['found']['p50']:.0f} ms")
        for name, found in (("zhengwen", ours), ("LangChain", theirs))
    ]
    return table((CORPORA["ncp"].about, *QUALITY, "search p50"), lines)
