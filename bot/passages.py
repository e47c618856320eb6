"""Sentences of the retrieved chunks as candidate answers, scored against the question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.prepared import Prepared, prepared
from bot.question.series import of_another_member, of_another_period, of_another_rank
from bot.question.terms import Numbers, Terms
from bot.question.understand import OPENING, Query, fold
from bot.signals import fits
from vectorstore.model import Chunk, Document, Hit
from vectorstore.regions import Gazetteer, Region

# What a term counts that stands not in the sentence itself but in …
HEADING_CREDIT = 0.8
TITLE_CREDIT = 0.6
NEIGHBOUR_CREDIT = 0.6
CHUNK_CREDIT = 0.5
ANSWERS_CREDIT = 0.9
"""… the question, in the text, that the sentence answers."""
LEANS_CREDIT = 0.9
"""… the sentence before it that it goes on with (该项工作应于…, （联系人：…）): that counts as if it stood in it."""
# How the parts of a score weigh against the coverage of the question's terms.
KIND_WEIGHT = 0.35
FORM_WEIGHT = 0.6
"""The same for a definition, a list, an office, or yes or no: a sentence that only has the words is easily found."""
POINT_WEIGHT = 0.25
"""That of the terms which the document's title doesn't hold: what it is asked about itself."""
RETRIEVAL_WEIGHT = 0.15
ELSEWHERE = 0.35
"""A passage about another region or year than the one asked about keeps this share of its score."""
NAMES_PLACE = 0.2
"""What it is worth in a document of no region that the sentence itself names the region asked about."""
TELLS_NOTHING = 0.6
"""What a heading, or a sentence that only says that something follows, keeps of its score."""
A_NAME = 0.8
"""What a line without any mark, such as an annex's title, keeps of it where something is to be told."""

NOT_THE_RULE = 0.7
"""What a sentence keeps of it that says what breaking the rule costs, or since when it holds, if that isn't asked."""
_OF_PUNISHMENT = re.compile(r"罚|处分|处理|责任|后果|违反|违规|违法|没收|追究|怎么样|怎么办|会怎|吊销|责令|制裁|惩")
_OF_TIME = re.compile(r"施行|实施|生效|执行|什么时候|何时|哪[年天一]|日期|时间|以前|之前|以后|之后|衔接|过渡")
_OF_ONE = re.compile(r"[全我本][省市区县州]")
_OF_ALL = re.compile(
    r"(?<![占居列])(?:全国|我国|国家)(?!第|首|领先|前|率先|先进|最|级|标准|[\u4e00-\u9fff]{0,6}[局委部])"
)
LONGEST_BACK = 1000
"""Characters before a sentence in which a year may govern it."""
_OPENS_WITH_YEAR = re.compile(r"(?:^|(?<=[。；;]))\s*(?:到|至|截至)?(?:19|20)\d{2}年")
_OF_REPLY = re.compile(r"答复|批复|批了|批准|同意|为什么|为何|原因|意见|怎么办理|支持吗|支持了吗")
"""Asks what became of a request, which the request itself doesn't tell."""
_RELATIVE = re.compile(r"今年|本年度?|去年|上年度?(?!末)|[上下]半年|[一二三四]季度")
_LAST = ("去年", "上年", "上年度")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*年|\s*[-—–~至到])")


class Passage(NamedTuple):
    """A candidate: `document.text[start:end]`, with how well it fits the question.

    A tuple, which is made in a fifth of the time: a question has hundreds of candidates.
    """

    document: Document
    chunk: Chunk
    start: int
    end: int
    coverage: float
    """Share of the question's terms covered by the sentence, its heading path, title and neighbours: 0 to 1."""
    own: float
    """The same for the sentence alone."""
    fit: float
    """How well the wording suits the kind of question: 0 to 1."""
    in_place: bool
    """It is about a region and a year the question names (or the question names none)."""
    score: float

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def candidates(hits: Sequence[Hit], query: Query, terms: Terms) -> list[Passage]:
    """Every sentence of `hits` as a candidate, best first."""
    if not hits:
        return []
    chunks = [prepared(hit.chunk) for hit in hits]
    coverage, own, besides = _covered(hits, chunks, terms)
    top = max(hit.score for hit in hits) or 1.0
    retrieval = np.repeat([max(hit.score, 0.0) / top for hit in hits], [len(chunk.sentences) for chunk in chunks])
    fit = np.array([fits(query, sentence.text) for chunk in chunks for sentence in chunk.sentences])
    kind_weight = FORM_WEIGHT if query.kind in ("definition", "list", "person", "yes_no") else KIND_WEIGHT
    score = 0.6 * coverage + 0.4 * own + POINT_WEIGHT * besides + kind_weight * fit + RETRIEVAL_WEIGHT * retrieval
    numbers = zip(coverage.tolist(), own.tolist(), fit.tolist(), score.tolist(), strict=True)
    found = [
        passage
        for hit, chunk in zip(hits, chunks, strict=True)
        for passage in _of_chunk(hit, chunk, query, itertools.islice(numbers, len(chunk.sentences)))
    ]
    return sorted(found, key=lambda p: p.score, reverse=True)


def _covered(hits: Sequence[Hit], chunks: Sequence[Prepared], terms: Terms) -> tuple[Numbers, Numbers, Numbers]:
    """For every sentence of the chunks the share of the terms that it covers with what is around it, that it holds
    itself, and that it holds of those which its document's title doesn't."""
    in_whole = [terms.found(chunk.whole) for chunk in chunks]
    titles = {hit.document.title: terms.found(fold(hit.document.title)) for hit in hits}
    each = np.repeat(np.arange(len(chunks)), [len(chunk.sentences) for chunk in chunks])

    def rows(found: Iterable[list[float]]) -> Numbers:
        every = list(found)
        return np.array(every, dtype=np.float64).reshape(len(every), len(terms.weights))

    held = np.zeros((len(each), len(terms.weights)))
    first = np.searchsorted(each, np.arange(len(chunks))).tolist()
    cells = [
        cell
        for chunk, found, start in zip(chunks, in_whole, first, strict=True)
        for cell in terms.found_in_parts([sentence.folded for sentence in chunk.sentences], found, start)
    ]
    if cells:
        places, columns, far = zip(*cells, strict=True)
        held[places, columns] = far
    together = (each[1:] == each[:-1])[:, None]
    leans = np.array([sentence.leans for chunk in chunks for sentence in chunk.sentences])[1:, None] & together
    held[1:] = np.maximum(held[1:], np.where(leans, LEANS_CREDIT * held[:-1], 0.0))
    in_title = rows(titles[hit.document.title] for hit in hits)
    around = np.maximum(HEADING_CREDIT * rows(terms.found(chunk.headings) for chunk in chunks), TITLE_CREDIT * in_title)
    around = np.maximum(around, CHUNK_CREDIT * rows(in_whole))
    best = np.maximum(held, around[each])
    # What a neighbour in the same chunk holds counts less, but of a question that is answered here, nearly all.
    asks = np.array([sentence.asks for chunk in chunks for sentence in chunk.sentences])
    before = np.where(asks[:-1], ANSWERS_CREDIT, NEIGHBOUR_CREDIT)[:, None] * held[:-1]
    best[1:] = np.maximum(best[1:], np.where(together, before, 0.0))
    best[:-1] = np.maximum(best[:-1], np.where(together, NEIGHBOUR_CREDIT * held[1:], 0.0))
    return terms.shares(best), terms.shares(held), terms.shares_besides(in_title[each], held)


def _of_chunk(
    hit: Hit, chunk: Prepared, query: Query, numbers: Iterable[tuple[float, float, float, float]]
) -> Iterator[Passage]:
    """The chunk's sentences as candidates; `numbers` are coverage, own, fit and score of each, before its place, its
    form and its year are looked at."""
    document, start, text = hit.document, hit.chunk.start, hit.chunk.text
    title = fold(document.title)
    around = in_region(query.regions, hit.chunk, document, "")
    another = of_another_member(query.text, document.text)
    of_reply, punished, passing = _after(query.text)
    of_year = in_year(query.years, document, "", text)
    nowhere = bool(query.regions) and not (hit.chunk.region or document.region)
    for sentence, (coverage, own, fit, score) in zip(chunk.sentences, numbers, strict=True):
        at = start + sentence.start
        if (
            sentence.asks
            or sentence.captions
            or (sentence.folded in title and (sentence.folded == title or at < OPENING))
        ):
            continue  # A question is answered by what follows; a title and a table's head tell nothing but themselves.
        if query.kind == "responsibility" and sentence.punishes and not punished:
            continue  # Whoever punishes a breach isn't in charge of what was to be done.
        raw = sentence.text
        place = of_the_country(query, hit.chunk, document, raw) and (around or _names(query.regions, raw))
        if place and query.years:
            said = _said(query.years, raw, _counted_from(document, raw), _governing(document.text, at))
            place = of_year if said is None else said
        place = place and not (another or of_another_period(query.text, raw) or of_another_rank(query.text, raw))
        if (sentence.punishes and not punished) or (sentence.passes and not passing):
            score *= NOT_THE_RULE
        if not place:
            score *= ELSEWHERE
        elif nowhere and _names(query.regions, raw):
            score += NAMES_PLACE
        if (query.kind != "person" and sentence.heads) or sentence.announces or (of_reply and sentence.requests):
            score *= TELLS_NOTHING
        elif query.kind in ("general", "yes_no") and not sentence.says:
            score *= A_NAME
        yield Passage(document, hit.chunk, at, start + sentence.end, coverage, own, fit, place, score)


@lru_cache(maxsize=64)  # one question is asked of the sentences of many chunks
def _after(question: str) -> tuple[bool, bool, bool]:
    """Whether `question` is after what became of a request, what breaking a rule costs, since when a rule holds."""
    return (
        _OF_REPLY.search(question) is not None,
        _OF_PUNISHMENT.search(question) is not None,
        _OF_TIME.search(question) is not None,
    )


def documents_of(passages: Sequence[Passage], query: Query) -> list[Document]:
    """The documents of the passages, best first, that are about a region asked for."""
    return list(dict.fromkeys(p.document for p in passages if in_region(query.regions, p.chunk, p.document, "")))


def in_region(asked: Sequence[Region], chunk: Chunk, document: Document, text: str) -> bool:
    """Whether a passage is about one of the regions asked about.

    It is when its section or document is that region's, or its own words, headings or title name the region; and when
    its document names the region anywhere and is of no region itself, or of one that the region lies in.
    """
    if not asked:
        return True
    place = placed(chunk.region or document.region or "")
    near = text + document.title + "".join(chunk.path)
    return any(
        (place is not None and region.covers(place))
        or region.short in near
        or ((place is None or place.covers(region)) and region.short in document.text)
        for region in asked
    )


def of_the_country(query: Query, chunk: Chunk, document: Document, text: str) -> bool:
    """Whether a passage may answer a question about the whole country: not if it is a region's and doesn't say so."""
    place = placed(chunk.region or document.region or "") if query.nationwide else None
    if place is None:
        return True
    return bool(_OF_ALL.search(text)) and not _OF_ONE.search(text) and not Gazetteer().find(text)


@lru_cache(maxsize=4096)
def placed(name: str) -> Region | None:
    """The region with this full name; None for "" and for a name no table has."""
    try:
        return Region.parse(name)
    except ValueError:
        return None


def _governing(text: str, start: int) -> str:
    """The last sentence before text[start] in its paragraph that begins with a year (到2025年，…); "" for none.

    What follows it there is of that year, be it in another chunk; no further back than LONGEST_BACK.
    """
    paragraph = text[max(text.rfind("\n", 0, start) + 1, start - LONGEST_BACK) : start]
    opened = list(_OPENS_WITH_YEAR.finditer(paragraph))
    return opened[-1].group() if opened else ""


def _counted_from(document: Document, text: str) -> str:
    """The year that `text` counts from the day of writing (今年上半年), as text; "" where it counts none or the day
    isn't known."""
    found, day = _RELATIVE.search(text), document.date or document.published
    return f"{day.year - (found.group() in _LAST)}年" if found and day else ""


def _names(asked: Sequence[Region], text: str) -> bool:
    """Whether `text` names a region asked about."""
    return any(region.short in text for region in asked)


def _said(asked: Sequence[int], *texts: str) -> bool | None:
    """Whether the first of `texts` that names years names one asked about; None where none names any."""
    for text in texts:
        if named := {int(year) for year in _YEAR.findall(text)}:
            return bool(named & set(asked))
    return None


def in_year(asked: Sequence[int], document: Document, text: str, around: str, governing: str = "") -> bool:
    """Whether a passage is about a year asked about.

    The years it names itself decide, else those of `governing`; else those around it and in the title; else whether
    its document is of that year or speaks of it anywhere, or tells no year at all.
    """
    if not asked:
        return True
    said = _said(asked, text, governing)
    if said is not None:
        return said
    if set(asked) & {int(year) for year in _YEAR.findall(around + document.title)}:
        return True
    if document.date is None and not _YEAR.search(document.text):
        return True  # What tells no year at all is of no other.
    dated = document.date.year if document.date else None
    return any(year == dated or f"{year}年" in document.text for year in asked)
