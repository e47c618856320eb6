"""Recognises the numbers that Chinese official texts put before their items: 第一章, 第一条, 一、, (一), 1., (1), ①."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_HAN: Final = "〇零一二三四五六七八九十百千"
_DIGIT: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
# 第一章总则, with no blank between: a short line that is no sentence and doesn't speak of the chapter (第一章的规定).
_GLUED_HEADING: Final = r"(?![的第至和与或、]|规定|所)[\u4e00-\u9fff《“][^。；;！？!?]{0,28}(?<![，,：:])$"
_UNIT: Final = "亿万元%％倍个件米吨人年月日平公千百余多"
# Kind → (rank, pattern). The rank is the usual depth; structure.py has the last word.
_PATTERNS: Final = tuple(
    (kind, rank, re.compile(pattern))
    for kind, rank, pattern in (
        ("编", 10, rf"第([{_HAN}\d]{{1,4}})编(?=[\s:：]|{_GLUED_HEADING}|$)"),
        ("部分", 20, rf"第([{_HAN}\d]{{1,4}})部分(?=[\s:：、，,]|{_GLUED_HEADING}|$)"),
        ("章", 30, rf"第([{_HAN}\d]{{1,5}})章(?=[\s:：]|{_GLUED_HEADING}|$)"),
        ("节", 40, rf"第([{_HAN}\d]{{1,5}})节(?=[\s:：]|{_GLUED_HEADING}|$)"),
        ("条", 50, rf"第([{_HAN}\d]{{1,8}})条(?:之[{_HAN}]{{1,2}})?(?=[\s:：【\[]|$)"),
        ("一、", 60, rf"([{_HAN}]{{1,4}})\s*(?:、|[．.](?!\d))"),
        ("(一)", 70, rf"[(（]\s*([{_HAN}]{{1,4}})\s*[)）]\s*[、．.]?|([㈠-㈩])"),
        ("1.1.1.1", 83, rf"\d{{1,2}}[.．]\d{{1,2}}[.．]\d{{1,2}}[.．](\d{{1,2}})(?![\d.．])\s*(?![{_UNIT}])"),
        ("1.1.1", 82, rf"\d{{1,2}}[.．]\d{{1,2}}[.．](\d{{1,2}})(?![\d.．])\s*(?![{_UNIT}])"),
        ("1.1", 81, rf"\d{{1,2}}[.．](\d{{1,2}})(?![\d.．])\s*(?![{_UNIT}\d])(?=[\u4e00-\u9fff《“])"),
        ("1.", 80, r"(\d{1,3})\s*(?:[.．](?!\d)|[.．](?=(?:19|20)\d{2}年)|、|\s(?=[\u4e00-\u9fff]{2,20}$))|([⒈-⒛])"),
        ("(1)", 90, r"[(（]\s*(\d{1,3})\s*[)）]\s*[、．.]?|(\d{1,2})\s*[)）]\s*[、．.]?|([⑴-⒇])"),
        ("①", 100, r"([①-⑳㉑-㉟])"),
    )
)
_GLUED_ARTICLE: Final = re.compile(
    rf"第([{_HAN}\d]{{1,8}})条(?![第至和与或、的之]|规定|所[列称]|以[上下])(?=[\u4e00-\u9fff《“])"
)
_LEGAL: Final = frozenset({"编", "章", "节", "条"})
_ANOTHER: Final = re.compile(rf"\t\s*第[{_HAN}\d]{{1,8}}[编章节条]")
_LONGEST_LABEL: Final = 60
_SHORT_LEAD: Final = 20


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the start of a line."""

    kind: str
    rank: int
    """Usual depth; smaller is further out."""
    number: int
    label: str
    """What names the item in a heading path: a prefix of the line, at most 60 characters."""


def find_marker(line: str) -> Marker | None:
    """The marker that the line starts with, if any.

    Table rows have none, except that 第一条 before a tab is an article, unless another cell begins with one, too.
    """
    in_row = "\t" in line
    for kind, rank, pattern in _PATTERNS:
        match = None if in_row and kind not in _LEGAL else pattern.match(line)
        if match is None or (in_row and _ANOTHER.search(line)):
            continue
        label = _article_label(line, match.end()) if kind == "条" else lead(line, match.end())
        return Marker(kind, rank, _value(next(filter(None, match.groups()))), label)
    return None


def glued_article(line: str) -> Marker | None:
    """第五条为了…, with no blank behind the number: an article if its number is the next one, else a mere reference."""
    match = _GLUED_ARTICLE.match(line)
    if match is None:
        return None
    rank = next(rank for kind, rank, _ in _PATTERNS if kind == "条")
    return Marker("条", rank, _value(match[1]), match[0])


def lead(line: str, start: int = 0) -> str:
    """The part of a line that names it: up to its first 。, its first colon where that is near, 60 characters at most.

    `start` is where the words begin, behind a number. Always a prefix of `line`, without the mark it ends at.
    """
    stop = re.search(r"[。！？!?；;]", line[start:])
    end = start + stop.start() if stop else len(line)
    colon = re.search(r"[：:]", line[start:end])
    if colon and colon.start() >= 2 and end - start > _SHORT_LEAD + 10:
        body = start + colon.start()
        further = re.search(r"[：:]", line[body + 1 : end])
        end = body if colon.start() <= _SHORT_LEAD and not further else end
    if end > _LONGEST_LABEL:
        comma = max(line.rfind(mark, start + 4, _LONGEST_LABEL) for mark in "，,、")
        end = comma if comma > start else _LONGEST_LABEL
    return line[:end].rstrip(" \u3000：:，,") or line[:_LONGEST_LABEL]


def _article_label(line: str, end: int) -> str:
    """An article is named by its number and, where it has one, its caption in brackets."""
    caption = re.match(r"\s*[【\[][^】\]]{1,30}[】\]]", line[end:])
    return line[: end + caption.end()] if caption else line[:end]


def _value(text: str) -> int:
    # One character that is a number and its frame, ⑴ or ㈠, decomposes into both; full-width digits into plain ones.
    text = re.sub(r"[().]", "", unicodedata.normalize("NFKC", text))
    if text.isdigit():
        return int(text)
    total = digit = 0
    for character in text:
        unit = {"十": 10, "百": 100, "千": 1000}.get(character)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = _DIGIT.get(character, int(character) if character.isdigit() else 0)
    return total + digit
