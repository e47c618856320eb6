"""A conversation going on in a terminal: its answers so far, kept in state.sqlite as far as that can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.console import Painted, note
from ui.errors import WrongUsage

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.conversations import Conversation, Conversations

_SHOWN = 5
"""How many candidates an error names."""


class Talk:
    """The history of one conversation; `kept` None keeps nothing beyond the process."""

    def __init__(self, kept: Conversations | None = None, continued: Conversation | None = None) -> None:
        """Begins anew, or goes on with `continued`, whose answers are read. Raises StateUnavailable."""
        from bot.conversations import LOCAL

        self._kept = kept
        self._id = continued.id if continued else None
        self.history: tuple[Answer, ...] = ()
        if kept is not None and continued is not None:
            self.history = kept.answers(continued.id, owner=LOCAL)

    def add(self, answer: Answer) -> None:
        """Append an answer. Where it can't be kept that is said, once, and the conversation goes on without."""
        from bot.conversations import LOCAL
        from bot.errors import ConversationNotFound, StateUnavailable

        self.history = (*self.history, answer)
        if self._kept is None:
            return
        try:
            self._id = self._id or self._kept.create(owner=LOCAL).id
            self._kept.append(self._id, answer, owner=LOCAL)
        except (StateUnavailable, ConversationNotFound) as error:
            note(Painted(f"这个对话从现在起不再记下：{error}", colour="yellow"))
            self._kept = None

    def clear(self) -> None:
        """Begin a new conversation; the one so far stays kept."""
        self.history, self._id = (), None


def find_conversation(kept: Conversations, reference: str) -> Conversation:
    """The one whose id is `reference` or begins with it, or whose title holds it. Raises ConversationNotFound,
    WrongUsage where several are meant, StateUnavailable.
    """
    from bot.conversations import LOCAL
    from bot.errors import ConversationNotFound

    wanted = reference.strip()
    listed = kept.list(owner=LOCAL, limit=-1)
    tests = (
        lambda talk: talk.id == wanted,
        lambda talk: talk.id.startswith(wanted),
        lambda talk: wanted in talk.title,
    )
    for test in tests if wanted else ():
        meant = [talk for talk in listed if test(talk)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            named = "、".join(f"{talk.id}（{talk.title}）" for talk in meant[:_SHOWN])
            raise WrongUsage(f"“{reference}”可以指几个对话：{named}{'等' if len(meant) > _SHOWN else ''}。请写编号。")
    raise ConversationNotFound(f"没有编号或标题为“{reference}”的对话。用 zhengwen conversations 查看全部对话。")
