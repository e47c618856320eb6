"""Answers that list: the items under the heading a question names, or the 一是…二是… of its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.counting import asked_count, counted_thing
from bot.passages import TITLE_CREDIT, Passage, documents_of
from bot.stopwords import STOP
from bot.terms import Terms
from bot.tree import families, heading_span, leaves, without_label
from bot.understand import Query, fold
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import words

ENOUGH_HEADING = 0.5
"""Share that a heading must cover of the question's terms that the document's title doesn't hold."""
ENOUGH_ALTOGETHER = 0.6
"""Share that heading, headings above and title must cover of all of them."""
MARGIN = 0.1
"""How much more of the question a sentence must cover than the heading to be the better list."""
BESIDES = 0.01
"""What a character of a heading costs."""
LONGEST_RUN = 500
LONGEST_LEAD = 120
LONGEST_LIST = 560
LONGEST_TEXT = 260
SAYS_IT = 0.8
"""Share of the question that a heading must cover, and of the heading that the question must."""
_LABELLED = re.compile(r"^([\u4e00-\u9fff]{2,10})[:：][^\n]{10,}", re.M)
_RUN = re.compile(r"(?:^|(?<=[。；;：:，,\s]))[一二三四五六七八九十]是")


def listing(passages: Sequence[Passage], query: Query, terms: Terms, *, rival: float) -> list[Piece]:
    """The items of the section whose heading the question names, in order; empty when none is named or it lists none.

    Nor when a sentence that enumerates covers more of the question (`rival`, 0 to 1) than the heading does, unless
    there are as many items as the question says.
    """
    asked, thing = asked_count(query.text), counted_thing(query.text)
    best: tuple[float, list[Piece]] = (0.0, [])
    for document in documents_of(passages, query):
        title = fold(document.title)
        rest = terms.without(title)
        lists = {id(section): pieces for section, pieces in _lists(document)}
        for section in document.sections:
            pieces = lists.get(id(section), [])
            heading = fold(section.path[-1] + (_lead(section, pieces[0]) if pieces else ""))
            own = rest.coverage((heading, 1.0))
            layers = ((heading, 1.0), (title, TITLE_CREDIT), (fold(" ".join(section.path)), TITLE_CREDIT))
            altogether = terms.coverage(*layers)
            counted = bool(pieces) and asked == len(pieces)
            if (
                own < max(ENOUGH_HEADING, 0.0 if counted else rival - MARGIN)
                or altogether < ENOUGH_ALTOGETHER * TITLE_CREDIT
            ):
                continue
            if pieces and asked and asked != len(pieces):
                continue
            if pieces and thing and thing not in heading and not all(thing in _text(piece) for piece in pieces):
                continue
            # Of two headings that both name it, the one that says less besides is meant.
            score = own + altogether - BESIDES * len(heading)
            if score > best[0]:
                best = (score, pieces)
    return best[1]


def _lead(section: Section, first: Piece) -> str:
    """The words before the first item that announce the list (…应当具备下列条件：), else nothing."""
    lead = first.document.text[section.start : first.start].strip()
    return lead if lead.endswith((":", "：")) and len(lead) <= LONGEST_LEAD else ""


def section_text(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The opening of the section, or of the paragraph with a label before it (主要目标：…), that the question names.

    Empty unless its heading says what the question asks for and hardly anything besides.
    """
    best: tuple[float, Piece] | None = None
    for document in documents_of(passages, query):
        rest = terms.without(fold(document.title))
        for heading, path, start, end in _headed(document):
            own = rest.coverage((fold(heading), 1.0))
            core = [w for w in words(heading) if w not in STOP and len(w) > 1]
            asked = sum(w in query.text for w in core) / len(core) if core else 0.0
            if own >= SAYS_IT and asked >= SAYS_IT and (best is None or own + asked > best[0]):
                best = (own + asked, Piece(document, path, start, _cut(document, start, end)))
    return [best[1]] if best else []


def _headed(document: Document) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Heading, path and body of every innermost section, and of every paragraph with a label before it."""
    for section in leaves(document):
        _, start = heading_span(document, section)
        body = document.text[start : section.end]
        start += len(body) - len(body.lstrip(" \n。:：."))
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


def _text(piece: Piece) -> str:
    return piece.document.text[piece.start : piece.end]


def _first_sentence(document: Document, section: Section) -> tuple[int, int]:
    """The heading, or the whole sentence where the heading is but the beginning of one."""
    start, end = heading_span(document, section)
    for a, b in sentence_spans(document.text[section.start : section.end]):
        if section.start + a <= start < section.start + b:
            return start, max(end, section.start + b)
    return start, end


def _lists(document: Document) -> Iterator[tuple[Section, list[Piece]]]:
    """Every section that lists: by sections under it, or by 一是…二是… in its own text."""
    for section, below in families(document):
        whole = [_first_sentence(document, s) for s in below]
        short = sum(end - start for start, end in whole) <= LONGEST_LIST
        spans = whole if short else [heading_span(document, s) for s in below]
        yield section, [Piece(document, s.path[:-1], *span) for s, span in zip(below, spans, strict=True)]
    for section in leaves(document):
        body = document.text[section.start : section.end]
        marks = [m.start() for m in _RUN.finditer(body)]
        if len(marks) > 1 and section.end - section.start - marks[0] <= LONGEST_RUN:
            ends = [*marks[1:], len(body)]
            yield (
                section,
                [
                    Piece(
                        document,
                        section.path,
                        section.start + a,
                        section.start + a + len(body[a:b].rstrip(" \n；;，,")),
                    )
                    for a, b in zip(marks, ends, strict=True)
                ],
            )
