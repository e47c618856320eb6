"""Fresh processes and what they cost."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]
SHARED = REPO.parent / "shared"
BIN = Path(sys.executable).parent


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


def told(module: str, *words: str | Path) -> dict[str, Any]:
    """What `python -m module words` prints as JSON, with the "process_seconds" and "megabytes" of its process."""
    seconds, megabytes, output = run(sys.executable, "-m", module, *words)
    found: dict[str, Any] = json.loads(output)
    return {"process_seconds": seconds, "megabytes": megabytes, **found}


def median(times: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(times))


def size(folder: Path) -> float:
    """Megabytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


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
