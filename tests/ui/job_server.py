"""A process that adds a file to a library and waits to be killed: python -m tests.ui.job_server HOME."""

from __future__ import annotations

import io
import sys
import time

from bot.settings import load_settings
from ui.jobs import Jobs


def main() -> None:
    """Begin a job whose file is the text on stdin, tell its id, and live on."""
    jobs = Jobs(load_settings(home=sys.argv[1], environ={}))
    sys.stdout.write(jobs.add([("方案.txt", io.BytesIO(sys.stdin.buffer.read()))]).id + "\n")
    sys.stdout.flush()
    time.sleep(600)


if __name__ == "__main__":
    main()
