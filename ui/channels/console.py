"""A complete channel: answers go to standard output. What another channel needs is no more than this."""

from __future__ import annotations

from ui.channels.base import Message
from ui.channels.content import Content
from ui.console import say


class Console:
    """The channel and, for it has but one place to write to, every reply of it."""

    name = "console"

    def reply(self, message: Message) -> Console:
        return self

    def draft(self, text: str) -> None:
        """A terminal shows finished answers only."""

    def finish(self, content: Content) -> None:
        say("\n".join((content.text, *(f"{s.labels}{s.title}" for s in content.sources))))
