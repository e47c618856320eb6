"""Fills a generation's vector index from its catalog and the vectors it is handed; run as a `Child` of the writer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.catalog import Catalog
from vectorstore.child import attend
from vectorstore.chroma import VectorIndex, load_chroma
from vectorstore.generation import CATALOG, CHROMA


def index_vectors(tasks: Iterator[Any]) -> None:
    """The first task opens the index: {"folder", "first_batches", "remove": ids of chunks}.

    Every further one adds vectors: {"rows": of their chunks in the catalog, "file": of the vectors}.
    """
    opening = next(tasks, None)
    if opening is None:
        return
    folder = Path(opening["folder"])
    with (
        closing(Catalog(folder / CATALOG)) as held,
        VectorIndex(folder / CHROMA, first_batches=opening["first_batches"]) as vectors,
    ):
        vectors.remove(opening["remove"])
        for task in tasks:
            vectors.add(held.pairs(task["rows"]), np.load(task["file"]))
        if opening["first_batches"] is not None:
            vectors.built()


if __name__ == "__main__":
    load_chroma()
    sys.exit(attend(index_vectors))
