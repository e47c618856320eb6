"""Whether a figure is a goal, a report of what was reached, a forecast, or none: a rule's, a condition's."""

from __future__ import annotations

import re
from typing import Final, Literal

from ingest.facts.source import Line, Source
from ingest.facts.statements import ACTION, ACTS, Statement
from ingest.facts.years import YearMention
from ingest.timeline import EXPECTED

_GOAL_HEADING: Final = re.compile(r"目标|愿景")
_GOAL: Final = re.compile(
    r"力争|争取(?![主到])|(?<!为)(?<!为了)(?:确保|保证)|目标[:：是为]|以下目标|努力|预期|实现.{0,12}目标|计划(?=[新完建培引年在])"
)
_TO_COME: Final = re.compile(
    r"(?<![主重需首必])要(?=[达超不建形实培有到新])|将(?=[达超建形实新有])|应(?=[达超不])|力争|目标"
)
_REPORTED: Final = re.compile(
    r"同比|环比|比上?[去]?年|较上?[去]?年|比“|累计|今年以来|以来|近年|近\w年|期间|目前|已|上半年|一季度|[1-9]\s*[-至到—]\s*\d{1,2}月|截至|突破|荣获|获批|取得|实现了|完成了|达到了"
)
_REACHED: Final = re.compile(r"已(?!有)|截至|目前|共[计有\d]|[成现到]了|当前")
# Rules, conditions and awards have figures too, and set no goal.
_RULE: Final = re.compile(
    r"奖励|补助|资助|补贴|罚款|罚金|[处缴]以|最高|标准(?:为|是|给予|执行|不)|(?:收费|补助|奖励|支付|缴纳|缴费|扣除)标准|扣除|税[率前]|利率|费率|违约|(?:符合|具备|满足)[^,]{0,12}条件|资格|注册资本|学历|年龄|工龄|按照?每|每人每|比例[分给]|违法|不满|年满|期限|年限|返还|贴息|须占|是指|不得|工作日|小时|单户"
)
_ARTICLE: Final = re.compile(r"^第[一二三四五六七八九十百千零\d]+条")
_AT_LEAST: Final = re.compile(r"(?:不低于|不少于|不小于|至少|最少)\s*$")
_DAILY: Final = re.compile(r"每[天日周]")
# 30人以上的企业 says whom a rule is for, 达到2000人的规模 what is to be.
_THRESHOLD: Final = re.compile("[)]?的(?!规模|水平|目标|总量|要求|程度)")
_SPOKEN: Final = ("新闻发布会", "报道")
"""Kinds of document that tell what has been reached rather than what is to be."""
_FAR: Final = 400
"""Characters from a figure, or a year, beyond which words of the same sentence say nothing of it."""
Standing = Literal["goal", "reached", "expected"]


def is_ahead(mention: YearMention, source: Source, end: int) -> bool:
    """Whether the year is one to come, as seen from the document, or the words behind it, up to `end`, say it was."""
    written = source.written
    if written is None or mention.year >= written.year:
        return mention.ahead or (written is not None and mention.year > written.year)
    return _TO_COME.search(source.half, mention.end, min(end, mention.end + _FAR)) is not None


def standing_of(
    source: Source, line: Line, start: int, statement: Statement, year: YearMention | None, *, goal_year: bool
) -> Standing | None:
    """Whether the figure is a goal, reported as reached, or expected; None for one that is none of these.

    `start` is where its sentence begins, `year` the year the sentence names before it, `goal_year` tells that its
    section has set one.
    """
    half, quantity = source.half, statement.quantity
    start = max(start, quantity.start - _FAR)
    clause, before = half[statement.start : statement.end], half[start : quantity.start]
    since = half[max(year.end, start) : quantity.start] if year else ""
    acts = ACTS.search(half, statement.start, quantity.start) is not None
    whom = _THRESHOLD.match(half, quantity.end) is not None and not acts and quantity.unit != "%"
    if whom or any(_ARTICLE.match(heading) for heading in line.path):
        return None
    if EXPECTED.search(before[before.rfind(";") + 1 :]):
        return None if _RULE.search(clause) else "expected"
    if year is not None and is_ahead(year, source, quantity.start):
        return "goal"
    written = source.written
    early = year is not None and (written is None or year.year < written.year)
    gone = early and not (written is None and _aims(since))
    under_goals = any(_GOAL_HEADING.search(heading) for heading in line.path)
    if not gone and (under_goals or _aims(before)):
        return "goal" if under_goals or not _RULE.search(clause) else None
    if _RULE.search(half, start, max(statement.end, quantity.end)):
        return None
    if gone or _REPORTED.search(before + clause):
        return "reached"
    if line.path and goal_year and quantity.bound:
        return "goal"
    if source.document.kind in _SPOKEN:
        return "reached" if quantity.bound else None
    least = half[quantity.end - 2 : quantity.end] in ("以上", "左右") or _AT_LEAST.search(half, start, quantity.start)
    yearly = quantity.change in ("年均增长", "年均下降")
    demanded = yearly or (least and re.search(ACTION, clause))
    return "goal" if line.path and demanded and not _DAILY.search(clause) else None


def _aims(before: str) -> bool:
    """Whether the words before a figure say that it is a goal, and none after those that it is reached."""
    said = list(_GOAL.finditer(before))
    rest = before[said[-1].end() :] if said else ""
    return bool(said) and not re.search("[;；]", rest) and not _REACHED.search(rest)
