"""A passage made ready for checking: its sentences in a form for comparing, and what governs them."""

from __future__ import annotations

import re
from functools import cached_property

from bot.kinds.card_words import identity
from bot.llm.orders import speaks_to_a_model
from bot.verification.clauses import clauses_of
from bot.verification.dates import PERIODS, Day, days
from bot.verification.names import offices, people, places, region_of
from bot.verification.sayings import reading
from bot.verification.source import Source
from bot.verification.values import figures
from bot.verification.wording import content
from vectorstore.regions import Region
from vectorstore.sentences import sentence_spans

_ABOVE = 600
"""Characters above a passage in which a date may stand that governs it."""
_OF_THE_DOCUMENT = re.compile(r"印发|发布(?!会)|制定|出台|公布|发文|文号|字号|来源|日期|成文|刊登|原载")
_IN_CHARGE = re.compile(r"牵头|负责(?!人|同志)|责任(?!人)|配合|参与|主办|承办|协办|主管")
_ALL_OF = re.compile(r"全([省市区县])(?!场)")
_QUOTED_TITLE = re.compile(r"《[^《》]*》")
_ITEM = re.compile(r"\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[)、]|第[一二三四五六七八九十百\d]{1,4}条")


class Ground:
    """A source, read: `plains[i]` is its i-th sentence for comparing, `document.text[spans[i]]` the sentence itself."""

    def __init__(self, source: Source, known: tuple[str, ...]) -> None:
        self.source = source
        self.known = known
        self._words: dict[tuple[str, str], tuple[str, ...]] = {}

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The sentences that can bear something out: what a document says to a model is no statement of a policy."""
        start, text = self.source.start, self.source.document.text
        spans = ((start + a, start + b) for a, b in sentence_spans(self.source.text))
        return [(a, b) for a, b in spans if not speaks_to_a_model(text, a, b)]

    @cached_property
    def plains(self) -> list[str]:
        text = self.source.document.text
        return [reading(text[a:b]) for a, b in self.spans]

    @cached_property
    def clauses(self) -> list[str]:
        """The clauses of all sentences, for comparing."""
        return [clause for sentence in self.plains for clause in clauses_of(sentence)]

    @cached_property
    def whole(self) -> str:
        """All sentences, for comparing."""
        return "".join(self.plains)

    @cached_property
    def context(self) -> str:
        """What governs every sentence, for comparing: headings and title."""
        return reading("。".join((*self.source.path, self.source.document.title)))

    def headings(self, part: str) -> list[str]:
        """Headings and title, for comparing, without those that are the clause `part` itself."""
        return [heading for heading in self._headings if part not in heading and heading not in part]

    @cached_property
    def _headings(self) -> list[str]:
        return [reading(text) for text in (*self.source.path, self.source.document.title)]

    @cached_property
    def card(self) -> str:
        """What the document's card says of it, for comparing: number, issuer, date, who published it first."""
        document = self.source.document
        return reading("。".join((identity(document), document.origin or "", document.kind or "")))

    @cached_property
    def everything(self) -> str:
        """All that the passage and its document's card say, for a first look."""
        return "。".join((self.whole, self.context, self.card))

    def words(self, clause: str, *, place: str = "", title: str = "", names_document: bool = True) -> tuple[str, ...]:
        """The words of a `plain` clause that claim something, without what `masked` takes out."""
        key = (clause, f"{place}{title}{names_document}")
        if key not in self._words:
            self._words[key] = content(self.masked(clause, place=place, title=title, names_document=names_document))
        return self._words[key]

    def near(self, i: int, clause: str) -> str:
        """Sentence `i` with what governs it: headings and title; with the card where the clause tells of the document
        itself, and with the rest of its item where the clause tells who is in charge."""
        parts = [self.context]
        if _OF_THE_DOCUMENT.search(clause):
            parts.append(self.card)
        return "。".join((*parts, self.item(i, clause)))

    def item(self, i: int, clause: str) -> str:
        """Sentence `i`; where the clause tells who is in charge, with those before it in its numbered item."""
        first = next((n for n in range(i, -1, -1) if _ITEM.match(self.plains[n])), 0) if self.in_charge(clause) else i
        return "".join(self.plains[first : i + 1])

    def in_charge(self, clause: str) -> bool:
        """Whether a `plain` clause tells which office sees to something."""
        return bool(_IN_CHARGE.search(clause) and offices(clause))

    def runs(self, most: int) -> list[str]:
        """Every run of up to `most` sentences, for comparing."""
        return ["".join(self.plains[i : i + size]) for size in range(1, most + 1) for i in range(len(self.plains))]

    def run(self, first: int, last: int) -> str:
        """The sentences `first`..`last`, for comparing."""
        return "".join(self.plains[first : last + 1])

    def masked(self, clause: str, *, place: str = "", title: str = "", names_document: bool = True) -> str:
        """A `plain` clause without what is judged by its meaning or by itself: figures, dates, places (`place` stands
        for each), 《titles》 and, with `names_document`, the document's own (`title` stands for each)."""
        taken = [(figure.lead, figure.end, "") for figure in figures(clause)]
        taken += [(day.start, day.end, "") for day in days(clause)]
        taken += [(mention.start, mention.end, place) for mention in places(clause, self.known)]
        taken += [(*match.span(), "") for match in _ALL_OF.finditer(clause) if match[1] in self._levels]
        taken += [(match.start(), match.end(), "") for match in PERIODS.finditer(clause)]
        taken += [(name.start, name.end, name.text) for name in people(clause)]  # a name is one word
        # Of an edit the words of the title are as telling as any.
        titles = _QUOTED_TITLE if place and not names_document else self._titles
        named = [match.span() for match in titles.finditer(clause)]
        taken = [(a, b, instead) for a, b, instead in taken if not any(x <= a < y for x, y in named)]
        for start, end, instead in sorted([*taken, *((a, b, title) for a, b in named if b > a)], reverse=True):
            clause = f"{clause[:start]} {instead} {clause[end:]}"
        return clause

    @cached_property
    def _levels(self) -> frozenset[str]:
        """市 where the passage is about a city, so that 全市 adds nothing: likewise 省, 区 and 县."""
        about = {*self.regions, *self.places_in(self.whole)}
        return frozenset(region.local[-1] for region in about) if len(about) == 1 else frozenset()

    def named_in(self, clause: str) -> bool:
        """Whether a `plain` clause names the document."""
        return reading(self.source.document.title).strip("《》") in clause

    @cached_property
    def _titles(self) -> re.Pattern[str]:
        return re.compile(rf"《[^《》]*》|{re.escape(reading(self.source.document.title).strip('《》'))}")

    @cached_property
    def regions(self) -> frozenset[Region]:
        """The regions that a sentence is about where it names none."""
        named = region_of(self.source.region or self.source.document.region or "")
        heading = reading("。".join(self.source.path) + ("" if named else "。" + self.source.document.title))
        return frozenset(m.region for m in places(heading, self.known)) | ({named} if named else set())

    def places_in(self, text: str) -> list[Region]:
        """The regions that a `plain` text names, in order."""
        return [mention.region for mention in places(text, self.known)]

    def days_before(self, i: int) -> tuple[Day, ...]:
        """The dates that govern sentence `i`: of the nearest sentence before it that names some, else the context's."""
        lead = days(self.lead(i))
        if any(day.year for day in lead):
            return lead
        return (*lead, *(days(self.context) or days(self.card)))

    def lead(self, i: int) -> str:
        """The nearest sentence before sentence `i` that names a date, in the passage or above it in its section, for
        comparing; "" where none does."""
        above = reversed(self.plains[:i]), (reading(text) for text in self._above)
        return next((sentence for row in above for sentence in row if days(sentence)), "")

    @cached_property
    def _above(self) -> list[str]:
        """The sentences before the passage that lead in the sections it stands in, the nearest first."""
        start, text, sections = self.source.start, self.source.document.text, self.source.document.sections
        found: list[str] = []
        for held in sorted(
            (s for s in sections if s.start <= start < s.end), key=lambda s: s.start - s.end, reverse=True
        ):
            end = min([s.start for s in sections if held.start < s.start <= start], default=start)
            first = max(held.start, end - _ABOVE)
            found += [text[first + a : first + b] for a, b in reversed(sentence_spans(text[first:end]))]
        return found

    def at_clause(self, text: str, first: int, last: int) -> bool:
        """Whether `text` stands in the sentences `first`..`last` as it is, from the beginning of a clause to an end."""
        joined = self.run(first, last)
        at = joined.find(text)
        while at >= 0:
            before, after = joined[at - 1 : at] if at else "", joined[at + len(text) : at + len(text) + 1]
            if not before.isalnum() and not after.isalnum():
                return True
            at = joined.find(text, at + 1)
        return False


def neighbours(length: int) -> list[tuple[int, int]]:
    """First and last of every run in a list of `length` items, the short ones first."""
    return [(first, first + size) for size in range(length) for first in range(length - size)]
