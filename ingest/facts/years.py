"""Which years a sentence speaks of, and whether as ones to come (到2020年, 明年) or gone by (2016年, 去年)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_PART: Final = r"(?:\s*(?:年?[底末]|\d{1,2}(?:\s*[-至到—]\s*\d{1,2})?\s*月份?(?:底|末)?|[上下]半年)前?|以前|之前|前)?"
_YEAR: Final = re.compile(
    r"(?<![\d比较-])(?P<y>(?:19|20)\d{2})\s*(?:年?\s*[-—–~至到]{1,2}\s*(?P<until>(?:19|20)\d{2})\s*)?年"
    r"(?P<part>\s*(?:\d{1,2}(?:\s*[-至到—]\s*\d{1,2})?\s*月份?(?:底|末)?|末|底|前|上半年|下半年))?(?!以来|度?工作)"
    r"|[“\"]?十(?P<nth>[一二三四五六])五[”\"]?(?:规划)?(?:期?末|结束|期间|时期)"
    rf"|(?P<said>今年|本年度?|(?<![说声证表])明年|(?<!年)来年|下一?年度|(?<!今)后年|去年|上一?年度|(?<!以)前年)(?!均|内|度){_PART}|(?P<same>当年)"
    r"|(?P<half>[上下]半年)|(?<=[到至])年(?P<end>[底末])"
)
_COUNTED: Final = {"明": 1, "来": 1, "下": 1, "后": 2, "去": -1, "上": -1, "前": -2}
"""How many years on from the one a document was written in, by the first character of the words."""
_TO: Final = re.compile(r"(?:到|(?<!截)至|力争|争取|确保)\s*$")
_DAY: Final = re.compile(r"\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?P<from>起)?")
_NAMED: Final = re.compile("年|五")
_FIVE_YEARS: Final = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_QUOTED: Final = re.compile(r"《[^《》]*》|[〔\[]\d{4}[〕\]]")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year named at `start`."""

    start: int
    end: int
    year: int
    ahead: bool
    """Whether the words say that it is to come: 到…年, “十四五”末."""
    words: str | None = None
    """The words themselves, where they count from the day of writing: 今年, 明年底."""


def years_in(text: str, start: int, end: int, written: date | None) -> list[YearMention]:
    """The years that `text[start:end]` names, in order.

    今年, 明年底 and the like count from the day the document was `written`, and name none where that isn't known; 当年
    is the year named before it.
    """
    if not _NAMED.search(text, start, end):
        return []
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    found: list[YearMention] = []
    for match in _YEAR.finditer(text, start, end):
        if any(first <= match.start() < last for first, last in quoted):
            continue
        ahead = _TO.search(text[max(start, match.start() - 4) : match.start()]) is not None
        day = _DAY.match(text, match.start("part") if match["part"] else match.end())
        if day is not None and (ahead or day["from"]):
            continue  # 自…起至2022年12月31日 is when a rule holds
        year: int | None
        words: str | None = None
        if match["y"]:
            year = int(match["until"] or match["y"])
            ahead = ahead or (match["part"] or "").strip() == "前"
        elif match["nth"]:
            year = _FIVE_YEARS[match["nth"]]
        elif match["same"]:
            year, ahead, words = (found[-1].year, False, found[-1].words) if found else (None, False, None)
        else:
            words = match[0]
            year = written.year + (_COUNTED.get(words[0], 0) if match["said"] else 0) if written else None
            ahead = ahead or words.endswith("前") or (match["end"] is not None)
        if year is not None:
            found.append(YearMention(match.start(), match.end(), year, ahead, words))
    return found
