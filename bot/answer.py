"""What a question gives back: the answer, its citations, and the events on the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vectorstore.model import Document, Hit

AnswerStatus = Literal["answered", "not_found", "courtesy"]
"""Answered from the documents; they don't tell; or a greeting or thanks was returned, and nothing was looked for."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that backs a sentence of the answer: `document.text[start:end] == quote`, always."""

    number: int
    """The n of the marker [n] in the answer's text, from 1."""
    document: Document
    path: tuple[str, ...]
    """Heading path of the passage."""
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, every sentence of it backed by a citation."""

    question: str
    """As the user asked it."""
    text: str
    """The answer with its markers [1], [2], …; else one sentence without markers, which says so."""
    status: AnswerStatus
    citations: tuple[Citation, ...] = ()
    """Passages cited in `text`, by number; empty unless "answered"."""
    nearest: tuple[Document, ...] = ()
    """For "not_found": the documents that come nearest."""
    standalone: str = ""
    """The question with what the conversation supplied, as it was searched for."""
    follow_ups: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    """E.g. that the target year of a cited policy has passed."""
    writer: str = "extractive"
    """"extractive", or the name of the chat model that wrote."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Searching:
    """The question as it is searched for has been settled; the last one told is the answer's `standalone`."""

    question: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages have been found and ordered."""

    hits: tuple[Hit, ...]


StepName = Literal["retrieve", "rerank", "judge", "write", "verify"]
"""What is being done: passages are sought, put in order, judged whether they are enough, an answer is written, and
checked against what it cites."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work begins; a comparison takes the first ones for every side."""

    name: StepName


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer's text, in order; the pieces together are a draft of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Retracted:
    """The draft so far is withdrawn: whoever shows it takes it away. The answer follows, or another draft."""

    reason: str
    """A sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The last event: the verified answer, which replaces the draft."""

    answer: Answer
    turn: str | None = None
    """The id under which a kept conversation holds it, for feedback; None where nothing was kept."""


Event = Searching | Step | Retrieved | Token | Retracted | Answered
