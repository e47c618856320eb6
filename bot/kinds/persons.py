"""People named beside an office (局长王某某, 王某某局长, 主任：王某某), as policies and rosters name them."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.question.office import CALLED
from bot.question.wording import CONTACT
from vectorstore.tokens import is_word

SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文章支申尤岳柳骆祝宁洪聂焦费凌霍殷鲍裘裴单晏闫冉桂栾柴包滕倪翟荆郎蓝窦苗覃谷简饶车曲闵解强仇关符杭应卓宗商燕辜麦湛阳虞池阚帅栗阙隋柯翁詹辛耿巴牟佟娄艾古穆甘葛游舒"
    "屈项左季路童梅盛阮庄尚景纪喻]"
)
_NAME = rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})"
_NAMED = (
    re.compile(rf"{CALLED}(?:兼)?(?:[、，,:：\s]{{0,2}}|[是为]){_NAME}"),
    re.compile(rf"(?:^|[^\u4e00-\u9fff]|[局府会委厅院部]){_NAME}副?{CALLED}"),
    re.compile(rf"^\s*{_NAME}\s+\S*{CALLED}", re.M),
)


_HONOURS = r"(?:院士|教授|研究员|同志|博士)?"
_APPOINTED = re.compile(
    rf"(?:以|由)[^，,。；;\n]{{0,24}}?{SURNAME}[\u4e00-\u9fff]{{1,2}}{_HONOURS}[^，,。；;\n]{{0,8}}(?:为|任|担任|兼任|出任){CALLED}"
    rf"|{CALLED}(?:由|为)[^，,。；;\n]{{2,30}}(?:担任|兼任|出任)|由[^，,。；;\n]{{2,30}}(?:担任|兼任|出任){CALLED}"
)
"""Who holds an office, by name or by another office: 以李某某院士为组长, 组长由副省长担任."""
_LABELLED = re.compile(r"([\u4e00-\u9fff]{2,8})[:：]")
_TO_TURN_TO = re.compile(
    r"(?:联系|联络|经办|对接|咨询|接待)(?:人|员|部门|单位|电话|方式)?\s*(?:及(?:联系)?(?:电话|方式))?\s*(?:[:：]|为|是)|热线"
)
"""What says whom to turn to."""
_ASKED_ROLE = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:分别|都)?(?:是|由|为|有)?(?:谁|哪)")


@lru_cache(maxsize=8192)  # the same sentences come up for question after question
def names_person(passage: str) -> bool:
    """Whether `passage` names somebody beside an office."""
    # 主　任：王某某 spaces the office out.
    close = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", passage)
    names = (m["name"] for text in (passage, close) for pattern in _NAMED for m in pattern.finditer(text))
    # 局长高级研修班 begins like a name too, but 高级 is a word.
    return any(not is_word(name[:2]) for name in names)


def asks_person(question: str) -> bool:
    """Whether a question about several places is after the names of office-holders."""
    return bool(re.search(rf"谁|姓名|名字|叫什么|{CALLED}", question))


def asks_office(question: str) -> bool:
    """Whether `question` names an office (局长, 负责人), which documents speak of without saying who holds it."""
    return bool(re.search(CALLED, question))


@lru_cache(maxsize=8192)
def _appointed(passage: str) -> tuple[str, ...]:
    """What `passage` says of who holds an office."""
    return tuple(found.group() for found in _APPOINTED.finditer(passage))


@lru_cache(maxsize=8192)
def _close(passage: str) -> tuple[str, str]:
    """`passage` without white space, and the label at its head; "" for none."""
    flat = re.sub(r"\s+", "", passage)
    labelled = _LABELLED.match(flat)
    return flat, labelled[1] if labelled else ""


@lru_cache(maxsize=64)  # one question is asked of hundreds of sentences
def _asked(question: str) -> tuple[bool, str, str]:
    """Whether `question` is after whom to turn to; what it calls whom it asks for; the office it names; "" for none."""
    role, offices = _ASKED_ROLE.search(question), re.findall(CALLED, question)
    return bool(CONTACT.search(question)), role[1] if role else "", offices[-1] if offices else ""


def names_holder(passage: str, question: str) -> float:
    """How well `passage` names who holds the office `question` asks for: 1, less for a deputy, 0 for nobody."""
    contact, role, office = _asked(question)
    if contact:
        return 1.0 if _TO_TURN_TO.search(passage) else 0.0
    flat, label = _close(passage)
    if label and role.endswith(label):
        return 1.0  # 总指挥：…主要负责人 says who, though it gives no name.
    if office and any(office in said for said in _appointed(passage)):
        return 1.0
    if not names_person(passage):
        return 0.0
    if not office:
        return 1.0
    deputy = "副" + office
    asked = deputy if deputy in question else office
    if asked == deputy and deputy not in flat:
        return 0.4
    if asked == office and deputy in flat and office not in flat.replace(deputy, ""):
        return 0.4
    name = rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}"
    if re.search(rf"(?<!副){asked}[:：]{name}|{asked}{name}|{name}{asked}", flat):
        return 1.0
    body = re.sub(r"的$|\s", "", question.split(office)[0])[-5:]
    return 1.0 if body and body + office in flat else 0.7
