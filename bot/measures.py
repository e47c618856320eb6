"""Whether a text states the figure that is asked for: of its unit, in digits or in words, and of the whole."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.question.aim import aim_of
from bot.question.stopwords import GENERIC
from bot.question.understand import Query
from vectorstore.numbers import YEAR_AND_FIGURE

_DIGITS = r"(?:\d[\d,，]*(?:\.\d+)?|[一二三四五六七八九十百千万两]+)"
_FIGURE = re.compile(rf"{_DIGITS}\s*(?:多|余)?\s*(?:[百千万亿]+)?\s*(?:多|余)?\s*[^\s\d,，。;；、)）]")
_PERIODS = re.compile(
    r"(?:19|20)\d{2}\s*[-—–―~～至到]\s*(?:19|20)?\d{2}\s*年"
    r"|(?:\d{1,2}\s*[-—–―~～至到]\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
)
"""Months, and from one year or month to another: they count nothing."""
_DOC_NUMBER = re.compile(rf"[\u4e00-\u9fff]*{YEAR_AND_FIGURE}")
"""A document's number counts nothing."""
_PER_HEAD = re.compile(r"每(?:[百千万]|十万)\s*(?:名|个|户)?(?:常住|户籍)?(?:人口?|居民|户|职工|元)|人均|户均")
OF_EACH = 0.4
"""What a figure for each of many is worth where the whole is asked for: 每万人口51件 for 拥有量."""
ONE = 0.4
"""What it is worth that something is one of its kind (一条主线): that is told by the way as often as counted."""
_CLAUSES = re.compile(r"[,，。；;]")
_TENTHS = (
    r"(?<![一二三四五六七八九十几])[一二三四五六七八九](?:至[一二三四五六七八九])?成"
    r"(?:[一二三四五六七八九](?!\w)|以上|左右|[，,。；;]|$)"
)
"""A share in tenths (六成以上), not what has come to be (三成立)."""
_SHARE = re.compile(
    r"\d(?:\.\d+)?\s*[%％‰]|百分之|\d+(?:\.\d+)?\s*(?:个)?百分点|\d+(?:\.\d+)?\s*倍|\d[:：]\d"
    rf"|{_TENTHS}"
)
_AMOUNT = re.compile(
    rf"{_DIGITS}\s*(?:多|余)?\s*(?:[千万亿]+\s*)?(?:多|余)?\s*(?:元|美元|欧元)"
    r"|\d[\d.]*\s*(?:千万|百万|亿|万)(?![件家人户个份吨亩项次条株台辆套张支名平立公米千])"
)
_DATES = re.compile(
    r"(?<!\d)\d{3,4}\s*年"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?[^，,。；;、\d]{0,6}[至到—~-]\s*(?:\d{1,2}\s*月)?\s*\d{1,2}\s*[日号]"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*[日号]"
)
"""Years and days of the calendar, from one to another too: none of them lasts so long (2月4日至10日 isn't 10 days)."""
_DURATION = re.compile(
    rf"{_DIGITS}\s*(?:个)?\s*(?:工作日|自然日|天|周(?!年)|星期|小时|分钟|学时|学期)|{_DIGITS}\s*个\s*月"
    r"|(?<!\d)[1-9]\d?\s*(?:年(?!\s*\d)|日(?:内|以内|前|后)|个月)|(?<![〇○零一二三四五六七八九十])[半一二三四五六七八九十两]\s*(?:年|日内|月内)"
    r"|(?<![月\d一二三四五六七八九十百〇○零])[一二三四五六七八九十百]+日(?![期常后])|(?<![\d一二三四五六七八九〇○零])[二三四五六七八九]?十[一二三四五六七八九]?年"
    r"|至[^，,。；;]{2,16}止|当[日天]|长期|永久|终身"
)
_IN_WORDS = re.compile(
    r"[百千万]分之[一二三四五六七八九十百]|(?<![第一二三四五六七八九十百千])(?:[二两三四五六七八九十][一二三四五六七八九十百千]*|一[百千])"
    r"\s*(?:个)?(?:[百千万]?元|倍|年|个?月|日|天|周岁|岁|小时|分钟|米|公里|公顷|亩|吨|度|学时|平方米)"
)
"""A figure as laws write it: 百分之九十, 三十日."""
_TO_CALL = re.compile(
    r"(?<![\d.])(?:0\d{2,3}\s*[-—–－]?\s*\d{7,8}|1\d{10}|[2-8]\d{6,7}|1[02]\d{3}|9\d{4}|1(?:10|19|2[02])|[48]00[-—]?\d{3}[-—]?\d{4})(?![\d.%]|\s*[年万亿元])"
)
"""The number of a telephone."""
_OFTEN = re.compile(
    rf"每(?:隔|间隔)?\s*(?:{_DIGITS})?\s*(?:个)?(?:年|半年|季度?|月|周|星期|日|天|学期|小时)|定期|[半一]年[一至]?次|{_DIGITS}\s*(?:年|月|周)\s*(?:一|1)\s*次|按[年季月周日]"
)

_OF_FINES = re.compile("罚|处|违|责任|后果")
_FINE = re.compile(r"[^，,。；;]*罚款")
_CALENDAR = ("年", "个月", "月", "天", "日")
"""Units by which days of the calendar are written too, which last no time."""
_COUNTED_AS = {
    "条": "[条项款]", "项": "[项条款]",
    "天": "(?:天|日|工作日|自然日)", "日": "(?:天|日|工作日|自然日)",
    "人": "(?:人|名|位(?!一体))", "名": "(?:人|名|位)",
    "个月": "(?:个?月)",
    "个": "[个家项件座种所类部]", "家": "[家户所]", "份": "[份件部]", "张": "[张本份]", "本": "[本册部张]",
    "笔": "[笔项单件]", "起": "[起件例次]", "例": "[起件例]", "辆": "[辆台部]", "台": "[台套部辆]", "套": "[套台]",
    "座": "[座个处所]", "处": "[处个座所]", "场": "[场次]", "岁": "周?岁", "届": "届",
}  # fmt: skip
"""Counters a document may use where a question has another; any other counter stands for itself."""

# The same sentences come up for question after question; what doesn't depend on its words is looked for once.
_remembering = lru_cache(maxsize=16_384)


def figure_asked(query: Query, passage: str) -> float:
    """How well `passage` states the figure that `query` asks for, 0 to 1; a fine is none of what something costs."""
    if query.unit == "元" and "罚款" in passage and not _OF_FINES.search(query.text):
        passage = _FINE.sub("", passage)
    plain = _DATES.sub("", passage) if query.unit in _CALENDAR else passage
    told = _without_numbers(plain if query.unit and query.unit not in _CALENDAR else _without_periods(plain))
    return states(told, query.unit) * (OF_EACH if _is_per_head(query, told) else 1.0)


@_remembering
def states(passage: str, unit: str | None) -> float:
    """Whether `passage` has a figure of `unit` (any, for None): 1; a part of that for one of another kind."""
    if unit == "元":
        return 1.0 if _AMOUNT.search(passage) else 0.0
    if unit == "%":
        return 1.0 if _SHARE.search(passage) else 0.0
    if unit == "电话":
        return 1.0 if _TO_CALL.search(passage) else 0.0
    if unit == "时":
        return 1.0 if _DURATION.search(passage) else 0.0
    if unit == "次" and (_OFTEN.search(passage)):
        return 1.0
    if unit:
        counter = _COUNTED_AS.get(unit, re.escape(unit))
        pattern = (
            rf"(?<![第一二三四五六七八九十百千\d]){_DIGITS}\s*(?:多|余)?\s*[百千万亿]*\s*(?:多|余|个)?\s*{counter}"
        )
        told = [found.group() for found in re.finditer(pattern, passage)]
        if any(said[0] != "一" or len(said) > 2 for said in told):
            return 1.0
        return ONE if told else 0.3 if _FIGURE.search(passage) else 0.0
    plain = _DATES.sub("", passage)
    return (
        1.0 if re.search(rf"\d|{_TENTHS}", plain) or _IN_WORDS.search(plain) else 0.3 if _FIGURE.search(plain) else 0.0
    )


@_remembering
def _without_periods(passage: str) -> str:
    return _PERIODS.sub("", passage)


@_remembering
def _without_numbers(passage: str) -> str:
    return _DOC_NUMBER.sub("", passage)


@_remembering
def _tells_per_head(passage: str) -> bool:
    return _PER_HEAD.search(passage) is not None


def _is_per_head(query: Query, passage: str) -> bool:
    """Whether what `passage` counts of the thing asked for is only so many for each ten thousand people or the like,
    which isn't asked for."""
    if not _tells_per_head(passage) or _PER_HEAD.search(query.text) or aim_of(query.text) == "goal":
        return False  # Goals are set per head where they are set at all.
    pairs = [w[i : i + 2].lower() for w in query.words if w not in GENERIC for i in range(len(w) - 1)]
    named = {True: 0, False: 0}
    for clause in _CLAUSES.split(passage):
        if states(clause, query.unit) > OF_EACH:
            per_head = bool(_PER_HEAD.search(clause))
            named[per_head] = max(named[per_head], sum(pair in clause.lower() for pair in pairs))
    return 3 * named[False] < named[True]
