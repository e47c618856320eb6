"""Conversations kept in state.sqlite: each belongs to one owner, and for anybody else it doesn't exist.

    kept = Conversations(home)                                  # a folder, or a State
    talk = kept.create(owner="alice")                           # a Conversation: id, title, length, …
    turn_id = kept.append(talk.id, answer, owner="alice")       # names this answer, for feedback
    kept.answers(talk.id, owner="alice")                        # tuple of Answers, oldest first: the history of `ask`
    kept.turns(talk.id, owner="alice")                          # the same with ids and times
    kept.list(owner="alice", search="专利")                      # newest first
    token = kept.share(talk.id, owner="alice"); kept.shared(token); kept.unshare(talk.id, owner="alice")

Every method raises StateUnavailable where the file can't be read or written, and those that take an id
ConversationNotFound. An `owner` is whatever tells one user from another: "local", an API key's name, a Slack channel.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.answer import Answer
from bot.errors import ConversationNotFound
from bot.saving import Find, dumped, library_finder, loaded
from bot.state import State, state_of
from vectorstore.tokens import replace_surrogates

LOCAL = "local"
"""The owner where there is one user only: the command line, a page without sign-in."""
TITLE = 60
"""Characters of a title."""
_STEPS = (
    "CREATE TABLE conversations (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, "
    "title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, "
    "token TEXT UNIQUE)",
    "CREATE INDEX conversations_by_owner ON conversations (owner, updated)",
    "CREATE TABLE turns (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
    "conversation INTEGER NOT NULL REFERENCES conversations (row) ON DELETE CASCADE, asked TEXT NOT NULL, "
    "question TEXT NOT NULL, text TEXT NOT NULL, record BLOB NOT NULL)",
    "CREATE INDEX turns_of_conversation ON turns (conversation, row)",
)
_ABOUT = (
    "SELECT c.id, c.title, c.created, c.updated, c.token, "
    "(SELECT count(*) FROM turns t WHERE t.conversation = c.row) FROM conversations c"
)
_FOUND = (
    "instr(lower(c.title), ?1) OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.row "
    "AND (instr(lower(t.question), ?1) OR instr(lower(t.text), ?1)))"
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a list of conversations shows of one."""

    id: str
    title: str
    """The one its owner gave it, else its first question; "" before that."""
    created: datetime
    updated: datetime
    """When the last answer came. Both in UTC."""
    length: int
    """How many answers it holds."""
    shared: str | None = None
    """The token that lets anyone read it; None where it isn't shared."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer of a conversation with its name and the time it was given."""

    id: str
    asked: datetime
    answer: Answer


class Conversations:
    """The conversations at `home`; `find` gives the documents they cite, by default those of the library there."""

    def __init__(self, home: str | Path | State, *, find: Find | None = None) -> None:
        state = home if isinstance(home, State) else state_of(Path(home))
        self._room = state.room("conversations", _STEPS)
        self._find = find or library_finder(state.home)

    def create(self, *, owner: str, title: str = "", id: str | None = None) -> Conversation:
        """A new, empty conversation. With `id` the one of that id, made if there is none yet."""
        chosen, now, name = id or secrets.token_hex(8), _now(), _title(title)

        def work(db: sqlite3.Connection) -> None:
            row = db.execute("SELECT owner FROM conversations WHERE id = ?", (chosen,)).fetchone()
            if row is None:
                values = (chosen, owner, name, now, now)
                db.execute(
                    "INSERT INTO conversations (id, owner, title, created, updated) VALUES (?, ?, ?, ?, ?)", values
                )
            elif row[0] != owner:
                raise ConversationNotFound

        self._room.write(work)
        return self.get(chosen, owner=owner)

    def get(self, id: str, *, owner: str) -> Conversation:
        """What there is to say of one."""
        row = self._room.read(lambda db: db.execute(f"{_ABOUT} WHERE c.id = ? AND c.owner = ?", (id, owner)).fetchone())
        return _conversation(row)

    def append(self, id: str, answer: Answer, *, owner: str) -> str:
        """Keep the answer as the last of the conversation; gives the id of its turn."""
        turn, now, record = secrets.token_hex(8), _now(), dumped(answer)
        question, text = replace_surrogates(answer.question), replace_surrogates(answer.text)

        def work(db: sqlite3.Connection) -> None:
            row = _row(db, id, owner)
            values = (turn, row, now, question, text, record)
            db.execute(
                "INSERT INTO turns (id, conversation, asked, question, text, record) VALUES (?, ?, ?, ?, ?, ?)", values
            )
            db.execute(
                "UPDATE conversations SET updated = ?, title = iif(title = '', ?, title) WHERE row = ?",
                (now, _title(question), row),
            )

        self._room.write(work)
        return turn

    def answers(self, id: str, *, owner: str, last: int | None = None) -> tuple[Answer, ...]:
        """The answers, oldest first; with `last` only the so many latest."""
        return tuple(turn.answer for turn in self.turns(id, owner=owner, last=last))

    def turns(self, id: str, *, owner: str, last: int | None = None) -> tuple[Turn, ...]:
        """The answers with their ids and times, oldest first; with `last` only the so many latest."""
        return tuple(self._read(self._room.read(lambda db: _turns(db, _row(db, id, owner), last))))

    def turn(self, id: str, *, owner: str) -> Turn:
        """The answer that `append` named so; raises ConversationNotFound."""
        row = self._room.read(
            lambda db: db.execute(
                "SELECT t.id, t.asked, t.record FROM turns t JOIN conversations c ON c.row = t.conversation "
                "WHERE t.id = ? AND c.owner = ?",
                (id, owner),
            ).fetchone()
        )
        if row is None:
            raise ConversationNotFound
        return next(self._read([row]))

    def list(self, *, owner: str, search: str = "", limit: int = 200, offset: int = 0) -> list[Conversation]:
        """The owner's conversations, newest first; with `search` those whose title, questions or answers hold it.

        Letters match whatever their case. One without an answer is left out.
        """
        text = replace_surrogates(search.strip().lower())
        rows = self._room.read(
            lambda db: db.execute(
                f"{_ABOUT} WHERE c.owner = ?2 AND EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.row) "
                f"AND (?1 = '' OR {_FOUND}) ORDER BY c.updated DESC, c.row DESC LIMIT ?3 OFFSET ?4",
                (text, owner, limit, offset),
            ).fetchall()
        )
        return [_conversation(row) for row in rows]

    def rename(self, id: str, title: str, *, owner: str) -> Conversation:
        """Give it a title; a blank one brings the first question back."""
        name = _title(title)

        def work(db: sqlite3.Connection) -> None:
            row = _row(db, id, owner)
            first = db.execute("SELECT question FROM turns WHERE conversation = ? ORDER BY row", (row,)).fetchone()
            shown = name or _title(first[0] if first else "")
            db.execute("UPDATE conversations SET title = ? WHERE row = ?", (shown, row))

        self._room.write(work)
        return self.get(id, owner=owner)

    def cut(self, id: str, keep: int, *, owner: str) -> None:
        """Forget all answers after the first `keep`: what asking the last question anew begins with."""

        def work(db: sqlite3.Connection) -> None:
            row = _row(db, id, owner)
            db.execute(
                "DELETE FROM turns WHERE conversation = ?1 AND row NOT IN "
                "(SELECT row FROM turns WHERE conversation = ?1 ORDER BY row LIMIT ?2)",
                (row, max(keep, 0)),
            )

        self._room.write(work)
        self._room.scrub()

    def delete(self, id: str, *, owner: str) -> None:
        """Forget the conversation for good: its text is overwritten in the file."""
        self._room.write(lambda db: db.execute("DELETE FROM conversations WHERE row = ?", (_row(db, id, owner),)))
        self._room.scrub()

    def share(self, id: str, *, owner: str) -> str:
        """A token with which anyone can read the conversation, the same until it is unshared."""
        fresh = secrets.token_urlsafe(24)

        def work(db: sqlite3.Connection) -> str:
            row = _row(db, id, owner)
            db.execute("UPDATE conversations SET token = coalesce(token, ?) WHERE row = ?", (fresh, row))
            return str(db.execute("SELECT token FROM conversations WHERE row = ?", (row,)).fetchone()[0])

        return self._room.write(work)

    def unshare(self, id: str, *, owner: str) -> None:
        """From now on its token opens nothing."""
        self._room.write(
            lambda db: db.execute("UPDATE conversations SET token = NULL WHERE row = ?", (_row(db, id, owner),))
        )

    def shared(self, token: str) -> tuple[Conversation, tuple[Turn, ...]]:
        """The conversation that was shared under this token."""

        def work(db: sqlite3.Connection) -> tuple[Conversation, Sequence[_Row]]:
            found = db.execute(f"{_ABOUT} WHERE c.token = ?", (token,)).fetchone()
            row = db.execute("SELECT row FROM conversations WHERE token = ?", (token,)).fetchone()
            return _conversation(found), _turns(db, row[0], None)

        conversation, rows = self._room.read(work)
        return conversation, tuple(self._read(rows))

    def _read(self, rows: Sequence[_Row]) -> Iterator[Turn]:
        for turn, asked, record in rows:
            yield Turn(turn, datetime.fromisoformat(asked), loaded(record, self._find))


_Row = tuple[str, str, bytes]


def _row(db: sqlite3.Connection, id: str, owner: str) -> int:
    found = db.execute("SELECT row FROM conversations WHERE id = ? AND owner = ?", (id, owner)).fetchone()
    if found is None:
        raise ConversationNotFound
    return int(found[0])


def _turns(db: sqlite3.Connection, row: int, last: int | None) -> list[_Row]:
    latest = "SELECT id, asked, record FROM turns WHERE conversation = ? ORDER BY row DESC LIMIT ?"
    return db.execute(latest, (row, -1 if last is None else last)).fetchall()[::-1]


def _conversation(row: tuple[str, str, str, str, str | None, int] | None) -> Conversation:
    if row is None:
        raise ConversationNotFound
    id, title, created, updated, token, length = row
    return Conversation(id, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), length, token)


def _title(text: str) -> str:
    flat = " ".join(replace_surrogates(text).split())
    return flat if len(flat) <= TITLE else flat[: TITLE - 1] + "…"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
