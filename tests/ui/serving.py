"""Runs `zhengwen serve` as a user would, on a free port, and stops it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds a start may take on a busy machine."""


@dataclass(frozen=True)
class Serving:
    """A server that answers."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str) -> tuple[int, bytes]:
    """Status and body of a page."""
    with urllib.request.urlopen(url, timeout=20) as response:
        return response.status, response.read()


@contextmanager
def serving(home: Path, log: Path, *arguments: str, port: int | None = None) -> Iterator[Serving]:
    """A server over the library at `home`, once it says that it answers; ends within 10 s. Its output goes to `log`."""
    port = port or free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "serve", "--port", str(port), "--home", str(home), *arguments],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        limit = time.monotonic() + PATIENCE
        while "政问已启动" not in log.read_text(encoding="utf-8"):
            assert process.poll() is None and time.monotonic() < limit, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield Serving(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)  # whatever is still connected, or the test fails here
        finally:
            process.kill()
