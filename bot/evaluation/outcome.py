"""What came of an evaluation: every question with what was found, answered and wrong, as a JSON document holds it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """A chunk that the search found."""

    document: str
    """Title."""
    path: tuple[str, ...]
    text: str
    score: float
    right: bool
    """It is of a document that answers the question."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the answer."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    id: str
    question: str
    kind: str
    answerable: bool
    expected: tuple[str, ...]
    """What is known of the right answer, in words."""
    values: dict[str, float]
    """By the keys of bot.evaluation.measures; a measure that doesn't apply is missing."""
    faults: tuple[str, ...]
    """Everything wrong, in words; () for a question that went well."""
    found: tuple[Found, ...]
    answer: str | None
    """None where only the search was measured."""
    refused: bool | None
    citations: tuple[Cited, ...]
    score: float
    """How sure the evidence makes: what the threshold curve is drawn over."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation of one library with one set of questions."""

    name: str
    embedding: str
    documents: int
    answered: bool
    """Whether answers were asked for, not only a search."""
    outcomes: tuple[Outcome, ...]
    unknown: tuple[str, ...] = field(default=())
    """Documents named as answering that the library doesn't hold; their questions count as missed."""
