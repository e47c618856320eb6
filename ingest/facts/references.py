"""Finds the documents that a document names by number or title, and what it says of them (贯彻, 废止 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ingest.facts.repeals import repealed_lines
from ingest.facts.source import Line, Source
from ingest.numbers import number_spans
from vectorstore.model import Reference, Relation
from vectorstore.numbers import usual

_LONGEST_TITLE: Final = 120
# Newspapers, books and standards stand in 《》 too.
_DOCUMENT: Final = re.compile(
    r"(?:意见|通知|办法|规定|条例|法|法典|宪法|方案|规划|纲要|计划|决定|细则|章程|准则|标准|规范|指南|指引|措施|目录|批复|函|公告|条约|公约|协定|协议|解释|制度|规程|公报"
    r"|清单|要点|预案|通报|议定书|宣言|决议|政策|规则|要求|安排|部署|工作报告|请示|报告|建议|令|声明|体系|分工|大纲|导则|规章|指标|示范文本|备忘录|\d+条)"
    r"(?:[(（〈][^()（）]{1,20}[)）〉])*$"
)
_ORDER: Final = re.compile(
    r"(?:国务院|主席|[^\W\d_年月日根据依照按以的和]{2,12}(?:部|委员会|总局|局|政府|署))令\s*(?:[〔\[(（]?\d{4}[〕\])）]?年?)?\s*第?\s*\d{1,4}\s*号"
)
_BESIDE: Final = re.compile(r"\s*[(（]\s*(?P<stated>[^()（）\n]{4,60}(?:[(（]\d{4}[)）][^()（）\n]{0,20})?)[)）]")
_STATED: Final = re.compile(r"[^。；;《\n]{0,12}?(?:文号|字号)(?:是|为|[:：])\s*(?P<stated>[^，,。；;\s]{5,30}?号)")
_ALIAS: Final = re.compile(r"(?:以下(?:统|均)?简称|下称|以下称)[为]?[“\"]?《?([^《》）)“”\"]{1,30})")
_NAMING: Final = re.compile(r"(?:简称|下称|以下称)为?[“\"]?$")
_SAID_BEFORE: Final[tuple[tuple[Relation, str], ...]] = (
    ("废止", "废止|停止执行|替代"),
    ("修订", "修改|修订|修正"),
    ("参照", "参照|参考"),
    ("贯彻", "贯彻|学习宣传"),
    ("落实", "落实|执行|(?<!颁布)(?<!公布)实施|推进"),
    ("依据", "依据|根据|依照|按照|遵照|遵循|按"),
    ("印发", "印发|转发|批转|发布|公布|颁布|出台|制定"),
)
_BEFORE: Final = tuple(
    (relation, re.compile(rf"(?:{words})[^，,。；;：:》]{{0,12}}$")) for relation, words in _SAID_BEFORE
)
_AFTER: Final[tuple[tuple[Relation, re.Pattern[str]], ...]] = (
    ("印发", re.compile(r"^(?:已经?[^。；;《》]{0,24}[,，])?(?:现|予以|正式)*(?:印发|发布|公布)")),
    # Nothing between that says that only a part goes (第三条), or that something else does.
    (
        "废止",
        re.compile(
            r"^(?:[(（][^()（）]{0,40}[)）]|文件|等|及其[\u4e00-\u9fff]{2,8}|自[^，,。；;《]{2,24}?起|于[^，,。；;《]{2,14}?日?"
            r"|现|均|都|一律|一并|予以|同时|即行|相应|已|也|将|即|全文|[\s，,])*(?:废止|停止执行|失效|不再执行|停止施行)"
            r"(?!其|以下|下列|本)"
        ),
    ),
    ("修订", re.compile(r"^[^。；;，,《]{0,12}?(?:作如下修改|修改为|予以修改|进行(?:了)?(?:修改|修订))")),
    ("依据", re.compile(r"^[^。；;，,《]{0,16}?(?:要求|规定|精神)(?:[,，].{0,8}制定|[,，]结合|[,，]现)")),
)
_CHAIN: Final = re.compile(r"\s*(?:[(（][^()（）]{0,40}[)）])?\s*(?:、|和|及|以及|与|，|,)?[^《》，,。；;：:]{0,4}")
_AND: Final = re.compile(r"\s*(?:[(（][^()（）]{0,40}[)）])?\s*(?:、|和|及|以及|与|，|,)?\s*")
_WINDOW: Final = 24


@dataclass(frozen=True, slots=True)
class _Cited:
    line: Line
    start: int
    end: int
    number: str | None
    title: str | None
    relation: Relation | None


def find_references(source: Source) -> Iterator[Reference]:
    """Each document that is named, once: where it first says what it is to this one, else where it is first named."""
    own = {source.document.doc_number, source.document.title, source.document.title.strip("《》")}
    aliases: set[str] = set()
    found: list[_Cited] = []
    repealed = repealed_lines(source)
    for line in source.lines:
        if "《" in source.text[line.start : line.end] or "号" in source.text[line.start : line.end]:
            aliases |= {match[1] for match in _ALIAS.finditer(source.text, line.start, line.end)}
            cited = _chained(source.text, list(_cited(source, line, aliases)))
            listed = line.start in repealed
            found += [
                replace(one, relation="废止") if listed and one.relation in (None, "印发") else one for one in cited
            ]
    kept: dict[str, _Cited] = {}
    for one in found:
        if own & {one.number, one.title} - {None}:
            continue
        keys = [key for key in (one.number, one.title) if key]
        key = next((key for key in keys if key in kept), keys[0])
        before = kept.get(key)
        if before is None or (before.relation is None and one.relation and (one.number or not before.number)):
            kept |= {name: one for name in [*keys, *(name for name, held in kept.items() if held is before)]}
    for one in dict.fromkeys(kept.values()):
        yield Reference(
            doc_id=source.document.id,
            start=one.start,
            end=one.end,
            quote=source.text[one.start : one.end],
            path=one.line.path,
            region=source.region(one.line.path),
            number=one.number,
            title=one.title,
            relation=one.relation,
        )


def _chained(text: str, cited: list[_Cited]) -> list[_Cited]:
    """The same, 废止 behind the last of 《甲》、《乙》和《丙》 said of each of them."""
    made: list[_Cited] = []
    following: _Cited | None = None
    for one in reversed(cited):
        ends = following is not None and following.relation == "废止" and one.relation is None
        if ends and following is not None and _AND.fullmatch(text, one.end, following.start):
            one = replace(one, relation="废止")
        made.append(one)
        following = one
    return made[::-1]


def _cited(source: Source, line: Line, aliases: set[str]) -> Iterator[_Cited]:
    text = source.text
    numbers = [(n, line.start + a, line.start + b) for n, a, b in number_spans(text[line.start : line.end])]
    numbers += [(usual(match[0]), match.start(), match.end()) for match in _ORDER.finditer(text, line.start, line.end)]
    taken: list[tuple[int, int]] = []
    previous: _Cited | None = None
    for start, end in _titles(text, line):
        title = re.sub(r"\s", "", text[start + 1 : end - 1])
        if title in aliases or _NAMING.search(text[max(line.start, start - 6) : start]):
            continue
        beside = _BESIDE.match(text, end, line.end) or _STATED.match(text, end, line.end)
        number = next(
            (n for n, a, b in numbers if beside and beside.start("stated") <= a and b <= beside.end("stated")), None
        )
        before = next(((n, a) for n, a, b in numbers if not text[b:start].strip(" 文件") and b <= start), None)
        if number is None and before is None and not _DOCUMENT.search(title):
            continue
        first, last = (before[1] if before and number is None else start), (beside.end() if beside and number else end)
        number = number or (before[0] if before else None)
        relation = _relation(text, line, first, last)
        if relation is None and previous and _CHAIN.fullmatch(text, previous.end, first):
            relation = previous.relation
        previous = _Cited(line, first, last, number, title, relation)
        taken.append((first, last))
        yield previous
    for number, start, end in numbers:
        if not any(a <= start < b for a, b in taken):
            yield _Cited(line, start, end, number, None, _relation(text, line, start, end))


def _titles(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """The spans of titles with their brackets, the outermost where one stands inside another."""
    depth, opened = 0, -1
    for mark in re.finditer("[《》]", text[line.start : line.end]):
        at = line.start + mark.start()
        if mark[0] == "《":
            if depth == 0 or at - opened > _LONGEST_TITLE:
                depth, opened = 0, at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and 3 < at - opened <= _LONGEST_TITLE:
                yield opened, at + 1


def _relation(text: str, line: Line, start: int, end: int) -> Relation | None:
    after = text[end : min(line.end, end + 60)]
    said = next((relation for relation, words in _AFTER if words.search(after)), None)
    if said == "废止":
        return said
    before = text[max(line.start, start - _WINDOW) : start]
    return next((relation for relation, words in _BEFORE if words.search(before)), None) or said
