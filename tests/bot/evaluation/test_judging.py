"""The judges: figures counted by hand, and what must hold of any text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation
from bot.evaluation.answers import judge_answer
from bot.evaluation.questions import Evidence, Question
from bot.evaluation.refusals import auc, curve, refused_at
from bot.evaluation.retrieval import judge_retrieval
from bot.evaluation.words import bare, character_f1, common_subsequence, rouge_l, squash
from vectorstore.model import Chunk, Document, Hit

TEXT = "一、补贴标准\n新种柑橘的，每亩一次性补贴 800 元。\n" + "其他事项另行通知。" * 80 + "\n由县农业局负责解释。"
ORANGES = Document(id="b2", title="柑橘补贴办法", text=TEXT, source="/政策/柑橘.txt", sha256="0" * 64)
MARKET = Document(
    id="a1", title="集市办法", text="摊位每晚开放。收摊后清扫。", source="/政策/集市.txt", sha256="0" * 64
)


def hit(document: Document, text: str) -> Hit:
    start = document.text.index(text)
    return Hit(Chunk(f"{document.id}-{start}", document.id, 0, start, start + len(text), (), text), document, 1.0)


def cite(document: Document, quote: str, number: int = 1) -> Citation:
    start = document.text.index(quote)
    return Citation(number, document, (), start, start + len(quote), quote)


def answered(*citations: Citation) -> Answer:
    text = "\n".join(f"{c.quote}[{c.number}]" for c in citations)
    return Answer("问", text, "answered", citations)


REFUSED = Answer("问", "资料库中的文件没有说明这一点。", "not_found")
FOUND: Sequence[Hit] = (
    hit(MARKET, "摊位每晚开放。"),
    hit(MARKET, "收摊后清扫。"),
    hit(ORANGES, "新种柑橘的，每亩一次性补贴 800 元。"),
)


def named(name: str) -> frozenset[str]:
    return frozenset({{"柑橘.txt": "b2", "集市.txt": "a1"}.get(name, name)})


def test_documents_are_ranked_once_however_many_chunks_they_have() -> None:
    values = judge_retrieval(FOUND, right=frozenset({"b2", "c3"}))
    assert values == {
        "hit@1": 0.0, "hit@5": 1.0, "hit@10": 1.0, "R@1": 0.0, "R@5": 0.5, "R@10": 0.5, "MRR@10": 0.5,
    }  # fmt: skip


def test_words_count_where_they_stand_whatever_the_punctuation() -> None:
    values = judge_retrieval(
        FOUND, right=frozenset(), answers=["没有", "一次性补贴８００元"], quotes=["每晚，开放", "无此"]
    )
    assert values == {
        "answer@1": 0.0, "answer@5": 1.0, "answer@10": 1.0, "evidence@1": 0.5, "evidence@5": 0.5, "evidence@10": 0.5,
    }  # fmt: skip
    assert judge_retrieval(FOUND, right=frozenset(), answers=["每晚开放" * 60, "？"]) == {}


def test_nothing_found_scores_nothing() -> None:
    values = judge_retrieval((), right=frozenset({"b2"}), answers=["补贴"], quotes=["补贴"])
    assert set(values.values()) == {0.0} and len(values) == 13


def test_a_right_answer_has_no_fault() -> None:
    question = Question("q", "补多少？", must=(("900元", "800元"),), evidence=(Evidence("柑橘.txt", "补贴800元"),))
    values, faults = judge_answer(question, answered(cite(ORANGES, "每亩一次性补贴 800 元")), named)
    assert faults == ()
    assert values == {
        "exact": 1.0, "refused_wrongly": 0.0, "must": 1.0, "evidence_precision": 1.0, "evidence_recall": 1.0,
        "length": 11, "right": 1.0,
    }  # fmt: skip


def test_each_fault_is_told() -> None:
    question = Question(
        "q",
        "补多少？",
        kind="number",
        must=(("五百元",), ("800元",)),
        evidence=(Evidence("柑橘.txt", "每亩一次性补贴"), Evidence("集市.txt", "清扫")),
    )
    invented = replace(cite(ORANGES, "由县农业局负责解释"), quote="由县政府负责解释", number=2)
    long = cite(ORANGES, "其他事项另行通知。" * 30, number=3)
    values, faults = judge_answer(question, answered(cite(ORANGES, "补贴 800 元"), invented, long), named)
    told = "；".join(faults)
    for part in ("引文 2 与原文不符", "缺少“五百元”", "没有引用“清扫”（集市.txt）", "超过 160 字"):
        assert part in told
    assert len(faults) == 4
    assert values["right"] == 0.0 and values["must"] == 0.5 and values["exact"] == pytest.approx(2 / 3)
    # The third begins within 400 characters of the evidence, the second stands far from it.
    assert values["evidence_precision"] == pytest.approx(2 / 3) and values["evidence_recall"] == 0.5


def test_refusals_are_right_where_there_is_no_answer() -> None:
    told = Question("q", "补多少？", documents=("柑橘.txt",), answers=("800元",))
    untold = Question("q", "天气？", answerable=False)
    assert judge_answer(untold, REFUSED, named) == ({"refused_rightly": 1.0, "right": 1.0}, ())
    values, faults = judge_answer(told, REFUSED, named)
    assert faults == ("有答案却拒答",)
    assert (values["F1"], values["contained"], values["evidence_recall"]) == (0.0, 0.0, 0.0)
    assert "evidence_precision" not in values and "length" not in values
    answer = answered(cite(MARKET, "摊位每晚开放"))
    assert judge_answer(untold, answer, named)[1] == ("文件里没有，却作了回答",)
    assert judge_answer(told, answer, named)[1] == ("与参考答案相差太远（F1 0.00）", "没有引用答案所在的文件")


def test_any_right_document_is_enough() -> None:
    question = Question("q", "补多少？", documents=("柑橘.txt", "没有的"), answers=("一次性补贴800元",))
    values, faults = judge_answer(question, answered(cite(ORANGES, "每亩一次性补贴 800 元")), named)
    assert faults == () and values["evidence_recall"] == values["contained"] == values["either"] == 1.0
    assert values["F1"] == pytest.approx(2 * 9 / (11 + 9)) == values["ROUGE-L"]


def test_a_quotation_within_the_reference_is_told_from_one_beside_it() -> None:
    question = Question("q", "补多少？", documents=("柑橘.txt",), answers=("按每亩一次性补贴 800 元的标准发给农户",))
    inside = judge_answer(question, answered(cite(ORANGES, "每亩一次性补贴 800 元")), named)[0]
    assert (inside["contained"], inside["either"]) == (0.0, 1.0)
    beside = judge_answer(
        question, answered(cite(ORANGES, "每亩一次性补贴 800 元"), cite(MARKET, "摊位每晚开放", number=2)), named
    )[0]
    assert (beside["contained"], beside["either"]) == (0.0, 0.0)


def test_squashed_text_keeps_what_is_read_aloud() -> None:
    assert squash("《办法》（２０２１）第 3 条\n，ABC！") == "办法2021第3条abc"
    assert bare("甲[1]乙[12]。〔2021〕[x]") == "甲乙。〔2021〕[x]"


def _table(one: str, other: str) -> int:
    """The longest common subsequence by the textbook table."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = row[:]
        for j, b in enumerate(other, start=1):
            row[j] = before[j - 1] + 1 if a == b else max(before[j], row[j - 1])
    return row[-1]


_WORDS = st.text(alphabet="甲乙丙丁ab1", max_size=40)


@given(_WORDS, _WORDS)
def test_the_longest_common_subsequence_is_the_textbook_one(one: str, other: str) -> None:
    assert common_subsequence(one, other) == _table(one, other)


@given(_WORDS, _WORDS)
def test_similarities_are_shares_and_symmetric(one: str, other: str) -> None:
    for measure in (character_f1, rouge_l):
        assert 0.0 <= measure(one, other) == measure(other, one) <= 1.0
    assert rouge_l(one, other) <= character_f1(one, other)
    assert not one or character_f1(one, one) == rouge_l(one, one) == 1.0


_SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(_SCORES, _SCORES)
def test_the_curve_rises_from_none_to_all_and_its_area_counts_the_pairs(
    kept: list[float], refused: list[float]
) -> None:
    points = curve(kept, refused)
    assert (points[0].right, points[0].wrong) == (0.0, 0.0) and (points[-1].right, points[-1].wrong) == (1.0, 1.0)
    assert all(a.right <= b.right and a.wrong <= b.wrong for a, b in pairwise(points))
    assert all(a.threshold <= b.threshold for a, b in pairwise(points))
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in kept for b in refused]
    assert auc(points) == pytest.approx(sum(pairs) / len(pairs))
    at = refused_at(points)
    assert at is not None and at.wrong <= 0.05
    assert at.right == pytest.approx(sum(s < at.threshold for s in refused) / len(refused))


def test_without_both_kinds_of_question_there_is_no_curve() -> None:
    assert curve([0.5], []) == curve([], [0.5]) == []
    assert auc([]) is None and refused_at([]) is None
