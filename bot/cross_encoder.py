"""Reads the question and each of the best chunks together with a pretrained CrossEncoder, and orders them by that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import RerankerUnavailable
from bot.question.understand import Query
from bot.rerank import rerank
from bot.reranker.features import Idf
from vectorstore.errors import ModelUnavailable
from vectorstore.model import Hit
from vectorstore.model_folder import Kind, folder_of
from vectorstore.pretrained import DEFAULT, Running, open_cross_encoder, told
from vectorstore.tokens import replace_surrogates

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from vectorstore.onnx_models import OnnxCrossEncoder

KIND = Kind("重排模型", "cross-encoder", True, "去掉 ZHENGWEN_RERANKER，用内置的重排")
SCORE = "cross"
"""What the model's own number is called among a hit's scores."""


class CrossEncoderReranker:
    """A `bot.rerank.Reranker`: the embedded model's order, of which this one puts the first `depth` anew.

    Constructing is free; the model is found and loaded at the first question. Raises RerankerUnavailable then.
    """

    def __init__(self, model: str, *, depth: int = 20, running: Running = DEFAULT) -> None:
        self.model = model
        self._depth = depth
        self._running = running
        self._lock = Lock()  # a GPU's memory is reckoned for one batch at a time
        self._loaded: CrossEncoder | OnnxCrossEncoder | None = None

    def __call__(self, hits: Sequence[Hit], query: Query, idf: Idf) -> list[Hit]:
        ordered = rerank(hits, query, idf)
        first, rest = ordered[: self._depth], ordered[self._depth :]
        if not first:
            return ordered
        numbers = self.scores(query.text, [shown(hit) for hit in first])
        # The places keep their scores and the chunks change places: what a model's numbers mean is its own affair.
        places = [hit.score for hit in first]
        moved = [
            replace(first[i], score=score, scores={**first[i].scores, SCORE: float(numbers[i])})
            for i, score in zip(np.argsort(-numbers, kind="stable"), places, strict=True)
        ]
        return [*moved, *rest]

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One number a text, higher is better."""
        pairs = [(replace_surrogates(question), replace_surrogates(text)) for text in texts]
        try:
            with self._lock, told(self.model, KIND, self._running):
                if self._loaded is None:
                    folder = folder_of(self.model, KIND, onnx=self._running.backend == "onnx")
                    self._loaded = open_cross_encoder(folder, KIND, self._running)
                found = self._loaded.predict(pairs, batch_size=self._running.batch, show_progress_bar=False)
        except ModelUnavailable as error:
            raise RerankerUnavailable(str(error)) from error
        numbers = np.asarray(found, dtype=np.float32)
        if not np.isfinite(numbers).all():
            raise RerankerUnavailable(
                f"重排模型 {self.model} 给出了不是数的值（NaN）。请检查模型文件是否完整；或{KIND.way_back}"
            )
        return numbers


def shown(hit: Hit) -> str:
    """What the model reads of a hit: a chunk alone often leaves unsaid whose rule it is."""
    return "\n".join(part for part in (hit.document.title, " / ".join(hit.chunk.path), hit.chunk.text) if part)
