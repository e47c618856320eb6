"""Signs in a passage's wording that it answers a kind of question: a figure, a date, a person, a definition, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.kinds.definitions import defined, describes, explanation
from bot.kinds.persons import names_holder
from bot.measures import figure_asked, states
from bot.question.counting import asked_count, counted_thing, says_count
from bot.question.shape import shaped
from bot.question.understand import Query

UNLIKE = 0.7
"""What a figure is worth in words that rarely say what was asked: another than at most for 最长可以多久."""
DESCRIBES = 0.8
"""How well a sentence defines that only describes."""
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[去今明前])\s*年|\d{1,2}\s*月(?:底|\s*\d{1,2}\s*日)|\d{1,2}[.．]\d{1,2}\s*日"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|[上下]半年|[一二三四]季度"
    r"|(?:之日|当日|后)的?(?:起|内|之?后)?\s*(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})\s*个?(?:工作日|日|天|周|月|年)(?:以|之)?内"
)
_SPELL = re.compile(
    r"(?<!\d)\d{3,4}\s*年(?!度)|\d{1,2}\s*月|[春夏秋冬][季天]|世纪|年代|公元"
    r"|[\u4e00-\u9fff]{2}(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})年(?:[间（(，,]|[一二三四五六七八九十\d]+月)"
)
"""A time that policies don't give: 577年, 夏季, 明嘉靖四十四年."""
_DAY = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}[.．]\d{1,2}\s*日|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s*日"
)
_MONTHS_END = re.compile(r"月\s*[底末]前?")
BY_THE_END = 0.8
"""What the end of a month is worth as a date: less than a day, more than a year alone."""
_UNIT_OF = r"(?:部|局|委|厅|院|办|署|会|府|单位|机构|机关|部门|公司|中心|小组)"
_IN_CHARGE = re.compile(
    rf"由[^，,。；;\n]{{1,30}}?{_UNIT_OF}[^，,。；;\n]{{0,12}}"
    r"|(?:为|是|作为)[^，,。；;\n]{0,24}(?:牵头|责任|主管|主办)(?:单位|部门|机关)|(?:牵头|责任|主管|主办)(?:单位|部门)(?:为|是|[:：])|负责|主管(?:全国|[全本各][^，,。；;\n]{1,16})?工作|[局委部厅院办](?:要|应当?|须)?会同"
    r"|(?:部门|机关|机构|[局委部厅办])(?:依法|统一)?(?:对[^，,。；;\n]{2,40})?(?:实施|进行|实行)(?:统一|综合)?(?:的)?(?:监督)?管理|主管(?:部门|单位|机关)[。；;]?\s*$"
    r"|委托[^，,。；;\n]{2,24}(?:公司|集团|机构|中心|单位|银行|协会)"
)
_CHARGE = re.compile("负责|牵头|责任")
_LEADS = re.compile(
    rf"(?:牵头|主办)(?:单位|部门|机关)|(?:由|为)[^，,。；;\n]{{1,30}}?{_UNIT_OF}[^，,。；;\n同]{{0,6}}牵头|{_UNIT_OF}牵头|牵头负责\s*[)）]"
)
_BY_WHOM = re.compile(r"谁(?:来)?([\u4e00-\u9fff]{2})的?[?？。]?$")
_ANNOUNCED = re.compile(r"(?:(?:以下|下列|包括)[^。：:；;]{0,20}|[\d一二三四五六七八九十]\s*[项个条种类点])[：:]")
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
SAYS_YES_OR_NO = (
    r"不得|不能|不可|不予|不再|不需|不准|严禁|禁止|可以|可[^能见]"
    r"|应当|必须|免[收征费除于交缴]|减免|无需|允许|准予|给予|享受|一律|均[应可须不]"
)
"""Words by which a text says yes or no."""
_DECIDES = re.compile(SAYS_YES_OR_NO)

_OF_WHAT = re.compile(
    r"构成|属于|算不算|算(?:是|作|做|得上)?[\u4e00-\u9fff]{2,12}(?:吗|么|嘛)?[?？。]?$|是不是(?:属于|算)"
)
"""Asks whether something is of a kind."""
_IS_SUCH = re.compile(r"不?构成|不?属于|不?[视认]为|认定为|视同|不作为|论处|定罪|是指|不算|不包括|除外")


def fits(query: Query, passage: str) -> float:
    """How well the wording of `passage` suits the kind of `query`, from 0 (can't be the answer) to 1."""
    shape = shaped(query.text, passage) if query.kind in ("number", "general", "list", "yes_no") else None
    if shape == 0.0 or (shape is not None and query.kind == "general"):
        return shape
    match query.kind:
        case "number":
            return figure_asked(query, passage) * (UNLIKE if shape is not None and shape < 1 else 1.0)
        case "date":
            return _day(_without_asked(passage, query.years) if query.years else passage)
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
            if _OF_WHAT.search(query.text):
                return 1.0 if _IS_SUCH.search(passage) else 0.5
            return _decides(passage)
        case "compare" | "across":
            return states(passage, query.unit) if query.unit or asks_figure(query.text) else 0.5
        case _:
            return 0.5


# The same sentences come up for question after question; what doesn't depend on its words is looked for once.
_remembering = lru_cache(maxsize=16_384)


@_remembering
def _day(passage: str) -> float:
    return (
        1.0
        if _DAY.search(passage)
        else BY_THE_END
        if _MONTHS_END.search(passage)
        else 0.6
        if _DATE.search(passage)
        else 0.5
        if _SPELL.search(passage)
        else 0.0
    )


@_remembering
def _in_charge(passage: str) -> float:
    return 1.0 if _IN_CHARGE.search(passage) else 0.5 if _CHARGE.search(passage) else 0.0


@_remembering
def _decides(passage: str) -> float:
    return 1.0 if _DECIDES.search(passage) else 0.5


def _without_asked(passage: str, years: Sequence[int]) -> str:
    """`passage` without the years asked about where no month follows: 在2019年度发生的 dates nothing of 2019."""
    return re.sub(rf"(?<!\d)(?:{'|'.join(map(str, years))})\s*年度?(?!\s*\d{{1,2}}\s*月)", "", passage)


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


def lists_so_many(passage: str, count: int) -> bool:
    """Whether `passage` says that there are `count` things and names as many (某方面5项：…；…；…；…；…)."""
    announced = _ANNOUNCED.search(passage)
    return bool(announced and says_count(announced.group(), count) and items(passage) == count)


def announcement(passage: str) -> int | None:
    """Where `passage` announces the list that it gives (…下列条件：…；…); None where it announces none."""
    found = _ANNOUNCED.search(passage)
    return found.start() if found and found.end() < len(passage.rstrip()) else None


def calls_them(passage: str, query: Query) -> bool:
    """Whether `passage` calls what it lists by the name asked for: 现场核查、网络监测等方式 for 哪些方式."""
    named = _WHICH.search(query.text)
    # The last word says of what kind they are: 检查方式 are 方式.
    return bool(named and re.search(rf"、[^，,。；;]{{0,12}}等[^，,。；;]{{0,6}}{named[1][-2:]}", passage))


def _list(passage: str, query: Query) -> float:
    """Half for enumerating at all, half for as many things as the question speaks of."""
    listed = max(min(1.0, items(passage) / 3), DIVIDES * bool(_DIVIDED.search(passage)))
    count, thing = asked_count(query.text), counted_thing(query.text)
    if count is not None and lists_so_many(passage, count):
        return 1.0
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


def _definition(passage: str, query: Query) -> float:
    """Whether `passage` explains the thing asked about rather than mentions it."""
    if explanation(passage, query) is not None:
        return 1.0
    if describes(passage, query):
        return DESCRIBES
    thing = defined(query)
    return 0.3 if thing is None or thing in passage else 0.0
