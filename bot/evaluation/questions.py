"""The questions of an evaluation, with what is known of their answers, read from files of two forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.errors import BotError
from bot.evaluation.lines import BadFile, Record, at, read_lines, text_of, texts_of
from bot.pipeline import check


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that an answer must cite."""

    document: str
    """By id, title or file name."""
    quote: str


@dataclass(frozen=True, slots=True)
class Text:
    """A document that comes with the questions or in a corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is known of its answer; what isn't known isn't judged."""

    id: str
    text: str
    kind: str = ""
    answerable: bool = True
    documents: tuple[str, ...] = ()
    """Those that answer it, by id, title or file name."""
    answers: tuple[str, ...] = ()
    """Reference answers; one is enough."""
    must: tuple[tuple[str, ...], ...] = ()
    """The answer holds one string of each group."""
    evidence: tuple[Evidence, ...] = ()
    history: tuple[str, ...] = ()
    """The questions asked before it, oldest first."""
    within: tuple[str, ...] = ()
    """The documents it is asked of; () for all."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the texts that came with them."""

    questions: tuple[Question, ...]
    texts: tuple[Text, ...] = ()


def read_questions(paths: Sequence[Path], *, limit: int | None = None, within: bool = False) -> QuestionSet:
    """The first `limit` questions of each file; with `within`, each is asked of its own documents (`docs`) only.

    A line is {"question", "id"?, "kind"?, "history"?, "answerable"?, "docs"?, "answers"?, "must"?, "evidence"?}, where
    evidence is [{"doc", "quote"}] and something must tell what is right; or {"query", "answer", "positive",
    "negative"}: a question with passages of its own, asked of all of them and then of the negative ones alone, which
    don't answer it. Raises BadFile, also for files without a question and for an id that stands twice.
    """
    questions: list[Question] = []
    texts: list[Text] = []
    places: dict[str, str] = {}
    for path in paths:
        for number, record in islice(read_lines(path), limit):
            with at(path, number):
                if "positive" in record:
                    read, passages = _with_passages(record, number)
                    texts += passages
                else:
                    read = [_question(record, number, within=within)]
                for question in read:
                    here = f"{path} 第 {number} 行"
                    if places.setdefault(question.id, here) != here:
                        raise ValueError(f"编号 {question.id} 已在 {places[question.id]} 用过")
                questions += read
    if not questions:
        raise BadFile(f"题集 {'、'.join(map(str, paths))} 里没有题。每行应为一个 JSON 对象，含 question 和 docs。")
    return QuestionSet(tuple(questions), tuple(texts))


def read_texts(path: Path) -> list[Text]:
    """The texts of a corpus, a line each: {"id", "title"?, "text"}; one that stands twice counts once.

    Raises BadFile, also for two different texts under one id.
    """
    texts: dict[str, Text] = {}
    for number, record in read_lines(path):
        with at(path, number):
            text = Text(text_of(record, "id"), text_of(record, "title", default=""), text_of(record, "text"))
            if texts.setdefault(text.id, text) != text:
                raise ValueError(f"编号 {text.id} 前面已用过，内容不同")
    if not texts:
        raise BadFile(f"语料 {path} 里没有文件。每行应为一个 JSON 对象，含 id 和 text。")
    return list(texts.values())


def _question(record: Record, number: int, *, within: bool) -> Question:
    answerable = record.get("answerable", True)
    if not isinstance(answerable, bool):
        raise ValueError("answerable 应为 true 或 false")
    evidence = tuple(_evidence(item) for item in _list(record, "evidence"))
    documents = texts_of(record, "docs")
    question = Question(
        id=text_of(record, "id", default=str(number)),
        text=_asked(text_of(record, "question")),
        kind=text_of(record, "kind", default=""),
        answerable=answerable,
        documents=(documents or tuple(dict.fromkeys(item.document for item in evidence))) if answerable else (),
        answers=texts_of(record, "answers"),
        must=_groups(record, "must"),
        evidence=evidence,
        history=tuple(_asked(text) for text in texts_of(record, "history")),
        within=documents if within else (),
    )
    if answerable and not (question.documents or question.answers or question.must):
        raise ValueError("没有说怎样算对：要有 docs、answers、must 或 evidence，或者 answerable 为 false")
    return question


def _with_passages(record: Record, number: int) -> tuple[list[Question], list[Text]]:
    name = text_of(record, "id", default=str(number))
    asked, must = _asked(text_of(record, "query")), _groups(record, "answer")
    good = [Text(f"{name}+{i}", "", text) for i, text in enumerate(texts_of(record, "positive"), start=1)]
    bad = [Text(f"{name}-{i}", "", text) for i, text in enumerate(texts_of(record, "negative"), start=1)]
    if not good or not must:
        raise ValueError("positive 和 answer 不能为空")
    right = tuple(text.id for text in good)
    wrong = tuple(text.id for text in bad)
    answers = (must[0] if len(must) == 1 else (" ".join(group[0] for group in must),)) if must else ()
    told = Question(name, asked, documents=right, answers=answers, must=must, within=right + wrong)
    untold = Question(f"{name}-", asked, kind="noise", answerable=False, within=wrong)
    return [told, untold] if bad else [told], good + bad


def _groups(record: Record, name: str) -> tuple[tuple[str, ...], ...]:
    """Groups of strings; a bare string is a group of one."""
    groups = tuple(
        texts_of({name: item}, name) if isinstance(item, list) else (text_of({name: item}, name),)
        for item in _list(record, name)
    )
    if not all(groups):
        raise ValueError(f"{name} 里有空的一组")
    return groups


def _evidence(item: object) -> Evidence:
    if not isinstance(item, dict):
        raise ValueError("evidence 的每一项应为 {doc, quote}")
    return Evidence(text_of(item, "doc"), text_of(item, "quote"))


def _list(record: Record, name: str) -> list[object]:
    value = record.get(name) or []
    if not isinstance(value, list):
        raise ValueError(f"{name} 应为列表")
    return value


def _asked(question: str) -> str:
    try:
        check(question)
    except BotError as error:
        raise ValueError(str(error).rstrip("。")) from error
    return question
