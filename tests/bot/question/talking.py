"""A conversation of some questions with a library, for tests of what a follow-up is taken to mean."""

from __future__ import annotations

from pathlib import Path

from bot import Answer, ask


def talk(home: Path, *questions: str) -> Answer:
    """The answer to the last of `questions`, each asked after those before it."""
    history: tuple[Answer, ...] = ()
    for question in questions:
        history = (*history, ask(question, history=history, home=home))
    return history[-1]
