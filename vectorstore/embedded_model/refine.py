"""The second half of the embedded model's training: people's questions about statutes, against articles like the right.

python -m vectorstore.embedded_model.refine --model FIRST --data FOLDER --questions FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch.nn import functional

from vectorstore.embedded_model.corpus import FOLDS, Asked, fold, statute_questions
from vectorstore.embedded_model.pairs import make_pairs
from vectorstore.embedded_model.train import SCALE, Tokens, save

PASSAGE = 300
"""Characters of an article, its name included."""
BATCH = 64
"""Questions of a step; each sees the others' articles and the likenesses of all."""
LIKENESSES = 16
"""Articles that a question is told from in a step, drawn from the `NEAREST` that the model so far takes for right."""
NEAREST = 80
LEARNING_RATE = 0.04
EPOCHS = 10
OLD_PAIRS = 120_000
"""Pairs of the first half to draw from, lest what they taught be forgotten."""
OLD_BATCH = 512

log = logging.getLogger(__name__)

Texts = tuple[Tokens, NDArray[np.int64]]
"""Texts, and which of them."""


def refine(
    table: NDArray[np.float32],
    tokenizer: Tokenizer,
    *,
    articles: Sequence[str],
    asked: Sequence[Asked],
    pairs: Sequence[tuple[str, str]],
    seed: int,
) -> NDArray[np.float32]:
    """The token vectors that put each question nearest to one of its articles, among articles that seem as near.

    The loss is MultipleNegativesRankingLoss with mined negatives; every step adds the loss of `OLD_BATCH` of the
    `pairs`. Other right articles of a question are not held against it.
    """
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    questions, passages = (
        Tokens(tokenizer, (one.question for one in asked)),
        Tokens(tokenizer, (article[:PASSAGE] for article in articles)),
    )
    old = tuple(Tokens(tokenizer, (pair[side] for pair in pairs)) for side in (0, 1))
    vectors = torch.nn.Parameter(torch.tensor(table))
    near = _nearest(vectors, questions, passages)
    optimizer = torch.optim.Adam([vectors], lr=LEARNING_RATE)
    size = min(BATCH, len(asked))
    steps = len(asked) // size
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=steps * EPOCHS, pct_start=0.1, anneal_strategy="linear"
    )
    for epoch in range(EPOCHS):
        shuffled, total = chance.permutation(len(asked)), 0.0
        for step in range(steps):
            rows = shuffled[step * size : (step + 1) * size]
            right = [chance.choice(asked[row].articles) for row in rows]
            wrong = near[rows][:, chance.integers(near.shape[1], size=LIKENESSES)].reshape(-1)
            offered = np.concatenate([right, wrong])
            also = np.array([np.isin(offered, asked[row].articles) for row in rows])
            also[np.arange(size), np.arange(size)] = False
            loss = _loss(vectors, (questions, rows), (passages, offered), also)
            if pairs:
                drawn = chance.integers(len(pairs), size=OLD_BATCH)
                none = np.zeros((OLD_BATCH, OLD_BATCH), dtype=bool)
                loss = loss + _loss(vectors, (old[0], drawn), (old[1], drawn), none)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
            total += loss.item()
        log.info("epoch %d: loss %.4f", epoch + 1, total / steps)
    return vectors.detach().numpy()


def _unit(vectors: torch.Tensor, texts: Texts) -> torch.Tensor:
    pieces, offsets = texts[0].bag(texts[1])
    return functional.normalize(functional.embedding_bag(pieces, vectors, offsets, mode="mean"), dim=1)


def _loss(vectors: torch.Tensor, asked: Texts, offered: Texts, ignored: NDArray[np.bool_]) -> torch.Tensor:
    """Question n's right text is the nth offered; `ignored` (question, text) pairs don't count."""
    cosines = _unit(vectors, asked) @ _unit(vectors, offered).T
    scores = (SCALE * cosines).masked_fill(torch.from_numpy(ignored), -1e9)
    return functional.cross_entropy(scores, torch.arange(len(scores)))


@torch.no_grad()
def _nearest(vectors: torch.Tensor, questions: Tokens, passages: Tokens) -> NDArray[np.int64]:
    """For each question the numbers of the passages nearest to it, right ones among them."""
    chunks = torch.split(torch.arange(len(passages.starts) - 1), 20_000)
    all_passages = torch.cat([_unit(vectors, (passages, chunk.numpy())) for chunk in chunks])
    rows = torch.split(torch.arange(len(questions.starts) - 1), 256)
    count = min(NEAREST, len(all_passages))
    found = [(_unit(vectors, (questions, row.numpy())) @ all_passages.T).topk(count, dim=1).indices for row in rows]
    return torch.cat(found).numpy()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="what vectorstore.embedded_model.train wrote")
    parser.add_argument("--data", type=Path, required=True, help="the folder it was trained from")
    parser.add_argument("--questions", type=Path, required=True, help="folder with the STARD questions (see README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder the model is written to")
    parser.add_argument("--folds", type=Path, help="folder for models that leave out a fifth each, to measure on it")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    table = load_file(options.model / "model.safetensors")["embedding.weight"].astype(np.float32)
    articles, asked = statute_questions(options.questions)
    pairs = make_pairs(options.data, seed=options.seed)[:OLD_PAIRS]
    log.info("%d questions on %d articles, %d pairs of before", len(asked), len(articles), len(pairs))
    taught = {options.out: asked}
    for left_out in range(FOLDS) if options.folds else ():
        taught[options.folds / str(left_out)] = [one for one in asked if fold(one.question) != left_out]
    for folder, questions in taught.items():
        refined = refine(table, tokenizer, articles=articles, asked=questions, pairs=pairs, seed=options.seed)
        save(StaticEmbedding(tokenizer, embedding_weights=refined), folder)
    log.info("refined in %.0f seconds", time.monotonic() - began)


if __name__ == "__main__":
    main()
