"""Understands a standalone question: its kind, and the regions, years, document numbers and terms it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.question.counting import numeral
from bot.question.stopwords import GENERIC, STOP
from bot.question.wording import ASKING, NUMERAL, TELEPHONE, Kind, kind_of
from vectorstore.numbers import YEAR_AND_FIGURE
from vectorstore.regions import Gazetteer, Region
from vectorstore.tokens import words

_FOCUS = re.compile(
    r"的(?!百分之)([^的,，。？?最至]{2,12}?)(?:一共|总共|合计|大约|大概|约)?(?:应|应该|要|须)?(?:是|为|有|达到?|多达|规定为|定为)?"
    r"(?:(?:不能|不得|不应|不可)?(?:少|低|高|多|大|小|超|短|长)[于过出])?(?:从|在|于|大约|大概|约)?(?:(?:百分之)?(?:多少|几)|谁|哪|什么|多大|多高)"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》|[“\"「『]([^“”\"「」『』]{2,40})[”\"」』]")
_DOC_NUMBER = re.compile(rf"[\u4e00-\u9fff]{{1,12}}{YEAR_AND_FIGURE}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|[-—–~至到]\s*(?:19|20)\d{2}|$|[^\d件家万亿元号〕\]]))")
_ITEM = re.compile(rf"第\s*[（(]?\s*({NUMERAL})\s*[)）]?\s*(条|款|项|目(?![标录的前])|部分|章|节)")
_UNIT = re.compile(
    r"(?:多少|几)(?:个)?(家|件|项|天|年|个月|月|次|名|人|万人|亿元|万元|元|倍|所|户|种|类|条|批|支|个|部|份|平方米|公里|吨|级|岁|层|米|%|百分点|小时|分钟|日|分"
    r"|枚|辆|台|套|张|笔|起|例|座|处|栋|间|套|亩|公顷|千瓦|公斤|斤|场|本|册|艘|架|头|只|株|页|学时|学分)"
    r"|多少(?:贫困|常住|户籍|城镇|农村|就业|失业|从业|流动)?(人)[口员]"
)
_HOW_LONG = re.compile(r"多久|多长时间|几天内|几日内")
_HOW_OFTEN = re.compile(r"多久[^,，。]{0,8}[一1]次|几次")
_LEAVE = re.compile(r"放(几|多少)天假")
"""A verb with its object torn apart, of which the words would be others."""
_HAPPENS = re.compile(r"(?:什么时候|何时|哪一?[天年])(?:才|要|能|会|应该?|正式|全部)?[^是为的到?？。吗呢]{2,}[?？。]?$")
"""What is asked for is when something is done (某园什么时候验收), not what is said of it."""
_AND = re.compile(r"[省市区县]?\s*(?:[、，,和与及跟]|以及)\s*")
_STATED = re.compile(r"\d+(?:[.:]\d+)*")
_IN_WORDS = re.compile(
    r"(?<![第零〇一二三四五六七八九十百\d])([二两三四五六七八九十百][一二三四五六七八九十百]*)"
    r"(?=(?:[、和或至到][一二三四五六七八九十]+)?[次个级年月天日家件项倍人名户条类种])(?![个人家]{0,2}(?:都|一起|同时|各))"
)
_MONEY = re.compile(
    r"金额|资金|基金规模|收入|经费|投入|贷款额?|融资额?|投资额?|登记额|产值|税额|奖金|补助|补贴|费用|注册资本|多少钱|价格|票房|利润|(?:扣除|补助|补贴|奖励|收费|缴费|征收)的?标准"
    r"|(?:扣除?|补贴?|补助|奖励?|罚款?|[交缴]纳?|领取?|花|赔偿?)多少[?？。]?$|(?:抵扣?|减免?|报销|补贴?|扣除?|领到?|拿到?|发给?|赔偿?)多少"
    r"|(?:年费|[本记学电水理名租票]费|押金|租金|奖金|工资|票价|价格)(?:标准)?(?:是|为|有|要)?多少[?？。]?$|多少[\u4e00-\u9fff]{0,3}钱|(?:[交缴付花掏罚]|收(?!到))[纳取付]?多少[\u4e00-\u9fff]{0,5}[费款金]|多少[万亿][?？。]?$"
)
_NATIONWIDE = re.compile(r"全国(?!人大|政协|[\u4e00-\u9fff]{0,12}(?:委员会|大会|会议|小组|协会|普查))|我国|全中国")
_SHARE = re.compile(
    r"(?:增长|增加|提高|提升|上涨|涨|下降|降低|减少|降|翻)了?多少[?？。]?$|比例|比重|占比|增长率|增幅|增速|利率|费率|同比|环比|百分|满意度"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question, understood."""

    text: str
    kind: Kind
    regions: tuple[Region, ...] = ()
    years: tuple[int, ...] = ()
    doc_numbers: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    """What stands between 《》 or “” in it."""
    items: tuple[tuple[str, str], ...] = ()
    """Numbered places asked for: ("6", "条")."""
    words: tuple[str, ...] = ()
    """Content words, of one character too, in order; without words of asking, regions, years and document numbers."""
    figures: tuple[str, ...] = ()
    """Figures it states (60, 3:3:2:2, 15%), which a passage that confirms it must hold; not years, not item numbers."""
    focus: str | None = None
    """The attribute asked for (…的利率是多少 → 利率): an answer that never mentions it answers something else."""
    nationwide: bool = False
    """It asks about the whole country (全国, 我国), so that what is one province's or city's is no answer."""
    unit: str | None = None
    """The unit a figure must have: a counter such as 家, "元" for any amount of money, "%" for any share,
    "时" for any length of time, "次" for how often."""
    besides: tuple[tuple[str, int, int], ...] = ()
    """Places (document, start, end) that were shown before and aren't asked for again."""
    topic: tuple[str, ...] = ()
    """Words that what else there is must have."""


OPENING = 400
"""Characters at a document's head that say what it is about."""


_REMEMBERED = 600
"""Characters of a text whose folded form is kept in memory for the next question."""
_BLANK = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms unified, lower case, no white space; offsets do not survive."""
    return _folded(text) if len(text) <= _REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).lower()


# The same passages come up for question after question.
_folded = lru_cache(maxsize=16_384)(_fold)


def stated_figures(text: str) -> list[str]:
    """The figures `text` states, without units: 60, 4.2, 3:3:2:2; in words too, where they count (两次: 2)."""
    folded = fold(text)
    told = (numeral(found) for found in _IN_WORDS.findall(folded))
    return [*_STATED.findall(folded), *(str(number) for number in told if number is not None)]


def understand(question: str, gazetteer: Gazetteer) -> Query:
    """What `question` asks for. Pure; `gazetteer` knows the regions, the library's own counties included."""
    kind = kind_of(question)
    mentions = gazetteer.find(question)
    regions = tuple(dict.fromkeys(m.region for m in mentions))
    between = [question[a.end : b.start] for a, b in pairwise(mentions)]
    side_by_side = len(regions) > 1 and all(_AND.fullmatch(gap) for gap in between)
    if kind in ("number", "person", "date", "list", "general") and side_by_side:
        kind = "compare"
    numbers = tuple(dict.fromkeys(m.group() for m in _DOC_NUMBER.finditer(question)))
    bare = question
    for mention in mentions:
        # Blanks of the same length, so that the words on both sides do not run together.
        bare = bare[: mention.start] + " " * (mention.end - mention.start) + bare[mention.end :]
    bare = _DOC_NUMBER.sub(" ", bare)
    years = tuple(dict.fromkeys(int(y) for y in _YEAR.findall(bare)))
    asked = _LEAVE.sub(r"放假\1天", re.sub(r"(?:到|至|在|从)?(?:19|20)\d{2}\s*年?", " ", bare))
    focus = _FOCUS.search(asked) if kind in ("number", "date", "person") and not _HAPPENS.search(asked) else None
    return Query(
        text=question,
        kind=kind,
        regions=regions,
        years=years,
        doc_numbers=numbers,
        quoted=tuple(a or b for a, b in _QUOTED.findall(question)),
        items=tuple(_ITEM.findall(question)),
        figures=tuple(f for f in stated_figures(_ITEM.sub(" ", asked)) if f not in map(str, years)),
        words=tuple(dict.fromkeys(w for w in words(ASKING.sub(" ", asked)) if _is_content(w))),
        focus=_head(focus.group(1)) if focus else None,
        nationwide=not regions and bool(_NATIONWIDE.search(question)),
        unit=_unit(question, kind),
    )


def _is_content(word: str) -> bool:
    return word not in STOP and not _is_counter(word)


def _is_counter(word: str) -> bool:
    return bool(re.fullmatch(rf"[哪第]?(?:{NUMERAL}|几)?[大项个种类条家件次座位名省市地区县城级岁层米期]?", word))


def _head(phrase: str) -> str | None:
    """The last word of `phrase` that says what is asked for; None when all of it is general."""
    said = words(phrase)
    content = [w for w in said if w not in STOP and w not in GENERIC and not _is_counter(w)]
    if not content or said[-1] in GENERIC or phrase.endswith("了"):  # 发了多少亿 names what is done, no attribute.
        return None
    # 授粉者 is two words, of which the last alone says nothing.
    return "".join(said[-2:]) if len(said[-1]) == 1 and content[-1] == said[-1] else content[-1]


def _unit(question: str, kind: Kind) -> str | None:
    if kind not in ("number", "compare", "across"):
        return None
    if TELEPHONE.search(question):
        return "电话"
    if _HOW_LONG.search(question):
        return "次" if _HOW_OFTEN.search(question) else "时"
    counter = _UNIT.search(question)
    if counter:
        unit = counter[1] or counter[2]
        return "元" if unit.endswith("元") else unit
    if _SHARE.search(question):
        return "%"
    return "元" if _MONEY.search(question) else None
