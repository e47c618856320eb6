"""Learn to read: which words of a passage answer a question, and whether any do; say how well, and write it down.

Learned from DRCD and from questions made of law and news (scripts/reader_questions.py); policies, CMRC, RGB and CAIL
teach nothing. The figures are of DRCD's paragraphs held out. Takes a quarter of an hour of one core that knows
bfloat16. The trees of the refusal and the network of the quotation, which know the reader, are learned anew after it
(scripts/train_answerability.py, scripts/train_spans.py). Run from the repository root:
python -m scripts.train_reader [--data ../shared] [--steps 2400]
"""

import argparse
import itertools
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bot.evaluation.refusals import auc, curve
from bot.reader.batch import batched, pair
from bot.reader.network import KEEPS, LOUD, OUT, SHARP, Network
from bot.reader.pairing import PASSAGE_COLUMNS, QUESTION_COLUMNS
from bot.reader.read import read
from scripts.reader_questions import Material, Pair
from scripts.train_reranker import REPO
from vectorstore.pieces import embedded_pieces

MODEL = REPO / "bot" / "reader" / "network.npz"
UNITS, STEPS = 64, 2400
BATCH, RATE, DECAY = 64, 2.5e-3, 1e-2
WARMING = 100
"""Steps in which the rate rises; then it falls to LEAST of it."""
LEAST = 0.02
DROPPED, LONGEST_STEP = 0.15, 2.0
PEOPLE_TWICE, OF_MADE = 2, 0.5
"""How often people's questions come in a round, and which share of the made ones does."""
SORTED = 20
"""Batches among which passages of like length are put together."""
REPORTED = 200
"""Steps between two lines."""


@dataclass(frozen=True)
class Example:
    """A pair, and where its answers' first and last tokens are; none where nothing answers."""

    pair: Pair
    size: int
    """Tokens of its passage."""
    first: tuple[int, ...]
    last: tuple[int, ...]


class Gated(nn.Module):
    """bot.reader.network's _gated."""

    def __init__(self, apart: int) -> None:
        super().__init__()
        self.c = nn.Conv1d(UNITS, 2 * UNITS, 3, padding=apart, dilation=apart)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        value, gate = self.c(x.transpose(1, 2)).transpose(1, 2).chunk(2, -1)
        return (x + value * torch.sigmoid(gate)) * KEEPS * mask


class Attending(nn.Module):
    """bot.reader.network's _attending."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.o = nn.Linear(UNITS, UNITS, bias=False), nn.Linear(3 * UNITS, UNITS)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, other: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
        likeness = self.a(x) @ other.transpose(1, 2) / SHARP + (others.transpose(1, 2) - 1) * OUT
        found = likeness.softmax(-1) @ other
        compared = self.o(torch.cat([found, x * found, (x - found).abs()], -1))
        return (x + torch.relu(compared)) * KEEPS * mask


class Reader(nn.Module):
    """bot.reader.network's Network, to be learned."""

    def __init__(self) -> None:
        super().__init__()
        self.emb = nn.Linear(embedded_pieces().dimensions, UNITS, bias=False)
        self.fp, self.fq = nn.Linear(PASSAGE_COLUMNS, UNITS), nn.Linear(QUESTION_COLUMNS, UNITS)
        self.q1, self.q2, self.p1, self.p2 = Gated(1), Gated(1), Gated(1), Gated(2)
        self.pa, self.qa, self.pb = Attending(), Attending(), Attending()
        self.p3, self.p4, self.p5, self.p6 = Gated(1), Gated(3), Gated(1), Gated(6)
        self.out, self.qw, self.qn = nn.Linear(UNITS, 2), nn.Linear(UNITS, 1), nn.Linear(UNITS, UNITS)
        self.n, self.n2, self.drop = nn.Linear(4 * UNITS, UNITS), nn.Linear(UNITS, 1), nn.Dropout(DROPPED)

    def forward(
        self,
        question: torch.Tensor,
        question_columns: torch.Tensor,
        qm: torch.Tensor,
        passage: torch.Tensor,
        passage_columns: torch.Tensor,
        pm: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The fields of a Batch to those of Scores."""
        p = self.drop(torch.relu(self.emb(passage * LOUD) + self.fp(passage_columns))) * pm
        q = self.drop(torch.relu(self.emb(question * LOUD) + self.fq(question_columns))) * qm
        q = self.q2(self.q1(q, qm), qm)
        p = self.pa(self.p2(self.p1(p, pm), pm), pm, q, qm)
        p = self.drop(self.p4(self.p3(p, pm), pm))
        q = self.qa(q, qm, p, pm)
        p = self.pb(p, pm, q, qm)
        p = self.drop(self.p6(self.p5(p, pm), pm))
        ends = self.out(p)
        told = torch.relu(self.qn(q))
        parts = (
            ((self.qw(q) + (qm - 1) * OUT).softmax(1) * told).sum(1),
            (told * qm).amax(1),
            (p + (pm - 1) * OUT).amax(1),
            ((ends.sum(-1, keepdim=True) + (pm - 1) * OUT).softmax(1) * p).sum(1),
        )
        nothing = self.n2(torch.relu(self.n(torch.cat(parts, -1)))).squeeze(-1)
        ends = ends + (pm - 1) * OUT - (passage_columns[..., -1:] > 0).float() * OUT
        return ends[..., 0].float(), ends[..., 1].float(), nothing.float()


def examples(pairs: Sequence[Pair]) -> list[Example]:
    """The pairs of which the answer, where there is one, stands among the tokens that are read."""
    found = []
    for one in pairs:
        read = pair(one.question, one.title, one.passage)
        spans = read.passage.spans[read.title :]
        first: set[int] = set()
        last: set[int] = set()
        for answer in one.answers:
            for place in re.finditer(re.escape(answer), one.passage):
                inside = np.flatnonzero((spans[:, 1] > place.start()) & (spans[:, 0] < place.end()))
                if len(inside) and spans[inside[-1], 1] >= place.end():
                    first.add(read.title + int(inside[0]))
                    last.add(read.title + int(inside[-1]))
        if read.readable and bool(first) == bool(one.answers):
            found.append(Example(one, len(read.passage.surfaces), tuple(first), tuple(last)))
    return found


def tensors(batch: Sequence[Example]) -> list[torch.Tensor]:
    """The fields of the examples' Batch."""
    made = batched([pair(one.pair.question, one.pair.title, one.pair.passage) for one in batch])
    return [torch.from_numpy(getattr(made, name)) for name in made.__dataclass_fields__]


def lost(batch: Sequence[Example], scores: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """How improbable the right first and last tokens are; or that nothing answers, which is one choice more."""
    first, last, nothing = scores
    chances = [torch.cat([nothing[:, None], ends], 1).log_softmax(1) for ends in (first, last)]
    total = torch.zeros(())
    for row, one in enumerate(batch):
        for chance, places in zip(chances, (one.first, one.last), strict=True):
            right = torch.tensor([place + 1 for place in places] or [0])
            total = total - chance[row, right].logsumexp(0)
    return total / len(batch)


def rounds(people: Sequence[Example], made: Sequence[Example]) -> Iterator[list[Example]]:
    """Batches without end, of passages of like length."""
    while True:
        some = [*people] * PEOPLE_TWICE + random.sample(made, int(len(made) * OF_MADE))
        random.shuffle(some)
        for at in range(0, len(some), BATCH * SORTED):
            near = sorted(some[at : at + BATCH * SORTED], key=lambda one: one.size)
            batches = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
            yield from random.sample(batches, len(batches))


def learn(people: Sequence[Example], made: Sequence[Example], steps: int) -> Network:
    """The network after so many batches."""
    torch.manual_seed(0)
    random.seed(0)
    reader = Reader()
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=DECAY)
    losses: list[float] = []
    for step, batch in enumerate(itertools.islice(rounds(people, made), steps)):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, step / WARMING) * max(LEAST, 1 - step / steps)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = reader(*tensors(batch))
        loss = lost(batch, scores)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), LONGEST_STEP)
        optimizer.step()
        losses.append(float(loss.detach()))
        if (step + 1) % REPORTED == 0:
            sys.stdout.write(f"{step + 1} batches, lost {np.mean(losses[-REPORTED:]):.3f}\n")
            sys.stdout.flush()
    return Network({name: value.detach().numpy() for name, value in reader.state_dict().items()})


def validate(network: Network, held: Sequence[Pair]) -> None:
    """Print how well passages that answer are told from those that don't, and how often the very words are found."""
    sure: dict[bool, list[float]] = {True: [], False: []}
    same = 0
    for one in held:
        [found] = read(one.question, [(one.title, one.passage)], network)
        sure[bool(one.answers)].append(found.sure)
        same += one.passage[found.start : found.end] in one.answers
    sys.stdout.write(
        f"{len(sure[True])} + {len(sure[False])} passages of DRCD  AUC {auc(curve(sure[True], sure[False])):.3f}  "
        f"the very words {same / len(sure[True]):.3f}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    torch.set_num_threads(1)
    material = Material(options.data)
    people, held = material.drcd()
    network = learn(examples(people), examples([*material.law(), *material.news()]), options.steps)
    validate(network, held)
    weights = {name: value.astype(np.float16) for name, value in network.written.items()}
    np.savez_compressed(options.out, **weights)


if __name__ == "__main__":
    main()
