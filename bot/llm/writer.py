"""The seam for what writes an answer in its own words from passages, such as a chat model."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Protocol

from bot.answer import Answer
from bot.verification.source import Source


class WriterFailed(Exception):
    """Nothing usable was written; the message is a clause for the reader that says why, without its full stop."""


class CutShort(WriterFailed):
    """The writer was stopped before its end; what it wrote until then was given."""


class Writer(Protocol):
    """Writes drafts. What it writes is verified by whoever asked for it, and never trusted."""

    @property
    def name(self) -> str:
        """What the reader is told has written."""

    @property
    def characters(self) -> int:
        """How many characters of passages it reads at most."""

    def write(self, question: str, sources: Sequence[Source]) -> Generator[str, None, None]:
        """The pieces of an answer in which [n] names `sources[n - 1]`. Closing the generator ends the work.

        Raises WriterFailed at any point.
        """

    def standalone(self, question: str, history: Sequence[Answer]) -> str | None:
        """The follow-up `question` as one that stands by itself, in the conversation's words; without a conversation,
        one in English as it is asked in Chinese. None if it can't."""
