"""Signs in a passage's wording that it answers a kind of question: a figure, a date, a person, a definition, a list."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.kinds.definitions import defined, describes, explanation
from bot.kinds.persons import names_holder
from bot.question.counting import asked_count, counted_thing, says_count
from bot.question.shape import shaped
from bot.question.stopwords import GENERIC
from bot.question.understand import Query
from vectorstore.numbers import YEAR_AND_FIGURE

_DIGITS = r"(?:\d[\d,，]*(?:\.\d+)?|[一二三四五六七八九十百千万两]+)"
_TENS = "一二三四五六七八九十百千"
_FIGURE = re.compile(rf"{_DIGITS}\s*(?:多|余)?\s*(?:[百千万亿]+)?\s*(?:多|余)?\s*[^\s\d,，。;；、)）]")
_PERIODS = re.compile(
    r"(?:19|20)\d{2}\s*[-—–―~～至到]\s*(?:19|20)?\d{2}\s*年"
    r"|(?:\d{1,2}\s*[-—–―~～至到]\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
)
"""Months, and from one year or month to another: they count nothing."""
_DOC_NUMBER = re.compile(rf"[\u4e00-\u9fff]*{YEAR_AND_FIGURE}")
"""A document's number counts nothing."""
_PER_HEAD = re.compile(r"每(?:[百千万]|十万)\s*(?:名|个|户)?(?:常住|户籍)?(?:人口?|居民|户|职工|元)|人均|户均")
UNLIKE = 0.7
"""What a figure is worth in words that rarely say what was asked: another than at most for 最长可以多久."""
OF_EACH = 0.4
"""What a figure for each of many is worth where the whole is asked for: 每万人口51件 for 拥有量."""
DESCRIBES = 0.8
"""How well a sentence defines that only describes."""
ONE = 0.4
"""What it is worth that something is one of its kind (一条主线): that is told by the way as often as counted."""
_CLAUSES = re.compile(r"[,，。；;]")
_SHARE = re.compile(r"\d(?:\.\d+)?\s*[%％‰]|百分之|\d+(?:\.\d+)?\s*(?:个)?百分点|\d+(?:\.\d+)?\s*倍|\d[:：]\d")
_AMOUNT = re.compile(
    rf"{_DIGITS}\s*(?:多|余)?\s*(?:[千万亿]+\s*)?(?:多|余)?\s*(?:元|美元|欧元)"
    r"|\d[\d.]*\s*(?:千万|百万|亿|万)(?![件家人户个份吨亩项次条株台辆套张支名平立公米千])"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[去今明前同当])\s*年|\d{1,2}\s*月(?:底|\s*\d{1,2}\s*日)|\d{1,2}[.．]\d{1,2}\s*日"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|[上下]半年|[一二三四]季度"
)
_DATES = re.compile(r"(?<!\d)\d{3,4}\s*年|\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
_SPELL = re.compile(
    r"(?<!\d)\d{3,4}\s*年(?!度)|\d{1,2}\s*月|[春夏秋冬][季天]|世纪|年代|公元"
    r"|[\u4e00-\u9fff]{2}(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})年(?:[间（(，,]|[一二三四五六七八九十\d]+月)"
)
"""A time that policies don't give: 577年, 夏季, 明嘉靖四十四年."""
_DAY = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}[.．]\d{1,2}\s*日|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s*日"
)
_UNIT_OF = r"(?:部|局|委|厅|院|办|署|会|府|单位|机构|机关|部门|公司|中心|小组)"
_IN_CHARGE = re.compile(
    rf"由[^，,。；;\n]{{1,30}}?{_UNIT_OF}[^，,。；;\n]{{0,12}}"
    r"|(?:为|是|作为)[^，,。；;\n]{0,24}(?:牵头|责任|主管|主办)(?:单位|部门|机关)|(?:牵头|责任|主管|主办)(?:单位|部门)(?:为|是|[:：])|负责|主管(?:全国|[全本各][^，,。；;\n]{1,16})?工作|[局委部厅院办](?:要|应当?|须)?会同"
)
_CHARGE = re.compile("负责|牵头|责任")
_LEADS = re.compile(
    rf"(?:牵头|主办)(?:单位|部门|机关)|(?:由|为)[^，,。；;\n]{{1,30}}?{_UNIT_OF}[^，,。；;\n同]{{0,6}}牵头|{_UNIT_OF}牵头|牵头负责\s*[)）]"
)
_BY_WHOM = re.compile(r"谁(?:来)?([\u4e00-\u9fff]{2})的?[?？。]?$")
_ANNOUNCED = re.compile(r"(?:以下|下列|包括)[^。：:；;]{0,20}[：:]")
_WHICH = re.compile(r"(?:哪些|哪几[种个项类]|什么)([\u4e00-\u9fff]{2,4})[?？。]?$")
UNNAMED = 0.8
"""What an enumeration keeps that isn't called by the name asked for (现场核查、网络监测等方式)."""
_DIVIDED = re.compile(r"(?:分为|分成|划分为)[^。；;]{2,60}[和、与]")
DIVIDES = 0.9
"""How well a sentence that divides something (分为甲级和乙级) suits a question for a list."""
_ITEMS = re.compile(
    r"(?:^|[;；。:：,，\s])(?:[一二三四五六七八九十]+是|[（(]?\d{1,2}[)）.、．]|[（(][一二三四五六七八九十]+[)）]"
    r"|第[一二三四五六七八九十]+[,，、])"
)
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

_COUNTED_AS = {
    "天": "(?:天|日|工作日)", "日": "(?:天|日|工作日)", "人": "(?:人|名|位(?!一体))", "名": "(?:人|名|位)",
    "个月": "(?:个?月)",
    "个": "[个家项件座种所类部]", "家": "[家户所]", "份": "[份件部]", "张": "[张本份]", "本": "[本册部张]",
    "笔": "[笔项单件]", "起": "[起件例次]", "例": "[起件例]", "辆": "[辆台部]", "台": "[台套部辆]", "套": "[套台]",
    "座": "[座个处所]", "处": "[处个座所]", "场": "[场次]", "岁": "周?岁", "届": "届",
}  # fmt: skip
"""Counters a document may use where a question has another; any other counter stands for itself."""
_DECIDES = re.compile(
    r"不得|不能|不可|不予|不再|不需|不准|严禁|禁止|可以|可[^能见]|应当|必须|免[收征费除于交缴]|减免|无需|允许|准予|给予|享受|一律|均[应可须不]"
)
"""Words by which a text says yes or no."""


def fits(query: Query, passage: str) -> float:
    """How well the wording of `passage` suits the kind of `query`, from 0 (can't be the answer) to 1."""
    shape = shaped(query.text, passage) if query.kind in ("number", "general", "list") else None
    if shape == 0.0 or (shape is not None and query.kind == "general"):
        return shape
    match query.kind:
        case "number":
            told = _without_numbers(passage if query.unit else _without_periods(passage))
            unlike = (OF_EACH if _is_per_head(query, told) else 1.0) * (
                UNLIKE if shape is not None and shape < 1 else 1
            )
            return _figure(told, query.unit) * unlike
        case "date":
            return _day(passage)
        case "person":
            return names_holder(passage, query.text)
        case "responsibility":
            if "牵头" in query.text and not _LEADS.search(passage):
                return min(_in_charge(passage), 0.5)  # To be in charge of a part is not to lead.
            return 1.0 if _must_do(passage, query.text) else _in_charge(passage)
        case "definition":
            return _definition(passage, query)
        case "list":
            return _list(passage, query)
        case "yes_no":
            return _decides(passage)
        case "compare" | "across":
            return _figure(passage, query.unit) if query.unit or asks_figure(query.text) else 0.5
        case _:
            return 0.5


# The same sentences come up for question after question; what doesn't depend on its words is looked for once.
_remembering = lru_cache(maxsize=16_384)


@_remembering
def _without_periods(passage: str) -> str:
    return _PERIODS.sub("", passage)


@_remembering
def _without_numbers(passage: str) -> str:
    return _DOC_NUMBER.sub("", passage)


@_remembering
def _day(passage: str) -> float:
    return 1.0 if _DAY.search(passage) else 0.6 if _DATE.search(passage) else 0.5 if _SPELL.search(passage) else 0.0


@_remembering
def _in_charge(passage: str) -> float:
    return 1.0 if _IN_CHARGE.search(passage) else 0.5 if _CHARGE.search(passage) else 0.0


@_remembering
def _decides(passage: str) -> float:
    return 1.0 if _DECIDES.search(passage) else 0.5


def _is_per_head(query: Query, passage: str) -> bool:
    """Whether what `passage` counts of the thing asked for is only so many for each ten thousand people or the like,
    which isn't asked for."""
    if not _PER_HEAD.search(passage) or _PER_HEAD.search(query.text):
        return False
    pairs = [w[i : i + 2].lower() for w in query.words if w not in GENERIC for i in range(len(w) - 1)]
    named = {True: 0, False: 0}
    for clause in _CLAUSES.split(passage):
        if _figure(clause, query.unit) > OF_EACH:
            per_head = bool(_PER_HEAD.search(clause))
            named[per_head] = max(named[per_head], sum(pair in clause.lower() for pair in pairs))
    return 3 * named[False] < named[True]


def _must_do(passage: str, question: str) -> bool:
    """Whether `passage` says whose duty it is to do what is asked about: 取水单位应当安装… for 由谁安装."""
    asked = _BY_WHOM.search(question)
    if asked is None:
        return False
    duty = rf"[\u4e00-\u9fff]{{2,}}(?:应当|应该|必须|应|须|要)[^，,。；;]{{0,14}}{asked[1]}"
    return bool(re.search(duty, passage))


def asks_figure(question: str) -> bool:
    """Whether a question of comparing or across documents is after figures."""
    return bool(re.search(r"多少|目标|几[个家件项]|数量|指标|[量额率数]$", question.rstrip("?？。")))


@_remembering
def items(passage: str) -> int:
    """How many things `passage` enumerates, by 一是…二是…, (1)…(2)… or a、b、c."""
    numbered = len(_ITEMS.findall(passage))
    listed = max((part.count("、") + 1 for part in re.split(r"[。;；]", passage)), default=0)
    announced = _ANNOUNCED.search(passage)
    clauses = len(re.split(r"[；;]", passage[announced.end() :])) if announced else 0
    return max(numbered if numbered > 1 else 0, *(number for number in (listed, clauses) if number > 2), 0)


def announcement(passage: str) -> int | None:
    """Where `passage` announces the list that it gives (…下列条件：…；…); None where it announces none."""
    found = _ANNOUNCED.search(passage)
    return found.start() if found and found.end() < len(passage.rstrip()) else None


def calls_them(passage: str, query: Query) -> bool:
    """Whether `passage` calls what it lists by the name asked for: 现场核查、网络监测等方式 for 哪些方式."""
    named = _WHICH.search(query.text)
    return bool(named and re.search(rf"、[^，,。；;]{{0,12}}等[^，,。；;]{{0,6}}{named[1]}", passage))


def _list(passage: str, query: Query) -> float:
    """Half for enumerating at all, half for as many things as the question speaks of."""
    listed = max(min(1.0, items(passage) / 3), DIVIDES * bool(_DIVIDED.search(passage)))
    count, thing = asked_count(query.text), counted_thing(query.text)
    if thing and thing not in passage:
        listed *= 0.5
    if calls_them(passage, query):
        return 1.0
    if _WHICH.search(query.text):
        listed *= UNNAMED
    if count is None:
        return listed
    if thing and thing not in passage:
        return 0.4 * listed
    return 0.4 * listed + 0.3 * says_count(passage, count) + 0.3 * (items(passage) == count)


@_remembering
def _figure(passage: str, unit: str | None) -> float:
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
    return 1.0 if re.search(r"\d", plain) or _IN_WORDS.search(plain) else 0.3 if _FIGURE.search(plain) else 0.0


def _definition(passage: str, query: Query) -> float:
    """Whether `passage` explains the thing asked about rather than mentions it."""
    if explanation(passage, query) is not None:
        return 1.0
    if describes(passage, query):
        return DESCRIBES
    thing = defined(query)
    return 0.3 if thing is None or thing in passage else 0.0
