"""Quotes what documents say in nearly the question's own words, where the rules of its kind know no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece
from bot.evidence import holds_units, is_the_opposite
from bot.kinds.definitions import names_a_measure
from bot.kinds.persons import asks_office
from bot.passages import Passage
from bot.question.counting import counted_thing
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import Kind
from bot.quoting import quote, telling
from bot.signals import DESCRIBES
from bot.trimming import misplaced

SURE = 0.5
"""How probable it must be that the documents answer."""
SAYS_IT = 0.75
"""Share of the question that the sentence itself must hold."""
WORDS = 3
"""A definition asked for in fewer is of a term alone."""
HAS_THE_UNIT = 0.5
"""How well a figure must fit where it has a unit."""
HALF = 0.3
"""Of what is asked for, so much must be there: half of its pairs."""
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万两半]")
KINDS: tuple[Kind, ...] = (
    "number", "date", "person", "responsibility", "definition", "list", "general", "yes_no", "title", "source", "basis",
    "article", "duties", "across",
)  # fmt: skip
"""Kinds that a wording may be taken for which means something else (…的谥号是什么 asks for no document's title)."""


def stated(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence that says most of the question itself, if one says enough; `passages` are best first.

    It is asked only where the documents answer with a probability of SURE: two must agree, that and the sentence's
    own words.
    """
    if query.kind not in KINDS or must_fit(query):
        return []
    for passage in passages:
        if (
            passage.own >= SAYS_IT
            and _names_the_point(query, passage.text)
            and (query.kind != "number" or _DIGIT.search(passage.text))
            and (query.kind != "number" or query.unit is None or passage.fit >= HAS_THE_UNIT)
            and passage.in_place
            and (query.kind != "definition" or passage.fit >= DESCRIBES or names_a_measure(query))
            and (query.kind != "yes_no" or holds_units(query, passage))
            and (passage.fit > 0.0 or query.kind != "general")
            and not is_the_opposite(query.text, passage.text)
        ):
            piece = telling(passage, quote(passage, replace(query, kind="general"), terms), query)
            if piece and not misplaced(passage, piece.start, piece.end, query):
                return [piece]
    return []


def must_fit(query: Query) -> bool:
    """Whether only an answer of the form asked for is one: documents hold the words without it as often.

    What a question supposes is confirmed by a sentence with the same figures alone; offices are spoken of without
    their holders' names; and to mention a term explains nothing.
    """
    match query.kind:
        case "yes_no":
            return bool(query.figures)
        case "person":
            return asks_office(query.text)
        case "definition":
            return len(query.words) < WORDS
        case "list":
            return counted_thing(query.text) is not None  # 五大支撑 are no 三大支撑.
        case _:
            return False


def _names_the_point(query: Query, text: str) -> bool:
    """Whether `text` has what the question ends in besides its asking, which is what it asks for (…有多少座水闸)."""
    point = next((word for word in reversed(query.words) if len(word) > 1), "")
    return not point or Terms(((fold(point), 1.0),)).coverage((fold(text), 1.0)) >= HALF
