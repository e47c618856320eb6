"""How a question was understood, for every face to tell: where the conversation or the documents changed its words."""

from __future__ import annotations

import unicodedata

from ui.words import CHINESE, Words

_SHOWN = 200
"""Characters of the question that are shown."""


def understood(question: str, standalone: str, words: Words = CHINESE) -> str:
    """The line that tells whoever typed `question` that `standalone` was looked for; "" where that is the same but for
    punctuation, blanks, case and width, or where nothing was looked for.
    """
    if not standalone or _letters(standalone) == _letters(question):
        return ""
    line = " ".join(standalone.split())
    return words("understood", question=line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…")


def _letters(text: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum()]
