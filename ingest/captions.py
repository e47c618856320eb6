"""Headings without a number: short lines over paragraphs, speakers of a press conference, titles of annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.dates import DATE
from ingest.markers import find_marker
from ingest.numbers import whole_number
from ingest.title import is_byline

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_ROLE: Final = r"主持人|发言人|新闻发言人|提问|记者(?:提问)?|问|答|嘉宾|网友"
_TURN: Final = re.compile(
    rf"(?P<role>{_ROLE})\s*[:：]|(?P<asker>[\u4e00-\u9fffA-Za-z《》]{{2,20}}记者)\s*[:：]|(?P<name>[\u4e00-\u9fff]{{2,4}})\s*[:：]"
)
_QUESTION: Final = re.compile(r"提问|问|记者|网友")
_SENTENCE_END: Final = ("。", "！", "？", "!", "?", "；", ";", "：", ":", "，", ",", "、", "…", ")", "）", "。”", "”。")
_ANNEX: Final = re.compile(r"附件?[\d一二三四五六七八九十]{0,2}[:：]?")
_LONGEST_CAPTION: Final = 30
_PARAGRAPH: Final = 40
_LONGEST_RUN: Final = 3
"""More short lines on end than this are a list, not headings over a paragraph."""


def find_turns(texts: Sequence[str]) -> dict[int, tuple[str, bool]]:
    """Lines that begin somebody's turn to speak → (speaker as written, whether it asks); {} for no conversation.

    Two turns of a role (主持人, 提问, 记者, 问, 答) make a conversation; in one, a person's name before a colon is a
    turn too. 答 below a numbered question is the text of that item, nobody's turn.
    """
    matches = {i: match for i, text in enumerate(texts) if (match := _TURN.match(text)) and not _answers_item(texts, i)}
    if sum(match["role"] is not None or match["asker"] is not None for match in matches.values()) < 2:
        return {}
    turns: dict[int, tuple[str, bool]] = {}
    for i, match in matches.items():
        speaker = match["role"] or match["asker"]
        if speaker is None and (match["name"][0] not in SURNAMES or len(match["name"]) > 3):
            continue
        speaker = speaker or match["name"]
        turns[i] = (speaker, bool(_QUESTION.search(speaker)))
    return turns


def _answers_item(texts: Sequence[str], i: int) -> bool:
    asked = texts[i - 1] if i else ""
    return texts[i].startswith("答") and asked.endswith(("？", "?")) and find_marker(asked) is not None


def find_captions(texts: Sequence[str], start: int) -> dict[int, int]:
    """Short lines from `start` on that stand as headings over a paragraph → their level, from 1.

    Lines on end are a heading and its subtitles, levels 1, 2, …; a line alone stands below the run before it, so that
    “heading, subtitle; heading of its part; …” gives three levels.
    """
    captions: dict[int, int] = {}
    below = 0
    i = start
    while i < len(texts):
        end = i
        while end < len(texts) and _is_caption(texts[end]):
            end += 1
        run = end - i
        if 0 < run <= _LONGEST_RUN and end < len(texts) and _is_paragraph(texts[end]):
            if run > 1:
                captions |= {i + n: n + 1 for n in range(run)}
                below = run
            else:
                captions[i] = below + 1
        i = max(end, i + 1)
    return captions


def find_annexes(texts: Sequence[str], title: str, after: int) -> set[int]:
    """Lines from `after` on that begin an annex: 附件 alone on a line, or the name that the title gives it."""
    named = "".join(title.split())
    found = set()
    for i in range(after, len(texts)):
        text = "".join(texts[i].split())
        if _ANNEX.fullmatch(text) or (8 <= len(text) < len(named) and text in named):
            found.add(i)
    return found


def _is_caption(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_CAPTION or text.endswith(_SENTENCE_END) or "\t" in text:
        return False
    return (
        whole_number(text) is None
        and not is_byline(text)
        and not DATE.search(text)
        and find_marker(text) is None
        and bool(re.search("[\u4e00-\u9fff]", text))
    )


def _is_paragraph(text: str) -> bool:
    return len(text) > _PARAGRAPH or text.endswith(("。", "：", ":", "；", "！", "？"))
