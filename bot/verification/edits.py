"""Whether a clause is a clause of a passage in which words were exchanged for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from bot.verification.ground import Ground
from bot.verification.wording import stands

ALIKE = 0.5
"""Share of the words of a clause that another has in the same order, from which on it counts as an edit of it."""
_PLACE = "zplacez"
"""Stands for the name of a place."""


def likeness(text: str, part: str, ground: Ground) -> float:
    """The share of the words of `text` that `part` has in the same order, both `plain`; exact from ALIKE on."""
    mine, its = ground.words(text, place=_PLACE), ground.words(part, place=_PLACE)
    held = set(its)
    shared = sum(word in held for word in mine) / max(1, len(mine))
    if shared < ALIKE:
        return shared  # An upper bound; whoever asks wants at least so much.
    blocks = SequenceMatcher(None, mine, its, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(mine))


def exchanged(text: str, parts: Iterable[str], ground: Ground, *, moved: bool = True) -> bool:
    """Whether `text` is one of `parts`, all `plain`, with some of its words in the place of others, and is none as
    it stands.

    Words may be left out, moved (with `moved`), or led in by others; but 引进科技成果 isn't 引进知识产权, though both
    stand nearby.
    """
    alike = [part for part in parts if likeness(text, part, ground) >= ALIKE]
    return bool(alike) and all(any(_put_in(text, part, ground, moved=moved)) for part in alike)


def _put_in(text: str, part: str, ground: Ground, *, moved: bool) -> Iterator[bool]:
    """For each word that `text` has where `part` has another or none, whether it is new to it; before its first word
    new ones only lead in."""
    mine, its = ground.words(text, place=_PLACE), ground.words(part, place=_PLACE)
    for how, a, b, _, _ in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        for word in mine[a:b] if how == "replace" or (how == "delete" and a > 0) else ():
            if word != _PLACE:
                yield not moved or not stands(word, part) or (word in its and mine.count(word) > its.count(word))
