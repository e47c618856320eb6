"""Learn the weights of the embedded reranker from public question sets, say what they bring, and write them.

Every figure is of questions that neither the weights nor the embedding were learned from: by cross-validation over
questions, and for the weights with a whole set left out. Run from the repository root:
python -m scripts.train_reranker --folds DIR [--data ../shared] [--libraries DIR]
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import opencc
import torch
from numpy.typing import NDArray

from bot.evaluation.retrieval import LONGEST_ANSWER
from bot.evaluation.words import squash
from bot.question.understand import understand
from bot.rerank import DEPTH, LIMIT, MOST
from bot.reranker.features import features
from bot.retrieve import retrieve
from ingest.doubts import find_doubts
from ingest.errors import UnreadableFile
from ingest.facts import find_facts
from ingest.pipeline import read_document
from scripts.out_of_fold import Revectored, revectored
from vectorstore.embedded_model.corpus import FOLDS, fold
from vectorstore.embeddings import StaticEmbedder
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer
from vectorstore.writer import Writer

REPO = Path(__file__).resolve().parents[1]
MODEL = REPO / "bot" / "reranker" / "model.json"
SETS = ("ncp", "cmrc", "drcd", "stard")
TAUGHT = "stard"
"""The set whose questions the embedding learned from; its vectors come from models that left the question out."""
FIRST = 400
"""Questions of it that `make eval` asks."""
QUESTIONS = 1500
"""Questions of one set that are asked, spread over it."""
PENALTY = 3e-3
"""Of the squared weights."""
ANSWER_WEIGHT = 0.7
"""What finding the chunk with the answer's words counts beside finding a right document."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """A question's candidates: their features, documents (numbered), and which are right."""

    text: str
    columns: Floats
    document: NDArray[np.int64]
    right: NDArray[np.bool_]
    answering: NDArray[np.bool_] | None
    """Which hold the answer's words; None when they are not known."""

    @property
    def teaches(self) -> bool:
        return bool(self.right.any() and not self.right.all())


@dataclass(frozen=True)
class Weights:
    """Mean, standard deviation and weight of each feature."""

    mean: Floats
    deviation: Floats
    weights: Floats

    def score(self, columns: Floats) -> Floats:
        return np.clip((columns - self.mean) / self.deviation, -LIMIT, LIMIT) @ self.weights


def records(name: str, data: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The documents and the questions of a set."""
    if name != "drcd":
        corpus = list(lines(data / "eval" / f"{name}_corpus.jsonl.gz"))
        return corpus, list(lines(data / "eval" / f"{name}_queries.jsonl"))
    simplified = opencc.OpenCC("t2s").convert
    paragraphs = [
        json.loads(simplified(json.dumps(r, ensure_ascii=False))) for r in lines(data / "train/drcd.jsonl.gz")
    ]
    questions = [question | {"docs": [f"drcd-{i}"]} for i, p in enumerate(paragraphs) for question in p["questions"]]
    return [{"id": f"drcd-{i}", "title": p["title"], "text": p["text"]} for i, p in enumerate(paragraphs)], questions


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def build(corpus: Iterable[dict[str, Any]], home: Path) -> None:
    """A library of the documents, each read as a file ID.txt would be."""
    with Writer(home, facts=find_facts, doubts=find_doubts) as writer:
        for record in corpus:
            data = "\n".join(part for part in (record.get("title"), record["text"]) if part).encode("utf-8")
            try:
                writer.put(*read_document(Path(f"/{record['id']}.txt"), data), data)
            except UnreadableFile:
                continue
        writer.publish()


def collect(name: str, data: Path, libraries: Path, folds: Path) -> tuple[list[str], list[Asked]]:
    """The names of the features, and the questions of a set with the candidates that its library has for them."""
    corpus, questions = records(name, data)
    home = libraries / name
    if not (home / "CURRENT").exists():
        build(corpus, home)
    asked = questions[:: max(1, len(questions) // QUESTIONS)]
    found: list[Asked] = []
    names: list[str] = []
    if name != TAUGHT:
        with Library.open(home) as library:
            names, found = candidates(library, asked)
        return names, found
    for part in range(FOLDS):
        with closing(revectored(home, StaticEmbedder(folds / str(part), name=f"fold-{part}"))) as generation:
            names, more = candidates(generation, [record for record in asked if fold(record["question"]) == part])
        found += more
    place = {record["question"]: n for n, record in enumerate(asked)}
    return names, sorted(found, key=lambda one: place[one.text])


def candidates(library: Library | Revectored, asked: Sequence[dict[str, Any]]) -> tuple[list[str], list[Asked]]:
    """The names of the features, and the questions with what `library` has for them."""
    names: list[str] = []
    found = []
    gazetteer = Gazetteer(document.region for document in library.documents() if document.region)
    for record in asked:
        query = understand(record["question"], gazetteer)
        hits = retrieve(library, query, k=DEPTH, filters=Filters())[:MOST]
        if not hits:
            continue
        table = features(query, hits, library.idf)
        names = list(table)
        number = {doc: i for i, doc in enumerate(dict.fromkeys(hit.document.id for hit in hits))}
        answers = [squash(a) for a in record.get("answers") or () if len(a) <= LONGEST_ANSWER and squash(a)]
        texts = [squash(hit.chunk.text) for hit in hits]
        found.append(
            Asked(
                query.text,
                np.column_stack(list(table.values())),
                np.array([number[hit.document.id] for hit in hits]),
                np.array([Path(hit.document.source).stem in record["docs"] for hit in hits]),
                np.array([any(a in text for a in answers) for text in texts]) if answers else None,
            )
        )
    return names, found


def learn(sets: Sequence[Sequence[Asked]]) -> Weights:
    """The weights under which right chunks get most of the probability, every set counting the same."""
    questions = [(asked, 1 / len(found)) for found in sets for asked in found]
    shape = len(questions), max(len(asked.columns) for asked, _ in questions)
    columns = np.zeros((*shape, questions[0][0].columns.shape[1]), dtype=np.float32)
    held, right, answering = (np.zeros(shape, dtype=bool) for _ in range(3))
    for row, (asked, _) in enumerate(questions):
        n = len(asked.columns)
        columns[row, :n], held[row, :n], right[row, :n] = asked.columns, True, asked.right
        if asked.answering is not None:
            answering[row, :n] = asked.answering & asked.right
    mean, deviation = columns[held].mean(axis=0), columns[held].std(axis=0) + 1e-6
    x = torch.tensor(np.clip((columns - mean) / deviation, -LIMIT, LIMIT))
    share = torch.tensor([weight for _, weight in questions], dtype=torch.float32)
    share = share / share.sum()
    weights = torch.zeros(x.shape[2], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")
    among, targets = torch.tensor(held), [(torch.tensor(right), 1.0), (torch.tensor(answering), ANSWER_WEIGHT)]

    def loss() -> torch.Tensor:
        scores = (x @ weights).masked_fill(~among, -1e9)
        total = PENALTY * (weights**2).sum()
        for target, counts in targets:
            lost = scores.logsumexp(1) - scores.masked_fill(~target, -1e9).logsumexp(1)
            total = total + counts * (share * torch.where(target.any(1), lost, 0.0)).sum()
        return total

    def step() -> float:
        optimizer.zero_grad()
        value = loss()
        torch.autograd.backward(value)
        return float(value.detach())

    optimizer.step(step)
    return Weights(mean, deviation, weights.detach().numpy())


def report(label: str, asked: Sequence[Asked], scores: Sequence[Floats]) -> None:
    """One line of figures; `scores` are those of each question's candidates."""
    ranks, answers = [], []
    for question, score in zip(asked, scores, strict=True):
        order = np.argsort(-score, kind="stable")
        documents = list(dict.fromkeys(question.document[order].tolist()))
        good = set(question.document[question.right].tolist())
        ranks.append(next((n for n, document in enumerate(documents, 1) if document in good), 99))
        if question.answering is not None:
            places = np.flatnonzero(question.answering[order])
            answers.append(int(places[0]) + 1 if len(places) else 99)
    figures = [f"hit@{k} {np.mean(np.array(ranks) <= k):.3f}" for k in (1, 5, 10)]
    figures += [f"answer@{k} {np.mean(np.array(answers) <= k):.3f}" for k in (1, 5)] if answers else []
    sys.stdout.write(f"{label:32s} {'  '.join(figures)}\n")
    sys.stdout.flush()


def validate(names: Sequence[str], sets: dict[str, list[Asked]]) -> None:
    """Print what weights learned without the questions, and without the set, bring beside the fusion's order."""
    parts = {name: [fold(a.text) for a in asked] for name, asked in sets.items()}
    learned = [
        learn([[a for a, f in zip(sets[n], parts[n], strict=True) if f != out and a.teaches] for n in sets])
        for out in range(FOLDS)
    ]
    fused = names.index("fused")
    for name, asked in sets.items():
        scores = [learned[part].score(a.columns) for a, part in zip(asked, parts[name], strict=True)]
        report(f"{name}: fusion", asked, [a.columns[:, fused] for a in asked])
        report(f"{name}: reranked", asked, scores)
        if name == TAUGHT:
            report(f"the first {FIRST}", asked[:FIRST], scores[:FIRST])
        other = learn([[a for a in sets[n] if a.teaches] for n in sets if n != name])
        report(f"{name}: learned from other sets", asked, [other.score(a.columns) for a in asked])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--libraries", type=Path, default=REPO / "build" / "reranker", help="kept for the next run")
    parser.add_argument(
        "--folds", type=Path, required=True, help="what vectorstore.embedded_model.refine --folds wrote"
    )
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    sets = {}
    names: list[str] = []
    for name in SETS:
        names, sets[name] = collect(name, options.data, options.libraries, options.folds)
    validate(names, sets)
    final = learn([[asked for asked in found if asked.teaches] for found in sets.values()])
    rows = zip(names, final.mean, final.deviation, final.weights, strict=True)
    table = {name: [round(float(n), 5) for n in numbers] for name, *numbers in rows}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(numbers)}" for name, numbers in table.items())
    options.out.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
