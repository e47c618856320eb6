"""The pieces that the embedded model knows: how a text is cut into them, what each means, and how rare it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.embeddings import EMBEDDED_FOLDER
from vectorstore.tokens import replace_surrogates

if TYPE_CHECKING:
    from tokenizers import Tokenizer

COMMONEST, RAREST = 4.0, 16.0
"""Negative logarithms of the frequencies between which rarity goes from 0 to 1."""


class Pieces:
    """The model's tokenizer and table, for whoever needs more of a text than the mean of its vectors."""

    def __init__(self, tokenizer: Tokenizer, table: NDArray[np.float16], rarity: NDArray[np.float32]) -> None:
        self._tokenizer, self._table, self._rarity = tokenizer, table, rarity

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def cut(self, text: str) -> list[tuple[int, int, int]]:
        """The pieces of `text` in order as (number, start, end); punctuation and blanks belong to none."""
        found = self._tokenizer.encode(replace_surrogates(text), add_special_tokens=False)
        return [(number, *span) for number, span in zip(found.ids, found.offsets, strict=True)]

    def vectors(self, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The pieces' vectors, of length 1."""
        rows = self._table[np.asarray(numbers, dtype=np.int64)].astype(np.float32)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6), dtype=np.float32)

    def rarity(self, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """How rare the pieces are in the texts that the model learned from: 0 for the commonest to 1."""
        return self._rarity[np.asarray(numbers, dtype=np.int64)]


@lru_cache(maxsize=1)
def embedded_pieces() -> Pieces:
    """The pieces of the model that ships, whichever a library's vectors are made with; read once."""
    import json

    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    written = (EMBEDDED_FOLDER / "tokenizer.json").read_text(encoding="utf-8")
    scores = np.array([score for _, score in json.loads(written)["model"]["vocab"]], dtype=np.float32)
    rarity = (np.clip(-scores, COMMONEST, RAREST) - COMMONEST) / (RAREST - COMMONEST)
    table = load_file(EMBEDDED_FOLDER / "model.safetensors")["embedding.weight"]
    return Pieces(Tokenizer.from_str(written), table, rarity.astype(np.float32))
