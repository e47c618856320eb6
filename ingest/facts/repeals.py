"""Lists of documents that are repealed: 宣布失效的文件目录 and the items below it."""

from __future__ import annotations

import re
from typing import Final

from ingest.facts.source import Source
from ingest.markers import find_marker

_ENDS: Final = re.compile(r"废止|失效|停止执行")
_STAYS: Final = re.compile(r"修改|修订|修正|保留|继续(?:有效|执行|施行)|现行有效|拟")
_LISTS: Final = re.compile(r"目录|清单|名单|下列|以下|如下|文件|规章|法规|规定|决定")
_ITEM: Final = re.compile(r"\s*(?:《|\d{1,4}\s*[\u4e00-\u9fff《])")
_LONGEST_HEADING: Final = 120
"""Characters of a line that announces a list."""


def repealed_lines(source: Source) -> frozenset[int]:
    """Where the lines begin that name a repealed document each: items and rows below a line that says what they are.

    That line is a heading, a caption or 决定废止下列文件：; before it, it is the document's title. One that tells of
    documents that stay, or of both kinds, begins no such list.
    """
    found: set[int] = set()
    listing = _announces(source.document.title) or False
    for line in source.lines:
        text = source.text[line.start : line.end]
        said = _announces(text) if len(text) <= _LONGEST_HEADING and "号" not in text and "《" not in text else None
        if said is not None:
            listing = said
        elif listing and "。" not in text[:-1] and ("\t" in text or _ITEM.match(text) or find_marker(text)):
            found.add(line.start)
    return frozenset(found)


def _announces(text: str) -> bool | None:
    """Whether the line announces repealed documents (True) or others (False); None for a line that announces none."""
    if text.endswith("。") or not _LISTS.search(text):
        return None
    if _STAYS.search(text):
        return False
    return True if _ENDS.search(text) else None
