"""What ingest and search cost as a library grows."""

from pathlib import Path

from scripts.bench.corpora import CORPORA
from scripts.bench.processes import size, told
from scripts.bench.table import Row, table

POINTS = (("laws", 1_000), ("laws", 10_000), ("stard", 60_308), ("laws", 147_288))
QUESTIONS = 400
HEADS = (
    "documents",
    "chunks",
    "ingest",
    "chunks/s",
    "its MB",
    "search p50",
    "p95",
    "reranked p50",
    "p95",
    "answered p50",
    "p95",
    "its MB",
    "disk MB",
)


def section(folder: Path) -> str:
    """The part of the page with the curve; `folder` is for libraries."""
    if not (CORPORA["stard"].at_hand and CORPORA["laws"].at_hand):
        return "## As a library grows\n\nNot measured: needs ../shared.\n"
    lines, rows = [], []
    for corpus, most in POINTS:
        home = folder / f"{corpus}-{most}"
        built = told("scripts.bench.ours", "ingest", home, corpus, str(most))
        found = told("scripts.bench.ours", "search", home, corpus, str(QUESTIONS))
        rate, fused, reranked = built["chunks"] / built["seconds"], found["fused"], found["found"]
        latencies = (f"{part[key]:.1f} ms" for part in (fused, reranked, found["answered"]) for key in ("p50", "p95"))
        lines.append(
            (
                f"{built['documents']:,}",
                f"{built['chunks']:,}",
                f"{built['seconds']:.0f} s",
                f"{rate:.0f}",
                f"{built['megabytes']:.0f}",
                *latencies,
                f"{found['megabytes']:.0f}",
                f"{size(home):.0f}",
            )
        )
        about, asked = f"{built['documents']:,} articles", f"{QUESTIONS} questions"
        if corpus == "stard":
            rows += [
                Row(f"{about}: ingest", rate, "chunks/s", 600, "1 run", at_least=True),
                Row(f"{about}: search, half of the questions", fused["p50"], "ms", 15, asked),
                Row(f"{about}: search, 95 % of the questions", fused["p95"], "ms", 40, asked),
                Row(f"{about}: memory while searching", found["megabytes"], "MB", 1200, "1 run"),
                Row(f"{about}: memory while ingesting", built["megabytes"], "MB", 1200, "1 run"),
            ]
        elif most == POINTS[-1][1]:
            rows.append(Row(f"{about}: search, half of the questions", fused["p50"], "ms", 25, asked))
    head = table(("what", "target", "measured", "runs"), ())
    return "\n".join(["## As a library grows\n", head, *map(str, rows), "", table(HEADS, lines), ""])
