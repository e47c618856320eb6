"""The sides of a comparison: the question asked of each of the regions or things that it sets side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece
from bot.kinds.persons import asks_person
from bot.question.stopwords import GENERIC, STOP
from bot.question.understand import Query, fold, understand
from bot.question.wording import DOCUMENT, ISSUING, Kind, kind_of
from bot.signals import asks_figure
from vectorstore.regions import Gazetteer, Region
from vectorstore.tokens import words

_SPLIT = re.compile(
    r"(?P<a>[^，,。、：:和与跟同及的在]{2,20}?)(?:和|与|跟|同|以及|及)(?P<b>[^，,。：:和与的]{2,24}?)"
    r"(?=的|[，,]|分别|各|哪|谁|有什么|有何|相比|之间|比起来|相?差|区别|不同|有哪|[?？。]?$)"
)
_WHOLE = re.compile(r"(?P<a>[^，,。：:和与跟]{2,40})(?:和|与|跟)(?P<b>[^，,。：:和与跟]{2,40})")
_COMPARING = re.compile(
    r"^(?:请)?(?:比较|对比)(?:一下)?|(?:分别|各自?|相比|比起来|之间)|(?:有(?:什么|何|哪些))?(?:区别|不同|差别|差异)(?:是什么|在哪里?|有哪些)?"
    r"|(?:相?差|差距是?|相差)多少|哪个(?:文件)?(?:印发|发布|出台|公布)?得?(?:更|较|最)?[高低多少大小早晚快慢强]|谁(?:更|较)?[高低多少大小早晚快慢强]"
)
_OF_DOCUMENTS: tuple[Kind, ...] = ("compare", "title", "general", "list", "date", "number", "across", "issuer")
MOST = 10
"""Items shown of each side."""
_SO_MANY_PLACES = re.compile(r"^这?(?:[两二三四五六七八九十几\d]+)(?:个|座)?(?:城市|省份|地区|地方|[省市区县地])")
_YEARS = re.compile(r"(?:19|20)\d{2}年?(?:(?:和|与|跟|同|及|以及|、|，|到)(?:19|20)\d{2}年?)+")
_GOALS = re.compile(r"目标|指标")
_LISTED = re.compile(r"(?:措施|任务|原则|特色|重点|举措|内容|职责|条件)(?:是什么|有哪些)?$")
_EARLIER = re.compile(r"[早晚先]")


def sides(query: Query, gazetteer: Gazetteer) -> list[tuple[str, Query]]:
    """The label and question of each side, in the order asked; empty where the question sets nothing side by side."""
    if len(query.doc_numbers) > 1 and query.kind in _OF_DOCUMENTS:
        return _numbered(query, gazetteer)
    if query.kind == "compare" and len(query.regions) > 1 and not _things(query):
        kind = _kind(query.text)
        return [(region.local, _of_region(query, region, kind, gazetteer)) for region in query.regions]
    if query.kind in ("compare", "number", "general") and len(query.years) > 1 and len(query.regions) < 2:
        return _by_year(query, gazetteer)
    things = (
        _things(query)
        if query.kind in ("compare", "number", "date", "person", "list", "responsibility", "general")
        else None
    )
    if things is None:
        return []
    before, a, b, after = things
    asked = []
    for thing in (a, b):
        kind = _kind(query.text)
        side = understand(_plain(before + thing + after, kind, issued=bool(ISSUING.search(query.text))), gazetteer)
        if kind == "general" and side.regions and not _besides_document(side.text, side):
            side = understand(side.regions[0].local + "的主要目标是什么", gazetteer)  # Documents as such: their goals.
        label = side.regions[0].local if side.regions and side.regions != query.regions else thing
        asked.append((label, replace(side, regions=side.regions or query.regions, kind=kind)))
    return asked


def _of_region(query: Query, region: Region, kind: Kind, gazetteer: Gazetteer) -> Query:
    """What a question that names regions side by side asks of one of them."""
    plain = _plain(query.text, kind)
    named = gazetteer.find(plain)
    if len(named) > 1:
        plain = plain[: named[0].start] + region.local + _SO_MANY_PLACES.sub("", plain[named[-1].end :], count=1)
    side = understand(plain, gazetteer)
    return replace(side if side.words else query, years=query.years, regions=(region,), kind=kind)


def _numbered(query: Query, gazetteer: Gazetteer) -> list[tuple[str, Query]]:
    """What is asked of several document numbers, of each of them."""
    asked = query.text[query.text.rindex(query.doc_numbers[-1]) + len(query.doc_numbers[-1]) :]
    kind = _kind(query.text) if query.kind == "compare" else query.kind
    sides = []
    for number in query.doc_numbers:
        whose = re.sub(r"^(?:请问|请?比较|对比|[和与跟同及])+", "", number)
        plain = _plain(asked.rstrip("?？。"), kind, issued=bool(ISSUING.search(query.text)))
        side = understand(whose + (plain if plain.strip("的?？。是") else "是什么文件"), gazetteer)
        sides.append((whose, replace(side, kind=side.kind if kind in ("general", "list") else kind)))
    return sides


def side_by_side(labels: Sequence[str], answers: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Each side's answer under its label, one alone where all sides rest on it; empty where a side has none."""
    if not all(answers):
        return []
    shown = [pieces[:MOST] if len(pieces) > 1 else pieces for pieces in answers]
    if len(labels) > 1 and len({(p.document.id, p.start, p.end) for pieces in shown for p in pieces[:1]}) == 1:
        return [*shown[0]]
    return [
        replace(piece, label=label if first and fold(label) in _whose(piece) else None)
        for label, pieces in zip(labels, shown, strict=True)
        for piece, first in zip(pieces, [True] + [False] * len(pieces), strict=False)
    ]


def names_all(piece: Piece, regions: Sequence[Region]) -> bool:
    """Whether one quotation speaks of all the regions that are compared."""
    said = piece.document.text[piece.start : piece.end]
    return all(region.short in said for region in regions)


def _whose(piece: Piece) -> str:
    return fold(piece.document.text + (piece.document.region or ""))


def _things(query: Query) -> tuple[str, str, str, str] | None:
    """What stands before the two things set side by side, each of them, and what stands behind; None for one thing."""
    text = query.text
    if query.kind != "compare" and not re.search(r"分别|各(?:是|为|有|自|多少)|各.{0,8}多少", text):
        return None
    found = None
    if query.kind == "compare":
        text = _COMPARING.sub("", text).rstrip("?？。的得")
        found = _WHOLE.fullmatch(text)
        if found and ("的" in found["a"]) != ("的" in found["b"]):
            found = None  # 甲和乙的尺寸: what is asked of both stands behind the second.
    found = found or _SPLIT.search(text)
    if found is None:
        return None
    names = tuple({name for region in query.regions for name in (region.short, region.local, region.name)})
    if found["a"].endswith(names) and found["b"].startswith(names):
        return None  # They are regions, each a side as it is.
    places = [[region for region in query.regions if region.short in part] for part in (found["a"], found["b"])]
    if len(query.regions) > 1 and not all(places):
        return None  # What is set side by side are the regions, each of which has both things.
    return text[: found.start()], found["a"], found["b"], text[found.end("b") :]


def _plain(text: str, kind: Kind, *, issued: bool = False) -> str:
    """`text` without the words of comparing; what is asked for stays."""
    plain = _COMPARING.sub("", text)
    return plain + ("的印发日期" if kind == "date" and (issued or ISSUING.search(text)) else "")


def _besides_document(text: str, side: Query) -> str:
    """What `text` names besides a region and its document (济宁市的实施意见)."""
    for region in side.regions:
        for name in (region.name, region.local, region.short):
            text = text.replace(name, "")
    return re.sub(DOCUMENT, "", text).strip("的 ")


def _kind(question: str) -> Kind:
    """What a comparison asks of each side."""
    if kind_of(_COMPARING.sub("", question)) == "date":
        return "date"
    if ISSUING.search(question) and (_EARLIER.search(question) or kind_of(question) == "date"):
        return "date"
    if "文号" in question:
        return "doc_number"
    if _GOALS.search(question) and not _measures(question):
        return "general"
    if _LISTED.search(_COMPARING.sub("", question).rstrip("?？。")):
        return "list"
    if asks_figure(question) or re.search(r"高低|更[高多大]|差多少|差距", question):
        return "number"
    if kind_of(question) == "responsibility":
        return "responsibility"
    return "person" if asks_person(question) else "general"


def _measures(question: str) -> bool:
    """Whether a question for goals names what they measure: 专利拥有量的目标, not 主要目标."""
    rest = _COMPARING.sub(" ", question)
    for mention in reversed(Gazetteer().find(rest)):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    return any(len(w) > 1 and w not in GENERIC and w not in STOP for w in words(re.sub(DOCUMENT, " ", rest)))


def _by_year(query: Query, gazetteer: Gazetteer) -> list[tuple[str, Query]]:
    """What is asked of several years, of each of them."""
    plain = _plain(query.text, query.kind)
    listed = _YEARS.search(plain)
    if listed is None:
        return []
    kind = _kind(query.text)
    return [
        (
            f"{year}年",
            replace(understand(plain[: listed.start()] + f"{year}年" + plain[listed.end() :], gazetteer), kind=kind),
        )
        for year in query.years
    ]
