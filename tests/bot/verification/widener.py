"""Makes lies out of true sentences by widening them: whom they are for, what is excepted, when, and how much."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from vectorstore.model import Document
from vectorstore.tokens import words

Way = Callable[[str, Document, random.Random], "str | None"]
_RULED = r"(?=[^。；;]{0,24}(?:可以|应当|必须|不得|给予|奖励|补助|免征|免收|减免|\d))"
_WHOM = re.compile(rf"(?<=对)[^，,。；;、对的]{{4,24}}的(?=[\u4e00-\u9fff]{{2,6}}[，,]?{_RULED})")
_LEVEL = re.compile(
    r"(?:县级以上|市级以上|省级以上|规模以上|公立|国有|有效(?!期)|高价值)(?=[^，,。；;、\d]{2,14}\d|[^，,。；;\d]{0,14}(?:可以|应当|必须|不得))"
)
_QUALITY = re.compile(
    r"(?:受|符合|具有|具备|取得|获得|承担)[^，,。；;、的]{3,20}的(?=[\u4e00-\u9fff]{2,8}[^。；;]{0,12}(?:可以|应当|给予|不得|\d))"
)
_EXCEPT = re.compile(r"除[^，,。；;另]{3,40}外[，,](?=[^。；;还也亦]{0,30}(?:一律|所有|全部|均|应当|不得|必须))")
_NEARLY = re.compile(r"几乎|基本(?=[建形实完])|初步(?=[建形])")
_SIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})[前后](?=[\d一二三四五六七八九十]{1,3}(?:个|日|天|年))")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?")
_TO = re.compile(r"(?<=提高|增长|增加|缩短|延长|减少|降低|下降|提升|压缩)(?:到|至|为)(?=\d)")
_FULLY = re.compile(r"全额|全部|均(?=[应须可免给])")
_RULE = re.compile(r"(?=应当|必须|不得)")
_COUNT = re.compile(r"(?<=[\u4e00-\u9fff])(?=(?:达到|建成|培育|新建|完成|组织)\d)")
_EVERY = re.compile(r"每|年均|月均|同比|增长|累计|年度|上年|今年|去年|\d年")
_SUM = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{4,16})(?P<how>达到|超过)(?P<a>\d[\d.]*万?)(?P<u>[件家个项名人张所])[，,、]"
    r"(?P<other>[\u4e00-\u9fff]{4,16})(?P=how)(?P<b>\d[\d.]*万?)(?P=u)"
)


def _without(pattern: re.Pattern[str]) -> Way:
    def make(text: str, document: Document, chance: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = chance.choice(found)
        return text[: match.start()] + text[match.end() :]

    return make


def _put(pattern: re.Pattern[str], word: str) -> Way:
    def make(text: str, document: Document, chance: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found or word in text:
            return None
        match = chance.choice(found)
        return text[: match.start()] + word + text[match.end() :]

    return make


def _other_side(text: str, document: Document, chance: random.Random) -> str | None:
    match = _SIDE.search(text)
    return text[: match.start()] + ("后" if match.group() == "前" else "前") + text[match.end() :] if match else None


def _other_date(text: str, document: Document, chance: random.Random) -> str | None:
    """Two dates of the sentence exchanged."""
    found = list(_DATE.finditer(text))
    if len(found) < 2:
        return None
    one, two = found[0], found[-1]
    if one.group() == two.group() or re.search("[至到—-]", text[one.end() : two.start()]):
        return None
    return text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group() + text[two.end() :]


def _every_year(text: str, document: Document, chance: random.Random) -> str | None:
    return None if _EVERY.search(text) else _put(_COUNT, "每年")(text, document, chance)


def _unlevelled(text: str, document: Document, chance: random.Random) -> str | None:
    """What confines a quantity, or whom a rule is for, left out; of things counted behind a figure it may be."""
    found = [m for m in _LEVEL.finditer(text) if not re.search(r"\d[^，,。；;]*$", text[: m.start()])]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + text[match.end() :]


def _added_up(text: str, document: Document, chance: random.Random) -> str | None:
    match = _SUM.search(text)
    return f"{match['one']}与{match['other']}合计{match['how']}{match['b']}{match['u']}。" if match else None


def _mislabelled(text: str, document: Document, chance: random.Random) -> str | None:
    """A clause with a figure headed by what another clause is about."""
    clauses = [c for c in re.split(r"[，,；;。]", text) if re.search(r"\d", c) and "：" not in c and ":" not in c]
    heads = [(c, w[0]) for c in clauses if (w := words(c)) and len(w[0]) >= 3 and c.startswith(w[0])]
    able = [(c, head) for c, own in heads for _, head in heads if head != own and head not in c and own not in head]
    clause, head = chance.choice(able) if able else ("", "")
    return f"{head}：{clause}。" if head and not re.search(r"[\d省市区县条款]$", head) else None


WIDENED: tuple[tuple[str, Way], ...] = (
    ("whom left out", _without(_WHOM)), ("level left out", _unlevelled), ("quality left out", _without(_QUALITY)),
    ("exception dropped", _without(_EXCEPT)), ("nearly dropped", _without(_NEARLY)), ("other side", _other_side),
    ("dates exchanged", _other_date), ("to as by", _without(_TO)), ("in part", _put(_FULLY, "部分")),
    ("in principle", _put(_RULE, "原则上")), ("every year", _every_year), ("added up", _added_up),
    ("mislabelled", _mislabelled),
)  # fmt: skip
