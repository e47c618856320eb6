"""Trains the embedded model from nothing: python -m vectorstore.embedded_model.train --data FOLDER --out FOLDER."""

from __future__ import annotations

import argparse
import logging
import time
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, normalizers
from torch.nn import functional

from vectorstore.embedded_model.corpus import articles, news, paragraphs
from vectorstore.embedded_model.pairs import Pair, make_pairs
from vectorstore.embedded_model.tokenizer import build_tokenizer

BATCH = 2048
LEARNING_RATE = 0.2
SCALE = 20.0
"""Cosines are multiplied by it before the softmax, as MultipleNegativesRankingLoss does."""
EVERY_NTH_NEWS = 3
"""News that the vocabulary is counted on; the whole would add minutes and no word of weight."""

log = logging.getLogger(__name__)


class Tokens:
    """Texts as one array of piece numbers, and where each text begins."""

    def __init__(self, tokenizer: Tokenizer, texts: Iterable[str]) -> None:
        # Python's normalisation is the tokenizer's, at a tenth of its cost.
        bare = Tokenizer.from_str(tokenizer.to_str())
        bare.normalizer = normalizers.Sequence([])
        pending = (unicodedata.normalize("NFKC", text).lower() for text in texts)
        parts, lengths = [], []
        while batch := list(islice(pending, 20_000)):
            for encoding in bare.encode_batch_fast(batch, add_special_tokens=False):
                parts.append(np.asarray(encoding.ids, dtype=np.int32))
                lengths.append(len(parts[-1]))
        self.ids = np.concatenate(parts)
        self.starts = np.concatenate([[0], np.cumsum(lengths)])

    def bag(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """The pieces of these texts one after another, and the offset of each text in them."""
        pieces = [self.ids[self.starts[row] : self.starts[row + 1]] for row in rows]
        offsets = np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])[:-1]])
        return torch.from_numpy(np.concatenate(pieces)).long(), torch.from_numpy(offsets)


def train(pairs: list[Pair], tokenizer: Tokenizer, *, dimensions: int, epochs: int, seed: int) -> StaticEmbedding:
    """Vectors that put each pair's two texts nearer to each other than to the other pairs' of their batch.

    The loss is MultipleNegativesRankingLoss at 1, 1/2, 1/4 and 1/8 of the dimensions (MatryoshkaLoss), written out
    here because the pairs are tokenised once instead of once an epoch.
    """
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    model = StaticEmbedding(tokenizer, embedding_dim=dimensions)
    asked = Tokens(tokenizer, (pair[0] for pair in pairs))
    passages = Tokens(tokenizer, (pair[1] for pair in pairs))
    log.info("%d pairs, %d pieces", len(pairs), len(asked.ids) + len(passages.ids))
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    size = min(BATCH, len(pairs))
    batches = len(pairs) // size
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=batches * epochs, pct_start=0.1, anneal_strategy="linear"
    )
    for epoch in range(epochs):
        shuffled, total = order.permutation(len(pairs)), 0.0
        for step in range(batches):
            rows = shuffled[step * size : (step + 1) * size]
            loss = _loss(model.embedding(*asked.bag(rows)), model.embedding(*passages.bag(rows)))
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
            total += loss.item()
        log.info("epoch %d: loss %.4f", epoch + 1, total / batches)
    return model


def _loss(asked: torch.Tensor, passages: torch.Tensor) -> torch.Tensor:
    labels = torch.arange(len(asked))
    width = asked.shape[1]
    losses = []
    for size in (width, width // 2, width // 4, width // 8):
        cosines = functional.normalize(asked[:, :size], dim=1) @ functional.normalize(passages[:, :size], dim=1).T
        losses.append(functional.cross_entropy(SCALE * cosines, labels))
    return torch.stack(losses).sum()


def save(model: StaticEmbedding, folder: Path) -> None:
    """Writes a sentence-transformers folder in float16, the unknown piece zero: it then says nothing in any reader."""
    with torch.no_grad():
        model.embedding.weight[0] = 0.0
    SentenceTransformer(modules=[model.half()]).save(str(folder), create_model_card=False)
    model.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _texts(data: Path) -> Iterator[str]:
    """What the vocabulary is counted on."""
    read = (paragraph.text for paragraph in paragraphs(data))
    return chain((article.text for article in articles(data)), islice(news(data), 0, None, EVERY_NTH_NEWS), read)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the three training files (see README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder the model is written to")
    parser.add_argument("--pieces", type=int, default=35_000)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    tokenizer = build_tokenizer(_texts(options.data), pieces=options.pieces)
    log.info("vocabulary of %d pieces", tokenizer.get_vocab_size())
    pairs = make_pairs(options.data, seed=options.seed)
    save(train(pairs, tokenizer, dimensions=options.dimensions, epochs=options.epochs, seed=options.seed), options.out)
    log.info("trained in %.0f seconds", time.monotonic() - began)


if __name__ == "__main__":
    main()
