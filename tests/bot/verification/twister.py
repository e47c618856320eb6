"""Makes lies whose every word is true: what belongs to one said of another, conditions reversed, scopes widened."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from vectorstore.model import Document
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import words

Way = Callable[[str, Document, random.Random], "str | None"]
_REGIONS = ("青岛市", "济宁市", "绵阳市", "临沂市", "江苏省", "浙江省", "重庆市", "昆明市", "大连市", "洛阳市")
_TITLES = ("关于促进夜间经济发展的若干措施", "城市供水条例", "农村公路养护办法")
_SWAPS = """
上半年→下半年 每年→每月 每月→每年 国内→国外 省级→国家级 市级→省级 国家级→市级 首次→再次 同比→环比 以内→以外
之前→之后 发明专利→实用新型专利 上市→退市
高于→低于 多于→少于 大于→小于 优于→劣于 增长→减少 上升→下降 扩大→缩小 前三→后三 最高→最低 最大→最小 第一→第二
公开→保密 有偿→无偿 免费→有偿
部分→全部 个别→所有 少数→多数 全部→部分 所有→部分 可以→必须 可→不可 可以→只能 应→可 应当→无需 须→不须 鼓励→要求
必须→无需 不得→应当
原则上→一律 一般→一律 试点→全面 申请→授权 奖励→处罚 补助→罚款 甲方→乙方 购买→出售 借款→贷款 质押→抵押 上调→下调
提前→推迟 增加→压减 优先→暂缓
"""
_PAIRS = [tuple(pair.split("→")) for pair in _SWAPS.split()]
_SMALL_WORDS = """
同时 其中 通过 主要 分别 根据 充分 拥有 每年 每万 可以 应当 同比 由于 进一步 按照 为了 专业 全面
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that aren't what a clause is about."""
_VERB = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:建立|完善|支持|开展|推进|推动|组织|提供|落实|加强|给予|探索|实施|设立|建设|培育|引导)[\u4e00-\u9fff])"
)
_GOAL = re.compile(r"到20\d\d年|力争|目标|要(?:达到|超过)|计划|拟")
_REACHED = re.compile(r"(?=达到|超过|突破|不低于|建成|高于)")


def _clauses(text: str) -> list[str]:
    return [part for part in re.split(r"[，,；;。]", text) if part.strip()]


def _nouns(text: str) -> list[str]:
    return [w for w in words(text) if len(w) >= 2 and w in text and not any(c.isdigit() for c in w)]


def _exchange(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other, 1)


def _relation(text: str, document: Document, chance: random.Random) -> str | None:
    """One word for another that turns the sentence."""
    able = [(a, b) for a, b in _PAIRS if a in text and f"不{a}" not in text and b not in text]
    if not able or re.search(r"[回响供效适反]应", text):
        return None
    old, new = chance.choice(able)
    return text.replace(old, new, 1)


def _subjects(text: str, document: Document, chance: random.Random) -> str | None:
    """The opening words of two clauses with figures or duties exchanged."""
    able = [(c, w[0]) for c in _clauses(text) if len(w := _nouns(c)) >= 2 and c.startswith(w[0]) and len(c) >= 6]
    able = [(c, w) for c, w in able if re.search(r"\d|应|可|不|负责|承担|收|放", c)]
    if len(able) < 2:
        return None
    (_, one), (_, other) = chance.sample(able, 2)
    if {one, other} & _SMALL or re.search(r"[省市区县]$", one + other):
        return None
    return None if one == other or text.count(one) + text.count(other) != 2 else _exchange(text, one, other)


def _agents(text: str, document: Document, chance: random.Random) -> str | None:
    """Who does it and to whom, exchanged: 企业支持高校 for 高校支持企业."""
    match = re.search(
        r"(?P<a>企业|高校|银行|政府|机构|学校|医院|社区|园区|平台|市民|职工|学生|农户|公司|个人|单位)(?P<m>[^，。；、和与及或的]{1,8}?(?:支持|向|为|对|帮助|委托|监督|引导|鼓励|通过|给|与)[^，。；、和与及或]{0,6}?)"
        r"(?P<b>企业|高校|银行|政府|机构|学校|医院|社区|园区|平台|市民|职工|学生|农户|公司|个人|单位)",
        text,
    )
    if not match or match["a"] == match["b"] or re.search("与$", match["m"]):
        return None
    return text[: match.start()] + match["b"] + match["m"] + match["a"] + text[match.end() :]


def _condition(text: str, document: Document, chance: random.Random) -> str | None:
    """甲的，乙 → 乙的，甲."""
    match = re.fullmatch(r"(?P<a>[^，；。]{5,40})(?P<mark>的|时|后|前)[，,](?P<b>[^，；。]{4,40})[。；;]?", text)
    if not match or match["mark"] == "后":
        return None
    return f"{match['b']}{match['mark']}，{match['a']}。"


def _if(text: str, document: Document, chance: random.Random) -> str | None:
    """A condition that nobody made: two clauses joined by 如果 …，则 …."""
    clauses = _clauses(text)
    if len(clauses) < 2 or any(len(c) < 6 for c in clauses[:2]) or re.search(r"的$|时$|如果|若", clauses[0]):
        return None
    return f"只有{clauses[1]}，才{clauses[0]}。"


def _scope(text: str, document: Document, chance: random.Random) -> str | None:
    at = [m.start() for m in _VERB.finditer(text)]
    if not at:
        return None
    one = chance.choice(at)
    return text[:one] + chance.choice(["一律", "仅", "全部", "只", "必须", "可以", "无需"]) + text[one:]


def _unlimited(text: str, document: Document, chance: random.Random) -> str | None:
    """What confines it left out."""
    new = re.sub(
        r"(?<![个两三四五六成各])(?<!第.)部分(?![是为属])|原则上|有条件的?|符合条件的|试点|个别|非(?!洲)(?=[\u4e00-\u9fff]{2})|除外|以外",
        "",
        text,
        count=1,
    )
    return new if new != text else None


def _affirmed(text: str, document: Document, chance: random.Random) -> str | None:
    """A denial left out."""
    found = [
        m
        for m in re.finditer(
            r"不(?=[\u4e00-\u9fff])(?!断|仅|但|同|少于|低于|超过|高于|多于|大于|小于|足|到|满|良|论|管|限|过[,，])|(?<!尚)未(?=[\u4e00-\u9fff])(?!来)|没有(?=[\u4e00-\u9fff])|禁止|严禁",
            text,
        )
    ]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + text[match.end() :]


def _elsewhere(text: str, document: Document, chance: random.Random) -> str | None:
    """Said of another place."""
    if re.search(r"[省市区县州国]|示例", text):
        return None
    other = chance.choice([r for r in _REGIONS if r not in document.text and r[:2] not in document.title])
    return f"在{other}，{text}"


def _another_year(text: str, document: Document, chance: random.Random) -> str | None:
    able = [year for year in ("2041年", "到2038年", "2009年") if year[-5:] not in document.text]
    return None if re.search(r"\d{4}", text) or not able else f"{chance.choice(able)}，{text}"


def _another_document(text: str, document: Document, chance: random.Random) -> str | None:
    return f"根据《{chance.choice(_TITLES)}》，{text}"


def _reason(text: str, document: Document, chance: random.Random) -> str | None:
    """A reason that the document doesn't give, in words it has or in others."""
    others = [document.text[a:b] for a, b in sentence_spans(document.text)]
    able = [
        c
        for s in others
        for c in _clauses(s)[:1]
        if 8 <= len(c) <= 30 and c not in text and not re.search(r"[由因为]", c)
    ]
    if re.search(r"因|由于|所以|为[了此]|使", text) or not able:
        return None
    said = text.rstrip("。；;")
    reason = chance.choice(able).strip()
    return chance.choice([f"由于资金不足，{text}", f"由于{reason}，所以{said}。", f"{said}，原因是{reason}。"])


def _glued(text: str, document: Document, chance: random.Random) -> str | None:
    """The subject of this sentence with what another says of its own, where both give figures."""
    mine = re.match(r"(?P<s>[^\d，。；：:]{4,24}?)(?=达到|超过|突破|不低于|不少于|不超过|为|有\d|\d)", text)
    if not mine:
        return None
    others = [document.text[a:b] for a, b in sentence_spans(document.text) if document.text[a:b] != text]
    ends = [
        m.group()
        for s in others
        for m in re.finditer(
            r"(?:达到|超过|突破|不低于|不少于|不超过)\d[\d.]*[万亿]?[^\d，。；、和与]{1,3}(?=[，。；])", s
        )
    ]
    ends = [end for end in ends if end not in text]
    return f"{mine['s']}{chance.choice(ends)}。" if ends else None


def _achieved(text: str, document: Document, chance: random.Random) -> str | None:
    """A goal told as reached."""
    if not _GOAL.search(text) or "已" in text:
        return None
    at = [m.start() for m in _REACHED.finditer(text)]
    if not at:
        return None
    one = chance.choice(at)
    return text[:one].removesuffix("要") + "已" + text[one:]


TWISTS: tuple[tuple[str, Way], ...] = (
    ("relation", _relation), ("subjects exchanged", _subjects), ("agents exchanged", _agents),
    ("condition reversed", _condition), ("condition invented", _if), ("scope", _scope), ("limit left out", _unlimited),
    ("affirmed", _affirmed), ("another place", _elsewhere), ("another year", _another_year),
    ("another document", _another_document), ("reason invented", _reason), ("glued", _glued), ("achieved", _achieved),
)  # fmt: skip
