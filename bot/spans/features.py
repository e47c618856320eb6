"""What is seen of each span a quotation may be cut to: the numbers by which the model tells how well it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.passages import Passage
from bot.signals import fits
from bot.spans.cuts import Cuts
from bot.terms import Terms
from bot.understand import Query, fold
from bot.wording import Kind

Numbers = NDArray[np.float32]

KINDS: tuple[Kind, ...] = ("general", "list", "number", "date", "person", "definition", "yes_no", "across")
"""Kinds of question told apart."""
_ASKS = {
    "how": re.compile(r"如何|怎么|怎样|方式|办法|措施|做法|举措|渠道|手段|途径|路径"),
    "what": re.compile(r"什么|哪些|哪几|啥"),
    "which": re.compile(r"哪[个家种项类条份]|哪一"),
    "why": re.compile(r"为什么|为何|原因|目的|为了什么|意义"),
    "where": re.compile(r"哪里|哪儿|在哪|地点|地址|位置|何处|网址|网站"),
    "who": re.compile(r"谁|哪位|对象|哪些人|人员|单位|部门|企业"),
    "when": re.compile(r"时间|何时|什么时候|哪天|几点|期限|多久|多长"),
    "how_many": re.compile(r"多少|几[个家件项天年月次名人]|比例|金额|数量|额度"),
    "duties": re.compile(r"要求|规定|任务|职责|内容|工作|政策|服务"),
    "result": re.compile(r"结果|作用|效果|成效|影响|好处|优势|特点"),
}
_ASKED = re.compile(
    r"(?:哪[些个几]|什么|何种)(?:样的|类型的)?([\u4e00-\u9fff]{2,4})[?？。]?$|的([\u4e00-\u9fff]{2,4})(?:是|有|包括|为)(?:什么|哪|啥)"
)
_CONNECTS = re.compile(
    r"^\s*(?:同时|此外|另外|其中|例如|比如|如|并|且|而|还|也|但|由于|因为|为|对|在|据|随着|根据|按照|目前|近日|截至)"
)
_LABEL = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]|[①-⑳●■▲◆])"
)
_DOES = re.compile(
    r"采取|通过|包括|实行|实施|提供|给予|开展|推出|加强|建立|可以|应当|不得|必须|分别|利用|运用|享受|免征|减免|是指|主要|分为"
)
_REPORTS = re.compile(r"记者|获悉|[日月]电|据了解|据介绍|据悉|新华社|讯[（(]|介绍[，,说]|表示[，,]|显示[，,]")
_QUOTED = re.compile(r"[“《]")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"), ("「", "」"), ("〔", "〕"))
_DIGIT = re.compile(r"\d")


def features(
    query: Query, terms: Terms, cut: Cuts, passages: Sequence[Passage], rank: int
) -> tuple[list[tuple[int, int]], Numbers]:
    """The spans of `cut` as (first unit, last unit), and a row of numbers for each.

    `passages` are the usable ones, best first; `rank` is the place of the cut's own among them.
    """
    runs = list(cut.runs())
    first, last = (np.array([run[i] for run in runs]) for i in (0, 1))
    passage, text = cut.passage, cut.passage.document.text
    units = [text[unit.start : unit.end] for unit in cut.units]
    folded = [fold(unit) for unit in units]
    asked = fold(query.text)
    bigrams = {asked[i : i + 2] for i in range(len(asked) - 1)}
    length = np.array([len(unit) for unit in folded], dtype=np.float32)
    told = np.array([_told(unit, bigrams) for unit in folded], dtype=np.float32)
    held = np.array([terms.found(unit) for unit in folded], dtype=np.float32).reshape(len(units), len(terms.weights))
    weights = np.array([weight for _, weight in terms.weights], dtype=np.float32)
    weights /= max(float(weights.sum()), 1e-6)
    fit = np.array([fits(query, unit) for unit in units], dtype=np.float32)
    marks = np.array([unit.count("、") for unit in units], dtype=np.float32)
    does = np.array([len(_DOES.findall(unit)) for unit in units], dtype=np.float32)
    digits = np.array([len(_DIGIT.findall(unit)) for unit in folded], dtype=np.float32)
    reports = np.array([bool(_REPORTS.search(unit)) for unit in units], dtype=np.float32)
    quotes = np.array([len(_QUOTED.findall(unit)) for unit in units], dtype=np.float32)
    pairs = np.array([[unit.count(a) - unit.count(b) for a, b in _PAIRS] for unit in units], dtype=np.float32)
    noun = _asked_noun(query)
    named = np.array([bool(noun) and noun in unit for unit in units], dtype=np.float32)
    begins = np.array([(bool(_CONNECTS.match(u)), bool(_LABEL.match(u))) for u in units], dtype=np.float32)
    ends = np.array([_end(unit) for unit in units], dtype=np.float32)

    def total(values: Numbers) -> Numbers:
        sums = np.concatenate([np.zeros((1, *values.shape[1:]), dtype=np.float32), np.cumsum(values, axis=0)])
        return np.asarray(sums[last + 1] - sums[first], dtype=np.float32)

    def of_sentence(values: Numbers) -> float:
        return float(values[cut.first : cut.last + 1].sum())

    best = _maxima(held, runs)
    covered = best @ weights
    before, after = first - 1, last + 1
    has_before, has_after = before >= 0, after < len(units)
    size, inside = total(length), total(told)
    novel = size - inside
    own_before = np.array([length[cut.first : i].sum() if i > cut.first else 0 for i in first])
    own_after = np.array([length[j + 1 : cut.last + 1].sum() if j < cut.last else 0 for j in last])
    columns = {
        "rank": np.full(len(runs), rank),
        "score": np.full(len(runs), passage.score),
        "behind": np.full(len(runs), passages[0].score - passage.score),
        "coverage": np.full(len(runs), passage.coverage),
        "own": np.full(len(runs), passage.own),
        "fit_sentence": np.full(len(runs), passage.fit),
        "same_chunk": np.full(len(runs), passage.chunk.id == passages[0].chunk.id),
        "same_document": np.full(len(runs), passage.document.id == passages[0].document.id),
        "log_size": np.log1p(size),
        "size": size / 100,
        "sentence_size": np.full(len(runs), np.log1p(of_sentence(length))),
        "share": size / max(of_sentence(length), 1.0),
        "clauses": last - first + 1,
        "later": np.maximum(last - cut.last, 0),
        "earlier": first < cut.first,
        "starts_sentence": first <= cut.first,
        "ends_sentence": last >= cut.last,
        "own_before": np.log1p(own_before),
        "own_after": np.log1p(own_after),
        "covered": covered,
        "covered_left": passage.own - covered,
        "told": inside / np.maximum(size, 1),
        "novel": np.log1p(novel),
        "novel_left": np.log1p(np.maximum(of_sentence(length - told) - novel, 0)),
        "told_first": (told / np.maximum(length, 1))[first],
        "told_last": (told / np.maximum(length, 1))[last],
        "told_before": np.where(has_before, (told / np.maximum(length, 1))[before], -0.5),
        "told_after": np.where(has_after, (told / np.maximum(length, 1))[np.minimum(after, len(units) - 1)], -0.5),
        "size_before": np.where(has_before, np.log1p(length)[before], 0),
        "size_after": np.where(has_after, np.log1p(length)[np.minimum(after, len(units) - 1)], 0),
        "fit": _maxima(fit[:, None], runs)[:, 0],
        "fit_before": np.where(has_before, fit[before], 0),
        "fit_after": np.where(has_after, fit[np.minimum(after, len(units) - 1)], 0),
        "marks": np.log1p(total(marks)),
        "marks_left": np.log1p(max(of_sentence(marks), 0) - np.minimum(total(marks), of_sentence(marks))),
        "does": np.log1p(total(does)),
        "digits": np.log1p(total(digits)),
        "quotes": np.log1p(total(quotes)),
        "reports": total(reports) > 0,
        "reports_first": reports[first],
        "told_ahead": np.array([_ahead(folded[i], bigrams) for i in range(len(units))])[first],
        "own_behind": np.full(len(runs), max(p.own for p in passages) - passage.own),
        "coverage_behind": np.full(len(runs), max(p.coverage for p in passages) - passage.coverage),
        "fit_behind": np.full(len(runs), max(p.fit for p in passages) - passage.fit),
        "position": np.full(len(runs), (passage.start - passage.chunk.start) / max(1, len(passage.chunk.text))),
        "open": np.abs(total(pairs)).sum(axis=1),
        "named": total(named) > 0,
        "named_first": named[first],
        "named_last": named[last],
        "connects": begins[first, 0],
        "labelled": begins[first, 1],
        "labelled_after": np.where(has_after, begins[np.minimum(after, len(units) - 1), 1], 0),
        "connects_after": np.where(has_after, begins[np.minimum(after, len(units) - 1), 0], 0),
        "comma_before": np.where(has_before, ends[before, 0], 0),
        "colon_before": np.where(has_before, ends[before, 1], 0),
        "semicolon_before": np.where(has_before, ends[before, 2], 0),
        "comma_end": ends[last, 0],
        "colon_end": ends[last, 1],
        "semicolon_end": ends[last, 2],
        "asked_size": np.full(len(runs), len(asked) / 20),
        "asked_noun": np.full(len(runs), bool(noun)),
        **{f"kind_{kind}": np.full(len(runs), query.kind == kind) for kind in KINDS},
        **{f"asks_{name}": np.full(len(runs), bool(asks.search(query.text))) for name, asks in _ASKS.items()},
    }
    return runs, np.column_stack([np.asarray(column, dtype=np.float32) for column in columns.values()])


def _told(unit: str, bigrams: set[str]) -> int:
    """How many characters of `unit` stand in the question beside the same neighbour."""
    held = bytearray(len(unit))
    for i in range(len(unit) - 1):
        if unit[i : i + 2] in bigrams:
            held[i] = held[i + 1] = 1
    return sum(held)


def _ahead(unit: str, bigrams: set[str]) -> float:
    """How much of the beginning of `unit` only says what the question says: a share of its characters."""
    at = 0
    while at + 1 < len(unit) and (unit[at : at + 2] in bigrams or unit[at - 1 : at + 1] in bigrams):
        at += 1
    return at / max(1, len(unit))


def _maxima(values: Numbers, runs: Sequence[tuple[int, int]]) -> Numbers:
    """For each run the greatest of its units' rows, column by column."""
    found = np.zeros((len(runs), values.shape[1]), dtype=np.float32)
    reached: dict[int, tuple[int, Numbers]] = {}
    for row, (i, j) in enumerate(runs):
        at, sofar = reached.get(i, (i - 1, np.zeros(values.shape[1], dtype=np.float32)))
        if j > at:
            sofar = np.maximum(sofar, values[at + 1 : j + 1].max(axis=0))
            reached[i] = (j, sofar)
        found[row] = sofar
    return found


def _asked_noun(query: Query) -> str:
    found = _ASKED.search(query.text)
    return (found[1] or found[2])[-2:] if found else ""


def _end(unit: str) -> tuple[bool, bool, bool]:
    last = unit.rstrip()[-1:]
    return last in "，,", last in "：:", last in "；;"
