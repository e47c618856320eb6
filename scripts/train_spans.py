"""Learn which words of the passages found are quoted, say how near they come to reference answers, and write it down.

Learned from questions whose answers are known word for word: each span that a quotation may be cut to is worth its
character F1 with the reference, and a little more where one holds the other. The figures are of questions that the
network was not learned from (five folds, by document): first of the spans it chooses, then of whole answers, where a
refusal counts 0. Run from the repository root:
python -m scripts.train_spans [--figures] [--limit N] [--data ../shared] [--libraries DIR]
With --figures the network in use stays as it is; with --limit each set has its first N questions only.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import torch

from bot.answer import Answer, Answered
from bot.evaluation.words import bare, character_f1, squash
from bot.evidence import usable
from bot.passages import candidates
from bot.pipeline import answer_events
from bot.question.terms import terms_of
from bot.question.understand import understand
from bot.rerank import find
from bot.spans.choose import LOOKED_AT
from bot.spans.features import Numbers
from bot.spans.network import LIMIT, Network
from bot.spans.seen import seen
from bot.versions import without_copies
from scripts.train_reranker import REPO, build, records
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer

MODEL = REPO / "bot" / "spans" / "network.json"
SETS = {"ncp": 1.0, "cmrc": 0.2}
"""Sets learned from, with the weight of a question: policies are what the product is for."""
EVERY = {"ncp": 1, "cmrc": 2}
"""Of each set every so-manieth question is used."""
PASSAGES = 40
CONTAINED, HOLDS = 0.15, 0.1
"""What it is worth, beside F1, that the span holds a reference or a reference holds the span, and that it holds one."""
SHORT, OF_SHORT = 12, (0.5, 0.1, 0.4)
"""A reference of so few characters is a name or a figure, which a reader wants in its sentence: what F1 counts there,
and what the same two things."""
HIDDEN, NETWORKS = 24, 2
"""Units of a network, and networks whose sum is kept: each begins elsewhere and goes wrong elsewhere."""
EPOCHS, BATCH, RATE, DECAY = 30, 64, 4e-3, 3e-3
DRAWN, SHARPNESS, LIKELY = 0.7, 0.1, 0.03
"""What the mean worth of a drawn span counts in learning; and how sharply the best spans stand out where the network is
held to draw each as often as it is worth, with what that counts: it learns faster by it."""
DROPPED_FEATURES, DROPPED_UNITS = 0.1, 0.2
FOLDS = 5


@dataclass(frozen=True)
class Asked:
    """A question with the spans that may answer it."""

    set: str
    document: str
    kind: str
    rows: Numbers
    f1: Numbers
    contained: Numbers
    """A span holds a reference or a reference the span."""
    holds: Numbers
    """A span holds a reference."""
    short: bool
    """Every reference is a name or a figure."""

    @property
    def worth(self) -> Numbers:
        """What each span is worth as an answer."""
        f1, contained, holds = OF_SHORT if self.short else (1.0, CONTAINED, HOLDS)
        return f1 * self.f1 + contained * self.contained + holds * self.holds


def collect(name: str, data: Path, libraries: Path, limit: int | None) -> list[Asked]:
    """The questions of a set, its first `limit`, for which passages were found, with all their spans."""
    corpus, questions = records(name, data)
    home = libraries / name
    if not (home / "CURRENT").exists():
        build(corpus, home)
    found = []
    with Library.open(home) as library:
        gazetteer = Gazetteer(document.region for document in library.documents() if document.region)
        for record in questions[:: EVERY[name]][:limit]:
            references = [text for answer in record["answers"] if (text := squash(answer))]
            query = understand(record["question"], gazetteer)
            hits = find(library, query, k=PASSAGES, filters=Filters())
            terms = terms_of(query, library.idf)
            near = usable(candidates(without_copies(hits), query, terms), query, terms)[:LOOKED_AT]
            rows, texts = [], []
            for cut, runs, numbers in seen(query, terms, near):
                rows.append(numbers)
                text = cut.passage.document.text
                texts += [squash(text[cut.units[i].start : cut.units[j].end]) for i, j in runs]
            if not rows or not references:
                continue
            f1 = [max(character_f1(text, reference) for reference in references) for text in texts]
            holds = [any(text and r in text for r in references) for text in texts]
            held = [any(text and (r in text or text in r) for r in references) for text in texts]
            found.append(
                Asked(
                    name,
                    record["docs"][0],
                    query.kind,
                    np.concatenate(rows),
                    np.array(f1, dtype=np.float32),
                    np.array(held, dtype=np.float32),
                    np.array(holds, dtype=np.float32),
                    max(map(len, references)) <= SHORT,
                )
            )
    return found


def learn(asked: Sequence[Asked]) -> Network:
    """The sum of NETWORKS networks, each held to choose spans that are worth much."""
    every = np.concatenate([one.rows for one in asked])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-3
    rows = [torch.tensor(np.clip((one.rows - mean) / deviation, -LIMIT, LIMIT)) for one in asked]
    worth = [torch.tensor(one.worth) for one in asked]
    counts = torch.tensor([SETS[one.set] for one in asked])
    parts = [_network(rows, worth, counts, seed) for seed in range(NETWORKS)]
    return Network(
        mean=mean,
        deviation=deviation,
        direct=np.sum([part[0] for part in parts], axis=0),
        hidden=np.concatenate([part[1] for part in parts]),
        bias=np.concatenate([part[2] for part in parts]),
        out=np.concatenate([part[3] for part in parts]),
    )


def _network(
    rows: Sequence[torch.Tensor], worth: Sequence[torch.Tensor], counts: torch.Tensor, seed: int
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """One network, learned so that a span drawn by its scores (softmax over a question's spans) is worth most."""
    torch.manual_seed(seed)
    size = rows[0].shape[1]
    direct, hidden, out = torch.nn.Linear(size, 1), torch.nn.Linear(size, HIDDEN), torch.nn.Linear(HIDDEN, 1)
    seen, used = torch.nn.Dropout(DROPPED_FEATURES), torch.nn.Dropout(DROPPED_UNITS)
    weights = [*direct.parameters(), *hidden.parameters(), *out.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    for _ in range(EPOCHS):
        order = torch.randperm(len(rows)).tolist()
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            x = seen(torch.cat([rows[i] for i in batch]))
            scores = (out(used(torch.relu(hidden(x)))) + direct(x)).squeeze(-1)
            sizes = [len(worth[i]) for i in batch]
            drawn = torch.stack(
                [_worth(own, worth[i]) for own, i in zip(torch.split(scores, sizes), batch, strict=True)]
            )
            loss = -(drawn * counts[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    found = (direct.weight[0], hidden.weight, hidden.bias, out.weight[0])
    a, b, c, d = (parameter.detach().numpy() for parameter in found)
    return a, b, c, d


def _worth(scores: torch.Tensor, worth: torch.Tensor) -> torch.Tensor:
    """What a span drawn by `scores` is worth on average, and how well the scores follow what each is worth."""
    likely = torch.log_softmax(scores, 0)
    return DRAWN * (likely.exp() @ worth) + LIKELY * (likely @ torch.softmax(worth / SHARPNESS, 0))


def fold(document: str) -> int:
    """Which of the folds a document's questions are in."""
    return zlib.crc32(document.encode()) % FOLDS


def learn_folds(asked: Sequence[Asked]) -> list[Network]:
    """For each fold a network that was not learned from its documents' questions."""
    return [learn([one for one in asked if fold(one.document) != out]) for out in range(FOLDS)]


def validate(asked: Sequence[Asked], networks: Sequence[Network]) -> None:
    """Print, of questions not learned from, how near the spans chosen come to the references, by kind of question."""
    chosen = [int(networks[fold(one.document)](one.rows).argmax()) for one in asked]
    for name in SETS:
        own = [i for i, one in enumerate(asked) if one.set == name]
        kinds = sorted({asked[i].kind for i in own}, key=lambda kind: -sum(asked[i].kind == kind for i in own))
        groups: list[tuple[str, Callable[[Asked], bool]]] = [("all", lambda one: True)]
        groups += [(kind, lambda one, kind=kind: one.kind == kind) for kind in kinds[:4]]
        for label, fits in groups:
            these = [i for i in own if fits(asked[i])]
            f1 = fmean(float(asked[i].f1[chosen[i]]) for i in these)
            held = fmean(float(asked[i].contained[chosen[i]]) for i in these)
            holds = fmean(float(asked[i].holds[chosen[i]]) for i in these)
            best = fmean(float(asked[i].f1.max()) for i in these)
            sys.stdout.write(
                f"{name:5s} {label:8s} {len(these):4d} questions  F1 {f1:.3f}  one holds the other {held:.3f}  "
                f"holds it {holds:.3f}  "
                f"(the best span there is: F1 {best:.3f})\n"
            )


def answer(name: str, data: Path, libraries: Path, limit: int | None, networks: Sequence[Network]) -> None:
    """Print how near the answers come to the references, each given with the network that doesn't know its document."""
    found = []
    with Library.open(libraries / name) as library:
        for record in records(name, data)[1][:: EVERY[name]][:limit]:
            if references := [text for answer in record["answers"] if (text := squash(answer))]:
                network = networks[fold(record["docs"][0])]
                *_, last = answer_events(library, record["question"], network=network)
                assert isinstance(last, Answered)
                found.append(_near(last.answer, references))
    means = [fmean(float(one[i]) for one in found) for i in range(3)]
    sys.stdout.write(
        f"{name:5s} answers  {len(found):4d} questions  F1 {means[0]:.3f}  one holds the other {means[1]:.3f}  "
        f"holds it {means[2]:.3f}\n"
    )


def _near(told: Answer, references: Sequence[str]) -> tuple[float, bool, bool]:
    """The best F1 of an answer with a reference, whether one holds the other, and whether it holds one."""
    said = squash(bare(told.text)) if told.status == "answered" else ""
    quotes = [squash(citation.quote) for citation in told.citations]
    holds = bool(said) and any(reference in said for reference in references)
    held = bool(said and quotes) and any(all(quote in reference for quote in quotes) for reference in references)
    return max(character_f1(said, reference) for reference in references) if said else 0.0, holds or held, holds


def written(network: Network) -> str:
    """The network in the form that bot/spans/network.py reads, a field a line."""
    fields = {name: getattr(network, name).tolist() for name in Network.__dataclass_fields__}
    lines = (f'"{name}": {json.dumps(_short(values), separators=(",", ":"))}' for name, values in fields.items())
    return "{" + ",\n".join(lines) + "}\n"


def _short(values: float | list[float] | list[list[float]]) -> object:
    return [_short(value) for value in values] if isinstance(values, list) else float(f"{values:.5g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--libraries", type=Path, default=REPO / "build" / "reranker", help="kept for the next run")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--figures", action="store_true", help="write no network")
    parser.add_argument("--limit", type=int, metavar="N", help="questions of each set")
    options = parser.parse_args()
    torch.set_num_threads(1)
    asked = [one for name in SETS for one in collect(name, options.data, options.libraries, options.limit)]
    networks = learn_folds(asked)
    validate(asked, networks)
    for name in SETS:
        answer(name, options.data, options.libraries, options.limit, networks)
    if options.figures:
        return
    text = written(learn(asked))
    Network.of(text)
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
