"""What the children of test_child do: write down who they are, then what they are told."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from vectorstore.child import attend
from vectorstore.errors import LibraryError


def work(task: dict[str, str]) -> None:
    Path(task["file"]).write_text(str(os.getpid()))
    match task["then"]:
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
