"""One measurement of this product in a process of its own, printed as JSON.

python -m scripts.bench.ours ingest HOME CORPUS MOST: what `zhengwen ingest` does with as many files, but for reading
them from disk. search HOME CORPUS QUESTIONS: the library's search, the same with the reranker, as answers
use it, and whole answers.
"""

import json
import sys
import time
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.evaluation.retrieval import judge_retrieval
from bot.pipeline import answer_events
from bot.question.understand import understand
from bot.rerank import find
from ingest.doubts import find_doubts
from ingest.facts import find_facts
from ingest.pipeline import read_document
from scripts.bench.corpora import Watch, percentiles, questions, texts
from vectorstore.embeddings import load_embedder
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer
from vectorstore.writer import Writer

ANSWERED = 100
"""Questions that are answered to the end."""
DEPTH = 100
"""Chunks asked for when quality is judged, as in zhengwen eval."""


def ingest(home: Path, corpus: str, most: int) -> dict[str, Any]:
    """Documents, chunks, and seconds from the first text to the published generation, checked and on the disk."""
    records = list(texts(corpus, most))
    embedder = load_embedder()
    embedder.encode_document(["政策"])  # the other side's model is loaded before its clock starts, too
    read_document(
        Path("/关于收费的通知.txt"), "云岭市关于收费的通知\n自印发之日起施行。".encode()
    )  # imports the dictionary
    start = time.perf_counter()
    documents = chunks = 0
    with Writer(home, embedding=embedder, facts=find_facts, doubts=find_doubts) as writer:
        for name, text in records:
            data = text.encode("utf-8")
            document, parts = read_document(Path(f"/{name}.txt"), data)
            writer.put(document, parts, data)
            documents, chunks = documents + 1, chunks + len(parts)
        writer.publish()
    return {"documents": documents, "chunks": chunks, "seconds": time.perf_counter() - start}


def search(home: Path, corpus: str, most: int) -> dict[str, Any]:
    """Latency of the search for ten chunks, alone ("fused") and with the reranker ("found"), that of whole answers
    ("answered"), and the quality of what is found."""
    asked = questions(corpus, most)
    fused, found, answered, judged = Watch(), Watch(), Watch(), []
    with Library.open(home) as library:
        documents = library.documents()
        names = {Path(document.source).stem: document.id for document in documents}
        gazetteer = Gazetteer(document.region for document in documents if document.region)
        find(library, understand("什么是专利银行?", gazetteer), k=10, filters=Filters())
        for record in asked:
            with fused:
                library.search(record["question"], k=10)
        for record in asked:
            with found:
                find(library, understand(record["question"], gazetteer), k=10, filters=Filters())
        list(answer_events(library, "什么是专利银行?"))
        for record in asked[:ANSWERED]:
            with answered:
                list(answer_events(library, record["question"]))
        for record in asked if corpus == "ncp" else ():
            hits = find(library, understand(record["question"], gazetteer), k=DEPTH, filters=Filters())
            right = frozenset(names.get(name, name) for name in record["docs"])
            judged.append(judge_retrieval(hits, right=right, answers=record.get("answers", ())))
    latencies = {"fused": fused, "found": found, "answered": answered}
    return {**{name: percentiles(watch.seconds) for name, watch in latencies.items()}, "quality": means(judged)}


def means(judged: list[dict[str, float]]) -> dict[str, float]:
    """The mean of each measure over the questions that have it."""
    keys = dict.fromkeys(key for values in judged for key in values)
    return {key: fmean(values[key] for values in judged if key in values) for key in keys}


def main() -> None:
    what, home, corpus, most = sys.argv[1:]
    measure = {"ingest": ingest, "search": search}[what]
    sys.stdout.write(json.dumps(measure(Path(home), corpus, int(most))))


if __name__ == "__main__":
    main()
