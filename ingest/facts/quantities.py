"""Figures with a unit in Chinese texts: their value, and how the words around bind it (不低于…, …以上, 年均增长…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vectorstore.model import Change, Comparator

# Everything below is matched against `halved` text: the same length, digits and marks in half width.
_HALF: Final = str.maketrans("０１２３４５６７８９％．，：（）～／　－", "0123456789%.,:()~/ -")
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE: Final = "(?:[百千]?[万亿]{1,2}|[百千](?![瓦克米]))?"
_COUNTED: Final = (
    "个百分点|百分点|个基点|基点|%|‰|倍|番|平方公里|平方千米|平方米|立方米|公里|千米|公顷|万亩|亩|吨标准煤|标准煤|吨|公斤|千克|克|升"
    "|千瓦时|千瓦|兆瓦|微克|毫克|美元|欧元|港元|元|人次|人份|人|名|户次|户|家次|家|个工作日|工作日|个月|个小时|小时|分钟|件次|件|项目|项|批次|批|单|笔"
    "|种|类|条|支|只|台套|台|套|辆|所|座|处|栋|份|部|本|篇|册|场次|场|期|次|例|起|宗|张|枚|头|株|床|位|岁|分|课时|学时|学分|片|间|班|队|对|门|口|车次|标箱|箱|艘|架|眼|个|天|年"
)
_UNIT: Final = (
    rf"(?:{_COUNTED})"
    rf"(?:/(?:[平立]方[公]?[米里]|吨标准煤|[百千万亿]?[\u4e00-\u9fff]{{1,2}}|[a-zA-Z]{{1,3}}\d?)"
    r"(?=[^\u4e00-\u9fff]|以[上下内]|左右|$))?"
)
_SUFFIX: Final = "及以上|以上|及以下|以下|之内|以内|左右|上下"
_FIGURE: Final = re.compile(
    rf"(?<![\d.,:/×第前])(?P<low>{_NUMBER})\s*(?P<over>多|余|来)?(?P<lowscale>{_SCALE})(?P<lowover>多|余)?"
    rf"(?:(?:%|个百分点|[倍个家项元年人件])?\s*(?:[-—–~]{{1,2}}|至|到)\s*(?P<high>{_NUMBER})(?P<highscale>{_SCALE}))?"
    rf"\s*(?P<unit>{_UNIT})\s*(?:\((?:含|不含)(?:本数)?\))?(?P<suffix>{_SUFFIX})?"
)
_HAN: Final = "一二两三四五六七八九十百千"
_HAN_FIGURE: Final = re.compile(
    rf"百分之(?P<percent>[{_HAN}]{{1,5}})(?P<percentsuffix>{_SUFFIX})?"
    rf"|翻(?:(?P<doubled>[一两二三四])?番)"
    rf"|(?<![第{_HAN}])(?P<han>[{_HAN}]{{1,4}})(?P<hanunit>倍|家|个|项|件|所|座|名|人|户|%)(?P<hansuffix>{_SUFFIX})"
)
# What stands directly before a figure and binds it, by how it does.
_BEFORE: Final[tuple[tuple[Comparator, str], ...]] = (
    ("不低于", "不低于|不少于|不小于|不得低于|不得少于|至少|最少|达到?或超过|不亚于"),
    ("不超过", "不超过|不高于|不多于|不大于|不得超过|不得高于|控制在|控制到|至多|最多|最高|最高不超过|压减至"),
    ("超过", "超过|突破|超|逾|高于|大于|多于|跨越|超出"),
    ("低于", "低于|少于|小于"),
    ("左右", "大?约|近|接近|保持在?约"),
)
_COMPARED: Final = tuple((name, re.compile(rf"(?:{words})(?:了|到)?\s*$")) for name, words in _BEFORE)
_AFTER: Final[dict[str, Comparator]] = {
    "以上": "不低于",
    "及以上": "不低于",
    "以下": "不超过",
    "及以下": "不超过",
    "以内": "不超过",
    "之内": "不超过",
    "左右": "左右",
    "上下": "左右",
}
_UP: Final = "增长|增加|增幅|增速|提高|提升|上升|递增|增收|扩大"
_DOWN: Final = "下降|降低|减少|压减|降幅|缩短|压缩|缩减|削减|递减"
# 增长15% and 增幅达到15% are changes; 增长到500件, 提高至75% and 增加值占比达到8% are levels.
_CHANGED: Final = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    r"(?:率|幅度|速度|比例)?(?!到|至|值)(?:了|均|分别|力争|稳定|保持)*(?:达到|达|在|为|不低于|不少于|不小于|超过|突破|约|至少)?(?:约|了)?\s*$"
)
_YEARLY: Final = re.compile(r"(?:年均|年平均|平均每年|每年|逐年)[\u4e00-\u9fff]{0,4}$|(?<![\d全])年$")
_WINDOW: Final = 14  # characters before a figure that can bind it


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text: `text[start:end]` is number, unit and 以上, without the words before."""

    start: int
    end: int
    value: int | float
    upper: int | float | None
    unit: str
    comparator: Comparator
    bound: bool
    """Whether words beside it say how it binds."""
    change: Change | None


def halved(text: str) -> str:
    """The text with full-width digits and marks in half width; every offset stays."""
    return text.translate(_HALF)


def find_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The figures with a unit in `text[start:end]`, in order; `text` is `halved`. Years, dates and numbers of items
    and documents are none.
    """
    found = [made for match in _FIGURE.finditer(text, start, end) if (made := _arabic(match, text, start))]
    found += [made for match in _HAN_FIGURE.finditer(text, start, end) if (made := _han(match, text, start))]
    yield from sorted(found, key=lambda quantity: quantity.start)


def _arabic(match: re.Match[str], text: str, start: int) -> Quantity | None:
    at, unit, after = match.start(), match["unit"], text[match.end() : match.end() + 1]
    if unit == "年" and (len(match["low"]) == 4 or (after and after in "底末初度来前后间内")):
        return None
    if unit == "分" and text[at - 1 : at] in ("时", "点", ":"):
        return None
    if unit in ("位", "分") and after and after in "前后起至止数钟之":
        return None
    scale = match["highscale"] or match["lowscale"]
    over = match["over"] or match["lowover"]
    return _made(
        at, match.end(), text, start,
        value=_number(match["low"]), upper=_number(match["high"]) if match["high"] else None,
        unit=scale + unit, suffix=match["suffix"], over=bool(over),
    )  # fmt: skip


def _han(match: re.Match[str], text: str, start: int) -> Quantity | None:
    if match["percent"]:
        value, unit, suffix = han_number(match["percent"]), "%", match["percentsuffix"]
    elif match["han"]:
        value, unit, suffix = han_number(match["han"]), match["hanunit"], match["hansuffix"]
    else:
        times = han_number(match["doubled"]) if match["doubled"] else 1
        return Quantity(match.start(), match.end(), times, None, "番", "达到", True, "翻番")
    return _made(match.start(), match.end(), text, start, value=value, upper=None, unit=unit, suffix=suffix, over=False)


def _made(
    at: int,
    end: int,
    text: str,
    start: int,
    *,
    value: int | float,
    upper: int | float | None,
    unit: str,
    suffix: str | None,
    over: bool,
) -> Quantity:
    before = text[max(start, at - _WINDOW) : at]
    comparator: Comparator | None = next((name for name, words in _COMPARED if words.search(before)), None)
    comparator = comparator or _AFTER.get(suffix or "") or ("超过" if over else None)
    changed = _CHANGED.search(before)
    change: Change | None = None
    if changed is not None:
        yearly = _YEARLY.search(before[: changed.start()]) is not None
        change = ("年均增长" if yearly else "增长") if changed["up"] else ("年均下降" if yearly else "下降")
    said = comparator is not None or change is not None or bool(re.search(r"(?:达到?|[到至])\s*$", before))
    return Quantity(at, end, value, upper, unit, comparator or "达到", said, change)


def _number(digits: str) -> int | float:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def han_number(text: str) -> int:
    """A number below ten thousand in Chinese numerals: 两 → 2, 十五 → 15, 三百二十 → 320."""
    total = digit = 0
    for character in text:
        unit = {"十": 10, "百": 100, "千": 1000}.get(character)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = "零一二三四五六七八九".find(character.replace("两", "二"))
    return total + digit
