"""Training pairs (what somebody might look for, the passage that holds it), made from plain texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from vectorstore.embedded_model.corpus import Article, articles, news, paragraphs, sentences

Pair = tuple[str, str]

PASSAGE = 300
"""Characters of a passage, as long as the chunks that the model will be asked about."""
SHORT, LONG = 8, 80
"""Fewest and most characters of a sentence or clause that can stand for a question."""
FROM_NEWS = 3
"""Sentences taken from one news article."""

_CLAUSE = re.compile(r"[^。！？；，、：\n]+")
_FIGURE = re.compile(
    r"(?:百分之[一二三四五六七八九十百千]+|[一二三四五六七八九十]{1,3}(?=[年月日个倍万])|\d[\d.,]*)(?:%|％)?"
)
_ASKING = ("有哪些规定？", "是怎么规定的？", "是什么？", "有什么要求？", "怎么办？")


def make_pairs(folder: Path, *, seed: int) -> list[Pair]:
    """All pairs of the training folder, shuffled; the same ones for the same seed."""
    chance = random.Random(seed)
    pairs = [*_from_news(folder, chance), *_from_articles(folder, chance), *_from_paragraphs(folder)]
    chance.shuffle(pairs)
    return pairs


def _from_news(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Sentence ↔ the sentences around it; the sentence itself mostly left out, so that meaning must do."""
    for text in news(folder):
        parts = sentences(text)
        usable = [n for n, part in enumerate(parts) if SHORT <= len(part) <= LONG]
        for n in chance.sample(usable, min(FROM_NEWS, len(usable))):
            before, after = "".join(parts[:n])[-PASSAGE // 2 :], "".join(parts[n + 1 :])[: PASSAGE // 2]
            keep = parts[n] if chance.random() < 0.15 else ""
            if len(before) + len(after) >= 2 * SHORT:
                yield _asked(parts[n], chance), before + keep + after


def _from_articles(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Heading ↔ article, clause ↔ the rest of its article."""
    for article in articles(folder):
        name = article.law.removeprefix("中华人民共和国")
        if article.headings and len(article.text) >= 2 * SHORT and chance.random() < 0.5:
            yield _heading(article, name, chance), article.text[:PASSAGE]
        clauses = [c for c in _CLAUSE.findall(article.text) if SHORT <= len(c) <= LONG]
        if len(article.text) >= 40 and len(clauses) > 1:
            clause = chance.choice(clauses)
            rest = article.text if chance.random() < 0.15 else article.text.replace(clause, "", 1)
            yield _asked(clause, chance), f"{name} {rest}"[:PASSAGE]


def _from_paragraphs(folder: Path) -> Iterator[Pair]:
    for paragraph in paragraphs(folder):
        for question in paragraph.questions:
            yield question, paragraph.text[:PASSAGE]


def _heading(article: Article, name: str, chance: random.Random) -> str:
    title = re.sub(r"^第\S{1,6}[编章节]\s*", "", article.headings[-1])
    return f"{name if chance.random() < 0.7 else ''}{title}{chance.choice(_ASKING) if chance.random() < 0.5 else ''}"


def _asked(statement: str, chance: random.Random) -> str:
    """The statement, a third of the time as a question: a figure becomes 多少, or a question's ending follows."""
    if chance.random() > 0.33:
        return statement
    if _FIGURE.search(statement):
        return _FIGURE.sub("多少", statement, count=1).rstrip("。；！") + "？"
    return statement.rstrip("。；！？") + chance.choice(_ASKING)
