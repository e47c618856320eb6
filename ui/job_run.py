"""Does one job in a process of its own, which ends with this one, and hands on what it tells."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.settings import Settings

_CHILD = "ui.job_child"


class Run:
    """The one child there is at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def do(self, task: dict[str, Any], told: Callable[[dict[str, Any]], None]) -> None:
        """Let a child do the task; `told` gets each line it says. Returns when it has ended, at once after `stop`.

        Raises OSError and ValueError where there is no memory for a process, or it died before it was told.
        """
        with self._lock:
            if self._stopped:
                return
            # Its stdin stays open: when this process dies, however it dies, the child sees that and ends.
            self._process = process = subprocess.Popen(
                [sys.executable, "-m", _CHILD],
                cwd=Path(__file__).resolve().parents[1],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        with process:
            assert process.stdin is not None and process.stdout is not None
            settings = {"home": str(self._settings.home), "embedding": self._settings.embedding}
            process.stdin.write(json.dumps({**task, **settings}) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                told(json.loads(line))

    def stop(self) -> None:
        """End the child, and begin no other. What it was doing leaves the library as it was."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()
