"""Says whether a quotation tells anything that its question doesn't: to repeat what was asked answers nothing."""

from __future__ import annotations

import re

from bot.question.stopwords import GENERIC, STOP
from bot.question.understand import Query, fold
from vectorstore.tokens import words

_FIGURE = re.compile(r"\d+(?:\.\d+)?|[零一二三四五六七八九十百千万亿两半]+")
_ITEM = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}是|第?[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d))"
)
"""The number of an item, which says nothing of what stands behind it."""
_POINTS = re.compile(r"[该本全我此这其].?")
_TIES = frozenset(
    ("同时", "另外", "此外", "以及", "并", "即", "简称", "史称", "于是", "因此", "从而", "实行", "做出", "作出")
)
"""Words that tie a sentence to others, or stand for the verb that was asked with."""

_SPELLS = ("次", "时")
"""How often and how long is told without a figure too: 每季度."""
EXPLAINS = 3
"""New words in what explains a thing: with fewer (各街道实行…机制) it is only mentioned."""


def tells(query: Query, text: str) -> bool:
    """Whether `text` says what `query` doesn't: another word that means something, or another figure; several words
    where it is to explain.

    Yes or no is told by a sentence that says the very thing, and nothing more.
    """
    if query.kind == "yes_no":
        return True
    asked = fold(query.text)
    # Words are cut from normal forms, in which one character may be two: the quotation's are met in theirs.
    asked += "".join(words(asked))
    said = fold(_ITEM.sub("", text))
    figures = _FIGURE.findall(said)
    if query.kind == "number" and figures and query.unit not in _SPELLS:
        return any(figure not in asked for figure in figures)
    new = {word for word in words(said) if _means(word) and word not in asked}
    return len(new) >= (EXPLAINS if query.kind == "definition" else 1)


def begins_item(text: str) -> bool:
    """Whether `text` begins with an item's number, and so with another matter than what stands before it."""
    return bool(_ITEM.match(text))


def _means(word: str) -> bool:
    return any(char.isalnum() for char in word) and word not in STOP | GENERIC | _TIES and not _POINTS.fullmatch(word)
