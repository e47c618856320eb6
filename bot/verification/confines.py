"""Whether an answer keeps what confines a statement: hedges, conditions, bounds of whom it is for, and rates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.relations import is_condition
from bot.verification.values import Figure, figures
from bot.verification.wording import content, stands, turns

_HEDGES: Final = tuple(
    (re.compile(hedges), re.compile("|".join(filter(None, (hedges, instead)))))
    for hedges, instead in (
        ("部分|个别|少数|多数|有些|一些|某些", ""),
        ("试点|试办|试行", ""),
        ("探索|研究|试办", ""),
        ("鼓励|支持|引导|提倡|倡导|允许", ""),
        ("计划|拟|力争|争取|预计|有望", "将|目标|要"),
        ("原则上|一般|通常", ""),
        ("有条件|符合条件", ""),
        ("大约|左右", "约|近"),
        ("几乎|近乎|差不多", ""),
        ("基本(?=[建形实达完满覆消解具符])|初步(?=[建形实达完具])", ""),
    )
)
"""What confines a statement, in groups: who says it must say one of the group as well, or of those behind it."""
_LEAVE: Final = "批准|审批|同意|许可|核准|审核|评审|验收|备案"
_LIMITS: Final = tuple(
    (re.compile(limits), re.compile("|".join(filter(None, (limits, instead)))))
    for limits, instead in (
        ("首次|初次|第一次", ""),
        ("规模以上|规上|限额以上|限上", ""),
        (r"连续(?=[\d缴参工经在从])|累计(?=满|\d)", ""),
        ("新(?:认定|建|设|引进|注册|获批|入选|开办|开工|评定|成立)", "首次"),
        ("(?:规定|指定|限定)的?(?:时段|时间|期限|范围|区域|地点|用途)", "按规定"),
        (r"不低于(?!\d(?!\d{3}年))", "不低于|不少于|以上|高于|超过"),
        (r"不[高多超](?:于|过)(?!\d)", "不高于|不超过|不多于|以下|以内|低于|少于|最[高多]"),
    )
)
"""The same of what is a limit wherever in the answer's sentence it stands."""
_BY_LEAVE: Final = re.compile(rf"经(?!济)[^,;。]{{0,16}}?({_LEAVE})(?!{_LEAVE})")
_SAME_LEAVE: Final = "批准|审批|同意|许可|核准"
"""By whose leave something may be done; either way it was granted."""
_OUTSIDE: Final = re.compile("(?<!除)([\u4e00-\u9fff]{2})[以之]外")
_PART_OF: Final = re.compile("(?<![内外上下过出足元吨件个米度方%]的)部分([\u4e00-\u9fff]{2})")
_COUNTED: Final = (re.compile("新增"),)
"""The same of what is counted, where a figure is told."""
_ADDED: Final = (
    (re.compile("部分|个别|少数|多数|有些|一些|某些"), re.compile("部分|个别|少数|多数|有些|一些|某些|有的")),
    (re.compile("合计|总计|共计|加起来|总和|相加"), re.compile("合计|总|共")),
    (re.compile(r"平均|均(?=达到?|为|[约近超]?\d)"), re.compile("平均|均|每")),
    (re.compile("试点|试行"), re.compile("试")),
    (re.compile("原则上|一般(?!性|公共|预算|纳税|工业|项目|债|程序|情节|事故)"), re.compile("原则上|一般|通常")),
)
"""What the answer may say only where the source does: what makes it less than that, or adds up."""
_ONLY_WHOM: Final = re.compile(r"^[^,]{0,12}?对[^,]{4,}的(?:[\u4e00-\u9fff]{2,6})$")
"""A clause that only says whom or what the next one is about; its hedge stands there."""
_DEMANDS: Final = re.compile(r"要求(?=、?[\u4e00-\u9fff]{2})")
_NO_HEDGES: Final = re.compile(
    r"(?:支持|研究|引导|探索|试点|计划)(?=[,;。的])|(?<=资金)引导|(?:支持|引导|研究)(?=措施|资金|院|所|政策|力度|中心|生|员)|两部分"
    r"|\d部分|[个成各]部分|第.部分|(?<=[内外上下过出足元吨件个米度方%]的)部分|(?<=的)部分(?=[是为属由在有,;。]|$)|将(?=[^,。]{1,20}(?:推向|列入|纳入|作为))"
)
RULE: Final = re.compile(
    r"可以|应当|必须|须(?!知)|不得|严禁|给予|奖励|补助|补贴|资助|罚|责令|吊销|撤销|不予|取消|退还|追究|追回|没收|适用|[免减]|处\d"
)
"""Signs of a clause that tells what follows where its condition is met."""
_OF_ITSELF: Final = re.compile(
    r"^第[^条款]{1,7}[条款]|本(?=办法|条例|规定|细则|措施|意见|法)(?:办法|条例|规定|细则|措施|意见)?"
)
_SAID: Final = 0.34
"""Share of the characters of a condition's words that an answer must have, its last word among them."""
_FEW: Final = 2
"""Words of a condition of which none may be left out."""
_LIKE: Final = 0.6
"""Share of a condition's words that another has which is like it."""
_WHOM_ALONE: Final = re.compile("的(?:企业|单位|机构|人员|个人|人|项目|地区|学校|学生|家庭|职工|纳税人|主体|组织)$")
"""A clause that only names whom the next one is about."""
_FOR_THOSE: Final = re.compile(rf"{_WHOM_ALONE.pattern}|凡.*的$|^(?:如|若|未|不|符合|具备|满足|属于).*的$")
"""Conditions that no statement is told without, be it a rule or not."""
_FOR_WHOM: Final = re.compile("(?:(?:对象|条件|范围)(?::|是|为|包括)|适用[于来])([^,;。]{4,}的[^,;。]{2,})$")
_EACH: Final = re.compile("每[十百千万]*[人户亩家名个]")
_EVERY_YEAR: Final = re.compile(r"每年的?(\d{1,2}月)")
_RATES: Final = (
    re.compile(r"每年|年均|年度|一年|年年|逐年|(?<=[\u4e00-\u9fff])年(?=主营|营业|产值|收入|销售|利润|产能|产量)"),
    re.compile("每月|月均|按月"),
    re.compile("每季度?|按季度?"),
    re.compile("每半年"),
    re.compile("每周|周均"),
    re.compile("每日|每天|日均"),
    re.compile("每人|人均"),
    re.compile("每户|户均"),
    re.compile("每亩|亩均"),
)
"""What a figure is for each of, in groups that say the same."""


def confined_alike(clause: str, before: str, whole: str, source: str) -> bool:
    """Whether the answer keeps what confines what `clause` says; all are `reading`s, `before` what the answer's
    sentence `whole` said until there."""
    mine = counterparts(clause, source)
    if not mine:
        return True
    parts = clauses_of(source)
    told = [parts[n] for n in mine]
    return (
        _hedged(clause, whole, told)
        and condition_kept(clause, whole, source)
        and _qualified(clause, whole, told)
        and (
            _bounded(clause, whole, told, parts[mine[-1] - 1] if mine[-1] else "")
            and _rated(clause, before + clause, told)
        )
    )


def _hedged(clause: str, whole: str, told: list[str]) -> bool:
    there = "，".join(_NO_HEDGES.sub("", part) for part in told)
    if _DEMANDS.search(clause) and "要求" not in there and re.search("鼓励|支持|引导", there):
        return False
    if any(added.search(_NO_HEDGES.sub("", clause)) and not borne.search(there) for added, borne in _ADDED):
        return False
    if any(what in whole and not re.search(f"{what}[^,;。]{{0,2}}外", whole) for what in _OUTSIDE.findall(there)):
        return False
    if any(
        of in clause and not re.search(f"(?:部分|个别|少数|多数|有些|一些|某些){of}", clause)
        for of in _PART_OF.findall(there)
    ):
        return False
    if any(not re.search(_SAME_LEAVE if verb in _SAME_LEAVE else verb, whole) for verb in _BY_LEAVE.findall(there)):
        return False
    counted = "，".join(giving(clause, told))
    said = whole if _ONLY_WHOM.search(clause) else clause
    return (
        all(instead.search(said) for hedges, instead in _HEDGES if hedges.search(there))
        and all(instead.search(whole) for limits, instead in _LIMITS if limits.search(there))
        and all(what.search(whole) for what in _COUNTED if what.search(counted))
    )


def condition_kept(clause: str, whole: str, source: str) -> bool:
    """Whether `whole` says the conditions that stand directly before the rule that `clause` tells."""
    parts = clauses_of(source)
    mine = counterparts(clause, source)
    if not mine or is_condition(parts[mine[-1]]):
        return True
    rules = RULE.search(parts[mine[-1]]) is not None
    group = _group(source, mine[-1])
    governing = list(takewhile(is_condition, dropwhile(lambda part: not is_condition(part), group)))
    governing += [part for part in group[:1] if _WHOM_ALONE.search(part)]
    others = [other for other in parts if other not in governing and is_condition(other)]
    for part in governing if rules else filter(_FOR_THOSE.search, governing):
        words = content(_OF_ITSELF.sub("", part))
        if not all(stands(word, whole) for word in _distinctive(words, others)):
            return False
        if any(all(stands(word, whole) for word in one) for one in _alternatives(part)):
            continue
        said = sum(len(word) for word in words if stands(word, whole))
        if words and (
            said < (1.0 if len(words) <= _FEW or part[0] in "未不无" else _SAID) * sum(map(len, words))
            or not stands(words[-1], whole)
        ):
            return False
        if any(what.search(part) and not what.search(whole) for what in _COUNTED):
            return False
    return True


def _distinctive(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those of a condition's words by which it is told from the `others` that are like it: 省级 beside 市级."""
    like = [other for other in others if sum(stands(word, other) for word in words) >= _LIKE * len(words)]
    return [word for word in words if like and not any(stands(word, other) for other in like)]


def _alternatives(condition: str) -> list[tuple[str, ...]]:
    """The words of each of several of which one is enough: 被撤销、变更或确认违法的; none where it has no 或."""
    items = re.split("、|或", condition) if "或" in condition else []
    return [words for item in items if (words := content(item))]


def _group(source: str, n: int) -> list[str]:
    """The clauses before clause `n` of `source` that no ； or 。 parts from it, the nearest first."""
    for group in re.split("[;。!?]", source):
        parts = clauses_of(group)
        if n < len(parts):
            return parts[:n][::-1]
        n -= len(parts)
    return []


def _qualified(clause: str, whole: str, told: list[str]) -> bool:
    """Whether of whom a rule is for, told as such (补助对象：具有本区户籍的老年人), nothing is left out."""
    for part in told:
        if (whom := _FOR_WHOM.search(part)) and not turns(whom[1]):
            words = content(whom[1])
            if words and stands(words[-1], clause) and not all(stands(word, whole) for word in words):
                return False
    return True


def _bounded(clause: str, whole: str, told: list[str], before: str) -> bool:
    """Whether a rule for those above or below a figure (50人以上的企业) says the figure; `before` stands before it."""
    if not any(map(RULE.search, told)):
        return True
    given = {(figure.low, figure.high, figure.how) for figure in figures(whole)}
    for part in (*told, *([] if RULE.search(before) else [before])):
        for figure in figures(part):
            whom = re.match(r"[^的]*的(?=[\u4e00-\u9fff])", part[figure.end :])
            if figure.how and whom and (figure.low, figure.high, figure.how) not in given:
                noun = content(part[figure.end + whom.end() :])
                if noun and (part == before or stands(noun[0], clause)):
                    return False
    return True


def _rated(clause: str, said: str, told: list[str]) -> bool:
    """Whether a figure that is one for each year, month, person … is told as one, and for each of whom it is one."""
    if any(month in clause and not _RATES[0].search(said) for part in told for month in _EVERY_YEAR.findall(part)):
        return False
    given = giving(clause, told)
    if given and any(not any(each in part for part in given) for each in _EACH.findall(clause)):
        return False
    for part in given:
        for figure in figures(part):
            for_each = _each_before(figure, part)
            mine = [_each_before(own, clause)[-1:] for own in figures(clause) if own.same(figure)]
            if (
                mine
                and for_each
                and all(each and not any(same_rate(each[0], rate) for rate in for_each) for each in mine)
            ):
                return False
    for part in told:
        its = figures(part)
        shared = [f.start for f in its if any(f.same(mine) for mine in figures(clause))]
        for rate in _RATES:
            for match in rate.finditer(part):
                following = next((f.start for f in its if f.start >= match.end()), None)
                if following in shared and not rate.search(said):
                    return False
    return True


def giving(clause: str, told: Sequence[str]) -> list[str]:
    """Those of the source's clauses that give a figure of `clause`."""
    mine = figures(clause)
    return [part for part in told if any(figure.same(own) for figure in figures(part) for own in mine)]


def _each_before(figure: Figure, text: str) -> list[str]:
    """What the figure is one for each of, in its clause: 每天, 每餐."""
    return re.findall("每[\u4e00-\u9fff]", text[: figure.start])


def same_rate(period: str, source: str) -> bool:
    """Whether `source` says what recurs as `period` does in other words: 每年, 年度."""
    return period in source or any(rate.search(period) and rate.search(source) for rate in _RATES)
