"""Measure start-up, speed and memory in fresh processes, and write docs/benchmarks.md."""

import json
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
SHARED = REPO.parent / "shared"
BIN = Path(sys.executable).parent
PAGE = REPO / "docs" / "benchmarks.md"
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


@dataclass(frozen=True)
class Row:
    """One line of the table; `target` is the figure it should stay under, or None."""

    what: str
    figure: float
    unit: str
    target: float | None
    runs: str

    def __str__(self) -> str:
        digits = 0 if self.unit in ("MB", "ms") else 2
        target = f"< {self.target:g} {self.unit}" if self.target else "—"
        missed = " (missed)" if self.target and self.figure >= self.target else ""
        return f"| {self.what} | {target} | {self.figure:.{digits}f} {self.unit}{missed} | {self.runs} |"


def run(*command: str | Path, good: Sequence[int] = (0,)) -> tuple[float, float, str]:
    """Wall seconds, peak megabytes and output of a fresh process; ends the program when its exit code isn't good."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=REPO, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in good:
            raise SystemExit(f"{command} ended with {process.returncode}")
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read()


def median(times: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(times))


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


def measure_library(name: str, documents: Path, questions: Path, folder: Path) -> list[Row]:
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


def machine() -> str:
    """Processor, cores, memory, system and Python, on one line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{next(models, platform.processor() or platform.machine())}, {os.cpu_count()} cores, {memory:.0f} GB memory, "
        f"{platform.system()}, Python {platform.python_version()}, no GPU used"
    )


def page(rows: Sequence[Row]) -> str:
    table = "\n".join(map(str, rows))
    return f"""# Benchmarks

zhengwen {version("zhengwen")} on {machine()}. Written by `make bench`; run it to have your own.

| what | target | measured | runs |
|---|---|---|---|
{table}

Every figure but the warm ones is of a fresh process, start of Python included; the system's file cache is warm, as it
is on any machine that is in use. `samples/` are the ten briefs of this repository. `policies/` are five public
documents of about 70 KB that don't come with it; the rows are missing where they aren't at hand.
"""


def main() -> None:
    rows = [
        Row("`import bot`", median(7, lambda: float(run(sys.executable, "-c", IMPORT)[2])), "s", 0.5, "median of 7")
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, (documents, questions) in SETS.items():
            if documents.is_dir():
                rows += measure_library(name, documents, questions, Path(folder, name))
        home = Path(folder, "samples", "library")
        rows.append(
            Row("second `make run`, until /livez answers", median(3, lambda: start_server(home)), "s", 6, "median of 3")
        )
    PAGE.write_text(page(rows), encoding="utf-8")
    sys.stdout.write(page(rows))


if __name__ == "__main__":
    main()
