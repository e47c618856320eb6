"""Finds where a document begins and what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.dates import DATE
from ingest.loaders.block import Block
from ingest.numbers import find_order, whole_number
from vectorstore.regions import Gazetteer

_KIND_NAMES: Final = """
实施意见 指导意见 若干意见 意见 实施方案 工作方案 行动方案 试点方案 总体方案 方案 行动计划 实施计划 计划 发展规划
规划纲要 规划 纲要 实施细则 细则 实施办法 暂行办法 管理办法 办法 若干措施 政策措施 措施 若干规定 暂行规定 规定
实施条例 条例 若干政策 政策 决定 通知 通报 通告 公告 公报 批复 复函 答复 函 报告 请示 规则 章程 规程 制度 清单 指南
指引 应急预案 预案 法 令 议案 纪要 倡议书 简报 解读 答记者问 新闻发布会 发布会
"""
KINDS: Final = tuple(_KIND_NAMES.split())
"""Kinds of documents, the more exact of two that end alike first."""
_KIND_END: Final = re.compile(
    rf"(?:{'|'.join(KINDS)})[》”]?(?:\s*[(（][^()（）]{{1,20}}[)）])*(?:(?:政策)?解读|新闻发布会|的通知)?[》”]?$"
)
_BEGINNING: Final = re.compile(r"关于|印发|转发|批转|公布|对.{2,30}的(?:答复|复函|批复)|^《|^中华人民共和国|出台")
_BYLINE: Final = re.compile(
    r"来\s*源\s*[:：]|(?:发布|更新|印发)?(?:时间|日期)\s*[:：]|作者\s*[:：]|^\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}"
    r"|^(?:新华社|中新[社网]|人民网|本报).{0,16}(?:电|讯)(?:$|\s|[(（])|^题[:：]"
)
_HEADING: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}[编章条部]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．]"
)
_LETTERHEAD: Final = re.compile(r"(?:政府|国务院|办公[厅室]|委员会|[部厅局委])文件$")
_ISSUER: Final = re.compile(r"(?:政府|国务院|办公[厅室]|委员会|[部厅局委])$")
_GOES_ON: Final = re.compile(r"(?:关于|印发|转发|批转|公布)$")
_SALUTATION: Final = re.compile(r"[:：]$")
_QUOTED: Final = re.compile(r"《([^《》]{4,60})》")
_HEAD_LINES: Final = 40
_LONGEST_LINE: Final = 70
_LONGEST_TITLE: Final = 150


@dataclass(frozen=True, slots=True)
class Head:
    """A title and the run of lines it stands on: `lines[start:end]`; start == end where the text doesn't show it."""

    title: str
    start: int
    end: int


def find_title(lines: Sequence[Block], *, stated: str | None, fallback: str) -> Head:
    """The title and its place: what the page or card states where the text shows it, else by the head's layout.

    By layout, a title stands above the byline (date, source) or document number, or is the first line that ends like
    a title; an order (令) is called by what it promulgates. Lines a title is broken into are joined. `fallback` is the
    name for a text with nothing like a title.
    """
    head = _head_length(lines)
    if stated:
        stated = stated.strip()
        start, end = _place(lines[: max(head, 1)], stated)
        if end > start or len(stated) >= 6:
            return Head(stated, start, end)
    order = find_order([line.text for line in lines[:head]])
    if order is not None:
        promulgated = next((found for line in lines[order.at : head + 1] if (found := _QUOTED.search(line.text))), None)
        if promulgated:
            return Head(promulgated[1], order.at, order.at)
    for anchor in range(1, head):
        if (
            _is_anchor(lines[anchor].text)
            and not _is_anchor(lines[anchor - 1].text)
            and _may_be_title(lines[anchor - 1].text)
        ):
            end = _above_issuers(lines, anchor)
            start = _beginning(lines, end - 1)
            return Head(_joined(lines, start, end), start, end)
    for start in range(head):
        for end in range(start + 1, min(start + 5, head + 1)):
            title = _joined(lines, start, end)
            if not all(_may_be_title(line.text) for line in lines[start:end]) or len(title) > _LONGEST_TITLE:
                break
            if _KIND_END.search(title) and len(title) >= 6:
                return Head(title, start, end)
    for start in range(head):
        if len(lines[start].text) >= 4 and _may_be_title(lines[start].text):
            return Head(lines[start].text, start, start + 1)
    return Head(fallback, 0, 0)


def is_byline(text: str) -> bool:
    """Whether a short line tells when or where a text was published."""
    return len(text) <= _LONGEST_LINE and bool(_BYLINE.search(text))


def _head_length(lines: Sequence[Block]) -> int:
    """How many lines stand before the first that is plainly body: long, a sentence, or a numbered heading."""
    for i, line in enumerate(lines[:_HEAD_LINES]):
        text = line.text
        if len(text) > _LONGEST_LINE or text.endswith(("。", "；", ";", "！", "!")) or (_HEADING.match(text) and i > 0):
            return i
    return min(len(lines), _HEAD_LINES)


def _is_anchor(text: str) -> bool:
    return whole_number(text) is not None or is_byline(text)


def _may_be_title(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_LINE or _SALUTATION.search(text) or text.endswith(("。", "；", "，", ",", "、")):
        return False
    return (
        not is_byline(text) and whole_number(text) is None and not DATE.fullmatch(text) and not _LETTERHEAD.search(text)
    )


def _above_issuers(lines: Sequence[Block], end: int) -> int:
    """Where a title ends that stands above `end`: before the names of who issued it, if these stand between."""
    above = end
    while above > 1 and _ISSUER.search(lines[above - 1].text) and not _KIND_END.search(lines[above - 1].text):
        above -= 1
    return above if _may_be_title(lines[above - 1].text) and _KIND_END.search(lines[above - 1].text) else end


def _beginning(lines: Sequence[Block], last: int) -> int:
    """First line of a title whose last is known: what ends like a title but doesn't begin like one goes on above."""
    for start in range(last, max(last - 5, -1), -1):
        if start < last and not _may_be_title(lines[start].text):
            break
        title = _joined(lines, start, last + 1)
        if len(title) > _LONGEST_TITLE or not _KIND_END.search(title):
            break
        above = lines[start - 1].text if start else ""
        goes_on = _GOES_ON.search(above) or (title.startswith("关于") and _ISSUER.search(above))
        if not goes_on and (_BEGINNING.search(title) or any(found.start == 0 for found in Gazetteer().find(title))):
            return start
    return last


def _joined(lines: Sequence[Block], start: int, end: int) -> str:
    return "".join(closed_up(line.text) for line in lines[start:end])


def closed_up(text: str) -> str:
    """The line, without its blanks if every character stands apart (通 知)."""
    characters = text.split()
    return "".join(characters) if len(characters) > 1 and all(len(part) == 1 for part in characters) else text


def _place(lines: Sequence[Block], title: str) -> tuple[int, int]:
    """The run of at most six lines that together show the title; (0, 0) where none do."""
    wanted = _squash(title)
    for start in range(len(lines)):
        shown = ""
        for end in range(start + 1, min(start + 7, len(lines) + 1)):
            shown += _squash(lines[end - 1].text)
            if shown == wanted:
                return start, end
            if not wanted.startswith(shown):
                break
    return 0, 0


def _squash(text: str) -> str:
    return "".join(text.split())
