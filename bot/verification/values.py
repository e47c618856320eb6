"""Figures in a text, as values: 4千万元 is 4000万元, 百分之十五 is 15%, 不少于3家 is 3家以上."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bot.verification.dates import days
from bot.verification.numerals import HAN, number, scaled

_ARABIC: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE: Final = r"[十百千万亿]{0,3}"
_OVER: Final = r"[多余]?"
_UNITS: Final = (
    "个百分点|百分点|个基点|基点|%|‰|倍|番|平方公里|平方千米|平方米|立方米|公里|千米|毫米|厘米|公顷|亩|吨标准煤|标准煤|吨|公斤|千克|毫克"
    "|克|升|千瓦时|千瓦|兆瓦|美元|欧元|港元|日元|元|人次|人份|人|名|位|户次|户|家次|家|个工作日|工作日|个自然日|自然日|个月|月|个小时|小时|个季度"
    "|季度|分钟|秒|件次|件|项目|项|批次|批|单|笔|种|类|条|款|支|只|台套|台|套|辆|所|座|处|栋|份|部|本|篇|册|场次|场|期|次|例|起|宗|张|枚|头|株"
    "|床|餐|周岁|岁|课时|学时|学分|分|片|间|班|队|对|门|口|车次|标箱|箱|艘|架|眼|周年|周|天|日|年|倍数|级|层|米|个|组|轮|步|大|成"
)
_TIMES: Final = "年|月|日|季度|周年|周|天"
_BARE: Final = "[\u4e00-\u9fffa-z]"
_FIGURE: Final = re.compile(
    rf"(?<![\d.第])(?:(?P<percent>百分之)(?P<per>{_ARABIC}|[{HAN}]+(?:点[{HAN}]+)?)"
    rf"|(?P<low>{_ARABIC})(?P<over>{_OVER})(?P<lowscale>{_SCALE})(?P<over2>{_OVER})"
    rf"(?:(?P<lowunit>{_UNITS})?(?:-|–|—|~|至|到)+(?P<high>{_ARABIC})(?P<highscale>{_SCALE}))?"
    rf"(?P<unit>{_UNITS}|{_BARE})?"
    rf"|(?<![第{HAN}])(?P<han>[{HAN}万亿]*[{HAN}])(?P<over3>{_OVER})(?P<hanscale>[万亿]{{0,2}})(?P<over4>{_OVER})(?P<hanunit>{_UNITS})"
    rf"|翻(?P<doubled>[{HAN}]?)番|(?P<half>一半|半数))"
)
_RATIO: Final = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+|\d+/\d+")
_RANK: Final = re.compile(rf"第(?P<n>\d{{1,4}}|[{HAN}]{{1,5}})(?P<of>位|名|届|批|期|次|季度|产业)")
_BEFORE: Final = (
    ("<=", "不超过|不高于|不多于|不大于|不得超过|不得高于|不得多于|控制在|控制到|至多|最多|最高|最长"),
    (">=", "不低于|不少于|不小于|不得低于|不得少于|至少|最少|最低|最短|不亚于|不短于|(?<![不未美充饱圆])满"),
    (">", "超过|突破|超|逾|高于|大于|多于|跨越|超出"),
    ("<", "低于|少于|小于|不足|不到|不满|短于"),
    ("~", "大约|约|近|接近|将近|大致"),
)
_BINDS: Final = tuple((kind, re.compile(rf"(?:{words})(?:了|到|为|达到|达|是)?$")) for kind, words in _BEFORE)
_FAR_BINDS: Final = (
    ("<=", re.compile(r"(?:最高|最多|至多|最长|上限)(?!人民|法|检|院|级|层|水平|气温)[^\d<>]{0,10}$")),
    (">=", re.compile(r"(?:最低|最少|至少|最短|下限)(?!生活|工资|气温)[^\d<>]{0,10}$")),
)
"""Bounds of a figure though a verb stands between: 最高给予补助2000万元."""
_AFTER: Final = re.compile(
    r"(?:\((?:含|不含)(?:本数)?\))?(?P<how>及?以上|及?以下|之内|以内|左右|上下|封顶|(?<=[日天周月年时])内(?![容部外地蒙需设在涵]))"
)
_HOW: Final = {"上": ">=", "下": "<=", "内": "<=", "顶": "<=", "右": "~"}
_UP: Final = "增长|增加|增幅|增速|提高|提升|上升|递增|增收|扩大|上浮|上调|延长|增至|升至"
_DOWN: Final = "下降|降低|减少|压减|降幅|缩短|压缩|缩减|削减|递减|下浮|下调|减至|降至"
_TURN: Final = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度|幅|速度|比例)?(?:了|均|分别|力争|保持|要|应|将|须|需)*(?P<to>到|至|(?<=延长|缩短|提高|扩大|压缩|增加|减少|降低|提升|下调|上调)为)?"
    r"(?:(?:19|20)\d\d年[底末]?的?)?(?:达到|达|在|为|是|不低于|不少于|不小于|不高于|不超过|超过|突破|约|近|至少|最多|最高)*$"
)
_FROM: Final = re.compile(r"[从由自](?:(?:19|20)\d\d年[底末]?的?)?$")


_GOES: Final = re.compile("压缩|缩短|减|降|延长|增|提")


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

    def reached_by(self, other: Figure) -> bool:
        """Whether this plain level is where what `other` tells of ends: 提高到1860亿元 reaches 1860亿元."""
        return not self.turn and other.turn in ("upto", "downto") and self.same(replace(other, turn=""))

    def left_by(self, other: Figure) -> bool:
        """Whether this plain level is where what `other` tells of begins."""
        return not self.turn and other.turn == "from" and self.same(replace(other, turn=""))


def plain(text: str) -> str:
    """`text` for reading: compatibility forms unified, lower case, no white space, one kind of bracket."""
    unified = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return unified.translate(_BRACKETS)


_BRACKETS: Final = str.maketrans(
    {"〔": "[", "【": "[", "﹝": "[", "〕": "]", "】": "]", "﹞": "]", "「": "“", "」": "”"}
)


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
        rank = number(match["n"])
        found.append(Figure(*match.span(), rank, rank, "第" + match["of"], "", match.start(), ""))
    for match in _FIGURE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken) and (made := _figure(match, text)):
            found.append(made)
    return tuple(_spans(sorted(found, key=lambda figure: figure.start)))


def _spans(found: list[Figure]) -> Iterator[Figure]:
    """The figures, and of two bounds that are one span (2000元以上2万元以下) the span from the one to the other."""
    waiting: Figure | None = None
    for figure in found:
        if (
            waiting
            and (waiting.how, figure.how, waiting.unit) == (">=", "<=", figure.unit)
            and (figure.lead <= waiting.end + 1 and waiting.low == waiting.high < figure.low == figure.high)
        ):
            span = replace(waiting, end=figure.end, high=figure.high, how="")
            waiting = None
            yield span
            continue
        if waiting:
            yield waiting
        waiting = figure
    if waiting:
        yield waiting


def _figure(match: re.Match[str], text: str) -> Figure | None:
    over = any(match[name] for name in ("over", "over2", "over3", "over4"))
    if match["half"]:
        low = high = Fraction(50)
        unit = "%"
    elif match["percent"]:
        low = high = number(match["per"])
        unit = "%"
    elif match["doubled"] is not None:
        low = high = number(match["doubled"] or "一")
        unit = "番"
    elif match["han"]:
        unit = match["hanunit"]
        if match["han"] in ("一", "千", "百", "万", "十") and not match["hanscale"]:
            return None  # 一种, 千家万户: a manner of speaking
        low = high = number(match["han"] + match["hanscale"])
    else:
        scale = match["highscale"] if match["high"] else match["lowscale"]
        # 200至300万元 begins at 200万, 200元至300万元 doesn't.
        low = number(match["low"]) * scaled(match["lowscale"] or ("" if match["lowunit"] else scale or ""))
        high = number(match["high"]) * scaled(scale or "") if match["high"] else low
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
    else:
        how = next((kind for kind, words in _FAR_BINDS if words.search(before)), "")
    if after := _AFTER.match(text, end):
        how, end = _HOW[after["how"][-1]] if after["how"] != "上下" else "~", after.end()
    elif over and not how:
        how = ">"
    turned = _TURN.search(before)
    turn = (
        ("up" if turned["up"] else "down") + ("to" if turned["to"] or "至" in turned.group() else "") if turned else ""
    )
    if not turn and _FROM.search(before) and (unit not in ("年", "月", "日") or _GOES.match(text, end)):
        turn = "from"
    return Figure(match.start(), end, low, high, _unit(unit), how, lead, turn)


def _unit(unit: str) -> str:
    bare = unit.removeprefix("个") or unit
    return _SAME_UNITS.get(bare, bare)


_SAME_UNITS: Final = {"自然日": "日", "天": "日", "名": "人", "位": "人", "星期": "周", "周岁": "岁"}
