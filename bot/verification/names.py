"""Names in a text: titles and quoted words, document numbers, articles, places, offices and people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.verification.values import plain
from vectorstore.numbers import YEAR_AND_FIGURE, for_lookup
from vectorstore.regions import Gazetteer, Mention, Region
from vectorstore.tokens import words

_TITLE: Final = re.compile(r"《([^《》]{2,120})》")
_QUOTED: Final = re.compile(r"[“\"]([^“”\"]{2,80})[”\"]")
_CODE: Final = re.compile(rf"[\u4e00-\u9fffa-z]{{0,10}}{YEAR_AND_FIGURE}", re.IGNORECASE)
_NUMBER_ONLY: Final = re.compile(r"\[\d{4}\]第?\d{1,5}号")
_ORDINAL: Final = re.compile(
    r"第\(?(?P<n>\d{1,4}|[零〇一二三四五六七八九十百千]{1,7})\)?(?P<of>条|款|项|章|节|部分|编)"
)
_OFFICE: Final = (
    "局|委|厅|部|办|署|院|会|府|行|处|所|站|队|社|中心|公司|集团|大学|学院|银行|政府|法院|检察院|委员会|办公室|协会|商会|学会|联合会|小组"
    "|联盟|管委会|街道办|街道|海关|医院|学校|研究院|研究所|基金会|工会|妇联|科协|支队|总队|大队|分局|总局"
)
_OFFICE_SIGNS: Final = frozenset("局委厅办署院")
_LIKE_OFFICE: Final = re.compile(rf"[\u4e00-\u9fff]{{1,12}}(?:{_OFFICE})")
_NO_OFFICES: Final = """
全部 内部 外部 部分 干部 机会 社会 大会 全会 协会 办公 大办 发行 执行 实行 进行 推行 施行 举行 试行 运行 履行
自行 先行 现行 同行 银行 行 会议 会 处 所 院 部 局 委 办 社 站 队 到处 好处 何处 各处 查处 处处 场所 住所 学院
医院 学校 政府 部门 单位 公司 中心 集团 大学 小组 联盟 街道 机构 机关 企业 军队 团队 排队 车站 网站 工会 商会
以及 将会 才会 都会 不会 就会 也会 会会 一部 东部 西部 南部 北部 中部 上部 下部 顶部 底部 头部 局部 总部 支部
双方 党委 市委 省委 区委 县委 常委 党组 常务委员会 委员会 办公室 人大 政协 市政府 省政府 县政府 区政府 人民政府
乡镇 海关 实验 出行 通行 旅行 绿色出行 并行 平行 横行 可行 行行 原则 停办 举办 承办 主办 协办 督办 查办 兴办
创办 开办 申办 代办 网办 一网通办
"""
_NO_OFFICE: Final = frozenset(_NO_OFFICES.split())
_BY: Final = re.compile(r"(?<![理自事缘案经])由(?![于此])")
_LEVEL: Final = re.compile(r"(国家|全国|省|市|区|县|州|旗|盟|镇|乡)$")
_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝"
    "孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文申尤岳柳骆祝宁洪聂焦费凌霍殷鲍裘裴单晏闫冉桂栾柴滕倪翟荆郎蓝窦苗覃谷简饶曲闵解"
)
_ROLE: Final = (
    "局长|市长|省长|区长|县长|州长|镇长|乡长|书记|主任|组长|部长|厅长|处长|司长|科长|院长|校长|会长|主席|秘书长|董事长|总经理|行长|召集人|总理|教授"
    "|记者|发言人|负责人|联系人|委员|代表|同志|先生|女士"
)
_NAME: Final = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_PERSON: Final = re.compile(
    rf"(?:{_ROLE})(?:是|为|由|:|,|、|兼任)?(?P<behind>{_NAME})(?![\u4e00-\u9fff])"
    rf"|(?:{_ROLE})(?:是|为|:)?(?P<close>{_NAME})|(?P<before>{_NAME})(?:任|担任|是|为|系|,)?[\u4e00-\u9fff]{{0,12}}?副?(?:{_ROLE})"
)


@dataclass(frozen=True, slots=True)
class Name:
    """text[start:end] of a `plain` text names an office or a person."""

    start: int
    end: int
    text: str


def titles(text: str) -> list[str]:
    """What stands between 《》 in a `plain` text."""
    return _TITLE.findall(text)


def quoted(text: str) -> list[str]:
    """What stands between “” in a `plain` text."""
    return _QUOTED.findall(text)


def codes(text: str) -> list[str]:
    """Year and figure of the document numbers in a `plain` text, with up to ten characters before: 国发[2020]5号."""
    return [for_lookup(match.group()) for match in _CODE.finditer(text)]


def code_in(code: str, text: str) -> bool:
    """Whether `text` has the document number `code`: its year and figure, behind the same two characters."""
    tail = _NUMBER_ONLY.search(plain(code))
    here = plain(for_lookup(text))
    if tail is None:
        return plain(code) in here
    lead = plain(code)[max(0, tail.start() - 2) : tail.start()]
    return plain(lead + tail.group()) in here


def ordinals(text: str) -> list[tuple[str, str]]:
    """Numbered places in a `plain` text, as written apart from the script: ("6", "条") for 第六条."""
    return [(_arabic(match["n"]), match["of"]) for match in _ORDINAL.finditer(text)]


def opening_ordinals(line: str) -> list[tuple[str, str]]:
    """The numbered place that a `plain` line begins with."""
    match = _ORDINAL.match(line)
    return [(_arabic(match["n"]), match["of"])] if match else []


_LEVELS: Final = frozenset("国省市区县")


def levelled_alike(clause: str, mentions: Sequence[Mention], source: str) -> bool:
    """Whether what `clause` names behind a place (青石市渔业协会) isn't in `source` another level's (省渔业协会)."""
    for mention in mentions:
        what = next(iter(words(clause[mention.end : mention.end + 8])), "")
        before = {match[1] for match in re.finditer(rf"(.?){re.escape(what)}", source)} if len(what) > 1 else set()
        level = clause[mention.end - 1]
        if level in _LEVELS and before and before <= _LEVELS - {level}:
            return False
    return True


def _arabic(numeral: str) -> str:
    if numeral.isdigit():
        return numeral
    total = digit = 0
    for sign in numeral:
        unit = {"十": 10, "百": 100, "千": 1000}.get(sign)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = "零一二三四五六七八九".find(sign.replace("〇", "零"))
    return str(total + digit)


@lru_cache(maxsize=64)
def gazetteer(known: tuple[str, ...]) -> Gazetteer:
    """The gazetteer that knows these regions too, by full names."""
    return Gazetteer(known)


@lru_cache(maxsize=8192)
def places(text: str, known: tuple[str, ...]) -> tuple[Mention, ...]:
    """The regions that a `plain` text names."""
    return tuple(gazetteer(known).find(text))


@lru_cache(maxsize=4096)
def region_of(name: str) -> Region | None:
    """The region with this name; None for "" and for a name no table has."""
    try:
        return Region.parse(name)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def offices(text: str) -> tuple[Name, ...]:
    """The offices and organisations that a `plain` text names, each from its level on (市财政局)."""
    found: list[Name] = []
    position = before = 0
    for word in words(_BY.sub(" ", text)):
        at = text.find(word, position)
        if at < 0:
            continue
        # The dictionary has 财政局 but not 工信局, which it cuts before 局.
        joined = text[before:at] + word if word in _OFFICE_SIGNS and len(text[before:at]) > 1 else word
        at, before, position = at + len(word) - len(joined), at, at + len(word)
        if joined in _NO_OFFICE or not _LIKE_OFFICE.fullmatch(joined):
            continue
        level = _LEVEL.search(text[:at])
        start = level.start() if level else at
        found.append(Name(start, position, text[start:position]))
    return tuple(found)


def bare(office: str) -> str:
    """The office's name without its level: 财政局."""
    return re.sub(r"^(?:国家|全国|省|市|区|县|州|旗|盟|镇|乡)(?=.{2})", "", office)


@lru_cache(maxsize=8192)
def people(text: str) -> tuple[Name, ...]:
    """The people that a `plain` text names beside what they are."""
    found = []
    for match in _PERSON.finditer(text):
        group = next(name for name in ("behind", "close", "before") if match[name])
        start, end = match.span(group)
        if end - start == 3 and text[end - 1] in "是为任的在同兼和与及等系由副现":
            end -= 1
        if len(words(text[start:end])) > 1 and any(len(word) > 1 for word in words(text[start:end])[:1]):
            continue  # 高级研修 begins like a name, but 高级 is a word
        found.append(Name(start, end, text[start:end]))
    return tuple(found)
