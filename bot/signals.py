"""Signs in a passage's wording that it answers a kind of question: a figure, a date, a person, a definition, a list."""

from __future__ import annotations

import re

from bot.stopwords import GENERIC, STOP
from bot.understand import Query
from bot.wording import ASKING, NUMERAL
from vectorstore.tokens import is_word, words

_DIGITS = r"(?:\d[\d,，]*(?:\.\d+)?|[一二三四五六七八九十百千万两]+)"
_FIGURE = re.compile(rf"{_DIGITS}\s*(?:多|余)?\s*(?:[百千万亿]+)?\s*(?:多|余)?\s*[^\s\d,，。;；、)）]")
_SHARE = re.compile(r"\d(?:\.\d+)?\s*[%％‰]|百分之|\d+(?:\.\d+)?\s*(?:个)?百分点|\d+(?:\.\d+)?\s*倍|\d[:：]\d")
_AMOUNT = re.compile(
    r"\d[\d,，.]*\s*(?:多|余)?\s*(?:[千万亿]+\s*)?(?:元|美元|欧元)|\d[\d.]*\s*(?:千万|百万|亿|万)(?![件家人户个份])"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[去今明前同当])\s*年(?:底|末|初)?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?|\d{1,2}月底|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}[.．]\d{1,2}\s*日|"
    r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|[上下]半年|[一二三四]季度|(?:19|20)\d{2}年"
)
_DAY = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}[.．]\d{1,2}\s*日|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s*日"
)
_OFFICE = (
    r"(?:局长|市长|省长|区长|县长|州长|书记|主任|组长|部长|厅长|处长|司长|院长|校长|会长|主席|秘书长|董事长|总经理|行长|召集人|总理|教授"
    r"|记者|发言人|负责人|联系人)"
)
_SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "尤岳柳骆祝柯翁詹申詹辛耿焦巴牟佟娄艾古穆甘葛范游舒屈项左包季曲路童梅盛阮庄霍裴尚翟景纪喻"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文章支申]"
)
_NAME = rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})"
_PERSONS = (
    re.compile(rf"{_OFFICE}(?:兼)?[、，,:：\s]{{0,2}}{_NAME}"),
    re.compile(rf"(?:^|[^\u4e00-\u9fff]|[局府会委厅院部]){_NAME}副?{_OFFICE}"),
    re.compile(rf"^\s*{_NAME}\s+\S*{_OFFICE}", re.M),
)
_NUMERALS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNIT_OF = r"(?:部|局|委|厅|院|办|署|会|府|单位|机构|机关|部门|公司|中心|小组)"
_IN_CHARGE = re.compile(
    rf"由[^，,。；;\n]{{1,30}}?{_UNIT_OF}[^，,。；;\n]{{0,12}}"
    r"|(?:为|是|作为)(?:牵头|责任|主管|主办)(?:单位|部门)|(?:牵头|责任|主管|主办)(?:单位|部门)(?:为|是|[:：])|负责"
)
_ITEMS = re.compile(
    r"(?:^|[;；。:：,，\s])(?:[一二三四五六七八九十]+是|[（(]?\d{1,2}[)）.、．]|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[,，、])"
)


def fits(query: Query, passage: str) -> float:
    """How well the wording of `passage` suits the kind of `query`, from 0 (can't be the answer) to 1."""
    match query.kind:
        case "number":
            return _figure(passage, query.unit)
        case "date":
            return 1.0 if _DAY.search(passage) else 0.6 if _DATE.search(passage) else 0.0
        case "person":
            return _person(passage, query)
        case "responsibility":
            return 1.0 if _IN_CHARGE.search(passage) else 0.5 if re.search("负责|牵头|责任", passage) else 0.0
        case "definition":
            return _definition(passage, query)
        case "list":
            return _list(passage, query)
        case "compare" | "across":
            return _figure(passage, query.unit) if query.unit or asks_figure(query.text) else 0.5
        case _:
            return 0.5


def _person(passage: str, query: Query) -> float:
    """1 for naming somebody, unless in a deputy's office when the question is not after deputies."""
    if not names_person(passage):
        return 0.0
    offices = re.findall(_OFFICE, query.text)
    office = offices[-1] if offices else ""
    flat = re.sub(r"\s+", "", passage)
    deputy = "副" + office in flat and office not in flat.replace("副" + office, "")
    if office and "副" + office not in query.text and deputy:
        return 0.4
    return (
        1.0
        if not office
        or re.search(rf"{office}[:：]|{office}{_SURNAME}|^{_NAME}|{_SURNAME}[\u4e00-\u9fff]{{1,2}}{office}", flat)
        else 0.8
    )


def names_person(passage: str) -> bool:
    """Whether `passage` names somebody beside an office (局长王某某, 王某某局长)."""
    # 主　任：王某某 spaces the office out.
    close = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", passage)
    names = (m["name"] for text in (passage, close) for pattern in _PERSONS for m in pattern.finditer(text))
    # 局长高级研修班 begins like a name too, but 高级 is a word.
    return any(not is_word(name[:2]) for name in names)


def asked_count(question: str) -> int | None:
    """How many things a question says there are (三大特色 → 3)."""
    found = re.search(r"([一二三四五六七八九十两]{1,3}|\d{1,2})\s*(?:大|项|个|种|类|条|方面|点)", question)
    return numeral(found.group(1)) if found else None


def counted_thing(question: str) -> str | None:
    """What a question counts (五大中心 → 中心)."""
    found = re.search(rf"{NUMERAL}\s*(?:大|项|个|种|类|条|方面|点)([\u4e00-\u9fff]{{2,6}})", question)
    named = words(found.group(1)) if found else []
    return next((word for word in reversed(named[:2]) if len(word) > 1 and word not in STOP | GENERIC), None)


def numeral(written: str) -> int | None:
    """An Arabic or Chinese numeral below 1000 as an int; None for anything else."""
    if written.isdigit():
        return int(written)
    total, digit = 0, 0
    for char in written:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _NUMERALS:
            digit = _NUMERALS[char]
        else:
            return None
    return total + digit


def asks_figure(question: str) -> bool:
    """Whether a question of comparing or across documents is after figures."""
    return bool(re.search(r"多少|目标|几[个家件项]|数量|指标|[量额率数]$", question.rstrip("?？。")))


def items(passage: str) -> int:
    """How many things `passage` enumerates, by 一是…二是…, (1)…(2)… or a、b、c."""
    numbered = len(_ITEMS.findall(passage))
    listed = max((part.count("、") + 1 for part in re.split(r"[。;；]", passage)), default=0)
    return max(numbered if numbered > 1 else 0, listed if listed > 2 else 0)


def _list(passage: str, query: Query) -> float:
    """Half for enumerating at all, half for as many things as the question speaks of."""
    listed = min(1.0, items(passage) / 3)
    count = asked_count(query.text)
    if count is None:
        return listed
    named = any(
        numeral(n) == count
        for n in re.findall(r"([一二三四五六七八九十两\d]{1,3})(?:大|项|个|种|类|条|方面|点)", passage)
    )
    return 0.4 * listed + 0.3 * named + 0.3 * (items(passage) == count)


def _figure(passage: str, unit: str | None) -> float:
    if unit == "元":
        return 1.0 if _AMOUNT.search(passage) else 0.0
    if unit == "%":
        return 1.0 if _SHARE.search(passage) else 0.0
    if unit:
        counted = re.search(rf"{_DIGITS}\s*(?:多|余)?\s*[百千万亿]*\s*(?:多|余|个)?\s*{re.escape(unit)}", passage)
        return 1.0 if counted else 0.3 if _FIGURE.search(passage) else 0.0
    plain = re.sub(r"(?:19|20)\d{2}\s*年", "", passage)
    return 1.0 if re.search(r"\d", plain) else 0.3 if _FIGURE.search(plain) else 0.0


def _definition(passage: str, query: Query) -> float:
    """Whether `passage` explains the thing asked about rather than mentions it."""
    if explanation(passage, query) is not None:
        return 1.0
    thing = defined(query)
    return 0.3 if thing is None or thing in passage else 0.0


def explanation(passage: str, query: Query) -> int | None:
    """Where in `passage` the explanation of the thing asked about begins; None when it only mentions it."""
    thing = defined(query)
    if not thing:
        return None
    name = rf"[“\"「《『]?{re.escape(thing)}[”\"」》』]?(?:[（(][^）)]{{1,30}}[）)])?"
    found = re.search(
        rf"(?:本[办法条例规定细则]+|前款|本法)?所称\s*{name}|(?:为什么|之所以|所以)?(?:叫|称为|称作)\s*{name}"
        rf"|所谓\s*(?:的)?{name}|以下(?:简)?称[“\"]?{name}|{name}[^，,。；;\n（(]{{0,6}}[（(][^（()）]{{6,}}[)）]"
        rf"|{name}\s*[,，]?\s*(?:是指|就是|即|指的是|系指|是一[种个类项]|，?是(?!否)|有点像|类似|好比|意思是|：|:)"
        rf"|{name}.{{0,60}}(?:的概念|这么一个|也就是说|是指)",
        passage,
        re.S,
    )
    return found.start() if found else None


def defined(query: Query) -> str | None:
    """The thing whose definition `query` asks for: what it quotes, else what is left of it without the asking."""
    if query.quoted:
        return query.quoted[-1]
    rest = _ASKED_ABOUT.sub(" ", ASKING.sub(" ", query.text)).strip(" ，,的")
    # 赡养老人扣除里的被赡养人: the thing itself stands last.
    return re.split(r"(?:里|中|上)的|\s+", rest)[-1].strip(' “”"《》') or None


_ASKED_ABOUT = re.compile(
    r"(?:是)?指(?:的)?(?:是)?|(?:的)?(?:含义|定义|意思|概念)|界定|认定|理解|解释(?:一下)?|人\s*$|[些个]|啥|叫|介绍"
)
