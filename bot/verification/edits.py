"""Whether a clause is a clause of a passage in which words were exchanged for others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from bot.verification.clauses import clauses_of
from bot.verification.ground import Ground
from bot.verification.relations import agents_alike
from bot.verification.values import figures
from bot.verification.wording import stands

ALIKE = 0.5
"""Share of the words of a clause that another has in the same order, from which on it counts as an edit of it."""
_PLACE = "zplacez"
"""Stands for the name of a place."""
_NAMES = re.compile("^z|[省市区县州国地方]$")
"""What a name may stand for: another, or 我市."""
_TITLE = "ztitlez"
"""Stands for the title of a document."""


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
    mine = ground.words(text, place=_PLACE, title=_TITLE, names_document=named)
    return mine, ground.words(part, place=_PLACE, title=_TITLE, names_document=named)


def exchanged(text: str, parts: Iterable[str], ground: Ground, *, moved: bool = True, clause: bool = True) -> bool:
    """Whether `text` is one of `parts`, all `plain`, with some of its words in the place of others, and is none as
    it stands.

    Words may be left out, moved (with `moved`; in a `clause` with what marks their part), or led in by others; but
    引进科技成果 isn't 引进知识产权, though both stand nearby.
    """
    likely = {part: like for part in parts if (like := likeness(text, part, ground)) >= ALIKE}
    return bool(likely) and (
        (clause and _of_another(text, likely, ground))
        or all(
            any(_put_in(text, part, likely, ground, moved=moved)) or (clause and _agents_exchanged(text, part, ground))
            for part in likely
        )
    )


def _of_another(text: str, likely: dict[str, float], ground: Ground) -> bool:
    """Whether the likeliest clause has one word where `text` has others that stand in other clauses only: of
    公交提早，地铁延长 the lie 公交延长."""
    clauses = [part for part in likely if len(clauses_of(part)) == 1]
    own = figures(text)
    clauses = [part for part in clauses if any(f.same(mine) for f in figures(part) for mine in own)] or clauses
    best = max((likely[part] for part in clauses), default=0)
    return bool(clauses) and all(_one_put_in(text, part, ground) for part in clauses if likely[part] == best)


def _one_put_in(text: str, part: str, ground: Ground) -> bool:
    """Whether one word of `part` gave way to others that it hasn't."""
    mine, its = _compared(text, part, ground)
    for how, _, b, c, d in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        one = how == "replace" and d - c == 1 and len(its[c]) > 1 and mine[b - 1] not in (_PLACE, _TITLE)
        if one and its[c] not in mine and not stands(mine[b - 1], part) and not stands(its[c], text):
            return True
    return False


def _agents_exchanged(text: str, part: str, ground: Ground) -> bool:
    return not agents_alike(ground.masked(text), ground.masked(part), ground.words(text))


def _put_in(text: str, part: str, parts: Iterable[str], ground: Ground, *, moved: bool) -> Iterator[bool]:
    """For each word that `text` has where `part` has another or none, whether it is new to it; before its first word
    new ones only lead in, and behind its last one they may go on as in another of `parts`
    (甲每季度报送数据，乙每半年报送)."""
    mine, its = _compared(text, part, ground)
    opening = next((n for n, word in enumerate(mine) if word not in (_PLACE, _TITLE)), 0)
    for how, a, b, c, d in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        goes_on = how == "delete" and b == len(mine) and c == len(its) and _goes_on(mine[a - 1 :], parts, ground)
        replaced = how == "replace" and any(word != _TITLE for word in its[c:d])
        new = replaced or (a > opening and not goes_on)
        for word in mine[a:b] if how in ("replace", "delete") else ():
            if word in (_PLACE, _TITLE):
                yield replaced and b - a == 1 and a > 0 and not any(map(_NAMES.search, its[c:d]))
            else:
                again = replaced and moved and stands(word, part) and _oftener(word, "|".join(mine), part)
                yield again or _said_twice(word, mine, its) or (new and (not moved or not stands(word, part)))


def _oftener(word: str, text: str, part: str) -> bool:
    """Whether `text` has the word, or where `part` has it in two halves each of them, oftener than `part`."""
    if word in part:
        return text.count(word) > part.count(word)
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return not any(all(half in part and text.count(half) <= part.count(half) for half in halves) for halves in cuts)


def _goes_on(run: Sequence[str], parts: Iterable[str], ground: Ground) -> bool:
    """Whether the words of `run` stand one behind the other in one of `parts`."""
    rows = (ground.words(part, place=_PLACE, title=_TITLE) for part in parts)
    return any(tuple(run) == row[i : i + len(run)] for row in rows for i in range(len(row)))


def _said_twice(word: str, mine: Sequence[str], its: Sequence[str]) -> bool:
    """Whether `mine` has the word more often than `its` has, or has it and its two parts besides: 数据共享, 数据."""
    if word in its:
        return mine.count(word) > its.count(word)
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(one in its and other in its and (one in mine or other in mine) for one, other in cuts)
