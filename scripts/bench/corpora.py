"""The corpora that speed is measured on: texts of ../shared, read alike for both sides."""

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.bench.processes import SHARED


@dataclass(frozen=True)
class Corpus:
    """A file of texts, and one of questions to ask of them."""

    name: str
    about: str
    texts: Path
    questions: Path

    @property
    def at_hand(self) -> bool:
        return self.texts.exists() and self.questions.exists()


CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus("ncp", "599 policy documents", SHARED / "eval/ncp_corpus.jsonl.gz", SHARED / "eval/ncp_queries.jsonl"),
        Corpus(
            "stard",
            "60,308 articles of law",
            SHARED / "eval/stard_corpus.jsonl.gz",
            SHARED / "eval/stard_queries.jsonl",
        ),
        Corpus(
            "laws",
            "147,288 articles of law",
            SHARED / "train/law_articles.jsonl.gz",
            SHARED / "eval/stard_queries.jsonl",
        ),
    )
}


def texts(name: str, most: int) -> Iterator[tuple[str, str]]:
    """Up to `most` texts of a corpus, each with its name; a title is its first line."""
    with gzip.open(CORPORA[name].texts, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, most)):
            record = json.loads(line)
            title = record.get("title") or record.get("law", "") + record.get("no", "")
            yield record.get("id", f"{name}-{number}"), "\n".join(part for part in (title, record["text"]) if part)


def questions(name: str, most: int) -> list[dict[str, Any]]:
    """The first `most` questions of a corpus, as they are written down: "question", "docs", "answers"."""
    with CORPORA[name].questions.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, most)]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds that half and 95 % of the calls stay under."""
    ordered = sorted(seconds)
    return {"p50": ordered[len(ordered) // 2] * 1000, "p95": ordered[int(len(ordered) * 0.95)] * 1000}


class Watch:
    """Seconds of each call inside its context."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds.append(time.perf_counter() - self._start)
