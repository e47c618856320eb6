"""A bot of set phrases, for tests of what a channel makes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bot.answer import Answer, Answered, Event, Token
from ui.channels.base import Message


def saying(*texts: str, pause: float = 0.0) -> Callable[[Message], Iterator[Event]]:
    """Answers everything with these texts, one token each."""

    def ask(message: Message) -> Iterator[Event]:
        for text in texts:
            yield Token(text)
            time.sleep(pause)
        yield Answered(Answer(message.text, "".join(texts), "answered"))

    return ask
