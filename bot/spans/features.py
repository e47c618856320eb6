"""What is seen of each span a quotation may be cut to: the numbers by which the model tells how well it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import Kind
from bot.signals import fits
from bot.spans.cuts import Cuts

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
_SLOT = re.compile(
    r"(?:的|是|有|为|由|在|到|了|被)*(?:哪[些个几种项类家里儿位条方]*|什么样?的?|何种|何时|何|多少|几|谁|如何|怎么|怎样|多[大长久高]|为什么|啥)"
)
_OFFICE = re.compile(r"[局委厅部院办会]|公司|中心|企业|学校|大学|医院|银行|集团")
_PLACE = re.compile(r"[省市县区镇村路街州国岛山河湖]")
_LATIN = re.compile(r"[a-z]{3,}|\d{7,}")
_MONEY = re.compile(r"元|[%％]|百分|倍")
_TIMES = re.compile(r"[年月日号时]|小时|分钟|期间")
FIRSTS = "对为由将要可应不以在从通是加鼓支按把向根"
"""Characters by whose place at the beginning of a span its first clause is told apart: 对…, 由…, 不得…"""
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
    covered = (best * weights).sum(axis=1)  # a matrix product of BLAS may warn of numbers that are none of these
    before, after = first - 1, last + 1
    left, left_long, right = _slot(asked)
    holds_left, holds_right = (np.array([bool(w) and w in u for u in folded], dtype=np.float32) for w in (left, right))
    holds_long = np.array([bool(left_long) and left_long in u for u in folded], dtype=np.float32)
    ends_left = np.array([bool(left) and left in u[-6:] for u in folded], dtype=np.float32)
    heads_left = np.array([bool(left) and left in u[:6] for u in folded], dtype=np.float32)
    opens = np.array(
        [u.start == 0 or text[u.start - 1] == "\n" or u.start == cut.passage.chunk.start for u in cut.units],
        dtype=np.float32,
    )
    closes = np.array([u.end >= len(text) or "\n" in text[u.end - 1 : u.end + 1] for u in cut.units], dtype=np.float32)
    offices, places, latin, money, times = (
        np.array([len(pattern.findall(unit)) for unit in folded], dtype=np.float32)
        for pattern in (_OFFICE, _PLACE, _LATIN, _MONEY, _TIMES)
    )
    initial = [unit.lstrip()[:1] for unit in units]
    heading = terms.share(terms.found(fold(" ".join(passage.chunk.path))))
    title = terms.share(terms.found(fold(passage.document.title)))
    chunks = list(dict.fromkeys(p.chunk.id for p in passages))
    begin = np.array([FIRSTS.find(i) if i else -1 for i in initial])
    nxt = np.minimum(after, len(units) - 1)
    has_before, has_after = before >= 0, after < len(units)
    size, inside = total(length), total(told)
    novel = size - inside
    own_before = np.array([length[cut.first : i].sum() if i > cut.first else 0 for i in first])
    own_after = np.array([length[j + 1 : cut.last + 1].sum() if j < cut.last else 0 for j in last])
    columns = {
        "rank": rank,
        "score": passage.score,
        "behind": passages[0].score - passage.score,
        "coverage": passage.coverage,
        "own": passage.own,
        "fit_sentence": passage.fit,
        "same_chunk": passage.chunk.id == passages[0].chunk.id,
        "same_document": passage.document.id == passages[0].document.id,
        "log_size": np.log1p(size),
        "size": size / 100,
        "sentence_size": np.log1p(of_sentence(length)),
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
        "own_behind": max(p.own for p in passages) - passage.own,
        "coverage_behind": max(p.coverage for p in passages) - passage.coverage,
        "fit_behind": max(p.fit for p in passages) - passage.fit,
        "position": (passage.start - passage.chunk.start) / max(1, len(passage.chunk.text)),
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
        "asked_size": len(asked) / 20,
        "asked_noun": bool(noun),
        "left": total(holds_left) > 0,
        "left_first": holds_left[first],
        "left_last": holds_left[last],
        "left_before": np.where(has_before, holds_left[before], 0),
        "left_ends_before": np.where(has_before, ends_left[before], 0),
        "left_heads": heads_left[first],
        "left_after": np.where(has_after, holds_left[nxt], 0),
        "long": total(holds_long) > 0,
        "right": total(holds_right) > 0,
        "right_last": holds_right[last],
        "right_after": np.where(has_after, holds_right[nxt], 0),
        "right_first": holds_right[first],
        "right_before": np.where(has_before, holds_right[before], 0),
        "asks_left": bool(left),
        "opens": opens[first],
        "closes": closes[last],
        "paragraphs": np.log1p(total(opens)),
        "opens_after": np.where(has_after, opens[nxt], 0),
        "offices": np.log1p(total(offices)),
        "places": np.log1p(total(places)),
        "latin": total(latin) > 0,
        "money": total(money) > 0,
        "times": np.log1p(total(times)),
        "offices_left": np.log1p(np.maximum(of_sentence(offices) - total(offices), 0)),
        "digits_left": np.log1p(np.maximum(of_sentence(digits) - total(digits), 0)),
        "does_left": np.log1p(np.maximum(of_sentence(does) - total(does), 0)),
        "heading": heading,
        "title": title,
        "chunk_rank": chunks.index(passage.chunk.id),
        "passage_rank_in_chunk": sum(p.chunk.id == passage.chunk.id and p.start < passage.start for p in passages),
        "first_in_chunk": cut.first == 0,
        "units_behind": len(units) - 1 - cut.last,
        **{f"initial_{i}": (begin == i)[first] for i in range(len(FIRSTS))},
        **{f"kind_{kind}": query.kind == kind for kind in KINDS},
        **{f"asks_{name}": bool(asks.search(query.text)) for name, asks in _ASKS.items()},
    }
    rows = np.empty((len(runs), len(columns)), dtype=np.float32)
    for place, column in enumerate(columns.values()):
        rows[:, place] = column
    return runs, rows


def _slot(asked: str) -> tuple[str, str, str]:
    """The two and four characters before the word of asking, and the two behind it."""
    found = _SLOT.search(asked)
    if not found:
        return "", "", ""
    right = asked[found.end() : found.end() + 2].strip("?？。,，")
    return asked[max(0, found.start() - 2) : found.start()], asked[max(0, found.start() - 4) : found.start()], right


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
    """For each run the greatest of its units' rows, column by column; runs that begin alike stand together."""
    found = np.empty((len(runs), values.shape[1]), dtype=np.float32)
    at = 0
    while at < len(runs):
        begin, stop = runs[at][0], at
        while stop < len(runs) and runs[stop][0] == begin:
            stop += 1
        reached = np.maximum.accumulate(values[begin:], axis=0)
        found[at:stop] = reached[[end - begin for _, end in runs[at:stop]]]
        at = stop
    return found


def _asked_noun(query: Query) -> str:
    found = _ASKED.search(query.text)
    return (found[1] or found[2])[-2:] if found else ""


def _end(unit: str) -> tuple[bool, bool, bool]:
    last = unit.rstrip()[-1:]
    return last in "，,", last in "：:", last in "；;"
