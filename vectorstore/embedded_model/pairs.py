"""Training pairs (what somebody might look for, the passage that holds it), made from plain texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from vectorstore.embedded_model.corpus import Article, articles, news, paragraphs, sentences
from vectorstore.tokens import words

Pair = tuple[str, str]

PASSAGE = 240
"""Characters of a passage, about as long as the chunks that the model will be asked about."""
SHORT, LONG = 8, 80
"""Fewest and most characters of a sentence or clause that can stand for a question."""
FROM_NEWS = 4
"""Sentences taken from one news article, half of them cut down to keywords."""

_CLAUSE = re.compile(r"[^。！？；，、：\n]+")
_FIGURE = re.compile(r"百分之[一二三四五六七八九十百千]+|[一二三四五六七八九十]{1,3}(?=[年月日个倍万])|\d[\d.,]*[%％]?")
_HEADING_NUMBER = re.compile(r"^第\S{1,6}[编章节]\s*")
_ENDINGS = ("有哪些规定？", "是怎么规定的？", "是什么？", "有什么要求？", "怎么办？")
_ASKING = ("什么", "哪些", "多少", "如何", "怎么", "谁", "哪里", "什么时候", "是否", "为什么")


def make_pairs(folder: Path, *, seed: int) -> list[Pair]:
    """All pairs of the training folder, shuffled; the same ones for the same seed."""
    chance = random.Random(seed)
    pairs = [*_from_news(folder, chance), *_from_articles(folder, chance), *_from_paragraphs(folder)]
    chance.shuffle(pairs)
    return pairs


def _from_news(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Sentence ↔ the sentences around it, and keywords of a sentence ↔ the passage it stands in."""
    for text in news(folder):
        parts = sentences(text)
        usable = [n for n, part in enumerate(parts) if SHORT <= len(part) <= LONG]
        for turn, n in enumerate(chance.sample(usable, min(FROM_NEWS, len(usable)))):
            before, after = "".join(parts[:n])[-PASSAGE // 2 :], "".join(parts[n + 1 :])[: PASSAGE // 2]
            if turn % 2:
                yield _keywords(parts[n], chance), before + parts[n] + after
            elif len(before) + len(after) >= 2 * SHORT:
                yield _asked(parts[n], chance), before + after


def _from_articles(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Heading ↔ article, clause ↔ the rest of its article, keywords of a clause ↔ its article."""
    for article in articles(folder):
        name = article.law.removeprefix("中华人民共和国")
        if article.headings and len(article.text) >= 2 * SHORT and chance.random() < 0.5:
            yield _heading(article, name, chance), article.text[:PASSAGE]
        clauses = [c for c in _CLAUSE.findall(article.text) if SHORT <= len(c) <= LONG]
        if len(article.text) >= 40 and len(clauses) > 1:
            clause, other = chance.sample(clauses, 2)
            yield _asked(clause, chance), f"{name} {article.text.replace(clause, '', 1)}"[:PASSAGE]
            yield _keywords(other, chance), f"{name} {article.text}"[:PASSAGE]


def _from_paragraphs(folder: Path) -> Iterator[Pair]:
    for paragraph in paragraphs(folder):
        for question in paragraph.questions:
            yield question, paragraph.text[:PASSAGE]


def _heading(article: Article, name: str, chance: random.Random) -> str:
    title = _HEADING_NUMBER.sub("", article.headings[-1])
    return f"{name if chance.random() < 0.7 else ''}{title}{chance.choice(_ENDINGS) if chance.random() < 0.5 else ''}"


def _asked(statement: str, chance: random.Random) -> str:
    """The statement, a third of the time as a question: a figure becomes 多少, or a question's ending follows."""
    if chance.random() > 0.33:
        return statement
    if _FIGURE.search(statement):
        return _FIGURE.sub("多少", statement, count=1).rstrip("。；！") + "？"
    return statement.rstrip("。；！？") + chance.choice(_ENDINGS)


def _keywords(statement: str, chance: random.Random) -> str:
    """Half of the statement's words in order with a question word among them: what somebody in a hurry types."""
    kept = [word for word in words(statement) if chance.random() < 0.5] or [statement]
    kept.insert(chance.randint(0, len(kept)), chance.choice(_ASKING))
    return "".join(kept)
