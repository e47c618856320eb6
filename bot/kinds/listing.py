"""Answers that list: the items under the heading a question names, or the 一是…二是… of its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.passages import TITLE_CREDIT, Passage, documents_of
from bot.question.counting import asked_count, counted_thing, says_count
from bot.question.stopwords import GENERIC
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.tree import families, heading_span, leaves, without_label
from vectorstore.model import Document, Section
from vectorstore.regions import Gazetteer
from vectorstore.sentences import sentence_spans

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
"""Characters that a run of 一是…二是…, the words that announce a list, and a list of whole sentences may have."""
LONGEST_ARTICLES = 800
"""Characters of the first sentences of a chapter's articles."""
SHORT_HEADING = 8
"""Characters of a heading that is hardly more than the name of what is listed."""
LEAST_SENTENCES, LONGEST_PRINCIPLE = 2, 40
"""Sentences of a paragraph that begins with a principle, and characters of the principle."""
BARE = 4
"""Characters of a heading, number aside, that name no item without its first sentence (（一）创造)."""
MANY = 3
"""How many times as many items a list has in all as of one region, if it is a list of many regions."""
_RUN = re.compile(
    r"(?:^|(?<=[。；;：:，,\s]))(?:[一二三四五六七八九十]是|第[一二三四五六七八九十](?:[，,、：:]|个?(?:方面)?是)|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_ASKS_FOR_PARTS = re.compile(r"章|部分|结构|目录|框架")
_GOES_ON = re.compile(r"\s*[，,、；;]")


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
        # 某事有哪些任务措施 names the heading itself, which a sentence that lists something else can't outdo.
        general = _is_general(rest)
        least = max(ENOUGH_HEADING, 0.0 if general else rival - MARGIN)
        lists = {id(section): pieces for section, pieces in _lists(document)}
        for section in document.sections:
            pieces = lists.get(id(section), [])
            if not pieces and id(section) in lists:
                continue  # A chapter of many articles doesn't answer, and isn't in the way.
            heading = fold(section.path[-1] + (_lead(section, pieces[0]) if pieces and not general else ""))
            own = rest.coverage((heading, 1.0))
            layers = ((heading, 1.0), (title, TITLE_CREDIT), (fold(" ".join(section.path)), TITLE_CREDIT))
            altogether = terms.coverage(*layers)
            counted = bool(pieces) and asked == len(pieces)
            if own < (ENOUGH_HEADING if counted else least) or altogether < ENOUGH_ALTOGETHER * TITLE_CREDIT:
                continue
            if pieces and asked and asked != len(pieces):
                continue
            if len(section.path) < 2 and _is_whole_document(pieces) and not _ASKS_FOR_PARTS.search(query.text):
                continue
            if pieces and thing and not _counts(section, thing, asked) and not all(thing in _text(p) for p in pieces):
                continue
            # Of two headings that both name it, the one that says less besides is meant.
            score = own + altogether - BESIDES * len(heading)
            if score > best[0]:
                best = (score, pieces)
    return best[1]


def _is_general(terms: Terms) -> bool:
    """Whether all that is left of a question are words that policies have for headings."""
    return all(word in GENERIC for word, _ in terms.weights)


def _is_whole_document(pieces: Sequence[Piece]) -> bool:
    """Whether a list is the chapters of a rule, of which 总则 and 附则 are none of what it is about."""
    return any(re.search(r"总\s*则|附\s*则", _text(p)[:12]) for p in pieces)


def _counts(section: Section, thing: str, asked: int | None) -> bool:
    """Whether the heading says that it has so many of the thing (三大特色), or is called by it (基本原则)."""
    heading = without_label(section.path[-1])
    if asked is not None and says_count(heading, asked) and thing in heading:
        return True
    return thing in heading and len(heading) <= SHORT_HEADING


def of_region(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """The items of a list of many regions' items that are of the region asked about (17.某市探索…)."""
    names = tuple({name for region in query.regions for name in (region.local, region.name)})
    for document in documents_of(passages, query) if names else ():
        items = [s for s in leaves(document) if Gazetteer().find(without_label(s.path[-1])[:4])]
        own = [s for s in items if without_label(s.path[-1]).startswith(names)]
        if own and len(items) >= MANY * len(own):
            return [Piece(document, s.path[:-1], *heading_span(document, s)) for s in own]
    return []


def _lead(section: Section, first: Piece) -> str:
    """The words before the first item that announce the list (…应当具备下列条件：), else nothing."""
    lead = first.document.text[section.start : first.start].strip()
    return lead if lead.endswith((":", "：")) and len(lead) <= LONGEST_LEAD else ""


def _text(piece: Piece) -> str:
    return piece.document.text[piece.start : piece.end]


def _first_sentence(document: Document, section: Section, *, after_heading: bool) -> tuple[int, int]:
    """The heading with the rest of the sentence it begins, and with the sentence after it if `after_heading`."""
    start, end = heading_span(document, section)
    for a, b in sentence_spans(document.text[section.start : section.end]):
        if section.start + a <= start < section.start + b:
            end = max(end, section.start + b)
        elif after_heading and section.start + a >= end:
            return start, section.start + b
    return start, end


def _principles(document: Document, section: Section) -> list[tuple[int, int]]:
    """The first sentences of a section's paragraphs, where each is short and explained by what follows it (坚持…)."""
    _, start = heading_span(document, section)
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", document.text[start : section.end].lstrip("。 \n")):
        sentences = sentence_spans(line.group())
        if len(sentences) < LEAST_SENTENCES or sentences[0][1] > LONGEST_PRINCIPLE:
            return []
        at = section.end - len(document.text[start : section.end].lstrip("。 \n")) + line.start()
        spans.append((at + sentences[0][0], at + sentences[0][1]))
    return spans


def _shortened(
    document: Document, headings: Sequence[tuple[int, int]], whole: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The items' first sentences where they are short together, else their headings; but where a heading is only the
    beginning of a sentence (依托三家高校,建设…), that sentence, as long as there is room."""
    room = LONGEST_LIST - sum(end - start for start, end in headings)
    if sum(end - start for start, end in whole) <= LONGEST_LIST:
        return [*whole]
    spans = [*headings]
    for i in sorted(range(len(spans)), key=lambda i: whole[i][1] - headings[i][1]):
        more = whole[i][1] - headings[i][1]
        if _GOES_ON.match(document.text, headings[i][1]) and 0 < more <= room:
            spans[i], room = whole[i], room - more
    return spans


def _lists(document: Document) -> Iterator[tuple[Section, list[Piece]]]:
    """Every section that lists: by sections under it, or by 一是…二是… in its own text."""
    for section, below in families(document):
        bare = all(len(without_label(s.path[-1])) <= BARE for s in below)
        whole = [_first_sentence(document, s, after_heading=bare) for s in below]
        if any(not without_label(s.path[-1]) for s in below):  # Articles: their numbers alone tell nothing.
            spans = whole if sum(end - start for start, end in whole) <= LONGEST_ARTICLES else []
        else:
            spans = _shortened(document, [heading_span(document, s) for s in below], whole)
        yield section, [Piece(document, s.path[:-1], *span) for s, span in zip(below, spans, strict=bool(spans))]
    for section in leaves(document):
        body = document.text[section.start : section.end]
        if len(told := _principles(document, section)) > 1:
            yield section, [Piece(document, section.path, *span) for span in told]
        marks = [m.start() for m in _RUN.finditer(body)]
        if len(marks) > 1:
            ends = [*marks[1:], len(body)]
            if len(body) - marks[0] > LONGEST_RUN:  # Then each is told by its first sentence.
                ends = [a + sentence_spans(body[a:b])[0][1] for a, b in zip(marks, ends, strict=True)]
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
