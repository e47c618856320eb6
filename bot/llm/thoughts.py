"""Keeps what a model thinks aloud (<think>…</think>) apart from what it says, piece by piece as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

_NAMES: Final = "think|thinking|thought|reasoning"
_CLOSE: Final = re.compile(rf"</(?:{_NAMES})>", re.IGNORECASE)
_EITHER: Final = re.compile(rf"</?(?:{_NAMES})>", re.IGNORECASE)
_PERHAPS: Final = re.compile(r"</?[a-z]{0,9}\Z", re.IGNORECASE)
"""What may become a tag when the next piece comes."""


def spoken(pieces: Iterable[str]) -> Iterator[str | None]:
    """The pieces without thoughts; None where all that was given before turns out to have been one.

    A model whose prompt opens the thought for it writes only where it ends.
    """
    held, thinking, opened, fresh = "", False, False, False
    for piece in chain(pieces, (None,)):
        held += piece or ""
        while sign := (_CLOSE if thinking else _EITHER).search(held):
            if not thinking and (said := _from(held[: sign.start()], fresh)):
                yield said
            fresh = held[sign.start() + 1] == "/"
            if fresh and not opened:
                yield None
            held, thinking, opened = held[sign.end() :], not fresh, True
        waits = _PERHAPS.search(held) if piece is not None else None
        ready = held[: waits.start()] if waits else held
        held = held[len(ready) :]
        if not thinking and (said := _from(ready, fresh)):
            fresh = False
            yield said


def _from(text: str, fresh: bool) -> str:
    """`text`, without the blanks before it where a thought ends there."""
    return text.lstrip() if fresh else text
