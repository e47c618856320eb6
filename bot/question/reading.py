"""A way in which a follow-up may be meant: the whole question, and what ties its answer to what was shown before."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer import Citation
from bot.question.leaning import Leaning

BESIDES = "（已经列出的除外）"
"""Behind a question that was asked on after its answer: what it came to is shown with this."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that stands by itself."""

    text: str
    near: tuple[str, ...] = ()
    """Words of the topic taken over that the passage of an answer must have, for the turn itself names nothing."""
    shown: tuple[Citation, ...] = ()
    """What was shown: with `asks`, that which it is asked of; else that which isn't asked for again."""
    topic: str = ""
    """With `asks`, what the documents call that of which it is asked, or the question did."""
    asks: Leaning | None = None
    """What is asked of what was shown, where the answer stands there or nowhere."""

    @property
    def told(self) -> str:
        """How it is told to who asked."""
        return f"{self.text}{BESIDES}" if self.shown and not self.asks else self.text
