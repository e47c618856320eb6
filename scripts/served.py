"""A running `zhengwen serve` and a Chromium, for the scripts that look at the page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPO = Path(__file__).resolve().parents[1]
_ZHENGWEN = [sys.executable, "-m", "ui.cli"]
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    address: str
    pid: int

    def megabytes(self) -> float:
        """Memory that the server holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def fill(home: Path, *what: str | Path) -> None:
    """Read files into the library at `home`."""
    subprocess.run([*_ZHENGWEN, "ingest", "--home", str(home), *map(str, what)], check=True, cwd=REPO)


@contextmanager
def served(home: Path, *, port: int = 8765) -> Iterator[Served]:
    """The page over the library at `home`, once it answers."""
    command = [*_ZHENGWEN, "serve", "--port", str(port), "--home", str(home)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=REPO)
    try:
        assert server.stdout is not None
        server.stdout.readline()  # the address, once it answers
        yield Served(f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium or Chrome of this machine; ends the program where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("No chromium, chromium-browser or google-chrome on this machine.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_QUIET)
        yield browser
        browser.close()
