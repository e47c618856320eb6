"""What can go wrong with a question, each error saying what happened and what to do next."""

from __future__ import annotations


class BotError(Exception):
    """Base of every error of the bot; its message is one line in the user's words."""


class BlankQuestion(BotError):
    """The question holds nothing to look for."""

    def __init__(self) -> None:
        super().__init__("问题是空的。请写出想问的内容，例如：什么是专利银行？")


class QuestionTooLong(BotError):
    """The question is longer than anything a person asks."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"问题有 {length} 个字符，超过上限 {limit}。请只写问题本身，文件内容请用 zhengwen ingest 导入。"
        )


class RerankerUnavailable(BotError):
    """The reranking model that was set can't be found, must not be opened, or doesn't compute."""


class BadSettings(BotError):
    """A setting has a value that cannot be used, or a name that no setting has."""


class StateUnavailable(BotError):
    """What is to be remembered can't be written or read now: disk, permissions, another program."""


class ConversationNotFound(BotError):
    """There is no such conversation, or it is somebody else's; which of both isn't told."""

    def __init__(self, told: str = "没有这个对话，它可能已被删除。请从对话列表里重新选择，或开始新的对话。") -> None:
        super().__init__(told)


class BadFeedback(BotError):
    """A verdict that is neither of the two."""

    def __init__(self) -> None:
        super().__init__("对回答的评价只有两种：useful（有用）和 useless（无用）。")


class ServerUnavailable(BotError):
    """The server that is asked in place of a local library can't be reached, or refuses; its message says which."""
