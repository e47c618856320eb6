"""Document numbers (发文字号) in texts: where they stand and how they are written."""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,14}\s*(?:[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\]）)】］]|(?:19|20)\d{2}年)?\s*第?\s*\d{1,5}\s*号"
)
_BRACKETS: Final = str.maketrans(
    {"[": "〔", "（": "〔", "(": "〔", "【": "〔", "［": "〔", "]": "〕", "）": "〕", ")": "〕", "】": "〕", "］": "〕"}
)
_YEAR: Final = re.compile(r"〔(?:19|20)\d{2}〕")
# A number in running text stands behind words that lead to it.
_LEAD: Final = re.compile(
    r".*(?:按照|根据|依据|依照|贯彻|落实|执行|参照|印发|下发|发布|废止|修订|替代|通知|意见|规定|办法|文件|文号|等文|以及|及其)|^(?:和|及|与|以|见|的|在|由|对|为|是|将|即|等|原|自|经|同|把|中)+"
)
_LONGEST_CODE: Final = 8


def canonical(number: str) -> str:
    """The number as official papers write it: 〔〕 around the year, no blanks, no 第 before the figure."""
    number = re.sub(r"\s", "", number).translate(_BRACKETS)
    return number.replace("第", "") if _YEAR.search(number) else number


def find_numbers(text: str) -> list[tuple[str, int]]:
    """Every document number with a year in brackets, canonical, with its place, in order."""
    found = []
    for match in NUMBER.finditer(text):
        number = canonical(match[0])
        year = _YEAR.search(number)
        if year is None:
            continue
        code = _LEAD.sub("", number[: year.start()])
        if 0 < len(code) <= _LONGEST_CODE:
            found.append((code + number[year.start() :], match.start() + match[0].index(code[0])))
    return found


def whole_number(line: str) -> str | None:
    """The number that a line of its own is, in brackets or not; also an order's (国务院令第707号)."""
    line = line.strip().strip("（）()").strip()
    line = re.sub(r"^(?:发文字号|文\s*号|文件编号)\s*[:：]\s*", "", line)
    if len(line) > 30 or not NUMBER.fullmatch(line):
        return None
    number = canonical(line)
    return number if _YEAR.search(number) or "令" in number or "公告" in number else None
