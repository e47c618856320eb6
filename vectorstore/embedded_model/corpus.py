"""The texts the embedded model learns from: news, statutes, and questions on paragraphs, read and tidied."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import opencc

NEWS, ARTICLES, QUESTIONS = "news.jsonl.gz", "law_articles.jsonl.gz", "drcd.jsonl.gz"
STATUTES, STATUTE_QUESTIONS = "stard_corpus.jsonl.gz", "stard_queries.jsonl"
FOLDS = 5
"""Parts of the questions on statutes, to measure with each what the others teach."""

_NEWS_HEAD = re.compile(r"^.{0,25}?，正文：\s*(?:广告[^×]{0,60}×)?\s*(?:原标题：)?")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law: the law's name, the headings it stands under, and its text."""

    law: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the questions that people asked about it, in simplified script."""

    title: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on statutes with the numbers of the articles that answer it, at least one."""

    question: str
    articles: tuple[int, ...]


def news(folder: Path) -> Iterator[str]:
    """The bodies of the news articles, without their date lines and the advertisement before the first sentence."""
    for record in _records(folder / NEWS):
        yield " ".join(_NEWS_HEAD.sub("", record["text"]).split())


def articles(folder: Path) -> Iterator[Article]:
    """The articles of laws and regulations; the same words under the same law (an older version) come once."""
    seen = set()
    for record in _records(folder / ARTICLES):
        text = "\n".join(line.strip() for line in record["text"].splitlines() if line.strip())
        if (record["law"], text) not in seen:
            seen.add((record["law"], text))
            yield Article(record["law"], tuple(" ".join(head.split()) for head in record["head"]), text)


def paragraphs(folder: Path) -> Iterator[Paragraph]:
    """The paragraphs that questions were asked about."""
    simplified = opencc.OpenCC("t2s").convert
    for record in _records(folder / QUESTIONS):
        questions = tuple(simplified(question["question"]) for question in record["questions"])
        yield Paragraph(simplified(record["title"]), simplified(record["text"]), questions)


def statute_questions(folder: Path) -> tuple[list[str], list[Asked]]:
    """The articles, each after its name, and the questions that lay people asked about them."""
    held = list(_records(folder / STATUTES))
    number = {record["id"]: n for n, record in enumerate(held)}
    articles = ["\n".join(part for part in (record.get("title"), record["text"]) if part) for record in held]
    asked = (
        Asked(record["question"], tuple(number[right] for right in record["docs"] if right in number))
        for record in _records(folder / STATUTE_QUESTIONS)
    )
    return articles, [one for one in asked if one.articles]


def fold(question: str) -> int:
    """The part in 0…FOLDS-1 that a question belongs to, whatever set and order it comes in."""
    return zlib.crc32(question.encode()) % FOLDS


def sentences(text: str) -> list[str]:
    """`text` cut after 。！？； and at line ends, blank pieces left out."""
    return [piece for match in _SENTENCE.finditer(text) if (piece := match.group().strip())]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
