"""The process of one job: changes the library as its one line of stdin says, and tells on stdout what became of it."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.settings import load_settings
from ingest.errors import IngestError
from ingest.pipeline import ingest
from ingest.report import Outcome
from vectorstore.errors import DocumentNotFound, LibraryError, LibraryLocked
from vectorstore.writer import Writer

_PATIENCE = 120.0
"""Seconds to wait for another process that is writing."""


def main() -> int:
    """Do the task; the exit status is 0 where it is done."""
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limit = time.monotonic() + _PATIENCE
    while True:
        try:
            _do(task)
            return 0
        except LibraryLocked as error:
            if time.monotonic() > limit:
                _tell(error=str(error))
                return 1
            time.sleep(1)
        except (LibraryError, IngestError, BotError) as error:
            _tell(error=str(error))
            return 1


def _do(task: dict[str, Any]) -> None:
    home = Path(task["home"])
    settings = load_settings(home=home, embedding=task["embedding"])
    if "remove" in task:
        with Writer(home, embedding=settings.wanted) as writer:
            try:
                writer.remove(task["remove"])
            except DocumentNotFound:
                if not task["again"]:  # else the server that began it died after it was done
                    raise
            generation: int | None = writer.publish()
        _tell(place="", outcome={"file": "", "status": "removed", "document": task["remove"]})
    else:
        report = ingest(
            [Path(task["add"])],
            home=home,
            embedding=settings.wanted,
            replacing=task["replacing"],
            on_file=lambda outcome, *_: _tell(place=Path(outcome.source).parent.name, outcome=_plain(outcome)),
            on_embed=lambda indexed, passages: _tell(indexed=indexed, passages=passages),
        )
        generation = report.generation
    _tell(generation=generation)


def _plain(outcome: Outcome) -> dict[str, Any]:
    document = outcome.document.id if outcome.document is not None and outcome.status != "removed" else None
    file = Path(outcome.source).name
    return {"file": file, "status": outcome.status, "reason": outcome.reason, "document": document}


def _tell(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    while os.read(0, 1):  # not sys.stdin, whose lock a thread would still hold when this process ends by itself
        continue
    os._exit(1)  # the server closed its end, or died; an ingest that is cut short leaves the library as it was


if __name__ == "__main__":
    sys.exit(main())
