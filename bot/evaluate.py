"""Measures how well a library finds the documents, and the words, that questions are answered from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import BotError
from vectorstore.hybrid import Weights
from vectorstore.library import Library
from vectorstore.model import Document, Hit

METHODS: Mapping[str, Weights] = {
    "关键词（BM25）": Weights(lexical=1.0, dense=0.0, document=0.0, nearest=0.0),
    "向量": Weights(lexical=0.0, dense=1.0, document=0.0, nearest=0.0),
    "融合": Weights(),
}
"""What is compared: each engine alone, and the fusion that answers questions."""
DEEPEST = 10
"""Documents, and chunks, that are looked at."""
LONGEST_ANSWER = 200
"""Characters; a longer reference answer is a summary that no chunk holds word for word."""
_CHUNKS = 100
"""Chunks asked for, so that ten different documents are among them."""

Search = Callable[[str], Sequence[Hit]]


class BadQuestions(BotError):
    """The file of questions can't be used."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the documents that answer it (by id, title, or file name), and the answer's own words if known."""

    text: str
    documents: frozenset[str]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of the questions, 0…1: a right document first, or among the first five or ten; and in which chunks.

    `answer…` are over the questions with a short reference answer: its words stand in the first chunk, or in one of
    the first five or ten; None when there is no such question.
    """

    hit1: float
    hit5: float
    hit10: float
    mrr10: float
    """Mean of 1/rank of the first right document, 0 beyond the tenth."""
    answer1: float | None
    answer5: float | None
    answer10: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of each method over one file of questions."""

    name: str
    questions: int
    documents: int
    scores: Mapping[str, Scores]

    def table(self) -> str:
        """A Markdown table, one line for each method."""
        head = "| 方法 | hit@1 | hit@5 | hit@10 | MRR@10 | 答案@1 | 答案@5 | 答案@10 |"
        lines = [f"| {method} | {' | '.join(map(_cell, _values(s)))} |" for method, s in self.scores.items()]
        return "\n".join([head, "|---" * 8 + "|", *lines])

    def __str__(self) -> str:
        return f"{self.name}：{self.questions} 个问题，{self.documents} 份文件\n\n{self.table()}"


def evaluate(questions: Path, *, home: Path, embedding: str | None = None, limit: int | None = None) -> Evaluation:
    """Scores the library at `home` on the first `limit` questions of a file that name the documents they ask about.

    Raises BadQuestions, and LibraryError when the library can't be opened.
    """
    asked = read_questions(questions)[:limit]
    with Library.open(home, embedding=embedding) as library:
        scores = {
            method: score(asked, lambda text, w=weights: library.search(text, k=_CHUNKS, weights=w))  # type: ignore[misc]
            for method, weights in METHODS.items()
        }
        return Evaluation(questions.stem, len(asked), len(library.documents()), scores)


def read_questions(path: Path) -> list[Question]:
    """The questions of a .jsonl file that say where they are answered; those that follow on earlier ones left out.

    A line is {"question", "docs": [names], "answers"?: [words]}, or {"question", "evidence": [{"doc", "quote"}]}.
    Raises BadQuestions.
    """
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [_question(record) for record in records if not record.get("history")]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadQuestions(
            f"题集 {path} 读不出来（{error!r}）。每行应为一个 JSON 对象，含 question 和 docs。"
        ) from error
    usable = [question for question in found if question.documents]
    if not usable:
        raise BadQuestions(f"题集 {path} 里没有可用的题：每行要有 docs，即答案所在文件的名称或编号。")
    return usable


def _question(record: Mapping[str, Any]) -> Question:
    evidence = record.get("evidence") or ()
    documents = [*(record.get("docs") or ()), *(item["doc"] for item in evidence)]
    answers = [*(record.get("answers") or ()), *(item["quote"] for item in evidence)]
    return Question(record["question"], frozenset(documents), tuple(answers))


def score(questions: Sequence[Question], search: Search) -> Scores:
    """The scores of a search over the questions, of which there is at least one."""
    ranks: list[int] = []
    answer_ranks: list[int] = []
    for question in questions:
        hits = search(question.text)
        ranks.append(document_rank(question, hits))
        short = [answer for answer in question.answers if len(answer) <= LONGEST_ANSWER and squash(answer)]
        if short:
            answer_ranks.append(answer_rank(short, hits))
    return Scores(
        hit1=_share(ranks, 1),
        hit5=_share(ranks, 5),
        hit10=_share(ranks, 10),
        mrr10=sum(1 / rank for rank in ranks if rank <= DEEPEST) / len(ranks),
        answer1=_share(answer_ranks, 1) if answer_ranks else None,
        answer5=_share(answer_ranks, 5) if answer_ranks else None,
        answer10=_share(answer_ranks, 10) if answer_ranks else None,
    )


def document_rank(question: Question, hits: Sequence[Hit]) -> int:
    """The place of the first right document among the different documents of the hits, from 1; DEEPEST + 1 if none."""
    different = {hit.document.id: hit.document for hit in hits}
    for rank, document in enumerate(list(different.values())[:DEEPEST], start=1):
        if names(document) & question.documents:
            return rank
    return DEEPEST + 1


def answer_rank(answers: Sequence[str], hits: Sequence[Hit]) -> int:
    """The place of the first chunk that holds one of the answers, white space and punctuation aside, from 1."""
    wanted = [squash(answer) for answer in answers]
    for rank, hit in enumerate(hits[:DEEPEST], start=1):
        text = squash(hit.chunk.text)
        if any(answer in text for answer in wanted):
            return rank
    return DEEPEST + 1


def names(document: Document) -> set[str]:
    """What a file of questions may call the document."""
    source = Path(document.source)
    return {document.id, document.title, document.source, source.name, source.stem}


def squash(text: str) -> str:
    """The letters, digits and Chinese characters of a text, in their ordinary width and lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def _share(ranks: Sequence[int], depth: int) -> float:
    return sum(rank <= depth for rank in ranks) / len(ranks)


def _values(scores: Scores) -> list[float | None]:
    return list(asdict(scores).values())


def _cell(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
