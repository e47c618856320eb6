"""What the children of test_child do: write down who they are, then what they are told."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vectorstore.child import attend
from vectorstore.errors import LibraryError


def work(tasks: Iterator[Any]) -> None:
    for task in tasks:
        Path(task["file"]).write_text(str(os.getpid()))
        do(task["then"])


def do(what: str) -> None:
    match what:
        case "fail":
            raise LibraryError("磁盘写满了")
        case "break":
            _ = 1 / 0
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(600)


if __name__ == "__main__":
    sys.exit(attend(work))
