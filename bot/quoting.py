"""Quotes the passage that answers: the part of it worth reading, under the name of whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece
from bot.evidence import usable
from bot.kinds.leads import with_items
from bot.kinds.persons import names_person
from bot.novelty import begins_item, tells
from bot.passages import Passage, placed
from bot.question.series import ranks
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import Kind
from bot.signals import fits
from bot.spans.choose import choose
from bot.spans.network import Network
from bot.trimming import UNFIT, asks_several, behind_mark, misplaced, trim
from vectorstore.model import Document
from vectorstore.regions import Gazetteer
from vectorstore.sentences import sentence_spans

LIMITS: dict[Kind, int] = {
    "number": 110, "date": 100, "person": 100, "definition": 220, "list": 400, "compare": 110, "across": 140,
    "yes_no": 110, "title": 110, "issuer": 110, "source": 110, "basis": 200, "doc_number": 110,
    "responsibility": 180, "duties": 180, "article": 380, "general": 150,
}  # fmt: skip
"""Characters a quotation may have, by kind of question: what one reads at a glance."""
CHOSEN: dict[Kind, int] = {"general": 200, "list": 400}
"""Kinds of which the words to quote are chosen, among several passages, by what was learned from answers; and the
characters such a quotation may have."""
SHORTENED: tuple[Kind, ...] = ("number", "date")
"""Kinds of which the sentence is chosen by rule, because there are many like figures, and its words as above."""
NAMES_LESS = 0.2
"""Share of the question's terms that the words quoted may hold less than the clauses they are chosen from."""
_TIME = re.compile(r"\d\s*[年月日]|[上下]半年|季度|[今去前明当本]年|截[至止]|目前|以来|[年月]底|“[一二三四十]{1,3}五”")
_OPENING_TIME = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?:[^，,。；;：:]{0,8}[：:])?"
    r"((?:预?计?到|至|截至|力争)?[^，,。；;：:]{0,6}(?:(?:19|20)\d{2}年|[今去明当]年|[上下]半年|“[一二三四十]{1,3}五”)[^，,。；;：:]{0,6}[，,])"
)
"""The time that a sentence opens with, behind its number and 主要目标：, and that governs its figures."""
_PARTS = re.compile(r"[，,：:；;。]")
_BETWEEN_CASES = re.compile(r"[；;\n]")
_CASE = re.compile(r"[^；;\n]+[；;]?")
_MEASURED = re.compile(r"(?<=\d)[十百千万亿]*[\u4e00-\u9fff%]")
"""The first character of what stands behind each figure."""
_WHO = re.compile(r"谁|哪[个家位座]")
"""One name is asked for, which the network, learned from answers of clauses, cuts away."""
_WHY = re.compile(r"为什么|为何|为啥|原因")
"""What asks for what stands before a sentence, not behind it."""
PRECISE: tuple[Kind, ...] = ("number", "date", "definition", "list", "compare", "across")
"""Kinds whose answer is a part of a sentence, however short the sentence."""
_POINTS_AT_PLACE = re.compile(r"(?:[全我本](?P<level>[省市区县州]))(?!域|场|级|分|别|政|委|人民|民)")
_NEXT_LINE = re.compile(r"\n([^\n:：]{2,40})(?=\n|$)")


def best(passages: Sequence[Passage], query: Query, terms: Terms, *, network: Network | None = None) -> list[Piece]:
    """The quotation from `passages` (best first) that answers `query`; empty when none does. `network` as in choose."""
    good = usable(passages, query, terms)
    if (
        query.kind in CHOSEN
        and not _WHO.search(query.text)
        and (chosen := choose(good, query, terms, limit=CHOSEN[query.kind], network=network))
    ):
        passage, start, end = chosen
        return with_items(Piece(passage.document, passage.chunk.path, start, end, _subject(passage, query, start, end)))
    for passage in good:
        short = _shortened(passage, quote(passage, query, terms), query, terms, network)
        piece = telling(passage, _with_other_cases(passage, short, query, terms), query)
        if piece and not misplaced(passage, piece.start, piece.end, query):
            return with_items(piece)
    return []


def quote(passage: Passage, query: Query, terms: Terms, *, label: str | None = None) -> Piece:
    """The part of `passage` that answers, labelled `label` or, where the words leave it out, the region asked about."""
    start, end = passage.start, passage.end
    limit = LIMITS[query.kind] * (2 if query.kind == "number" and asks_several(query.text) else 1)
    if query.kind in PRECISE or end - start > limit:
        start, end = trim(passage, query, terms, limit=limit)
    start = behind_mark(passage.document.text, start, end)
    if query.kind == "person":
        end = _with_colleagues(passage.document, end)
    return Piece(passage.document, passage.chunk.path, start, end, label or _subject(passage, query, start, end))


def _shortened(passage: Passage, piece: Piece, query: Query, terms: Terms, network: Network | None) -> Piece:
    """The part of a figure's or date's `piece` that was learned to answer; with the time that its sentence opens with
    where that stands just before it, or nothing else says when a figure holds."""
    if query.kind not in SHORTENED:
        return piece
    text, start, end = piece.document.text, piece.start, piece.end
    if _PARTS.search(text, start, end - 1) and _cases(text[start:end], query, _BETWEEN_CASES) == 1:
        chosen = choose([passage], query, terms, limit=LIMITS[query.kind], network=network)
        if (
            chosen
            and start <= chosen[1] < chosen[2] <= end
            and (
                _cases(text[start:end], query, _PARTS) == 1
                or _names_as_much(text[slice(*chosen[1:])], text[start:end], terms)
            )
        ):
            start, end = chosen[1:]
    if query.kind == "number" and (opening := _OPENING_TIME.match(text, passage.start, start)):
        untold = not _TIME.search(query.text + text[start:end])
        if (untold and end - opening.start(1) <= LIMITS[query.kind]) or opening.end() == start:
            start = opening.start(1)
    return replace(piece, start=start, end=end, label=piece.label or _subject(passage, query, start, end))


def _with_other_cases(passage: Passage, piece: Piece, query: Query, terms: Terms) -> Piece:
    """A figure's `piece`; with the whole of its case and of the others, where those have as fitting a figure and all
    that the piece says of what is asked, or another step of its scale: alone it would be told of every case
    (每餐补贴3元 without 80周岁以上…5元)."""
    text, start, end = piece.document.text, piece.start, piece.end
    if query.kind != "number" or query.figures or ranks(query.text):
        return piece
    said = fold(text[start:end])
    held, steps = [term for term, _ in terms.weights if term in said], {kind for kind, _ in ranks(said)}
    spans = [(passage.start + m.start(), passage.start + m.end()) for m in _CASE.finditer(passage.text)]
    own = [(a, b) for a, b in spans if a < end and start < b]
    others = [
        (a, b)
        for a, b in spans
        if (a, b) not in own
        and fits(query, text[a:b]) >= fits(query, text[start:end]) > UNFIT
        and (all(term in fold(text[a:b]) for term in held) or steps & {kind for kind, _ in ranks(text[a:b])})
        and set(_MEASURED.findall(said)) <= set(_MEASURED.findall(fold(text[a:b])))
    ]
    if not held or not own or not others:
        return piece
    first, last = min(a for a, _ in (*own, *others)), max(b for _, b in (*own, *others))
    last = first + len(text[first:last].rstrip("；; \n"))
    return replace(piece, start=first, end=last) if last - first <= 2 * LIMITS["number"] else piece


def _names_as_much(part: str, whole: str, terms: Terms) -> bool:
    """Whether `part` holds nearly all that `whole` does of what is asked about: of several figures it is that one."""
    return terms.coverage((fold(part), 1.0)) >= terms.coverage((fold(whole), 1.0)) - NAMES_LESS


def _cases(text: str, query: Query, between: re.Pattern[str]) -> int:
    """How many parts of `text` have what is asked for: each, at least between semicolons, is of a case of its own."""
    fitting = [fits(query, part) for part in between.split(text)]
    return fitting.count(max(fitting))


def telling(passage: Passage, piece: Piece, query: Query) -> Piece | None:
    """`piece` of `passage` if it tells what was asked; else its whole sentence, with so many behind it under the same
    item that they tell; None if none do."""
    document = passage.document.text
    if tells(query, (piece.label or "") + document[piece.start : piece.end]):
        return piece
    behind = [] if _WHY.search(query.text) else sentence_spans(document[passage.end : passage.chunk.end])
    for start, end in [(0, 0), *behind]:
        told = document[passage.start : passage.end + end]
        if len(told) > LIMITS["definition"] or begins_item(document[passage.end + start : passage.end + end]):
            break
        if tells(query, told):
            return replace(piece, start=passage.start, end=passage.end + end)
    return None


def _with_colleagues(document: Document, end: int) -> int:
    """The end of the lines after `end` that go on naming office-holders under the same heading."""
    while (line := _NEXT_LINE.match(document.text, end)) and names_person(line.group(1)):
        end = line.end()
    return end


def _subject(passage: Passage, query: Query, start: int, end: int) -> str | None:
    """Whose the quotation is, where its words leave that out: the region asked about, or that of a figure, of 全省."""
    if query.kind not in ("number", "date", "yes_no", "general", "list"):
        return None
    said = passage.document.text[start:end]
    place = placed(passage.chunk.region or passage.document.region or "")
    if place is None or place.short in said or Gazetteer().find(said):
        return None
    if len(query.regions) == 1 and query.kind in ("number", "date"):
        region = query.regions[0]
        return region.local if region.short in place.name else None
    pointed = _POINTS_AT_PLACE.search(said)
    if pointed and pointed["level"] == "省":
        return place.province
    # In one document's answer to a question that names the document its region is no news.
    return place.local if pointed or (query.kind == "number" and not query.regions) else None
