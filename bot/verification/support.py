"""Which sentences of a passage say what a sentence of an answer says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verification.checks import holds
from bot.verification.clauses import clauses_of
from bot.verification.confines import condition_kept
from bot.verification.dates import days
from bot.verification.edits import exchanged, likeness
from bot.verification.exceptions import exceptions_alike
from bot.verification.ground import Ground, neighbours
from bot.verification.labels import without_label
from bot.verification.names import codes, offices, ordinals, titles
from bot.verification.relations import reasons_alike, says_now
from bot.verification.sayings import reading
from bot.verification.swaps import swapped
from bot.verification.values import figures
from bot.verification.wording import content, stands

LEAST = 1.0
"""Share of the characters of a clause's words that one sentence of the passage and what governs it must have."""
COPIED = 0.85
"""Share of the words of an answer's sentence that a passage's has in the same order, from which on it is a copy."""
LONGEST = 400
"""Characters of a passage that one sentence of an answer may rest on."""
_EDGES = " 。.;;,，；!?！？:：、\n"
_COUNT = re.compile(r"^\d{1,2}[.、)]\s*(?!\d)")
"""An answer counts its own items: 1. in its sentence tells nothing."""
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_CITED = re.compile(r"《[^《》]*》")
_NUMBERED = re.compile(r"\d|第[一二三四五六七八九十百\d]")
_COPIED_LENGTH, _COPIED_SHARE = 8, 0.6
"""Characters, and share of the characters, of a clause that a sentence has as they stand, from which on it is one of
that sentence's: no other may say how it goes on."""
_ASKS = "?？"
_TOGETHER = 3
"""Sentences of a passage that one sentence of an answer may run together, for being compared with them."""


def supporting_span(
    sentence: str, ground: Ground, *, said: str = "", least: float = LEAST, apart: bool = False
) -> tuple[int, int] | None:
    """The shortest run of the passage's sentences that says `sentence`, as a span of the document; None if none does.

    `said` is what the answer's sentence said before this part of it, resting on another passage if `apart`. Every
    clause must be said by one sentence of the run, with all its figures, dates, names and words, turned the same way
    (must not, may, …), under the same conditions and for the same reasons.
    """
    text = without_label(_COUNT.sub("", reading(sentence).strip(_EDGES)))
    if not says_anything(text):
        return None
    if not said and not says_now(text) and (found := _copied(_without_lead(text), ground)):
        return found
    clauses = _whole_clauses(text, ground)
    if not clauses or not ground.plains or not _worth_reading(clauses, ground, least):
        return None
    before = reading(said)
    for cut in dict.fromkeys((tuple(clauses), tuple(_rejoined(clauses, text, ground)))):
        if span := _said_by(cut, text, before, ground, least=least, apart=apart):
            return span
    return None


def _said_by(
    clauses: Sequence[str], text: str, before: str, ground: Ground, *, least: float, apart: bool
) -> tuple[int, int] | None:
    """The shortest run of sentences that says all `clauses` of the sentence `text` behind `before`."""
    holding: list[list[bool]] = []
    for clause in clauses:
        row = [
            holds(clause, before, ground, i, whole=text, least=least, apart=apart) for i in range(len(ground.plains))
        ]
        copied = max(_COPIED_LENGTH, int(_COPIED_SHARE * len(clause)))
        if any(clause[:copied] in plain and plain[-1:] not in _ASKS for plain in ground.plains):
            row = [
                held and _goes_on(clause, copied, plain, ground) for held, plain in zip(row, ground.plains, strict=True)
            ]
        if holding and (f"({clause})" in text or f"){clause}" in text):
            row = [mine and its for mine, its in zip(row, holding[-1], strict=True)]
        if not any(row):
            return None
        holding.append(row)
        before += clause + ","
    charged = [n for n, clause in enumerate(clauses) if offices(clause)]
    if not any(map(ground.in_charge, clauses)) and _exchanged(text, ground):
        return None
    if len(clauses) > 1:
        _confine_copy(text, ground, holding)
    for first, last in neighbours(len(ground.plains)):
        start, end = ground.spans[first][0], ground.spans[last][1]
        # Who has which part in a task, one sentence must say.
        together = not charged or any(all(holding[n][i] for n in charged) for i in range(first, last + 1))
        if (
            together
            and all(any(row[first : last + 1]) for row in holding)
            and reasons_alike(text, ground.plains[first : last + 1], ground.context)
            and not swapped(text, ground.run(first, last))
            and (end - start <= LONGEST or first == last)
        ):
            return start, end
    return None


def _goes_on(clause: str, copied: int, plain: str, ground: Ground) -> bool:
    """Whether the sentence `plain` has the first `copied` characters of the clause and all words behind them."""
    return clause[:copied] in plain and all(
        stands(word, plain) for word in ground.words(clause) if word not in clause[:copied]
    )


def _without_lead(text: str) -> str:
    """A `plain` sentence from its first clause that claims something: without 根据文件，."""
    while (cut := _COMMA.search(text)) and not _claims(text[: cut.start()]):
        text = text[cut.end() :]
    return text


def _copied(text: str, ground: Ground) -> tuple[int, int] | None:
    """The sentences of which `text` is whole clauses, as they stand, and no rule without its condition or exception."""
    if text not in ground.whole:
        return None
    first = clauses_of(text)[:1]
    runs = (
        run
        for run in neighbours(len(ground.plains))
        if ground.at_clause(text, *run)
        and (not first or condition_kept(first[0], text, ground.run(*run)))
        and all(exceptions_alike(clause, text, ground.run(*run)) for clause in first)
    )
    return next(((ground.spans[first][0], ground.spans[last][1]) for first, last in runs), None)


def _worth_reading(clauses: list[str], ground: Ground, least: float) -> bool:
    """Whether the passage has the words of every clause at all."""
    for clause in clauses:
        words = ground.words(clause)
        if sum(len(w) for w in words if stands(w, ground.everything)) < least * sum(map(len, words)):
            return False
    return True


def _exchanged(text: str, ground: Ground) -> bool:
    """Whether the sentence is one of the passage's, or some run together, with words exchanged."""
    copies = (ground.plains, True), (ground.runs(_TOGETHER), False)
    return all(exchanged(text, parts, ground, moved=moved, clause=False) for parts, moved in copies)


def _confine_copy(text: str, ground: Ground, holding: list[list[bool]]) -> None:
    """A copy of one sentence must be that one's in everything: a clause that only others hold isn't held then."""
    alike = [likeness(text, source, ground) for source in ground.plains]
    if max(alike) >= COPIED:
        for row in holding:
            row[:] = [held and like == max(alike) for held, like in zip(row, alike, strict=True)]


def _whole_clauses(text: str, ground: Ground) -> list[str]:
    """The clauses of a `plain` sentence that claim something; 到2021年 alone is a part of the next one."""
    found: list[str] = []
    opening = ""
    for clause in filter(_claims, clauses_of(text)):
        if ground.words(clause):
            found.append(opening + clause)
            opening = ""
        else:
            opening += clause + ","
    return [*found, opening[:-1]] if opening else found


def _rejoined(clauses: list[str], text: str, ground: Ground) -> list[str]:
    """The clauses of `text`, two as one where a comma parts what one clause of the passage says: 各地可以，放宽条件."""
    found: list[str] = []
    for clause in clauses:
        cut = found and f"{found[-1]},{clause}" in text
        if cut and any(_in_order([*ground.words(found[-1]), *ground.words(clause)], part) for part in ground.clauses):
            found[-1] += clause
        else:
            found.append(clause)
    return found


def _in_order(words: Sequence[str], text: str) -> bool:
    """Whether `text` has the words one behind the other."""
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


def _claims(clause: str) -> bool:
    """Whether a `plain` clause says anything that a source could bear out."""
    return any(read(clause) for read in (content, figures, days, codes, ordinals, offices, titles))


def says_anything(sentence: str) -> bool:
    """Whether a sentence claims something, be it true or not; 根据资料，如下： doesn't."""
    return any(_claims(clause) for clause in clauses_of(reading(sentence)))


def leads_in(part: str) -> bool:
    """Whether a part of a sentence only says when, where or by what article or document the next one holds."""
    words = [word for word in content(_CITED.sub("", reading(part))) if not _NUMBERED.match(word)]
    return len(words) < 2 and not figures(reading(part))
