"""Whether a passage holds what is asked for at all: a time, a figure, a person's name or a place."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.kinds.persons import SURNAME

_DIGITS_OF_DATES = re.compile(r"(?:19|20)\d{2}\s*年|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*日")
_FORMS = (
    (
        re.compile(r"时间|日期|何时|什么时候|哪一?[天年月日]|几[月号]|多久"),
        re.compile(
            r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号]|底|份|[初中上下]旬)?|(?:19|20)\d{2}\s*年|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
            r"|[今明去本]年|[一二三四五六七八九十]+月|\d{1,2}日"
        ),
    ),
    (
        re.compile(
            r"多少|几[个家件项天年月次名人座位亿万元]|人数|票房|销量|金额|数量|比分|得分|率|价格|规模|产量|总[值额]|收入|增长"
            r"|多[大高长]|第几|排名"
        ),
        re.compile(r"\d|[一二三四五六七八九十百千万]{2,}"),
    ),
    (
        re.compile(
            r"谁|哪位|主演|导演|冠军|得主|作者|扮演者|教练|金牌|获奖者|嘉宾|主持人|歌手|创始人|球员"
            r"|(?:主席|总统|首相|总理|市长|董事长|总裁|负责人)(?:是|叫|[?？。]?$)"
        ),
        re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff]{{1,8}}|[A-Z][a-z]+"),
    ),
    (
        re.compile(r"哪里|哪儿|地点|在哪|何处|举办地|位置|哪[个座]?(?:城市|国家|省|市|地方)"),
        re.compile(r"[\u4e00-\u9fff]{1,6}(?:市|省|县|区|州|国|镇|馆|中心|城|岛|大学|体育场)|[北南东西上]京|上海"),
    ),
)
_OPEN = re.compile(r"如何|怎么|怎样|为什么|为何|是否|吗[?？。]?$")
"""Asks how, why or whether, whatever it names beside that (如何处理 is no 何处)."""
_FIGURE = re.compile(r"\d[\d,.]*|[一二三四五六七八九十百千万两半]+")
_OF_FIGURES = 1
"""Place of the figures among the forms."""
UNKNOWN = 0.5


def has_form(question: str, passage: str) -> float:
    """1 where `passage` holds something of the form that `question` asks for, 0 where not, UNKNOWN where none is."""
    number = _form(question)
    return UNKNOWN if number is None else _holds(number, passage)


def asks_form(question: str) -> bool:
    """Whether `question` asks for something that has a form."""
    return _form(question) is not None


def told(question: str, passage: str) -> list[tuple[int, int]]:
    """Where `passage` holds something of the form that `question` asks for and doesn't say itself; all of it where
    none is asked for.
    """
    number = _form(question)
    if number is None:
        return [(0, len(passage))]
    if number == _OF_FIGURES:
        undated = _DIGITS_OF_DATES.sub(lambda date: " " * len(date[0]), passage)
        found = _FIGURE.finditer(undated)
    else:
        found = _FORMS[number][1].finditer(passage)
    return [m.span() for m in found if m[0].strip(",. ") not in question]


@lru_cache(maxsize=64)  # one question is asked of many passages
def _form(question: str) -> int | None:
    if _OPEN.search(question):
        return None
    return next((number for number, (asks, _) in enumerate(_FORMS) if asks.search(question)), None)


@lru_cache(maxsize=8192)  # the same passages come up for question after question
def _holds(number: int, passage: str) -> float:
    undated = _DIGITS_OF_DATES.sub("", passage) if number == _OF_FIGURES else passage
    return 1.0 if _FORMS[number][1].search(undated) else 0.0
