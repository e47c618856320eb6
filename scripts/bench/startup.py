"""Start-up, first use and warm answers on a small library, in fresh processes."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.bench.processes import BIN, REPO, SHARED, median, run
from scripts.bench.table import Row

SETS = {
    "samples/": (REPO / "samples", REPO / "tests" / "samples" / "questions.jsonl"),
    "policies/": (SHARED / "policies", SHARED / "eval" / "policies_dev.jsonl"),
}
IMPORT = "import time; start = time.perf_counter(); import bot; print(time.perf_counter() - start)"
WARM = """
import json, sys, time
from pathlib import Path
from bot import ask
home, file = map(Path, sys.argv[1:])
ask("什么是专利银行?", home=home)
seconds = []
for question in map(json.loads, file.read_text("utf-8").splitlines()):
    start = time.perf_counter()
    ask(question["question"], home=home)
    seconds.append(time.perf_counter() - start)
print(json.dumps(seconds))
"""


def start_server(home: Path) -> float:
    """Seconds from `make run` until the server answers; it is stopped again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ZHENGWEN_HOME": str(home), "MAKEFLAGS": ""}
    start = time.perf_counter()
    server = subprocess.Popen(
        ["make", "-s", "run", f"PORT={port}"],
        cwd=REPO,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while server.poll() is None and time.perf_counter() - start < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5):
                    return time.perf_counter() - start
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise SystemExit("The server did not start.")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _library(name: str, documents: Path, questions: Path, folder: Path) -> list[Row]:
    """Ingest, then ask, cold and warm; leaves a library in `folder`/library."""
    homes = iter(range(1_000))

    def ingest() -> float:
        return run(BIN / "zhengwen", "ingest", "--home", folder / f"cold{next(homes)}", documents)[0]

    home = folder / "library"
    run(BIN / "zhengwen", "ingest", "--home", home, documents)
    asked = [run(BIN / "zhengwen", "ask", "--home", home, "什么是专利银行?") for _ in range(7)]
    warm = sorted(json.loads(run(sys.executable, "-c", WARM, home, questions)[2]))
    many = f"{len(warm)} questions"
    return [
        Row(f"{name}: `zhengwen ingest` into a new library", median(3, ingest), "s", 6, "median of 3"),
        Row(f"{name}: cold `zhengwen ask`", statistics.median(a[0] for a in asked), "s", 2.5, "median of 7"),
        Row(f"{name}: its peak memory", max(a[1] for a in asked), "MB", 400, "largest of 7"),
        Row(f"{name}: warm `ask()`, half of the questions", statistics.median(warm) * 1000, "ms", 30, many),
        Row(f"{name}: warm `ask()`, 95 % of the questions", warm[int(len(warm) * 0.95)] * 1000, "ms", None, many),
    ]


def rows(folder: Path) -> list[Row]:
    """The rows of the table; `folder` is for libraries."""
    found = [Row("`import bot`", _import(), "s", 0.5, "median of 7")]
    for name, (documents, questions) in SETS.items():
        if documents.is_dir():
            found += _library(name, documents, questions, folder / name)
    home = folder / "samples" / "library"
    served = median(3, lambda: start_server(home))
    return [*found, Row("second `make run`, until /livez answers", served, "s", 6, "median of 3")]


def _import() -> float:
    return median(7, lambda: float(run(sys.executable, "-c", IMPORT)[2]))
