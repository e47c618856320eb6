"""Questions made by script from news: a figure, date, person or place is taken out of a sentence and asked for.

They read as people type them into a search box: some words of the sentence, those that the article is about, some
replaced by near ones, and the words of asking. What tells an article that answers from one of the same topic that
doesn't can be learned from them, where no question that people asked is at hand.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rjieba

from bot.kinds.persons import SURNAME
from bot.question.stopwords import STOP
from vectorstore.embeddings import load_embedder
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import is_word

ARTICLES = 14_000
"""Articles read, spread over the file."""
ASKED = 700
"""Articles that are asked about."""
EACH = 2
"""Questions of one article, at most."""
NEAREST = 8
"""Articles on the same topic that a question is asked of beside its own."""
COPY = 0.97
"""Cosine from which two articles are one that was printed twice."""
PASSAGE = 300
"""Characters of a passage."""
OPENING = 6
"""Sentences of an article that may be asked about."""
REPLACED = 0.15
"""Of a question's words that are no names, how many are said by a near one."""
ALIKE = 0.55
"""Cosine of such a word."""

_HEAD = re.compile(r"^.{0,30}?正文[：:]\s*")
_ASKS = {
    "number": ("是多少", "多少", "多少{unit}", "有多少{unit}", "达到多少{unit}"),
    "date": ("时间", "是什么时候", "的时间", "是哪天", "日期", "的时间是什么时候"),
    "person": ("是谁", "是谁？", "谁"),
    "place": ("在哪里", "地点", "在哪", "的地点"),
}
_FIGURE = re.compile(
    r"(?<![\d.年月第])(\d[\d,]*(?:\.\d+)?\s*(?:[万亿]+)?(?P<unit>元|美元|人|名|家|个|项|辆|架|吨|公里|平方米|次|场|台|套|岁|倍|%|个百分点))"
)
_DATE = re.compile(r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日(?!\s*(?:电|讯|消息|获悉|报道|\d|[上下]午\d))")
_HOLDER = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,6}}(?:长|员|家|人|记|理|授|裁|席|演|任|手|军|帅|者|师|官|练)|导演|主演|冠军|记者|教授)"
    rf"[：:、\s]?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，,。、；（(说表介称在的以与和])"
)
_PLACE = re.compile(
    r"(?:在|于)(?P<place>[\u4e00-\u9fff]{2,12}(?:市|省|县|区|馆|中心|城|大学|体育场|广场|机场|公园|宫|厅|北京|上海))"
    r"(?=(?:正式|隆重|顺利)?[举召开落启首揭发签闭成])"
)
_MARKS = r"[，,。；;：:（）()！!？?]"
_OUTLET = re.compile(r"新闻|日电|报道|记者|日报|晚报|[网讯]$|IT之家|IT|消息|财经")
_NAMES = ("nr", "ns", "nt", "nz", "eng", "nrt")


@dataclass(frozen=True)
class Made:
    """A question with the answer's words, and what it is made of."""

    text: str
    answer: str
    kind: str


def news(data: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The passages, and the questions: "docs" are passages that hold the answer, "near" all that it is asked of."""
    texts = list(_articles(data / "train" / "news.jsonl.gz"))
    embedder = load_embedder()
    vectors = embedder.encode_document([text[:400] for text in texts])
    words = Words.of(texts, embedder)
    chance = random.Random(0)
    questions: list[dict[str, Any]] = []
    wanted: dict[int, list[tuple[str, str]]] = {}
    for i in chance.sample(range(len(texts)), len(texts)):
        if len(questions) >= ASKED * EACH:
            break
        asked = questions_of(texts[i], words, chance)
        if not asked:
            continue
        likeness = vectors @ vectors[i]
        near = [int(j) for j in np.argsort(-likeness)[: 4 * NEAREST] if j != i and likeness[j] < COPY][:NEAREST]
        for j in (i, *near):
            wanted.setdefault(j, [(f"news-{j}-{n}", part) for n, part in enumerate(_passages(texts[j]))])
        own = dict(wanted[i])
        others = {name: part for j in near for name, part in wanted[j]}
        for one in asked:
            bare = _bare(one.answer)
            docs = [name for name, part in (own | others).items() if bare in _bare(part)]
            questions.append(
                {"question": one.text, "answers": [one.answer], "docs": docs, "near": [*own, *others], "own": [*own]}
            )
    corpus = [{"id": name, "text": part} for parts in wanted.values() for name, part in parts]
    return corpus, questions


def _articles(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines[:: max(1, len(lines) // ARTICLES)]:
        text = article(json.loads(line)["text"])
        if len(text) > 150:
            yield text


def article(text: str) -> str:
    """The article without the line of its day, and with single blanks."""
    return re.sub(r"[ \u3000\xa0]+", " ", _HEAD.sub("", text))


def _passages(text: str) -> Iterator[str]:
    """The text in passages of whole sentences."""
    part = ""
    for a, b in sentence_spans(text):
        part += text[a:b]
        if len(part) >= PASSAGE:
            yield part
            part = ""
    if len(part) > PASSAGE / 6:
        yield part


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@dataclass(frozen=True)
class Words:
    """How rare words are in the news, and which word is near another."""

    rarity: dict[str, float]
    near: dict[str, str]

    @classmethod
    def of(cls, texts: Sequence[str], embedder: Any) -> Words:
        counts: Counter[str] = Counter()
        for text in texts[::3]:
            counts.update({word for word, tag in rjieba.tag(text[:500]) if tag[0] in "nvaj" and len(word) > 1})
        total = len(texts) / 3
        known = [word for word, n in counts.items() if n >= 8 and word not in STOP]
        vectors = embedder.encode_document(known)
        near = {}
        for start in range(0, len(known), 1000):
            likeness = vectors[start : start + 1000] @ vectors.T
            for row, word in zip(likeness, known[start : start + 1000], strict=True):
                for j in np.argsort(-row)[1:4]:
                    if row[j] >= ALIKE and known[j] not in word and word not in known[j]:
                        near[word] = known[j]
                        break
        return cls({word: float(np.log(total / (1 + n))) for word, n in counts.items()}, near)


def questions_of(text: str, words: Words, chance: random.Random) -> list[Made]:
    """Questions about one article."""
    spans = sentence_spans(text)[:OPENING]
    subject = subject_of(text)
    made: dict[str, Made] = {}
    for a, b in chance.sample(spans, len(spans)):
        sentence = text[a:b]
        if not 15 <= len(sentence) <= 160:
            continue
        for kind, start, end, unit in _answers(sentence):
            question = _question(sentence, start, end, kind, unit, subject, words, chance)
            if question and kind not in made:
                made[kind] = Made(question, sentence[start:end], kind)
    return chance.sample(list(made.values()), min(EACH, len(made)))


def subject_of(text: str) -> list[str]:
    """What an article is about: the titles it names first, or the words of names that it opens with and repeats."""
    titles = [title for title in re.findall(r"《[^》]{2,16}》", text[:300]) if text.count(title) > 1]
    names = [
        word for word, tag in rjieba.tag(text[:250]) if tag in _NAMES and len(word) > 1 and not _OUTLET.search(word)
    ]
    return titles[:1] or [word for word in dict.fromkeys(names) if text.count(word) > 1][:2]


def _answers(sentence: str) -> Iterator[tuple[str, int, int, str]]:
    """What may be asked for: its kind, where it stands, and the unit of a figure."""
    for found in _FIGURE.finditer(sentence):
        yield "number", found.start(), found.end(), found["unit"]
    for found in _DATE.finditer(sentence):
        yield "date", found.start(), found.end(), ""
    for found in _HOLDER.finditer(sentence):
        if not is_word(found["name"][:2]):
            yield "person", found.start("name"), found.end("name"), ""
    for found in _PLACE.finditer(sentence):
        yield "place", found.start("place"), found.end("place"), ""


def _question(
    sentence: str,
    start: int,
    end: int,
    kind: str,
    unit: str,
    subject: Sequence[str],
    words: Words,
    chance: random.Random,
) -> str | None:
    """The clause around the answer, shortened, behind the article's subject and before the words of asking."""
    before = re.split(_MARKS, sentence[:start])
    after = re.split(_MARKS, sentence[end:])[0]
    clause = before[-1] if len(before[-1]) >= 4 or len(before) < 2 else before[-2] + before[-1]
    said, follows = content(clause), content(after)
    if kind == "date":
        said, follows = ([] if follows else said[-4:]), follows[: chance.choice((3, 4, 5, 6))]
    elif kind == "person":
        said, follows = said[-chance.choice((1, 1, 2, 3)) :], []
    elif kind == "number":
        said, follows = said[-chance.choice((2, 3, 4)) :], []
    else:
        said, follows = said[-2:], follows[: chance.choice((2, 3, 4))]
    kept = [_said(word, tag, words, chance) for word, tag in [*said, *follows]]
    answer = sentence[start:end]
    own = [word for word in subject if word not in "".join(kept) and answer not in word and word not in answer]
    text = "".join([*own, *kept])
    if (
        len(kept) < (1 if kind == "person" else 2)
        or len(own) + len(kept) < 2
        or answer in text
        or not 5 <= len(text) <= 36
    ):
        return None
    year = re.search(r"20\d{2}年", sentence)
    if year and year.group() not in text and chance.random() < 0.6 and kind != "date":
        text = year.group() + text
    return text + chance.choice(_ASKS[kind]).format(unit=unit if unit != "%" else "")


def content(clause: str) -> list[tuple[str, str]]:
    """The words of a clause that say something, with their tags."""
    return [pair for pair in rjieba.tag(clause) if _tells(*pair)]


def _tells(word: str, tag: str) -> bool:
    whole = len(word) > 1 and not word.isdigit()
    return whole and (tag in _NAMES or tag[0] in "nvajli") and word not in STOP and not _OUTLET.search(word)


def _said(word: str, tag: str, words: Words, chance: random.Random) -> str:
    """The word, or one near it."""
    return words.near.get(word, word) if tag not in _NAMES and chance.random() < REPLACED else word
