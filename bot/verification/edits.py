"""Whether a clause is a clause of a passage in which words were exchanged for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from bot.verification.ground import Ground
from bot.verification.relations import agents_alike
from bot.verification.wording import stands

ALIKE = 0.5
"""Share of the words of a clause that another has in the same order, from which on it counts as an edit of it."""
_PLACE = "zplacez"
"""Stands for the name of a place."""


def likeness(text: str, part: str, ground: Ground) -> float:
    """The share of the words of `text` that `part` has in the same order, both `plain`; exact from ALIKE on."""
    mine, its = _compared(text, part, ground)
    held = set(its)
    shared = sum(word in held for word in mine) / max(1, len(mine))
    if shared < ALIKE:
        return shared  # An upper bound; whoever asks wants at least so much.
    blocks = SequenceMatcher(None, mine, its, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(mine))


def _compared(text: str, part: str, ground: Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of both; those of the document's title too, unless `text` names the document."""
    named = ground.named_in(text)
    mine = ground.words(text, place=_PLACE, names_document=named)
    return mine, ground.words(part, place=_PLACE, names_document=named)


def exchanged(text: str, parts: Iterable[str], ground: Ground, *, moved: bool = True, clause: bool = True) -> bool:
    """Whether `text` is one of `parts`, all `plain`, with some of its words in the place of others, and is none as
    it stands.

    Words may be left out, moved (with `moved`; in a `clause` with what marks their part), or led in by others; but
    引进科技成果 isn't 引进知识产权, though both stand nearby.
    """
    alike = [part for part in parts if likeness(text, part, ground) >= ALIKE]
    return bool(alike) and all(
        any(_put_in(text, part, ground, moved=moved)) or (clause and _agents_exchanged(text, part, ground))
        for part in alike
    )


def _agents_exchanged(text: str, part: str, ground: Ground) -> bool:
    return not agents_alike(ground.masked(text), ground.masked(part), ground.words(text))


def _put_in(text: str, part: str, ground: Ground, *, moved: bool) -> Iterator[bool]:
    """For each word that `text` has where `part` has another or none, whether it is new to it; before its first word
    new ones only lead in."""
    mine, its = _compared(text, part, ground)
    opening = next((n for n, word in enumerate(mine) if word != _PLACE), 0)
    for how, a, b, _, _ in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        new = how == "replace" or (how == "delete" and a > opening)
        for word in mine[a:b] if how in ("replace", "delete") else ():
            if word != _PLACE:
                twice = _said_twice(word, mine, its)
                yield twice or (new and (not moved or not stands(word, part)))


def _said_twice(word: str, mine: Sequence[str], its: Sequence[str]) -> bool:
    """Whether `mine` has the word more often than `its` has, or has it and its two parts besides: 数据共享, 数据."""
    if word in its:
        return mine.count(word) > its.count(word)
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(one in its and other in its and (one in mine or other in mine) for one, other in cuts)
