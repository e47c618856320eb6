"""What the reader learns from: questions with passages that answer them, and the nearest that don't.

DRCD's questions are people's (the paragraphs that the refusal's trees learn from are held out); those of law and news
are made by script (scripts/law_questions.py, scripts/news_questions.py), of articles that nothing else learns from.
What doesn't answer is the passage without its sentence that tells, the nearest other passages, and the right passage
asked of another year or subject: what is told must be told of what was asked.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.reader.windows import pairs
from scripts import law_questions, news_questions
from scripts.train_reranker import lines, records
from vectorstore.embeddings import load_embedder
from vectorstore.sentences import sentence_spans

PART = 230
"""Characters of a passage."""
LAW, ARTICLES, NEWS = 9_000, 40_000, 17_000
"""Questions of law at most, articles of law that are looked at for them, and articles of news."""
HELD_OUT = 500
"""DRCD's questions whose paragraphs are left to the trees, and to measuring."""


@dataclass(frozen=True)
class Pair:
    """A question with a passage; `answers` are the words of it that answer, none where it doesn't."""

    set: str
    question: str
    title: str
    passage: str
    answers: tuple[str, ...]


class Material:
    """Makes the pairs of all sets; `chance` decides what is left to it."""

    def __init__(self, data: Path) -> None:
        self._data, self._chance, self._embedder = data, random.Random(1), load_embedder()

    def drcd(self) -> tuple[list[Pair], list[Pair]]:
        """The pairs to learn from, and those to measure with."""
        corpus, questions = records("drcd", self._data)
        held = {name for record in questions[:: len(questions) // HELD_OUT] for name in record["docs"]}
        texts = {record["id"]: record["text"] for record in corpus}
        titles = {record["id"]: record["title"] for record in corpus}
        names = list(texts)
        vectors = self._embedder.encode_document(list(texts.values()))
        place = {name: n for n, name in enumerate(names)}
        learned: list[Pair] = []
        measured: list[Pair] = []
        for record in questions:
            name, question = record["docs"][0], record["question"]
            text, answer = texts[name], record["answers"][0]
            passage = self._around(text, text.find(answer))
            if answer not in passage:
                continue
            near = [names[j] for j in np.argsort(-(vectors @ vectors[place[name]]))[1:9]]
            others = [p for n in near if name in held or n not in held for p in parts(texts[n]) if answer not in p]
            rest = parts(without(text, text.find(answer)))
            title = titles[name] if self._chance.random() < 0.5 else ""
            into = measured if name in held else learned
            into.append(Pair("drcd", question, title, passage, tuple(record["answers"])))
            for other in self._nearest(question, others, 1 + (self._chance.random() < 0.5)):
                into.append(Pair("drcd", question, title, other, ()))
            for other in self._nearest(question, [p for p in rest if answer not in p], 1):
                into.append(Pair("drcd", question, title, other, ()))
        return learned, measured

    def news(self) -> list[Pair]:
        """Of the articles that news_questions doesn't read."""
        every = list(lines(self._data / "train" / "news.jsonl.gz"))
        stride = max(1, len(every) // news_questions.ARTICLES)
        others = [record["text"] for n, record in enumerate(every) if n % stride]
        texts = [t for raw in others[:: max(1, len(others) // NEWS)] if len(t := news_questions.article(raw)) > 150]
        vectors = self._embedder.encode_document([text[:400] for text in texts])
        words = news_questions.Words.of(texts, self._embedder)
        found: list[Pair] = []
        for i in self._chance.sample(range(len(texts)), len(texts)):
            made = news_questions.questions_of(texts[i], words, self._chance)
            if made:
                likeness = vectors @ vectors[i]
                first = np.argpartition(-likeness, 14)[:14]
                near = [texts[j] for j in first if j != i and likeness[j] < news_questions.COPY]
                for one in made:
                    found += self._of_news(one, texts[i], near)
        return found

    def _of_news(self, made: news_questions.Made, text: str, near: Sequence[str]) -> Iterator[Pair]:
        asked = pairs(made.text)
        tell = [(a, b) for a, b in sentence_spans(text)[:10] if made.answer in text[a:b]]
        if not tell:
            return
        a, _ = max(tell, key=lambda span: len(asked & pairs(text[span[0] : span[1]])))
        at = text.find(made.answer, a)
        passage = self._around(text, at)
        if made.answer not in passage:
            return
        yield Pair("news", made.text, "", passage, (made.answer,))
        own = [part for part in parts(without(text, at)) if made.answer not in part]
        others = [part for one in near[:8] for part in parts(one[:1500]) if made.answer not in part]
        if self._chance.random() < 0.6:
            yield from (Pair("news", made.text, "", part, ()) for part in self._nearest(made.text, own, 1))
        yield from (Pair("news", made.text, "", part, ()) for part in self._nearest(made.text, others, 1))
        other = self._of_another(made.text, text, near) if self._chance.random() < 0.35 else made.text
        if other != made.text:
            yield Pair("news", other, "", passage, ())

    def _of_another(self, question: str, text: str, near: Sequence[str]) -> str:
        """The question with another year or another article's subject; itself where it has neither."""
        year = re.search(r"20\d\d年", question)
        if year and self._chance.random() < 0.8:
            told = int(year.group()[:4]) + self._chance.choice((-3, -2, -1, 1, 2, 3))
            return question.replace(year.group(), f"{told}年")
        own = [word for word in news_questions.subject_of(text) if word in question]
        others = news_questions.subject_of(self._chance.choice(near)) if near else []
        foreign = [word for word in others if word not in text]
        return question.replace(own[0], foreign[0]) if own and foreign else question

    def law(self) -> list[Pair]:
        """Of articles of law, each asked of its own article and of those beside it and elsewhere."""
        every = list(lines(self._data / "train" / "law_articles.jsonl.gz"))
        counts: Counter[str] = Counter()
        found: list[Pair] = []
        for i in self._chance.sample(range(len(every)), min(ARTICLES, len(every))):
            record = every[i]
            if not 30 <= len(record["text"]) <= 900:
                continue
            made = list(law_questions.questions(record["text"], self._chance))
            for kind, question, start, end in self._chance.sample(made, min(2, len(made))):
                if counts[kind] <= LAW // 5 and 5 <= len(question) <= 60:
                    beside = [one for one in every[max(0, i - 6) : i + 7] if one is not record]
                    beside = [one for one in beside if one["law"] == record["law"]] + self._chance.sample(every, 12)
                    made_pairs = list(self._of_article(record, question, start, end, beside))
                    counts[kind] += bool(made_pairs)
                    found += made_pairs
        return found

    def _of_article(
        self, record: dict[str, Any], question: str, start: int, end: int, beside: Sequence[dict[str, Any]]
    ) -> Iterator[Pair]:
        text, answer = record["text"], record["text"][start:end]
        passage = self._around(text, start, 300)
        if answer not in passage:
            return
        title = record["law"] if self._chance.random() < 0.6 else ""
        if self._chance.random() < 0.25:
            question = record["law"].replace("中华人民共和国", "") + question
        yield Pair("law", question, title, passage, (answer,))
        others = [p for one in beside for p in parts(one["text"]) if answer not in p and len(p) > 20]
        for part in self._nearest(question, others, 1 + (self._chance.random() < 0.4)):
            yield Pair("law", question, title, part, ())
        rest = without(text, start)
        if len(rest) > 30 and answer not in rest and self._chance.random() < 0.6:
            yield Pair("law", question, title, parts(rest)[0], ())

    def _around(self, text: str, at: int, size: int = PART) -> str:
        """Whole sentences around text[at], as many as fit."""
        spans = sentence_spans(text)
        low = high = next((n for n, (a, b) in enumerate(spans) if a <= at < b), 0)
        grown = True
        while grown:
            grown = False
            if low > 0 and spans[high][1] - spans[low - 1][0] <= size and self._chance.random() < 0.5:
                low, grown = low - 1, True
            if high + 1 < len(spans) and spans[high + 1][1] - spans[low][0] <= size:
                high, grown = high + 1, True
        return text[spans[low][0] : min(spans[high][1], spans[low][0] + 600)]

    def _nearest(self, question: str, texts: Sequence[str], n: int) -> list[str]:
        """The `n` of `texts` that share most with the question."""
        asked = pairs(question)
        return sorted(texts, key=lambda text: (-len(asked & pairs(text)), self._chance.random()))[:n]


def parts(text: str) -> list[str]:
    """The text in passages of whole sentences, PART characters unless one sentence has more."""
    found: list[str] = []
    for a, b in sentence_spans(text):
        if found and len(found[-1]) + b - a <= PART:
            found[-1] += text[a:b]
        else:
            found.append(text[a:b])
    return found


def without(text: str, at: int) -> str:
    """The text without the sentence that text[at] is in."""
    return "".join(text[a:b] for a, b in sentence_spans(text) if not a <= at < b)
