"""Whether a question is after a goal (目标, 要达到多少) or after what has been reached (现在, 已经, 截至)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Aim = Literal["goal", "reached"]
_GOAL = re.compile(
    r"目标(?!人群|客户|市场|公司|企业|任务书)|力争|争取(?=[达实完新建在到])|(?:计划|规划|预期|拟)(?:到|在|于|达到|实现|完成|建成|新增)"
    r"|(?:要|应|应当|需|须|将)(?:达到|实现|超过|突破|建成|提高到|控制在|下降到)|到(?:20\d\d年|“[一二三四十]+五”末)[^，,。]{0,30}(?:要|应|将|达到)"
)
_REACHED = re.compile(
    r"现在|目前|如今|现有|现状|当前|已经?(?!完成的?目标)(?=[有达完实建培取突超累获])|已经|截[至止]|迄今|至今|累计|实际(?:上)?(?:完成|达到|有)|完成了|达到了|实现了|同比|环比|上半年|去年"
)

_NOW = re.compile(r"现在|目前|如今|现有|现状|当前|截[至止]|迄今|至今")


@lru_cache(maxsize=64)  # one question is asked of hundreds of sentences
def aim_of(question: str) -> Aim | None:
    """What `question` is after; None where it doesn't say, or asks for both."""
    goal, reached = _GOAL.search(question) is not None, _REACHED.search(question) is not None
    return None if goal == reached else "goal" if goal else "reached"


def says_which(question: str) -> bool:
    """Whether it says so in words that leave no doubt: then the other is no answer."""
    aim = aim_of(question)
    return (aim == "goal" and "目标" in question) or (aim == "reached" and _NOW.search(question) is not None)
