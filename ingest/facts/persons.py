"""Finds people named with an office: 局长王某某, 某市知识产权局王某某局长, 组长：王某某, and lines of a roster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.captions import SURNAMES
from ingest.facts.source import Source
from vectorstore.model import Person
from vectorstore.tokens import is_word

_OFFICE: Final = (
    r"(?:书记|局长|市长|省长|区长|县长|州长|镇长|乡长|主任|组长|部长|厅长|处长|科长|司长|院长|校长|会长|秘书长|主席|董事长|总经理|行长|署长|检察长|总理"
    r"|委员长|发言人|召集人|负责人|联系人|总编辑|馆长|所长|支队长|站长|巡视员|调研员|专员|参谋长|司令员|理事长)"
)
_HELD: Final = re.compile(_OFFICE)
_POST: Final = re.compile(
    rf"{_OFFICE}|成员|委员|院士|教授|研究员|工程师|董事|经理|总监|[局部厅司处市省区县校院]长|主编"
)
_DOUBLE: Final = "欧阳|司马|上官|诸葛|皇甫|令狐|慕容|司徒|公孙|尉迟"
_FIRST: Final = (
    f"(?:{_DOUBLE}|[{''.join(sorted(SURNAMES | set('支覃芮储那冼楼危闻雍蔺宣洪鞠屠荀戈咸敬伏隗漆晁逄亓')))}])"
)
_FUNCTION_WORDS: Final = "向于和应时单连从边由任安高成方万常计解史项路温严全明平米水"
"""Surnames that are mostly something else: 局长向大家介绍, 局长高级研修班."""
# A name of two characters is often set as wide as one of three: 李　牧.
_WIDE: Final = rf"{_FIRST}[ \u3000]{{1,4}}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
_NAME: Final = rf"(?:{_WIDE}|{_FIRST}[\u4e00-\u9fff]{{1,2}}?)"
# A name is over where no character follows that could belong to it.
_OVER: Final = (
    r"(?=[^\u4e00-\u9fff]|$|同志|先生|女士|作|介绍|表示|指出|说|出席|主持|通报|发布|强调|回答|致辞|讲话|率|任|兼"
    r"|担任|负责|参加|陪同|带队|签发|亲自|一行|等|分别|受到)"
)
_BEHIND: Final = re.compile(rf"(?:[(（][^()（）]{{1,8}}[)）])?(?:\s*[:：]\s*)?(?P<name>{_NAME}){_OVER}")
_AHEAD: Final = re.compile(rf"(?P<org>[\u4e00-\u9fff]{{0,24}}[局委办部厅院府署社])(?P<name>{_NAME})$")
_ROLE: Final = (
    r"(?:(?:第一|常务)?(?:副\s*)?(?:主\s*任|组\s*长|成\s*员|委\s*员|秘\s*书\s*长|总\s*指\s*挥|指\s*挥\s*长|召\s*集\s*人|会\s*长|主\s*席)"
    r"(?:单位)?\s*[:：]\s*)?"
)
_ROSTER: Final = re.compile(
    rf"\s*{_ROLE}(?P<name>{_FIRST}[ \u3000]{{0,3}}[\u4e00-\u9fff]{{1,2}})"
    r"(?:[ \t\u3000]+|[ \u3000]*[(（][^()（）]{1,12}[)）][ \t\u3000]*)(?P<office>[\u4e00-\u9fff][^。；;:：\n]{2,60})"
)
# Where the words of an office begin, reading back from it.
_NOT_OFFICE: Final = re.compile(
    r".*(?:邀请到?了?|[由请是为在向对的与及]|有(?![限色机])|到了|任命|免去|其中|根据|[^\u4e00-\u9fff、“”·()（）]"
    r"|和(?!社会|信息|改革|旅游|计划|城乡|自然|质量|技术|草原|服务|应急|综合|农村|人民))"
)
_LONGEST_OFFICE: Final = 40
_LONGEST_LINE: Final = 90
"""Characters of a line of a roster."""


def find_persons(source: Source) -> Iterator[Person]:
    """The people that the document names with an office, each with each office once, in order."""
    seen: set[tuple[str, str]] = set()
    rosters = [_roster(source.text, line.start, line.end) for line in source.lines]
    for i, line in enumerate(source.lines):
        listed = any(rosters[max(i - 1, 0) : i]) or any(rosters[i + 1 : i + 2])
        for start, end, name, office in _named(source.text, line.start, line.end, rosters[i], listed=listed):
            if (name, office) not in seen:
                seen.add((name, office))
                yield Person(
                    doc_id=source.document.id,
                    start=start,
                    end=end,
                    quote=source.text[start:end],
                    path=line.path,
                    region=source.region(line.path),
                    name=name,
                    office=office,
                )


def _roster(text: str, start: int, end: int) -> re.Match[str] | None:
    """The name and the office that a line of a roster consists of."""
    found = (
        _ROSTER.fullmatch(text, start, start + len(text[start:end].rstrip())) if end - start <= _LONGEST_LINE else None
    )
    return found if found and _POST.search(found["office"]) else None


def _named(
    text: str, start: int, end: int, roster: re.Match[str] | None, *, listed: bool
) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, name and office of everybody the line names; `listed` tells that a line beside it is a roster's."""
    if roster is not None:
        name = _closed(roster["name"])
        if len(name) < len(roster["name"]) or listed or _is_name(name):
            yield roster.start("name"), roster.end("office"), name, roster["office"]
        return
    floor = start
    for office in _HELD.finditer(text, start, end):
        first, last = office.span()
        named = _BEHIND.match(text, last, end)
        begin = _office_start(text, floor, first)
        called = last - begin == 3 == last - first + 1 and text[begin] in SURNAMES  # 杨局长
        if named is not None and not called and _is_name(named["name"]):
            yield begin, named.end("name"), _closed(named["name"]), text[begin:last]
            floor = named.end("name")
            continue
        deputy = first - 1 if text[first - 1 : first] == "副" and first > start else first
        ahead = _AHEAD.search(text[max(floor, deputy - 30) : deputy])
        if ahead is not None and _is_name(ahead["name"]):
            begin = _office_start(text, floor, deputy - len(ahead["name"]))
            yield begin, last, _closed(ahead["name"]), text[begin : deputy - len(ahead["name"])] + text[deputy:last]
            floor = last


def _closed(name: str) -> str:
    """The name without the blank that makes it as wide as others."""
    return re.sub(r"\s", "", name)


def _office_start(text: str, start: int, at: int) -> int:
    begin = max(start, at - _LONGEST_OFFICE)
    before = _NOT_OFFICE.match(text, begin, at)
    begin = before.end() if before else begin
    while text[begin] in "、“”·()（） 据到" and begin < at:
        begin += 1
    return begin


def _is_name(name: str) -> bool:
    """Whether no dictionary knows it as a word, nor its parts where it begins with a character of many words."""
    if _closed(name) != name:
        return not name.endswith("长")
    ambiguous = name[0] in _FUNCTION_WORDS and (is_word(name[:2]) or is_word(name[1:]))
    return name[-1] != "长" and not is_word(name) and not ambiguous
