"""How well Chroma's graph finds the nearest chunks, and what building it costs: python -m scripts.bench.graph [MOST].

For decision 9. Not part of the page: the settings change rarely, and each takes a minute.
"""

import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

import chromadb
import numpy as np

from ingest.pipeline import read_document
from scripts.bench.corpora import questions, texts
from scripts.bench.table import table
from vectorstore.chroma import GRAPH
from vectorstore.embeddings import load_embedder

SETTINGS: tuple[dict[str, Any], ...] = (
    {"space": "cosine"},
    {"space": "cosine", "ef_search": 300},
    {"space": "cosine", "ef_construction": 50, "ef_search": 300},
    GRAPH,
)
BATCH = 5_000
NEAREST = (10, 60, 200)
QUESTIONS = 400


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 60_308
    read = (read_document(Path(f"/{name}.txt"), text.encode("utf-8")) for name, text in texts("stard", most))
    embedder = load_embedder()
    chunks = [chunk.text for _, parts in read for chunk in parts]
    vectors = embedder.encode_document(chunks)
    asked = embedder.encode_query([record["question"] for record in questions("stard", QUESTIONS)])
    exact = np.argsort(-(asked @ vectors.T), axis=1)[:, : max(NEAREST)]
    lines = []
    for settings in SETTINGS:
        with tempfile.TemporaryDirectory(prefix="zhengwen-graph-") as folder:
            lines.append((str(settings), *_measured(folder, settings, vectors, asked, exact)))
    heads = (f"{len(chunks):,} chunks", "built in, processor time", *(f"of the {k} nearest" for k in NEAREST))
    sys.stdout.write(table(heads, lines) + "\n")


def _measured(folder: str, settings: dict[str, Any], vectors: Any, asked: Any, exact: Any) -> list[str]:
    client = chromadb.PersistentClient(folder, chromadb.config.Settings(anonymized_telemetry=False))
    hnsw: Any = {**settings, "sync_threshold": BATCH}
    graph: Any = client.create_collection("chunks", configuration={"hnsw": hnsw}, embedding_function=None)
    begun = _seconds()
    for i in range(0, len(vectors), BATCH):
        graph.add(ids=[str(i + j) for j in range(len(vectors[i : i + BATCH]))], embeddings=vectors[i : i + BATCH])
    told = [f"{_seconds() - begun:.1f} s"]
    for k in NEAREST:
        found = [set(graph.query(query_embeddings=[one], n_results=k, include=[])["ids"][0]) for one in asked]
        right = [len(ids & set(map(str, near[:k]))) / k for ids, near in zip(found, exact, strict=True)]
        told.append(f"{np.mean(right):.1%}")
    return told


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
