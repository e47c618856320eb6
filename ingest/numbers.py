"""Document numbers (发文字号) in texts: where they stand and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vectorstore.numbers import YEAR_AND_FIGURE, is_year, usual

NUMBER: Final = re.compile(
    rf"[\u4e00-\u9fffA-Z]{{1,14}}\s*(?:{YEAR_AND_FIGURE}|(?:(?:19|20)\d{{2}}年)?\s*第?\s*\d{{1,5}}\s*号)"
)
_YEAR: Final = re.compile(r"〔(?:19|20)\d{2}〕")
# A number in running text stands behind words that lead to it.
_LEAD: Final = re.compile(
    r"^(?:.*(?:按照|根据|依照|贯彻|落实|执行|参照|印发|下发|发布|废止|修订|替代|通知|意见|规定|办法|文件|文号|以及|字号"
    r"|[是为以与按据依由对将在等及的把号]))?(?:和|见|即|原|经)*"
)
_LONGEST_CODE: Final = 8
_LONGEST_LEAD: Final = 14
_BEFORE: Final = re.compile(r"[\u4e00-\u9fffA-Z]+\s?$")
_YEAR_AND_FIGURE: Final = re.compile(YEAR_AND_FIGURE)
_PROMULGATED: Final = re.compile(
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:中华人民共和国)?(?P<issuer>[\u4e00-\u9fff]{2,20}?)令第?(?P<figure>\d{1,5})号(?:公布|发布|颁布)[。；;]?"
)


def find_numbers(text: str) -> list[str]:
    """Every document number with a year in brackets, as `usual` writes it, in order."""
    return [number for number, _, _ in number_spans(text)]


def number_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Every document number with a year in brackets, as `usual` writes it, with the span `text[start:end]` it is."""
    for match in _YEAR_AND_FIGURE.finditer(text) if "号" in text else ():
        if not is_year(match["year"]):
            continue
        before = _BEFORE.search(text, max(match.start() - _LONGEST_LEAD, 0), match.start())
        code = _LEAD.sub("", re.sub(r"\s", "", before[0])) if before else ""
        if before and 0 < len(code) <= _LONGEST_CODE:
            start = before.start() + len(before[0]) - len(before[0].lstrip())
            while len(re.sub(r"\s", "", text[start : match.start()])) > len(code):
                start += 1
            yield usual(code + match[0]), start, match.end()


@dataclass(frozen=True, slots=True)
class Order:
    """The head of an order: 国务院令 on a line, 第706号 on the next."""

    at: int
    number: str
    issuer: str


def find_order(texts: Sequence[str]) -> Order | None:
    """The order that these lines are the head of, if they are."""
    for i, (name, number) in enumerate(pairwise("".join(text.split()) for text in texts)):
        if len(name) <= 30 and name.endswith("令") and re.fullmatch(r"[（(]?第?\d{1,5}号[)）]?", number):
            figure = number.strip("（）()")
            return Order(i, name.removeprefix("中华人民共和国") + figure, name.removeprefix("中华人民共和国")[:-1])
    return None


def find_promulgation(texts: Sequence[str]) -> Order | None:
    """The order by which the last of these lines says that the document was published, each a line of its history:
    2014年8月7日 国务院令第654号公布."""
    found = [(i, match) for i, text in enumerate(texts) if (match := _PROMULGATED.fullmatch("".join(text.split())))]
    if not found:
        return None
    at, match = found[-1]
    return Order(at, f"{match['issuer']}令第{match['figure']}号", match["issuer"])


def whole_number(line: str) -> str | None:
    """The number that a line of its own is, in brackets or not; also an order's (国务院令第707号)."""
    if "号" not in line:
        return None
    line = line.strip().strip("（）()").strip()
    line = re.sub(r"^(?:发文字号|文\s*号|文件编号)\s*[:：]\s*", "", line)
    if len(line) > 30 or not NUMBER.fullmatch(line):
        return None
    number = usual(line)
    return number if _YEAR.search(number) or "令" in number or "公告" in number else None
