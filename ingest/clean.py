"""Cleans the blocks of a file: page furniture, hidden characters and a second copy go, every other word stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from ingest.loaders.block import Block

_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BULLET: Final = re.compile(r"^[•●▪◆■►]\s*")
# A whole line that is page furniture, wherever it stands.
_FURNITURE: Final = re.compile(
    "|".join(
        (
            r"(?:(?:我要)?(?:打印|关闭|收藏|纠错|分享|返回(?:顶部|首页))(?:本页|页面|窗口|本文|到)?|[\s|/【】\[\]:：])+",
            r"分享到?[:：].{0,40}",
            r"扫一扫.{0,15}",
            r"【?字[体号][:：]?[\s【\[]*(?:[大中小默认]\s*)*[】\]]?",
            r"责任编辑[:：].{0,20}|编辑[:：]\s*\S{0,10}",
            r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]\s*\d*\s*次?",
            r"[上下]一[篇条][:：].*|(?:您?现在的?|当前)位置[:：].*|本文(?:网址|链接|地址)[:：].*",
            r"版权所有.*|(?:Copyright|©).*|.{0,20}ICP备\S*号.*|.{0,60}公网安备.{0,60}|(?:网站)?技术支持[:：].*",
            r"网站地图|联系我们|设为首页|加入收藏|无障碍(?:浏览|阅读)?|.{0,30}免责声明\s*-.{0,40}",
            r"(?:相关|热点|推荐|最新)(?:新闻|文章|链接|阅读|资讯|推荐)[:：]?|本类热点条目",
            r"手机版|电脑版|手机版\s*电脑版|微信|微博|客户端|头条号|二维码",
            r".{2,60}?(?:[.．…·]\s?){4,}\s*\d{1,4}",  # an entry of a table of contents
        )
    ),
    re.IGNORECASE,
)
# Furniture only below the text, where it is about the site and not about the policy.
_FOOTER: Final = re.compile(
    r"(?:主办|承办|主管|运行维护|运维|维护)(?:单位)?[:：].{0,40}|网站标识码.*|(?:备案|许可证)号?[:：].*|地址[:：].*|电话[:：].*"
)
_INLINE_FURNITURE: Final = re.compile(
    r"\s*(?:(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：]\s*\d*\s*次?|【字[体号][:：]?[\s大中小]*】?"
    r"|\[?字[体号][:：]\s*大\s*中\s*小\]?|\[打印(?:本页)?\]|\[关闭(?:窗口)?\]|分享到[:：])"
)
_FOOTER_LINES: Final = 15
_LONG_LINE: Final = 80
_LONGEST_FURNITURE: Final = 200
_FEWEST_ALIKE: Final = 3
_LEAST_SHARE: Final = 4
"""One part of so many of all that stands before it must be repeated by a second copy of the page's article."""
_ITEM: Final = re.compile(r"[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、)）]|[①-⑳]")
_KEY_LINE: Final = 8
"""Characters a line needs to say where a second copy begins."""


def clean(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that hold the document's own text, each stripped, one line, not blank."""
    lines: list[Block] = []
    for block in blocks:
        text = normalise(block.text)
        if len(text) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(text):
            continue
        if len(text) <= _LONG_LINE:
            text = _INLINE_FURNITURE.sub("", text).strip()
        if text:
            lines.append(Block(text, block.level))
    return _without_footer(_without_copy(lines))


def normalise(text: str) -> str:
    """One line without characters that show nothing; what shows stays as it is, punctuation and width included."""
    parts = _INVISIBLE.sub("", text.replace("\r", "\n")).split("\n")
    return _BULLET.sub("", "".join(part.strip() for part in parts)).strip()


def _without_footer(lines: list[Block]) -> list[Block]:
    last = max(
        (i for i, line in enumerate(lines) if line.text.endswith(("。", "。)", "。）", "。”", "！"))), default=-1
    )
    start = max(last + 1, len(lines) - _FOOTER_LINES)
    return lines[:start] + [line for line in lines[start:] if not _FOOTER.fullmatch(line.text)]


def _without_copy(lines: list[Block]) -> list[Block]:
    """Drops the second copy of an article that a saved page holds twice.

    A copy is a run of lines that repeats, in order and with at most a line added, left out or changed here and there,
    more than half of what stands between its model's first line and its own, and a good part of all before it. It
    doesn't begin with an item: lists of like items are no copies.
    """
    before = [0, *accumulate(len(line.text) for line in lines)]
    first: dict[str, int] = {}
    kept: list[Block] = []
    position = 0
    while position < len(lines):
        text = lines[position].text
        model = first.get(text)
        if model is not None:
            end, repeated = _repeated(lines, model, position)
            if repeated * 2 <= before[position] - before[model] or repeated * _LEAST_SHARE <= before[position]:
                kept += lines[position:end]
            position = end
            continue
        if len(text) >= _KEY_LINE and not _ITEM.match(text):
            first[text] = position
        kept.append(lines[position])
        position += 1
    return kept


def _repeated(lines: list[Block], model: int, position: int) -> tuple[int, int]:
    """Where the run that begins at `position` and repeats `model` ends, and how many characters it repeats.

    A run of fewer than three different lines, or with more than one difference for three lines alike, is a refrain or
    rows of a table, not a copy: it repeats nothing.
    """
    alike: set[str] = set()
    repeated = differences = 0
    limit = position
    while position < len(lines) and model < limit:
        if lines[model].text == lines[position].text:
            repeated += len(lines[model].text)
            alike.add(lines[model].text)
            model, position = model + 1, position + 1
            continue
        for skipped, added in ((1, 0), (0, 1), (1, 1)):
            onward = model + skipped < limit and position + added < len(lines)
            if onward and lines[model + skipped].text == lines[position + added].text:
                model, position = model + skipped, position + added
                differences += 1
                break
        else:
            break
    is_copy = len(alike) >= _FEWEST_ALIKE and differences * 3 <= len(alike)
    return position, repeated if is_copy else 0
