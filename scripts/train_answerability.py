"""Learn what tells questions that the documents answer from those they don't, say how well it does, and write it.

Questions without an answer are those asked of other documents, and every question with its own documents, or the
chunks that hold its answer, taken out of what was found; each asked of all documents, of a few, and of the nearest.
News is asked what a script makes of it (scripts/news_questions.py), of an article and those on the same topic. The
figures are of questions that the trees were not learned from (five folds; the reranker's weights, which they rest on,
were learned from the answerable ones). Run from the repository root:
python -m scripts.train_answerability [--data ../shared] [--libraries DIR]
"""

import argparse
import json
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bot.answerability.features import RISING, features
from bot.answerability.judge import LEAST
from bot.answerability.trees import Trees
from bot.evaluation.refusals import ALLOWED, auc, curve, refused_at
from bot.passages import candidates
from bot.question.terms import terms_of
from bot.question.understand import Query, fold, understand
from bot.rerank import DEPTH, rerank
from bot.retrieve import retrieve
from bot.versions import without_copies
from scripts.news_questions import news
from scripts.train_reranker import REPO, build, lines, records
from vectorstore.library import Library
from vectorstore.model import Filters, Hit
from vectorstore.regions import Gazetteer

MODEL = REPO / "bot" / "answerability" / "trees.json"
OFF_CORPUS = "ncp_offcorpus.jsonl"
READ = (
    "nynynnnpynnnynpnnyypnpyynnpnnyypppnnypnynnnyynnpnnnpypypnpyyynnpyyynnynnnyyynpnpppnnpnpyynyynyynnyynyynppyyypn"
    "ypnnynnnnypnnypnnynpnnynnynnnnpnnnyyyyyn"
)
"""What reading the 599 policies said to as many questions of OFF_CORPUS, drawn by random.Random(7).sample: answered
by another of the documents (y), in part (p), or not (n)."""
SETS = {"ncp": 1.0, "cmrc": 0.3, "drcd": 0.3, "news": 2.0}
"""Sets learned from, with the weight of a question: policies are what the product is for; news, of which there are few
rows, stands for all that is asked for by name, place, day and figure among much on the same subject."""
QUESTIONS = {"ncp": 1000, "cmrc": 350, "drcd": 500, "news": 700}
"""Of each set, about so many."""
FEW = 4
"""Documents beside the right ones when a question is asked of a few: many libraries are small."""
NEAR = 10
"""Documents beside the right ones when it is asked of those that come nearest: many libraries are on one subject."""
BESIDE = 12
"""Passages of news, found in all of it, that a question is asked of beside those on its topic."""
PASSAGES = 40
"""Chunks whose sentences are looked at, as in answering."""
FOLDS = 5
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.03,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "min_data_in_leaf": 20,
    "extra_trees": True,
    "lambda_l2": 5,
    "seed": 0,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
    "monotone_constraints": list(RISING.values()),
}
TREES = 300


Lacking = Literal["nothing", "documents", "answer"]
Of = Literal["all", "few", "near"]


@dataclass(frozen=True)
class Seen:
    """The evidence for one question."""

    group: str
    """What keeps the question in one fold with itself."""
    set: str
    row: tuple[float, ...]
    answerable: bool
    lacking: Lacking
    """What was taken out of what was found: its own documents, or of these the chunks that hold the answer's words."""
    of: Of
    """Of which documents it was asked."""
    read: str
    """What reading said to it, one of READ's letters; "" where nobody read."""


def collect(name: str, data: Path, libraries: Path) -> list[Seen]:
    """The evidence that a set's library has for its questions, with and without their own documents."""
    corpus, questions = news(data) if name == "news" else records(name, data)
    home = libraries / name
    if not (home / "CURRENT").exists():
        build(corpus, home)
    questions = questions[:: max(1, len(questions) // QUESTIONS[name])]
    if name == "ncp":
        off_corpus = list(lines(data / "eval" / OFF_CORPUS))
        for record, said in zip(random.Random(7).sample(off_corpus, len(READ)), READ, strict=True):
            record["read"] = said
        questions = [*questions, *off_corpus]
    found: list[Seen] = []
    with Library.open(home) as library:
        gazetteer = Gazetteer(document.region for document in library.documents() if document.region)
        ids = {Path(document.source).stem: document.id for document in library.documents()}
        chance = random.Random(0)
        for record in questions:
            query = understand(record["question"], gazetteer)
            right = {ids[name] for name in record.get("docs", ()) if name in ids}
            few = {*chance.sample(sorted(ids.values()), FEW), *right}
            hits = retrieve(library, query, k=DEPTH, filters=Filters())
            if name == "news":
                found += _of_news(record, query, library, hits, right, ids)
                continue
            others = list(dict.fromkeys(hit.document.id for hit in hits if hit.document.id not in right))
            found += _conditions(name, record, query, library, hits, right, "all")
            for of, admitted in (("few", few), ("near", {*others[:NEAR], *right})):
                if of == "few" or right:
                    within = Filters(documents=tuple(sorted(admitted)))
                    hits = retrieve(library, query, k=DEPTH, filters=within)
                    found += _conditions(name, record, query, library, hits, right, of)
    return found


def _of_news(
    record: dict[str, Any], query: Query, library: Library, hits: Sequence[Hit], right: set[str], ids: dict[str, str]
) -> Iterator[Seen]:
    """The evidence on the question's topic; that without the passages that hold the answer, and without its article."""
    if not right:
        return
    answers = [fold(answer) for answer in record["answers"]]
    others = [hit.document for hit in hits[:BESIDE] if not any(a in fold(hit.document.text) for a in answers)]
    near = {ids[name] for name in record["near"] if name in ids} | {document.id for document in others}
    own = {ids[name] for name in record["own"] if name in ids}
    hits = retrieve(library, query, k=DEPTH, filters=Filters(documents=tuple(sorted(near))))
    untold = [hit for hit in hits if hit.document.id not in right]
    elsewhere = [hit for hit in untold if hit.document.id not in own]
    conditions: list[tuple[Lacking, Sequence[Hit]]] = [
        ("nothing", hits), ("answer", untold), ("documents", elsewhere)
    ]  # fmt: skip
    yield from _seen("news", record, query, library, conditions, right, "near")


def _conditions(
    name: str, record: dict[str, Any], query: Query, library: Library, hits: Sequence[Hit], right: set[str], of: Of
) -> Iterator[Seen]:
    """The evidence as it was found; and without the right documents, and without what tells in them, if it had them."""
    answers = [text for answer in record.get("answers", ()) if (text := fold(answer))]
    absent = [hit for hit in hits if hit.document.id not in right]
    cut = [h for h in hits if h.document.id not in right or not any(a in fold(h.chunk.text) for a in answers)]
    conditions: list[tuple[Lacking, Sequence[Hit]]] = [("nothing", hits)]
    if len(absent) < len(hits):
        conditions.append(("documents", absent))
        if len(absent) < len(cut) < len(hits):
            conditions.append(("answer", cut))
    yield from _seen(name, record, query, library, conditions, right, of)


def _seen(
    name: str,
    record: dict[str, Any],
    query: Query,
    library: Library,
    conditions: Sequence[tuple[Lacking, Sequence[Hit]]],
    right: set[str],
    of: Of,
) -> Iterator[Seen]:
    for lacking, left in conditions:
        ordered = rerank(left, query, library.idf)[:PASSAGES]
        if ordered:
            terms = terms_of(query, library.idf)
            row = features(query, ordered, candidates(without_copies(ordered), query, terms), terms, library.idf)
            yield Seen(
                group=record["question"],
                set=name,
                row=tuple(row[feature] for feature in RISING),
                answerable=bool(right) and lacking == "nothing",
                lacking=lacking,
                of=of,
                read=record.get("read", "") if of == "all" else "",
            )


def learn(seen: Sequence[Seen]) -> lightgbm.Booster:
    """The trees, each set counting by its weight."""
    table = lightgbm.Dataset(
        np.array([one.row for one in seen]),
        label=np.array([one.answerable for one in seen], dtype=float),
        weight=np.array([SETS[one.set] for one in seen]),
        feature_name=list(RISING),
    )
    return lightgbm.train(PARAMETERS, table, num_boost_round=TREES)


def validate(seen: Sequence[Seen]) -> None:
    """Print, of questions not learned from, how well the two kinds are told apart and what refusing costs."""
    fold = [zlib.crc32(one.group.encode()) % FOLDS for one in seen]
    scores = np.zeros(len(seen))
    for out in range(FOLDS):
        trees = learn([one for one, f in zip(seen, fold, strict=True) if f != out])
        held = [i for i, f in enumerate(fold) if f == out]
        scores[held] = trees.predict(np.array([seen[i].row for i in held]))
    for name, of, lacking in product(SETS, get_args(Of), get_args(Lacking)):
        own = [i for i, one in enumerate(seen) if one.set == name and one.of == of]
        kept = [scores[i] for i in own if seen[i].answerable]
        gone = [scores[i] for i in own if not seen[i].answerable and seen[i].lacking == lacking]
        points = curve(kept, gone)
        best = refused_at(points)
        if best is None:
            continue
        what = {"nothing": "other documents' questions", "documents": "own documents gone", "answer": "answer cut out"}
        sys.stdout.write(
            f"{name:4s} of {of:4s}: {what[lacking]:26s} {len(kept)} + {len(gone)}  AUC {auc(points):.3f}  "
            f"refused at {ALLOWED:.0%} false {best.right:.3f}, below {best.threshold:.3f}\n"
        )
        if lacking == "nothing" and any(seen[i].read for i in own):
            for below in (LEAST, best.threshold):
                _report_read(seen, scores, own, below)


def _report_read(seen: Sequence[Seen], scores: NDArray[np.float64], own: Sequence[int], below: float) -> None:
    """Print what refusing below a probability does to the questions that were read, and to the answerable ones."""
    kinds = {"not answered": "n", "in part": "p", "answered": "y"}
    refused = {
        label: np.mean([scores[i] < below for i in own if seen[i].read == letter]) for label, letter in kinds.items()
    }
    lost = np.mean([scores[i] < below for i in own if seen[i].answerable])
    told = "  ".join(f"{label} {share:.2f}" for label, share in refused.items())
    sys.stdout.write(f"    of those read, refused below {below:.3f} (answerable {lost:.3f}): {told}\n")


def written(trees: lightgbm.Booster) -> str:
    """The trees in the form that bot/answerability/trees.py reads, a line each."""
    lines = []
    for tree in trees.dump_model()["tree_info"]:
        nodes: list[list[float]] = []
        _write(tree["tree_structure"], nodes)
        lines.append(json.dumps(nodes, separators=(",", ":")))
    body = ",\n".join(lines)
    return f'{{"features": {json.dumps(list(RISING))},\n"trees": [\n{body}\n]}}\n'


def _write(node: dict[str, Any], nodes: list[list[float]]) -> int:
    at = len(nodes)
    if "leaf_value" in node:
        nodes.append([-1, float(f"{node['leaf_value']:.5g}"), 0, 0])
        return at
    nodes.append([])
    left, right = _write(node["left_child"], nodes), _write(node["right_child"], nodes)
    nodes[at] = [node["split_feature"], float(f"{node['threshold']:.6g}"), left, right]
    return at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--libraries", type=Path, default=REPO / "build" / "reranker", help="kept for the next run")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    seen = [one for name in SETS for one in collect(name, options.data, options.libraries)]
    validate(seen)
    text = written(learn(seen))
    Trees.of(text)
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
