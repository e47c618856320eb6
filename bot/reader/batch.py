"""Questions beside passages in the form that the network takes: vectors and columns, filled up to one length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.reader.pairing import paired
from bot.reader.tokens import Numbers, Tokens, tokens
from vectorstore.pieces import embedded_pieces

QUESTION, TITLE, PASSAGE = 28, 14, 132
"""Tokens that are read of each; what is behind them isn't."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a passage, and the columns of their tokens."""

    question: Tokens
    question_columns: Numbers
    passage: Tokens
    """The title's tokens, then the text's."""
    passage_columns: Numbers
    title: int
    """How many of the passage's tokens are its title's."""

    @property
    def readable(self) -> bool:
        """Whether there is a word asked, and a word to answer it."""
        return bool(self.question.surfaces) and len(self.passage.surfaces) > self.title


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs filled up to the longest with what the masks (1 for a token) leave out.

    Shapes: vectors (n, length, dimensions), columns (n, length, columns), masks (n, length, 1).
    """

    question: Numbers
    question_columns: Numbers
    question_mask: Numbers
    passage: Numbers
    passage_columns: Numbers
    passage_mask: Numbers


def pair(question: str, title: str, text: str) -> Pair:
    """The question beside `text`, which a title, if it has one, says what it is of."""
    asked, passage = _tokens(question, QUESTION), _tokens(text, PASSAGE)
    heading = _tokens(title, TITLE) if title else None
    whole = _joined(heading, passage) if heading else passage
    size = len(heading.surfaces) if heading else 0
    columns, beside = paired(asked, question, whole, size)
    return Pair(asked, columns, whole, beside, size)


def batched(pairs: Sequence[Pair]) -> Batch:
    """`pairs`, at least one, as one batch."""
    return Batch(
        *_filled([(_vectors(one.question), one.question_columns) for one in pairs]),
        *_filled([(_vectors(one.passage), one.passage_columns) for one in pairs]),
    )


def _filled(rows: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers, Numbers]:
    """Vectors, columns and mask."""
    shape = len(rows), max(len(vectors) for vectors, _ in rows)
    every = np.zeros((*shape, rows[0][0].shape[1]), dtype=np.float32)
    columns = np.zeros((*shape, rows[0][1].shape[1]), dtype=np.float32)
    mask = np.zeros((*shape, 1), dtype=np.float32)
    for row, (vectors, own) in enumerate(rows):
        every[row, : len(vectors)], columns[row, : len(own)], mask[row, : len(own)] = vectors, own, 1
    return every, columns, mask


def _vectors(text: Tokens) -> Numbers:
    found = embedded_pieces().vectors(np.maximum(text.numbers, 0))
    found[text.numbers < 0] = 0
    return found


def _joined(title: Tokens, text: Tokens) -> Tokens:
    return Tokens(
        np.concatenate([title.numbers, text.numbers]),
        np.concatenate([title.forms, text.forms]),
        np.concatenate([title.rarity, text.rarity]),
        title.surfaces + text.surfaces,
        np.concatenate([title.spans, text.spans]),
    )


@lru_cache(maxsize=2048)  # the same passages come up for question after question
def _tokens(text: str, limit: int) -> Tokens:
    return tokens(text, limit=limit)
