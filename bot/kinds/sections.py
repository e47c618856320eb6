"""Answers that are a section's own text: what stands under 主要目标, or behind the label 指导思想：."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.passages import Passage, documents_of
from bot.question.stopwords import GENERIC, STOP
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.tree import heading_span, leaves, without_label
from vectorstore.model import Document
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import words

LONGEST_TEXT = 260
"""Characters shown, up to a sentence's end."""
SAYS_IT = 0.8
"""Share of the question that a heading must cover, and of the heading that the question must."""
SAYS_ITS_KIND = 0.4
"""The same of a question of nothing but words that policies have for headings."""
NUMBERED = 8
"""Characters that a heading's number may have."""
_GOES_ON = tuple("，,；;、")
_BEFORE = re.compile(r"\A[\s。:：.？?！!]*(?:答\s*[:：]\s*)?")
"""What stands between a heading, which may be a question, and what it is over."""
_LABELLED = re.compile(r"^([\u4e00-\u9fff]{2,10})[:：][^\n]{10,}", re.M)


def section_text(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The opening of the section, or of the paragraph with a label before it (主要目标：…), that the question names.

    Empty unless its heading says what the question asks for and hardly anything besides.
    """
    best: tuple[float, Piece] | None = None
    for document in documents_of(passages, query):
        rest = terms.without(fold(document.title))
        # 发展目标 is what another calls 主要目标.
        least = SAYS_ITS_KIND if all(word in GENERIC for word, _ in rest.weights) else SAYS_IT
        for heading, path, start, end in _headed(document):
            own = rest.coverage((fold(heading), 1.0))
            core = [w for w in words(heading) if w not in STOP and len(w) > 1]
            asked = sum(w in query.text for w in core) / len(core) if core else 0.0
            if own >= least and asked >= SAYS_IT and (best is None or own + asked > best[0]):
                # What a question quotes it by, it shall find in the answer.
                whole = heading in document.text[start : start + len(heading) + NUMBERED]
                label = heading if not whole and any(heading in fold(q) for q in query.quoted) else None
                best = (own + asked, Piece(document, path, start, _cut(document, start, end), label))
    return [best[1]] if best else []


def _headed(document: Document) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Heading, path and body of every innermost section, and of every paragraph with a label before it."""
    for section in leaves(document):
        _, start = heading_span(document, section)
        body = document.text[start : section.end]
        start += len(body) - len(_BEFORE.sub("", body))
        if document.text[start : start + 1] in _GOES_ON:  # The heading is only the beginning of its sentence.
            start = heading_span(document, section)[0]
        if start < section.end:
            yield without_label(section.path[-1]), section.path, start, section.end
    for match in _LABELLED.finditer(document.text):
        yield without_label(match.group(1)), (), match.start(1), match.end()


def _cut(document: Document, start: int, end: int) -> int:
    """The end of the last sentence that fits into LONGEST_TEXT characters from `start`, at least one."""
    fitting = start
    for _, b in sentence_spans(document.text[start:end]):
        if fitting > start and b > LONGEST_TEXT:
            break
        fitting = start + b
    return fitting
