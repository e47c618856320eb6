"""Answers within a kept conversation: what came before is read from it, the answer is kept in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answer import Answer, Answered, Event
from bot.conversations import Conversations
from bot.errors import ConversationNotFound, StateUnavailable

LATEST = 20
"""How many of the latest answers a question may refer to."""
NOT_READ = "前面的问答现在读不到，这个问题是单独回答的。"
NOT_KEPT = "这次问答没有记下来。"
DELETED = "这次问答没有记下来：对话在作答期间被删除了。"
_log = logging.getLogger(__name__)


def remembered(
    kept: Conversations, conversation: str, answering: Callable[[Sequence[Answer]], Iterator[Event]], *, owner: str
) -> Iterator[Event]:
    """The events that `answering` gives for the conversation's latest answers; the one that ends them is kept.

    Raises ConversationNotFound at once. Where state.sqlite can't be used the question is answered all the same, and a
    notice of the answer says what was not read or kept.
    """
    untold: tuple[str, ...] = ()
    history: tuple[Answer, ...] = ()
    try:
        history = kept.answers(conversation, owner=owner, last=LATEST)
    except StateUnavailable as error:
        _log.warning("%s", error)
        untold = (f"{NOT_READ}{error}",)
    return _keeping(kept, conversation, answering(history), owner, untold)


def _keeping(
    kept: Conversations, conversation: str, events: Iterator[Event], owner: str, untold: tuple[str, ...]
) -> Iterator[Event]:
    for event in events:
        if isinstance(event, Answered):
            turn = None
            try:
                turn = kept.append(conversation, event.answer, owner=owner)
            except StateUnavailable as error:
                _log.warning("%s", error)
                untold = untold or (f"{NOT_KEPT}{error}",)
            except ConversationNotFound:
                untold = (DELETED,)
            answer = replace(event.answer, notices=(*event.answer.notices, *untold)) if untold else event.answer
            event = Answered(answer, turn)
        yield event
