"""有用 or 无用: what people say of an answer, kept in state.sqlite with all one needs to find out why.

    said = Feedback(home)                                        # a folder, or a State
    said.give("useless", answer=answer, turn=turn_id, owner="alice", reason="答非所问")
    said.given(turn_id, owner="alice")                           # "useless"
    said.all()                                                   # tuple of Opinions, oldest first

`turn` names the answer: the id that Conversations.append gave, or any other that is this answer's alone.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, get_args

from bot.answer import Answer
from bot.errors import BadFeedback
from bot.saving import Find, dumped, library_finder, loaded
from bot.state import State, state_of
from vectorstore.errors import LibraryError
from vectorstore.tokens import replace_surrogates

Verdict = Literal["useful", "useless"]
REASONS = ("答非所问", "引用不对", "内容不全", "文件已过时", "不该说没有", "其他")
"""What a face offers to choose from; any other reason is as good."""
LONGEST_REASON = 2000
"""Characters of a reason that are kept."""
_STEPS = (
    "CREATE TABLE feedback (row INTEGER PRIMARY KEY, turn TEXT NOT NULL, owner TEXT NOT NULL, verdict TEXT NOT NULL, "
    "reason TEXT NOT NULL, given TEXT NOT NULL, face TEXT NOT NULL, versions TEXT NOT NULL, record BLOB NOT NULL, "
    "UNIQUE (turn, owner))",
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What gave the answer, as far as it could be told."""

    zhengwen: str
    generation: int | None
    """Of the library, when the verdict was given."""
    embedding: str | None
    writer: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's verdict on one answer."""

    turn: str
    owner: str
    verdict: Verdict
    reason: str
    given: datetime
    """In UTC."""
    face: str
    """Where it was given: page, api, slack, feishu, …"""
    answer: Answer
    """With the question and the evidence it cited."""
    versions: Versions


class Feedback:
    """The verdicts at `home`; `find` gives the documents the answers cite, by default those of the library there."""

    def __init__(self, home: str | Path | State, *, find: Find | None = None) -> None:
        self._state = home if isinstance(home, State) else state_of(Path(home))
        self._room = self._state.room("feedback", _STEPS)
        self._find = find or library_finder(self._state.home)

    def give(
        self, verdict: Verdict, *, answer: Answer, turn: str, owner: str, reason: str = "", face: str = "page"
    ) -> None:
        """Keep the verdict; whoever changes their mind on an answer has the last word only.

        Raises BadFeedback for another verdict than the two, StateUnavailable.
        """
        if verdict not in get_args(Verdict):
            raise BadFeedback
        values = (
            turn,
            owner,
            verdict,
            replace_surrogates(reason.strip())[:LONGEST_REASON],
            datetime.now(UTC).isoformat(timespec="seconds"),
            face,
            json.dumps(_versions(self._state.home, answer)),
            dumped(answer),
        )
        self._room.write(
            lambda db: db.execute(
                "INSERT INTO feedback (turn, owner, verdict, reason, given, face, versions, record) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (turn, owner) DO UPDATE SET verdict = excluded.verdict, "
                "reason = excluded.reason, given = excluded.given, face = excluded.face",
                values,
            )
        )

    def given(self, turn: str, *, owner: str) -> Verdict | None:
        """This person's verdict on this answer, None where there is none."""
        row = self._room.read(
            lambda db: db.execute("SELECT verdict FROM feedback WHERE turn = ? AND owner = ?", (turn, owner)).fetchone()
        )
        return row[0] if row else None

    def withdraw(self, turn: str, *, owner: str) -> None:
        """Forget this person's verdict on this answer."""
        self._room.write(lambda db: db.execute("DELETE FROM feedback WHERE turn = ? AND owner = ?", (turn, owner)))

    def all(self) -> tuple[Opinion, ...]:
        """Every verdict, oldest first."""
        rows = self._room.read(
            lambda db: db.execute(
                "SELECT turn, owner, verdict, reason, given, face, versions, record FROM feedback ORDER BY given, row"
            ).fetchall()
        )
        return tuple(map(partial(_opinion, self._find), rows))


def _opinion(find: Find, row: sqlite3.Row | tuple[Any, ...]) -> Opinion:
    turn, owner, verdict, reason, given, face, versions, record = row
    answer = loaded(record, find)
    when = datetime.fromisoformat(given)
    return Opinion(turn, owner, verdict, reason, when, face, answer, Versions(**json.loads(versions)))


def _versions(home: Path, answer: Answer) -> dict[str, Any]:
    """The fields of Versions; those of the library are None where it can't be read."""
    from bot.front import open_library
    from bot.settings import load_settings

    generation: int | None = None
    embedding: str | None = None
    try:
        library = open_library(load_settings(home=home))
        generation, embedding = library.generation, library.embedding
    except LibraryError:
        generation = embedding = None
    return {
        "zhengwen": version("zhengwen"),
        "generation": generation,
        "embedding": embedding,
        "writer": answer.writer,
    }
