"""What a sentence is headed by: the name before its colon (发明专利：到2020年…), which says what the rest is of."""

from __future__ import annotations

import re

from bot.verification.wording import content

_LABEL = re.compile(r"^(?:\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[)、.])?\s*([\u4e00-\u9fff]{2,10}):(?=.)")


def labelled_alike(clause: str, source: str) -> bool:
    """Whether `clause` and the `plain` sentence `source` begin with the same such name, if both begin with one."""
    mine, its = _LABEL.match(clause), _LABEL.match(source)
    its = its if its is None or content(its[1]) else None  # 主要目标: heads whatever follows
    return mine is None or its is None or mine[1] in its[1] or its[1] in mine[1]
