"""What a document says side by side: by that, what a follow-up leaves unsaid is found in what was asked before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.question.stopwords import GENERIC, RELATIVE, STOP
from bot.question.understand import Query, fold, understand
from bot.signals import fits
from bot.tree import without_label
from vectorstore.model import Document
from vectorstore.regions import Gazetteer
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import is_word, words

FITS = 6.0
"""Characters of the question before that it is worth when a sentence has the form asked for (a figure, a date)."""
NAMES_IT = 2.0
"""The same where the sentence itself has the words, not only its headings."""
OPENS, OPENING = 3.0, 16
"""… that the thing stands in the headings or the first characters: a list of many things names it by the way."""
MOSTLY = 0.66
"""Share of the characters of a question's words that a document must have to be the one meant."""
HEADING = 30
"""Characters of a heading that names its section."""
LISTED = 5.0
"""What it costs that it is but one of many things listed."""
YEAR = 3.0
"""… that it is of a year asked about."""
BY_HEADING = 0.3
"""What a word counts that only the headings have, and a word so general that every policy has it."""
LEAST = 0.5
"""Of a form that a sentence must have where one is asked for."""
_UNIT = re.compile(r"(多少)个?(?:[家件项名种类条所座笔份天年月次人岁倍元]|万元|亿元)")
_PREDICATE = re.compile(r"什么时候|何时|哪一?年|哪一?天|由谁|怎么|如何|怎样|(?:^|[，,])(?:要|能|会|可以|是否|需要?)")
"""Behind it stands what is asked to be done."""
_CLAUSE = re.compile(r"[，,；;。：:]")
_MARKS = re.compile(r"[\s“”\"「」《》]")
_FORMS = ("number", "date", "person", "responsibility")
"""Kinds of which an answer has a form that a sentence shows."""


class Saying(NamedTuple):
    """A sentence with its document's title and its headings, folded; and as it is written."""

    text: str
    title: str
    path: str
    raw: str
    paragraph: str
    """The folded line that it stands in."""

    @property
    def headings(self) -> str:
        return self.title + self.path


@lru_cache(maxsize=32)  # the few documents that a conversation is about, asked at each of its turns
def _sayings(text: str, title: str, sections: tuple[tuple[tuple[str, ...], int, int], ...]) -> tuple[Saying, ...]:
    found = []
    at = 0
    opened: list[tuple[tuple[str, ...], int, int]] = []
    line, paragraph = -1, ""
    for start, end in sentence_spans(text):
        if (begun := text.rfind("\n", 0, start) + 1) != line:
            line = begun
            paragraph = fold(text[line : end if (ends := text.find("\n", end)) < 0 else ends])
        while at < len(sections) and sections[at][1] <= start:
            opened.append(sections[at])
            at += 1
        opened = [section for section in opened if section[2] > start]
        path = opened[-1][0] if opened else ()
        found.append(Saying(fold(text[start:end]), fold(title), fold(" ".join(path)), text[start:end], paragraph))
    return tuple(found)


def sayings(document: Document) -> tuple[Saying, ...]:
    """The sentences of `document`, in order."""
    return _sayings(document.text, document.title, tuple((s.path, s.start, s.end) for s in document.sections))


def named_in(text: str, gazetteer: Gazetteer) -> list[str]:
    """The words of `text` that name something: no regions and years, not what every policy has, none of asking."""
    found = (w for w in understand(text, gazetteer).words if len(w) > 1 and w not in GENERIC | RELATIVE)
    return [word for word in found if _is_whole_word(word)]


def _is_whole_word(word: str) -> bool:
    """Whether it isn't one cut wrongly before what one must or can (底要, of 年底要)."""
    return word[-1] not in "要能会由将应须" or is_word(word)


def holds(document: Document, named: Sequence[str]) -> bool:
    """Whether `document` has the words somewhere, or by far most of them."""
    text = fold(document.title + document.text)
    there = [w for w in named if w in text or (len(w) == 4 and w[:2] in text and w[2:] in text)]
    return len("".join(there)) >= MOSTLY * len("".join(named))


def stands_together(document: Document, first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one passage of `document`, with its headings, has each word of `first` and of `second`.

    What its title has is said of all of it.
    """
    title = fold(document.title)
    needed = {word for word in (*first, *second) if word not in title}
    return any(all(word in saying.paragraph + saying.headings for word in needed) for saying in sayings(document))


def told_of(document: Document, named: Sequence[str]) -> int:
    """How many passages of `document` have each of the words, with their headings; 1 where its title has them all."""
    title = fold(document.title)
    needed = [word for word in named if word not in title]
    found = {
        saying.paragraph for saying in sayings(document) if all(w in saying.paragraph + saying.headings for w in needed)
    }
    return len(found) if needed else 1


def headed(document: Document, named: Sequence[str]) -> str | None:
    """What the one short heading of `document` says that has each of the words; None where several have, or none."""
    headings = {without_label(s.path[-1]) for s in document.sections if s.path}
    found = {said for said in headings if len(said) <= HEADING and all(w in fold(said) for w in named)}
    return found.pop() if len(found) == 1 and named else None


def heads(document: Document, name: str) -> bool:
    """Whether `name` is what one of the headings of `document` says."""
    return any(section.path and without_label(section.path[-1]) == name for section in document.sections)


def besides_title(text: str, document: Document) -> str:
    """`text` without a beginning (…的) of which the title of `document` has every word."""
    first, of, rest = text.partition("的")
    known = words(first)
    return rest if of and len(rest) > 1 and known and all(word in fold(document.title) for word in known) else text


def exchanged(before: str, thing: str, documents: Sequence[Document], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The question `before` with `thing` in the place of the words that the documents don't say beside it: without
    all of them, and with those that stand apart, which may belong to the asking.

    到2025年全国拖拉机总量要达到多少, 插秧机: what stays is what a sentence on 插秧机 has too. Of the documents, the
    likeliest first, that one counts which has such a sentence; () where none has.
    """
    query = understand(before, gazetteer)
    spots = list(_spots(before, query))
    if not spots:
        return ()
    for document in documents:
        best = max(_saying_it(thing, document, spots, query), default=None, key=lambda found: found[0])
        if best is not None and best[0] > 0:
            if query.unit and fits(query, _clause_of(thing, best[1])) < LEAST:
                before = _UNIT.sub(r"\1", before)
                spots = list(_spots(before, query))
            gone = _gone(before, thing, spots, best[1])
            return tuple(dict.fromkeys(_put(before, thing, gone, apart=apart) for apart in (True, False)))
    return ()


def _saying_it(
    thing: str, document: Document, spots: Sequence[tuple[str, int, int]], query: Query
) -> Iterator[tuple[float, Saying]]:
    """The sentences that name `thing`, each with how much of the question before it is also said there."""
    wanted = _MARKS.sub("", fold(thing))
    parts = [w for w in words(thing) if len(w) > 1 and w not in STOP] or [wanted]
    asked = replace(query, unit=None)  # It may be counted in another unit.
    for saying in sayings(document):
        around = saying.text + saying.headings
        if wanted not in _MARKS.sub("", around) and not all(part in around for part in parts):
            continue
        if not any(part in saying.text or part in saying.path for part in parts):
            continue  # The whole document is about it: nothing is said of it here.
        fit = fits(asked, saying.raw)
        if query.kind in _FORMS and fit < LEAST:
            continue
        held = sum(_worth(word, saying) for word, _, _ in spots) + YEAR * any(
            str(y) in saying.text for y in query.years
        )
        there = all(part in saying.text for part in parts)
        opens = all(part in saying.path or part in saying.text[:OPENING] for part in parts)
        listed = any(re.search(rf"[、和及]{re.escape(p)}|{re.escape(p)}[、和及]", saying.text) for p in parts)
        yield FITS * fit + held + NAMES_IT * there + OPENS * (opens and not listed) - LISTED * listed, saying


def _worth(word: str, saying: Saying) -> float:
    """Characters that a word of the question counts which is also said there."""
    far = BY_HEADING if word in saying.title else 1.0 if word in saying.text + saying.path else 0.0
    return far * len(word) * (BY_HEADING if word in GENERIC else 1.0)


def _gone(before: str, thing: str, spots: Sequence[tuple[str, int, int]], saying: Saying) -> list[tuple[str, int, int]]:
    """The words of the question that aren't said beside `thing`: by its sentence, else by its clause."""
    clause = _clause_of(thing, saying)
    # What is asked to be done (何时完成) isn't done by another thing.
    subjects = [spot for spot in spots if not _PREDICATE.search(before[: spot[1]])] or [*spots]
    for around in (saying.text + saying.headings, clause + saying.headings, clause + saying.path):
        gone = [spot for spot in subjects if spot[0] not in around and spot[0] not in GENERIC | RELATIVE]
        if gone:
            # What only the title has goes with the rest of its compound: 拖拉机总量, of which a 农机 title has 拖拉机.
            beside = [s for s in spots if s not in gone and s[0] not in saying.text and s[0] not in GENERIC | RELATIVE]
            return sorted(
                [*gone, *(s for s in beside if any(_touch(before, s, other) for other in gone))], key=lambda s: s[1]
            )
    apart = [spot for spot in subjects if spot[0] not in clause and spot[0] not in GENERIC]
    return [spot for spot in apart if spot[0] not in RELATIVE][:1] or apart[-1:]


def _clause_of(thing: str, saying: Saying) -> str:
    """The clause of a sentence that names `thing`, folded; "" where its headings do."""
    part = next((w for w in words(thing) if len(w) > 1 and w in saying.text), fold(thing))
    return next((clause for clause in _CLAUSE.split(saying.text) if part in clause), "")


def _touch(text: str, one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether two words stand side by side in `text`, with a character of their compound between at most."""
    between = text[min(one[2], other[2]) : max(one[1], other[1])]
    return len(between) <= 1 and between not in ("的", "和", "与", "，")


def _put(before: str, thing: str, gone: Sequence[tuple[str, int, int]], *, apart: bool) -> str:
    """`before` with the first run of the words `gone` made into `thing`, and if `apart` the other runs left out."""
    thing = thing.strip(" 的“”")
    if not gone:
        asks = _PREDICATE.search(before)
        return f"{thing}{before[asks.start() :]}" if asks and asks.start() else f"{thing}，{before}"
    # What was taken over goes with any of its words that go; its place is in the last part that loses one.
    clause = before.rfind("，", 0, gone[-1][1]) + 1
    if clause and gone[0][1] < clause:
        gone = [(word, start - clause, end - clause) for word, start, end in gone if start >= clause]
        before = before[clause:]
    runs = [[gone[0][1], gone[0][2]]]
    for last, spot in pairwise(gone):
        if len(before[last[2] : spot[1]].strip(" 和与")) <= 1:
            runs[-1][1] = spot[2]
        else:
            runs.append([spot[1], spot[2]])
    for start, end in reversed(runs[1:] if apart else []):
        if is_word(before[start : start + 2]) or is_word(before[start:end]):  # 率要 is none, though it was cut so
            before = before[:start].rstrip("的") + before[end:]
    start, end = runs[0]
    if before[end : end + 1] == thing[-1:] != before[end - 1 : end]:
        end += 1  # What both end with is said once: 采茶 gave way in 采茶节 for 丰收节.
    return before[:start] + thing + before[end:]


def _spots(text: str, query: Query) -> Iterator[tuple[str, int, int]]:
    """The words of content of `text` with their places; those of one character only between two others."""
    at = 0
    lowered = text.lower()
    for word in query.words:
        start = lowered.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if len(word) > 1 and _is_whole_word(word):
            yield word, start, at
