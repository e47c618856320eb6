"""Checks what a writer wrote against the passages it was given, and repairs what can be repaired. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Citation
from bot.verification.ground import Ground
from bot.verification.markers import has_markers, unlike_markers
from bot.verification.names import region_of
from bot.verification.relations import gives_reason
from bot.verification.sayings import reading
from bot.verification.sentences import Sentence, is_courtesy, sentences_of
from bot.verification.source import Source
from bot.verification.support import LEAST, leads_in, says_anything, supporting_span
from bot.verification.values import plain
from bot.verification.verbatim import problems
from vectorstore.regions import Region

LONGEST_SENTENCE = 500
"""Characters of a sentence that is read at all; no passage bears out a longer one, and reading it could take long."""
_BEHIND_COMMA = re.compile(r"(?<=[，；])")
_POINTS_BACK = re.compile(r"\W*(?:该|此|这|它|其(?!他|它|余)|上述)")
_CLOSED = "。！？；;…：:"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of an answer stands: `text` with markers [1]…[n], and `citations` numbered so, each the tightest quote."""

    text: str
    citations: tuple[Citation, ...]
    dropped: tuple[str, ...] = ()
    """Sentences that claim what no passage bears out; for quotations, what is wrong with them."""
    moved: int = 0
    """Sentences whose marker named no passage that bears them out, while another passage does."""


def verify(
    draft: str, sources: Sequence[Source], *, quotations: Sequence[Citation] | None = None, least: float = LEAST
) -> Verdict:
    """What of `draft`, whose marker [n] names `sources[n - 1]`, the sources bear out. Never raises.

    A sentence stands when a source it cites says it: with all its figures, dates, document numbers, articles, names
    and words, forbidding, allowing and denying the same. One that another source says gets that source's marker; one
    that none says is dropped, and so is one that would be read as about another place or document than its source's.
    With `quotations`, the citations of an extractive answer numbered 1..n, a sentence must
    be its citation's own words, and the draft stands as a whole or falls. `least` as in `bot.verification.support`.
    """
    if quotations is not None:
        wrong = problems(draft, quotations)
        return Verdict("", (), tuple(wrong)) if wrong else Verdict(draft, tuple(quotations))
    named = {name for source in sources for name in (source.region, source.document.region) if name}
    known = tuple(sorted(name for name in named if region_of(name)))
    grounds = [Ground(source, known) for source in sources]
    bracketed = "\n".join(plain(source.text) for source in sources if has_markers(source.text))
    sentences = sentences_of(draft, len(grounds), lambda text: plain(text) in bracketed)
    kept: list[tuple[Sentence, list[Citation]]] = []
    dropped: list[str] = []
    moved = 0
    last: _Found = []
    numbers: dict[tuple[str, int, int], int] = {}
    for sentence in sentences:
        if len(sentence.text) > LONGEST_SENTENCE:
            dropped.append(sentence.text)
            continue
        cited = [grounds[n - 1] for n in sentence.numbers]
        found = _borne_out(sentence.text, cited, least=least)
        # 该项工作 that nothing stands before is what the cited passage speaks of, and of no other.
        if not found and (last or not _POINTS_BACK.match(sentence.text)):
            found = _elsewhere(sentence.text, [g for g in grounds if g not in cited], least=least)
            found = found or _of_one_document(sentence.text, cited, grounds, least=least)
            moved += bool(found and sentence.numbers)
        if found and not _strays(sentence.text, found, last):
            last = found
            kept.append((sentence, [_citation(ground, span, numbers) for ground, span in found]))
        elif says_anything(sentence.text) and not is_courtesy(sentence.text):
            dropped.append(sentence.text)
    citations = {c.number: c for _, cited in kept for c in cited}
    return Verdict(_text(kept), tuple(citations[n] for n in sorted(citations)), tuple(dropped), moved)


_Found = list[tuple[Ground, tuple[int, int]]]


def _borne_out(sentence: str, cited: Sequence[Ground], *, least: float) -> _Found:
    """Those of the cited passages that say the sentence; where none does alone, those that say it together."""
    alone = [(g, span) for g in cited if (span := supporting_span(sentence, g, least=least))]
    return alone or (_together(sentence, cited, least=least) if len(cited) > 1 else [])


def _together(sentence: str, grounds: Sequence[Ground], *, least: float, apart: bool = False) -> _Found:
    """The passages that say the parts of the sentence, one after another; none unless each part is said."""
    together: _Found = []
    if gives_reason(reading(sentence)):
        return []  # that one thing follows from another, one passage must say
    said = ""
    for part in _parts(sentence):
        if says_anything(part):
            spans = ((g, supporting_span(part, g, said=said, least=least, apart=apart)) for g in grounds)
            held = next(((g, span) for g, span in spans if span), None)
            if held is None:
                return []
            if held not in together:
                together.append(held)
        said += part
    return together


def _elsewhere(sentence: str, grounds: Sequence[Ground], *, least: float) -> _Found:
    """The first passage that says the sentence."""
    for ground in grounds:
        if span := supporting_span(sentence, ground, least=least):
            return [(ground, span)]
    return []


def _of_one_document(sentence: str, cited: Sequence[Ground], grounds: Sequence[Ground], *, least: float) -> _Found:
    """The passages of one document that say the sentence together: of a cited one first, else of any."""
    if len(_parts(sentence)) < 2:
        return []
    for document in dict.fromkeys(ground.source.document.id for ground in (*cited, *grounds)):
        its = [ground for ground in grounds if ground.source.document.id == document]
        if len(its) > 1 and (found := _together(sentence, its, least=least, apart=True)):
            return found
    return []


def _strays(sentence: str, found: _Found, last: _Found) -> bool:
    """Whether a sentence that doesn't name what it is about would be read as about what the one before it, `last`, is
    about, and isn't: 该市 for another city than the last, 该办法 for another document."""
    if not last:
        return False
    same = {ground.source.document.id for ground, _ in found} & {ground.source.document.id for ground, _ in last}
    if _POINTS_BACK.match(sentence):
        return not same
    if same or any(ground.places_in(reading(sentence)) for ground, _ in found):
        return False
    here, there = _about(found), _about(last)
    return bool(here and there) and not any(a.covers(b) or b.covers(a) for a in here for b in there)


def _about(found: _Found) -> set[Region]:
    """The regions that the passages are about."""
    return {region for ground, _ in found for region in ground.regions}


def _parts(sentence: str) -> list[str]:
    """The sentence cut behind ， and ；; what only says when, where or by what document
    belongs to what follows."""
    parts: list[str] = []
    opening = ""
    for part in _BEHIND_COMMA.split(sentence):
        opening += part
        if not leads_in(opening):
            parts.append(opening)
            opening = ""
    return [*parts, opening] if opening else parts


def _citation(ground: Ground, span: tuple[int, int], numbers: dict[tuple[str, int, int], int]) -> Citation:
    """The citation of a span, under the number it has or the next one."""
    document = ground.source.document
    number = numbers.setdefault((document.id, *span), len(numbers) + 1)
    return Citation(number, document, ground.source.path, *span, document.text[span[0] : span[1]])


def _text(kept: Sequence[tuple[Sentence, list[Citation]]]) -> str:
    """The sentences that stand, each closed and with its markers, in the lines of the draft."""
    text, line = "", None
    for i, (sentence, citations) in enumerate(kept):
        if line is not None and sentence.line != line:
            text += "\n"
        line = sentence.line
        shown = unlike_markers(sentence.text)
        last = i + 1 == len(kept) or kept[i + 1][0].line != line
        if last and shown[-1] in "；;":
            shown = shown[:-1] + "。"
        if shown[-1] in "!?":  # ![1] would be a picture
            shown = shown[:-1] + {"!": "！", "?": "？"}[shown[-1]]
        closing = "" if shown[-1] in _CLOSED else "。"
        text += shown + closing + "".join(f"[{n}]" for n in sorted({c.number for c in citations}))
    return text
