"""Reads from one line who issued a document, when and under what number: （2024年9月20日 某市商务局）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.dates import DATE, find_date
from ingest.numbers import number_spans

_HEAD_LINES: Final = 6
_FOOT_LINES: Final = 6
_LONGEST: Final = 60
_ORGANISATION: Final = (
    r"[\u4e00-\u9fff]{2,24}(?:人民政府|政府|国务院|办公厅|办公室|委员会|常委会|[部厅局委院署会]|军委|管理中心|服务中心)"
)
_ORGANISATIONS: Final = re.compile(rf"{_ORGANISATION}(?:[、\s]+{_ORGANISATION})*")
_LABELLED: Final = re.compile(
    rf"(?:发文|发布|制发|制定|印发)(?:机关|机构|单位|部门)\s*[:：]\s*({_ORGANISATION}(?:、{_ORGANISATION})*)(?=[\s|，,；;）)]|$)"
)
_EDGES: Final = " \u3000（）()，,"
_DONE: Final = re.compile(r"(?:印发|发布|公布|颁布|制定|发)$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What such a line says; None for what it doesn't."""

    issuer: str | None
    day: date | None
    number: str | None


def read_byline(title: str, texts: Sequence[str]) -> Byline | None:
    """The byline under the title, else the one at the text's end; None where there is none.

    A line that has but a day, or but an organisation, isn't one: it may be of anything.
    """
    head = [text for text in texts[:_HEAD_LINES] if len(text) <= _LONGEST and text != title]
    foot = [text for text in texts[_HEAD_LINES:][-_FOOT_LINES:] if len(text) <= _LONGEST and not text.endswith("印发")]
    for text in head:
        if labelled := _LABELLED.search(text):  # 发布机构：某市商务局
            return Byline(_together(labelled[1]), None, None)
    return next((found for text in (*head, *reversed(foot)) if (found := _of_line(text))), None)


def _of_line(text: str) -> Byline | None:
    """What a line says that is nothing but an organisation, a day and perhaps a number, in any order."""
    match = DATE.search(text)
    if match is None or match["sep"] != "年":  # by 2024-09-20 pages say when they were put up
        return None
    spans = [match.span()]
    number = next(iter(number_spans(text)), None)
    if number:
        spans.append(number[1:])
    rest = text
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = _DONE.sub("", rest.strip(_EDGES)).strip(_EDGES)
    if not (_ORGANISATIONS.fullmatch(rest) or (number and not rest)):
        return None
    return Byline(_together(rest) if rest else None, find_date(match.group()), number[0] if number else None)


def _together(names: str) -> str:
    return "、".join(re.split(r"[、\s]+", names.strip()))
