"""Score the bot's answers to question files: run all that are at hand, or the gate of the test suite.

A question file has one JSON object a line: id, kind, question, history (earlier questions), answerable, must (groups
of strings: the answer holds one of each group) and evidence (file name and quote: a citation stands there).
Run from the repository root: python -m scripts.score_answers
"""

import json
import re
import statistics
import sys
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import Answer, ask
from ingest.pipeline import ingest

REPO = Path(__file__).resolve().parents[1]
SHARED = REPO.parent / "shared"
SETS = {
    "samples": (REPO / "samples", REPO / "tests" / "samples" / "questions.jsonl"),
    "policies": (SHARED / "policies", SHARED / "eval" / "policies_dev.jsonl"),  # measured only where they are
}
NEAR = 400
"""A citation is at its evidence when it is no further than so many characters from it."""
LONGEST = {"definition": 300, "paraphrase": 300, "follow-up": 300, "responsibility": 200, "list": 600, "compare": 600}


@dataclass(frozen=True)
class Result:
    """What one question got: its answer, and everything that is wrong with it."""

    id: str
    kind: str
    question: str
    answer: Answer
    faults: tuple[str, ...]


def squash(text: str) -> str:
    """The text as far as it is compared: white space and the width of punctuation don't count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def faults_of(answer: Answer, wanted: dict[str, Any]) -> list[str]:
    """What keeps an answer from being right; empty when nothing does."""
    faults = [
        f"quote {citation.number} is not what stands there"
        for citation in answer.citations
        if not citation.quote or citation.document.text[citation.start : citation.end] != citation.quote
    ]
    if not wanted["answerable"]:
        return faults + ["answered what the documents don't tell"] * (answer.status == "answered")
    if answer.status == "not_found":
        return [*faults, "refused"]
    text = squash(re.sub(r"\[\d+\]", "", answer.text))
    faults += [f"lacks {'/'.join(g)}" for g in wanted["must"] if not any(squash(s) in text for s in g)]
    faults += [f"no citation at “{e['quote']}” of {e['doc']}" for e in wanted["evidence"] if not cited(answer, **e)]
    longest = LONGEST.get(wanted["kind"], 160)
    return faults + [f"{len(text)} characters, more than {longest}"] * (len(text) > longest)


def cited(answer: Answer, doc: str, quote: str) -> bool:
    """Whether some citation stands in or beside the passage of that file which holds the quote."""
    for citation in answer.citations:
        if Path(citation.document.source).name != doc:
            continue
        body = squash(citation.document.text)
        if abs(body.find(squash(citation.quote)) - body.find(squash(quote))) < NEAR:
            return True
    return False


def evaluate(questions: Path, *, home: Path) -> list[Result]:
    """Ask every question of the file, its history first, and judge the answers."""
    results = []
    for wanted in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        history: tuple[Answer, ...] = ()
        for earlier in wanted.get("history", ()):
            history += (ask(earlier, history=history, home=home),)
        answer = ask(wanted["question"], history=history, home=home)
        results.append(
            Result(wanted["id"], wanted["kind"], wanted["question"], answer, tuple(faults_of(answer, wanted)))
        )
    return results


def main() -> None:
    for name, (documents, questions) in SETS.items():
        if not documents.is_dir():
            sys.stdout.write(f"{name}: {documents} is not here\n")
            continue
        with tempfile.TemporaryDirectory() as home:
            ingest([documents], home=Path(home))
            results = evaluate(questions, home=Path(home))
        for result in results:
            if result.faults:
                sys.stdout.write(f"{result.id} {result.kind} {result.question}\n    {'; '.join(result.faults)}\n")
        right = Counter(result.kind for result in results if not result.faults)
        kinds = ", ".join(f"{kind} {right[kind]}/{n}" for kind, n in Counter(r.kind for r in results).items())
        milliseconds = statistics.median(result.answer.seconds for result in results) * 1000
        sys.stdout.write(f"{name}: {right.total()} of {len(results)} right ({kinds}); median {milliseconds:.0f} ms\n")


if __name__ == "__main__":
    main()
