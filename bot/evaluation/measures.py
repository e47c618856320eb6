"""The measures by name: what each says, which way is better, and their means and quantiles over an evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from bot.evaluation.outcome import Outcome
from bot.evaluation.refusals import auc, curve, refused_at

Group = Literal["retrieval", "answers", "citations", "refusals", "latency"]
Unit = Literal["share", "characters", "seconds"]

METHODS: Mapping[str, str] = {"": "融合", "bm25:": "关键词", "dense:": "向量"}
"""What is compared, by the prefix of its measures: what questions are answered from, and each engine alone."""
GROUPS: Mapping[Group, str] = {
    "retrieval": "检索",
    "answers": "回答",
    "citations": "引用",
    "refusals": "拒答",
    "latency": "用时",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of an evaluation: the mean of its questions' values, unless said otherwise."""

    key: str
    group: Group
    about: str
    unit: Unit = "share"
    better: Literal["higher", "lower", "neither"] = "higher"


RETRIEVAL = (
    *(Measure(f"hit@{k}", "retrieval", f"前 {k} 份文件里有正确的") for k in (1, 5, 10)),
    *(Measure(f"R@{k}", "retrieval", f"正确文件排进前 {k} 份的比例") for k in (1, 5, 10)),
    Measure("MRR@10", "retrieval", "第一份正确文件名次的倒数"),
    *(Measure(f"answer@{k}", "retrieval", f"前 {k} 个段落里有参考答案的原话") for k in (1, 5, 10)),
    *(Measure(f"evidence@{k}", "retrieval", f"依据的原话排进前 {k} 个段落的比例") for k in (1, 5, 10)),
)
_OTHERS = (
    Measure("right", "answers", "没有任何差错的题"),
    Measure("F1", "answers", "与参考答案相同的字（字符 F1）"),
    Measure("ROUGE-L", "answers", "与参考答案的最长公共子序列"),
    Measure("contained", "answers", "含有参考答案的原话"),
    Measure("either", "answers", "含有参考答案的原话，或者引文都在参考答案里"),
    Measure("must", "answers", "必须有的要点"),
    Measure("length", "answers", "回答的字数", "characters", "neither"),
    Measure("exact", "citations", "引文与原文一字不差"),
    Measure("evidence_precision", "citations", "引用落在依据上"),
    Measure("evidence_recall", "citations", "依据得到引用"),
    Measure("refused_rightly", "refusals", "没有答案的题，拒答"),
    Measure("refused_wrongly", "refusals", "有答案的题，却拒答", better="lower"),
    Measure("AUC", "refusals", "依据分数把两类题分开的程度"),
    Measure("refused@5%", "refusals", "误拒不超过 5% 时能拒答的"),
    Measure("search_p50", "latency", "检索，一半的题", "seconds", "lower"),
    Measure("search_p95", "latency", "检索，95% 的题", "seconds", "lower"),
    Measure("search_seconds", "latency", "检索，平均", "seconds", "lower"),
    Measure("answer_p50", "latency", "回答，一半的题", "seconds", "lower"),
    Measure("answer_p95", "latency", "回答，95% 的题", "seconds", "lower"),
    Measure("answer_seconds", "latency", "回答，平均", "seconds", "lower"),
)
MEASURES: Mapping[str, Measure] = {measure.key: measure for measure in (*RETRIEVAL, *_OTHERS)}


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a measure, and over how many questions it is."""

    value: float
    questions: int


def figures(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """The figure of every measure that applies to some question; retrieval measures with the prefixes of METHODS."""
    found: dict[str, Figure] = {}
    for key in (prefix + measure.key for prefix in METHODS for measure in MEASURES.values()):
        values = [outcome.values[key] for outcome in outcomes if key in outcome.values]
        if values:
            found[key] = Figure(fmean(values), len(values))
    for name in ("search", "answer"):
        seconds = [outcome.values[f"{name}_seconds"] for outcome in outcomes if f"{name}_seconds" in outcome.values]
        if seconds:
            found[f"{name}_p50"] = Figure(quantile(seconds, 0.5), len(seconds))
            found[f"{name}_p95"] = Figure(quantile(seconds, 0.95), len(seconds))
    points = curve(*scores(outcomes))
    area, at = auc(points), refused_at(points)
    if area is not None and at is not None:
        found["AUC"], found["refused@5%"] = Figure(area, len(outcomes)), Figure(at.right, len(outcomes))
    return found


def scores(outcomes: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    """The evidence scores of the answerable questions, and of the others."""
    answerable = [outcome.score for outcome in outcomes if outcome.answerable]
    return answerable, [outcome.score for outcome in outcomes if not outcome.answerable]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that `share` of them don't exceed; there is at least one."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def written(value: float, unit: Unit) -> str:
    """The value as people read it: .123, 45 or 67 ms."""
    match unit:
        case "share":
            return f"{value:.3f}"
        case "characters":
            return f"{value:.0f}"
        case "seconds":
            return f"{value * 1000:.0f} ms"
