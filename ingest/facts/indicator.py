"""What a figure measures, in the words of its clause: the clause without figure, year, comparison and words of aim."""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = re.compile(
    r"^\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．](?!\d)\s*|[①-⑳]|[一二三四五六七八九十]是)"
)
_TIME: Final = (
    r"(?:(?:到|至|截至|截止|截止到|自|从|在)?\s*(?:19|20)\d{2}(?:\s*年)?(?:[-—–~至到]+(?:19|20)\d{2})?\s*年?(?:\d{1,2}(?:[-至到—]\d{1,2})?月份?)?"
    r"(?:底|末|初(?!步)|前|以前|期间|起)?|(?:到|至)?[“]?十[一二三四五六]五[”]?(?:期?末|期间|时期)?|今年(?:以来)?|去年|上半年|近\w?年来?|目前|期间|届时)"
)
_AIM: Final = (
    r"(?:其中|同时|并且|而且|并|且|以及|及|和|也|还|又|再|共|一共|总计|合计|累计|已经|已|现|均|使|让|将|要|应|需|须|能够|可|确保|力争|争取|保证|努力"
    r"|计划|预计|预期|有望|目标(?:是|为)|实现|完成|达到|保持|推动|促进|原则上|总体|平均)"
)
_GOAL_IS: Final = re.compile(r"^.{0,14}?目标(?:是|为)")
_LEADING: Final = re.compile(rf"^(?:\s|[、的]|{_TIME}|{_AIM}(?=[\u4e00-\u9fffA-Z\d“(（]))+")
_COMPARED: Final = (
    r"(?:达到或超过|达到?|到|为|是|拥有|有|超过?|超出|突破|逾|不(?:得)?[低少高多大小]于|不(?:得)?超过|[低少高大多]于|至少|至多|最少|最多|最高|大?约|近|接近|稳定在|保持在"
    r"|维持在|控制在|[提增发扩上升增跃减下降缩压]?[高加升到展大至少降短减低缩]到?至|(?:提高|提升|增加|发展|扩大|增长|上升|跃升|减少|下降|降低|压缩|缩短|壮大)(?:到|至|为)"
    r"|增至|升至|降至|减至|增到|降到|升到|共|共有|共计|总计|累计|各|分别|均|力争|确保|了|已|将|要|应|需|须|可|也|仍|在|都|总体|基本|普遍|首次|有望)"
)
_CHANGED: Final = (
    r"(?:(?:年均|年平均|平均每年|每年|逐年|累计|同比|环比|比[^,，、]{1,14}?|较[^,，、]{1,14}?)?(?:增长|增加|增幅|增速|提高|提升|上升|递增|扩大|下降|降低|减少|压减|降幅|缩短|压缩|缩减|削减|递减)"
    r"(?:率|幅度|速度)?)"
)
_BINDING: Final = re.compile(r"(?:不(?:得)?[低少高多大小]于|超过|突破|逾|至少|至多|最多|大?约|近|接近|了|各|\s)+$")
_TRAILING: Final = re.compile(rf"(?:{_COMPARED}|\s)+$")
_TRAILING_CHANGE: Final = re.compile(rf"(?:{_CHANGED}|{_COMPARED}|\s|,)+$")
_OPENING_BRACKET: Final = re.compile(r"^[(（][^()（）]*[)）]")
_BASELINE: Final = re.compile(r"(?:由|从)[^,]{0,12}$")
_ONLY_REACHED: Final = re.compile(r"达到?|实现")
_ONLY_GENERAL: Final = re.compile(r"^(?:每年|一年|全年|年|同比|环比|比.*|较.*|总量|占比|全[市省区县国])?$")


def indicator_of(before: str, after: str, *, change: bool) -> str:
    """The indicator of a figure, given its clause's words before and after it; "" where they name none.

    `change` tells that the figure is a change (增长15%), so that the word of change is no part of what is measured.
    """
    head = _LEADING.sub("", _GOAL_IS.sub("", _LABEL.sub("", before)).lstrip("的、 "))
    tail = _OPENING_BRACKET.sub("", after.strip(" 、").removeprefix("的").strip())
    if change or _ONLY_GENERAL.match(tail):
        tail = ""
    # 为100家企业提供服务: with words behind the figure, 为 and 有 belong to the sentence.
    head = (_TRAILING_CHANGE if change else _BINDING if tail else _TRAILING).sub("", head).strip(" 、的“”")
    if _ONLY_REACHED.fullmatch(head):  # 达到2000人的规模
        head, tail = "", ""
    found = (head + tail).strip(" 、-—")
    return "" if _ONLY_GENERAL.match(found) or len(found) < 2 else found


def without_baseline(before: str) -> str | None:
    """The words before a figure that is only where another starts from (从…, 由…), without that; else None."""
    found = _BASELINE.search(before)
    return before[: found.start()] if found else None
