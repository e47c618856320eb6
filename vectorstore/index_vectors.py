"""Fills a generation's vector index with what it is handed, and checks the finished generation; run as a `Child`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.child import attend
from vectorstore.chroma import VectorIndex, load_chroma
from vectorstore.verify_generation import verify


def main(tasks: Iterator[Any]) -> None:
    """A task either opens an index, {"folder", "new", "remove": ids of chunks}, or names a generation to "check".

    What follows the first is {"batch": file of vectors, beside which are their chunks} any number of times, then
    {"close": True}.
    """
    for task in tasks:
        if "check" in task:
            verify(Path(task["check"]))
        else:
            _fill(task, tasks)


def _fill(opening: Any, tasks: Iterator[Any]) -> None:
    with VectorIndex(Path(opening["folder"]), new=opening["new"]) as vectors:
        vectors.remove(opening["remove"])
        for task in tasks:
            if "close" in task:
                break
            file = Path(task["batch"])
            entries = file.with_suffix(".json")
            vectors.add(json.loads(entries.read_text(encoding="utf-8")), np.load(file))
            file.unlink()
            entries.unlink()
        if opening["new"]:
            vectors.built()


if __name__ == "__main__":
    load_chroma()
    sys.exit(attend(main))
