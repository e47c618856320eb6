"""Measure speed and memory, and write docs/benchmarks.md: python -m scripts.bench [--out FILE] [PART…]."""

import argparse
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from scripts.bench import beside, curve, reading, serving, startup
from scripts.bench.processes import REPO, machine
from scripts.bench.table import table

HEAD = """# Benchmarks

zhengwen {version} on {machine}. Written by `make bench`; run it to have your own.
"""
ABOUT_STARTUP = """
Every figure but the warm ones is of a fresh process, start of Python included; the system's file cache is warm, as it
is on any machine that is in use. `samples/` are the ten briefs of this repository. `policies/` are five public
documents of about 70 KB that don't come with it; the rows are missing where they aren't at hand.
"""
SERVING = "## Asking over HTTP\n\n"
ABOUT_SERVING = """
The server and its clients share the machine. Each client asks again as soon as it has its answer. White space at the
end of a question makes it a new one, to be worked out from the start; one that was asked before comes from memory as
long as the library is the same.
"""
ABOUT_READING = """
From bytes to a document with title, card, sections, chunks and facts, by seconds of one processor. What takes ten times
as long for ten times the text keeps its rate; the lower lines are texts that are meant to make reading slow.
"""
ABOUT_BESIDE = """
What a LangChain user would write is scripts/bench/langchain_way.py: `RecursiveCharacterTextSplitter` at 300/60,
langchain-chroma, and the same embedded model through sentence-transformers. Both sides get the same texts, in turn,
in processes of their own. Ingest counts from the first text to the last one stored; what a process imports before,
and the model's loading, is left out. Ours also reads each document's title, sections, card and facts, compares it
with the others, builds the lexical index and the catalog, has the new generation opened and checked by another
process, and forces it to the disk; its processes start within the time that is counted. Ours cuts along items, so the
chunks of the two differ in number; documents/s compares the same texts. A cold question is the whole command, with
answer and citations for ours and the five nearest chunks for LangChain.
"""
ABOUT_CURVE = """
Articles are documents of their own, each as much to ingest as a file. “Search” is the library's, for ten chunks, words
and vectors fused; “reranked” is what an answer rests on: 60 chunks found and put into order; “answered” is
all of an answer, for the first hundred questions. They are STARD's.
“Its MB” is the peak memory of the largest process. Disk counts originals and cached vectors too.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parts = ("startup", "serving", "reading", "beside", "curve")
    parser.add_argument("parts", nargs="*", metavar="PART", help="measure these only, and print them")
    parser.add_argument("--out", type=Path, help="the page to write; without it the page goes to stdout only")
    options = parser.parse_args()
    wanted = options.parts or parts
    sections = [HEAD.format(version=version("zhengwen"), machine=machine())]
    with tempfile.TemporaryDirectory(prefix="zhengwen-bench-") as name:
        if "startup" in wanted:
            lines = "\n".join(map(str, startup.rows(Path(name))))
            sections.append(f"{table(('what', 'target', 'measured', 'runs'), ())}\n{lines}\n{ABOUT_STARTUP}")
        if "serving" in wanted:
            lines = "\n".join(map(str, serving.rows(Path(name) / "serving")))
            sections.append(f"{SERVING}{table(('what', 'target', 'measured', 'runs'), ())}\n{lines}\n{ABOUT_SERVING}")
        if "reading" in wanted:
            sections.append(f"{reading.section()}\n{ABOUT_READING.lstrip()}")
        if "beside" in wanted:
            sections.append(f"{beside.section(Path(name))}\n{ABOUT_BESIDE}")
        if "curve" in wanted:
            sections.append(f"{curve.section(Path(name))}\n{ABOUT_CURVE.lstrip()}")
    text = "\n".join(sections)
    if options.out:
        (REPO / options.out).write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
