"""Figures and dates in a text, as values: 4千万元 is 4000万元, 百分之十五 is 15%, 12.28日 is 12月28日."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

_HAN: Final = "零〇一二两三四五六七八九十百千"
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ARABIC: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE: Final = r"[十百千万亿]{0,3}"
_OVER: Final = r"[多余]?"
_UNITS: Final = (
    "个百分点|百分点|个基点|基点|%|‰|倍|番|平方公里|平方千米|平方米|立方米|公里|千米|毫米|厘米|公顷|亩|吨标准煤|标准煤|吨|公斤|千克|毫克"
    "|克|升|千瓦时|千瓦|兆瓦|美元|欧元|港元|日元|元|人次|人份|人|名|位|户次|户|家次|家|个工作日|工作日|个自然日|自然日|个月|月|个小时|小时|个季度"
    "|季度|分钟|秒|件次|件|项目|项|批次|批|单|笔|种|类|条|款|支|只|台套|台|套|辆|所|座|处|栋|份|部|本|篇|册|场次|场|期|次|例|起|宗|张|枚|头|株"
    "|床|岁|课时|学时|学分|分|片|间|班|队|对|门|口|车次|标箱|箱|艘|架|眼|周年|周|天|日|年|倍数|级|层|米|个|组|轮|步|大|成"
)
_TIMES: Final = "年|月|日|季度|周年|周|天"
_BARE: Final = "[\u4e00-\u9fffa-z]"
_FIGURE: Final = re.compile(
    rf"(?<![\d.第])(?:(?P<percent>百分之)(?P<per>{_ARABIC}|[{_HAN}]+(?:点[{_HAN}]+)?)"
    rf"|(?P<low>{_ARABIC})(?P<over>{_OVER})(?P<lowscale>{_SCALE})(?P<over2>{_OVER})"
    rf"(?:(?P<lowunit>{_UNITS})?(?:-|–|—|~|至|到)+(?P<high>{_ARABIC})(?P<highscale>{_SCALE}))?"
    rf"(?P<unit>{_UNITS}|{_BARE})?"
    rf"|(?<![第{_HAN}])(?P<han>[{_HAN}万亿]*[{_HAN}])(?P<over3>{_OVER})(?P<hanscale>[万亿]{{0,2}})(?P<over4>{_OVER})(?P<hanunit>{_UNITS})"
    rf"|翻(?P<doubled>[{_HAN}]?)番|(?P<half>一半|半数))"
)
_RATIO: Final = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+|\d+/\d+")
_RANK: Final = re.compile(rf"第(?P<n>\d{{1,4}}|[{_HAN}]{{1,5}})(?P<of>位|名|届|批|期|次|季度|产业)")
_DATES: Final = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[一二][〇零○\d一二三四五六七八九]{3})(?:年(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?|(?=[^\d]|$))"
    r"|(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d))"
    r"|(?P<fy>(?:19|20)\d{2})(?=年?(?:-|–|—|~|至|到)+(?:19|20)\d{2}年)"
    r"|(?<![\d.])(?P<m3>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d3>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
    r"|(?<![\d.])(?P<m4>1[0-2]|[1-9])\.(?P<d4>[12]\d|3[01]|[1-9])日"
    r"|(?<![\d.个几数])(?P<m5>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?![之内])"
)
PERIODS: Final = re.compile(
    r"[上下]半年|第?[一二三四1-4]季度|全年|[年月]底|[年月]末|[年月]初|[每次当今去前][年月日天周]|前\d+个月"
)
_BEFORE: Final = (
    ("<=", "不超过|不高于|不多于|不大于|不得超过|不得高于|不得多于|控制在|控制到|至多|最多|最高"),
    (">=", "不低于|不少于|不小于|不得低于|不得少于|至少|最少|最低|不亚于|不短于"),
    (">", "超过|突破|超|逾|高于|大于|多于|跨越|超出"),
    ("<", "低于|少于|小于|不足|不到|不满|短于"),
    ("~", "大约|约|近|接近|将近|大致"),
)
_BINDS: Final = tuple((kind, re.compile(rf"(?:{words})(?:了|到|为)?$")) for kind, words in _BEFORE)
_AFTER: Final = re.compile(r"(?:\((?:含|不含)(?:本数)?\))?(?P<how>及?以上|及?以下|之内|以内|左右|上下)")
_HOW: Final = {"上": ">=", "下": "<=", "内": "<=", "右": "~"}
_UP: Final = "增长|增加|增幅|增速|提高|提升|上升|递增|增收|扩大|上浮|上调|延长|增至|升至"
_DOWN: Final = "下降|降低|减少|压减|降幅|缩短|压缩|缩减|削减|递减|下浮|下调|减至|降至"
_TURN: Final = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度|幅|速度|比例)?(?:了|均|分别|力争|保持|要|应|将|须|需)*(?P<to>到|至)?"
    r"(?:达到|达|在|为|是|不低于|不少于|不小于|不高于|不超过|超过|突破|约|近|至少|最多|最高)*$"
)
_FROM: Final = re.compile(r"[从由自]$")


@dataclass(frozen=True, slots=True)
class Figure:
    """text[start:end] of a `plain` text is a number with its unit."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str
    how: str
    """How the words around bind it: >=, >, <=, <, ~ or "" for exactly."""
    lead: int
    """Where the words before the number that bind it begin; `start` where none do."""
    turn: str
    """What it does: "up", "down", with "to" for where it ends, "from" for where it began; "" for a plain level."""

    def same(self, other: Figure) -> bool:
        """Whether both say the same; money may go without its 元 (4千万, 4000万元)."""
        units = {self.unit, other.unit}
        return (
            (self.low, self.high, self.how, self.turn) == (other.low, other.high, other.how, other.turn)
            and (len(units) == 1 or units == {"", "元"})
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """text[start:end] of a `plain` text is a date; what it leaves out is None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None


def plain(text: str) -> str:
    """`text` for reading: compatibility forms unified, lower case, no white space, one kind of bracket."""
    unified = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return unified.translate(_BRACKETS)


_BRACKETS: Final = str.maketrans(
    {"〔": "[", "【": "[", "﹝": "[", "〕": "]", "】": "]", "﹞": "]", "「": "“", "」": "”"}
)


@lru_cache(maxsize=4096)
def days(text: str) -> tuple[Day, ...]:
    """The dates in a `plain` text, in order."""
    return tuple(found for match in _DATES.finditer(text) if (found := _day(match)))


@lru_cache(maxsize=8192)
def periods(text: str) -> tuple[str, ...]:
    """The parts of a year that a `plain` text names, and what recurs: 上半年, 第二季度, 每年."""
    return tuple(match.group().removeprefix("第") for match in PERIODS.finditer(text))


def _day(match: re.Match[str]) -> Day | None:
    year = match["y"] or match["fy"]
    month = match["m"] or match["m2"] or match["m3"] or match["m4"] or match["m5"]
    day = match["d"] or match["d2"] or match["d3"] or match["d4"]
    numbers = [None if part is None else _whole(part) for part in (year, month, day)]
    if (numbers[1] or 1) > 12 or (numbers[2] or 1) > 31:
        return None
    return Day(match.start(), match.end(), numbers[0], numbers[1], numbers[2])


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures in a `plain` text, in order; dates and numbered places (第六条) are none, a ratio is its own
    unit."""
    taken = [(day.start, day.end) for day in days(text)]
    found = []
    for match in _RATIO.finditer(text):
        taken.append(match.span())
        found.append(Figure(*match.span(), Fraction(0), Fraction(0), match.group(), "", match.start(), ""))
    for match in _RANK.finditer(text):
        taken.append(match.span())
        rank = _number(match["n"])
        found.append(Figure(*match.span(), rank, rank, "第" + match["of"], "", match.start(), ""))
    for match in _FIGURE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken) and (made := _figure(match, text)):
            found.append(made)
    return tuple(sorted(found, key=lambda figure: figure.start))


def _figure(match: re.Match[str], text: str) -> Figure | None:
    over = any(match[name] for name in ("over", "over2", "over3", "over4"))
    if match["half"]:
        low = high = Fraction(50)
        unit = "%"
    elif match["percent"]:
        low = high = _number(match["per"])
        unit = "%"
    elif match["doubled"] is not None:
        low = high = _number(match["doubled"] or "一")
        unit = "番"
    elif match["han"]:
        unit = match["hanunit"]
        if match["han"] in ("一", "千", "百", "万", "十") and not match["hanscale"]:
            return None  # 一种, 千家万户: a manner of speaking
        low = high = _number(match["han"] + match["hanscale"])
    else:
        scale = match["highscale"] if match["high"] else match["lowscale"]
        # 200至300万元 begins at 200万, 200元至300万元 doesn't.
        low = _number(match["low"]) * _scaled(match["lowscale"] or ("" if match["lowunit"] else scale or ""))
        high = _number(match["high"]) * _scaled(scale or "") if match["high"] else low
        unit = match["unit"] or match["lowunit"] or ""
        if match["lowunit"] and _unit(match["lowunit"]) != _unit(unit):
            unit = f"{match['lowunit']}至{unit}"
    end = match.end()
    if unit in ("多", "余", "及", "以", "左", "的", "和", "与", "至", "到") or (unit and unit[0] in "以及左"):
        unit, end = "", end - 1
    before = text[max(0, match.start() - 16) : match.start()]
    before = re.split(r"[,;。:、]", before)[-1]
    how, lead = "", match.start()
    for kind, words in _BINDS:
        if bound := words.search(before):
            how, lead = kind, match.start() - len(bound.group())
            break
    if after := _AFTER.match(text, end):
        how, end = _HOW[after["how"][-1]] if after["how"] != "上下" else "~", after.end()
    elif over and not how:
        how = ">"
    turned = _TURN.search(before)
    turn = (
        ("up" if turned["up"] else "down") + ("to" if turned["to"] or "至" in turned.group() else "") if turned else ""
    )
    if not turn and _FROM.search(before) and unit not in ("年", "月", "日"):
        turn = "from"
    return Figure(match.start(), end, low, high, _unit(unit), how, lead, turn)


def _unit(unit: str) -> str:
    return unit.removeprefix("个") or unit


def _scaled(scale: str) -> int:
    value = 1
    for sign in scale:
        value *= _SCALES[sign]
    return value


def _number(digits: str) -> Fraction:
    """A number in either script: 1,200.5, 三百二十, 两千万, 十五点六."""
    if digits[0].isdigit() and digits[0] in "0123456789":
        return Fraction(digits.replace(",", ""))
    whole, _, decimals = digits.partition("点")
    value = Fraction(_whole(whole))
    if decimals:
        value += Fraction(int("".join(str(_DIGIT[sign]) for sign in decimals if sign in _DIGIT)), 10 ** len(decimals))
    return value


_DIGIT: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}


def _whole(text: str) -> int:
    """A whole number in either script; a row of digits (二〇一七) is read digit by digit."""
    if text.isdecimal():
        return int(text)
    if not any(sign in _SCALES for sign in text):
        return int("".join(str(_DIGIT[sign]) if sign in _DIGIT else sign for sign in text))
    total = part = digit = 0
    for sign in text:
        if sign in "万亿":
            total = (
                (total + part + digit) * _SCALES[sign] if sign == "亿" else total + (part + digit or 1) * _SCALES[sign]
            )
            part = digit = 0
        elif sign in _SCALES:
            part, digit = part + (digit or 1) * _SCALES[sign], 0
        else:
            digit = _DIGIT.get(sign, 0)
    return total + part + digit
