"""What every channel does with a message: deduplicate, find its conversation, ask, render, send.

A channel turns its transport into Messages, hands them to `Answering.take`, and says by `Channel.reply` how to send.
docs/channels.md shows a complete one in ten lines.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.answer import Answer, Answered, Event, Retracted, Token
from bot.conversations import Conversations
from bot.errors import BlankQuestion, BotError, ConversationNotFound, QuestionTooLong, StateUnavailable
from bot.feedback import Feedback, Verdict
from bot.front import open_library, stream_from
from bot.kinds.tabulate import compares
from bot.settings import Settings
from ui.channels.content import Content, content_of
from ui.channels.crew import Crew
from ui.channels.seen import Seen
from vectorstore.errors import LibraryError
from vectorstore.model import Fact

PACE = 1.0
"""Seconds between two drafts: no channel takes more than about one message a second."""
WORKERS = 4
"""Messages answered at the same time."""
WAITING = 200
"""Conversations that may wait besides; more are left to the channel, which delivers the message again."""
BEHIND = 20
"""Messages of one conversation that may wait."""
BLANK = "请直接写出想问的内容，例如：什么是专利银行？回答只来自资料库里的政策文件，每一句都有出处。"
TOO_LONG = "这段文字太长，不像一个问题。请只写想问的一两句话，再试一次。"
CLOSED = "资料库现在不能用，这个问题没有答成。请稍后再试，或联系管理员。"
FAULT = "出了点问题，这个问题没有答成。请再试一次；若仍不行，请联系管理员。"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """A question as it came in, the same for every channel."""

    id: str
    """Names this message among all of all channels, however often it is delivered."""
    conversation: str
    """Names the thread or chat it belongs to, among all of all channels; what it refers to stands there."""
    owner: str
    """Whose conversation that is: the workspace, the company."""
    text: str
    """The question alone: without the mention, and with the channel's escapes undone."""
    place: Any = None
    """What the channel itself needs to reply."""


class NotSent(Exception):
    """The channel didn't take a message; says why in the words of whoever runs the server."""


class Reply(Protocol):
    """The reply to one message; drafts may fail or be left out, but `finish` is called once and must come through."""

    def draft(self, text: str) -> None:
        """The answer so far, not yet verified; "" while there is none, or when it was withdrawn."""

    def finish(self, content: Content) -> None:
        """The verified answer, or the sentence that says why there is none; it takes the place of the draft.

        Raises NotSent.
        """


class Channel(Protocol):
    """A way in which messages come and replies go."""

    name: str

    def reply(self, message: Message) -> Reply:
        """How to reply to this message; nothing is sent yet."""


Ask = Callable[[Message], Iterator[Event]]


class Answering:
    """Answers the messages of one channel in threads of its own; usable from any thread."""

    def __init__(
        self, settings: Settings, channel: Channel, *, ask: Ask | None = None, workers: int | None = None
    ) -> None:
        """`ask` gives the events of answering a message, by default from the library, in its conversation."""
        self._settings, self._channel = settings, channel
        self._ask = ask or self._from_library
        self._seen = Seen(settings.home)
        self._kept = Conversations(settings.home)
        self._feedback = Feedback(settings.home)
        self._crew = Crew(channel.name, threads=workers or WORKERS, waiting=WAITING)
        # Messages of one conversation are answered in their order, for each may refer to the one before.
        self._waiting: dict[str, deque[Message]] = {}
        self._lock = threading.Lock()

    def take(self, message: Message) -> bool:
        """Answer in the background; False where too many wait already, and then nothing happens with it."""
        with self._lock:
            behind = self._waiting.get(message.conversation)
            if behind is not None:
                if len(behind) >= BEHIND:
                    return False
                behind.append(message)
                return True
            taken = self.run(lambda: self._work_off(message.conversation))
            if taken:
                self._waiting[message.conversation] = deque([message])
            return taken

    def run(self, work: Callable[[], object]) -> bool:
        """Do something else in the background, within the same bounds."""
        taken = self._crew.take(work)
        if not taken:
            _log.warning("%s: too many messages are waiting", self._channel.name)
        return taken

    def judge(self, verdict: Verdict, turn: str, *, owner: str, user: str, reason: str = "") -> str:
        """Keep what `user` says of an answer in a conversation of `owner`; gives the sentence to reply."""
        try:
            answer = self._kept.turn(turn, owner=owner).answer
            self._feedback.give(verdict, answer=answer, turn=turn, owner=user, reason=reason, face=self._channel.name)
        except ConversationNotFound:
            return "这个回答已被删除，评价没有记下。"
        except StateUnavailable as error:
            _log.warning("%s", error)
            return "评价没有记下，请稍后再试。"
        return f"已记下：{'有用' if verdict == 'useful' else '无用'}{f'（{reason}）' if reason else ''}。谢谢！"

    def close(self, *, patience: float = 3.5) -> None:
        """Take no more messages; those taken get `patience` seconds to be answered."""
        self._crew.close(patience=patience)

    def _work_off(self, conversation: str) -> None:
        """Answer the conversation's messages until none is left."""
        while True:
            with self._lock:
                if not self._waiting[conversation]:
                    del self._waiting[conversation]
                    return
                message = self._waiting[conversation].popleft()
            try:
                self._once(message)
            except NotSent as error:
                _log.warning("%s: %s", self._channel.name, error)
            except Exception:  # noqa: BLE001 - one reply's fault is logged, and the others are sent
                _log.exception("%s: a reply was not sent", self._channel.name)

    def _once(self, message: Message) -> None:
        if not self._seen.take(message.id):
            return
        try:
            self._answer(message, self._channel.reply(message))
        finally:
            self._seen.done(message.id)

    def _answer(self, message: Message, reply: Reply) -> None:
        try:
            self._draft(reply, "")
            content = self._written(message, reply)
        except BlankQuestion:
            content = Content(BLANK)
        except QuestionTooLong:  # its own message speaks of a command that people here don't have
            content = Content(TOO_LONG)
        except (BotError, LibraryError) as error:
            _log.warning("%s: %s", self._channel.name, error)
            content = Content(CLOSED)
        except Exception:  # noqa: BLE001 - whatever it is, whoever asked is told
            _log.exception("%s: a question failed", self._channel.name)
            content = Content(FAULT)
        reply.finish(content)

    def _written(self, message: Message, reply: Reply) -> Content:
        draft, told = "", 0.0
        for event in self._ask(message):
            if isinstance(event, Answered):
                facts = self._facts(event.answer)
                return content_of(event.answer, turn=event.turn, url=self._settings.url, facts=facts)
            if isinstance(event, Retracted):
                draft = ""
                self._draft(reply, draft)
            elif isinstance(event, Token):
                told = told or time.monotonic()  # what is written at once needs no draft
                draft += event.text
                if time.monotonic() - told >= PACE:
                    self._draft(reply, draft)
                    told = time.monotonic()
        raise AssertionError("an event stream ends with Answered")

    def _facts(self, answer: Answer) -> Sequence[Fact]:
        """What the table of a comparison is made of; without it the passages themselves stand side by side."""
        if not compares(answer):
            return ()
        try:
            library = open_library(self._settings)
            return library.facts(kinds=("target", "figure"), documents=[c.document.id for c in answer.citations])
        except (BotError, LibraryError) as error:
            _log.info("%s: no facts for a table: %s", self._channel.name, error)
            return ()

    def _draft(self, reply: Reply, text: str) -> None:
        try:
            reply.draft(text)
        except Exception as error:  # noqa: BLE001 - a draft that can't be shown costs nothing but the sight of it
            _log.info("%s: a draft was not shown: %s", self._channel.name, error)

    def _from_library(self, message: Message) -> Iterator[Event]:
        try:
            self._kept.create(id=message.conversation, owner=message.owner)
        except StateUnavailable as error:
            _log.warning("%s", error)  # the answer comes all the same, and says that nothing was kept
        return stream_from(self._settings, message.text, conversation=message.conversation, owner=message.owner)
