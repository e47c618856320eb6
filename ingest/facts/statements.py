"""The figures of a sentence, each with what it measures: 甲达到5家，乙超过3%，同比增长2% are three statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ingest.facts.clauses import clause_spans, split_list
from ingest.facts.indicator import indicator_of, without_baseline
from ingest.facts.quantities import Quantity, find_quantities
from ingest.facts.source import Source
from vectorstore.tokens import words

ACTION: Final = (
    r"(?:建成|建设|建立|培育|打造|组建|开展|培养|引进|新增|新建|形成|支持|推出|创建|认定|设立|举办|遴选|发展|完成|注册|申请|布局|扶持|孵化|服务|覆盖|惠及|培训"
    r"|获得|改造|实施|吸引|推广|制定|发放|备案|受理|办理|收储|授权|登记|入选|获批|争取|累计|申报|达成|签订|唤醒|开发|选派|选拔|资助|转化|落实|落户|提供|解决"
    r"|安置|吸纳|帮助|带动|减少|淘汰|压减|关闭|投入|筹集|总结|选择|扩大|提升|提高|招收|招录|储备|推动|立项|归集|配置|出台|新设|集聚|聚集|招引|举行|组织|创造|建)"
)
"""A verb that has what is counted as its object."""
ACTS: Final = re.compile(rf"{ACTION}(?:了|各|不少于|至少|约|共)?\s*$")
_DURATION: Final = re.compile(r"年|天|小时|个小时|分钟|个月|岁|个工作日|工作日")
_SHORTENED: Final = re.compile(r"压[减缩]|缩[短减]|减少|减至|降|控制在|寿命|年限|不超过|延长|提速")
_PER: Final = re.compile(r"(?:平均)?每[\u4e00-\u9fff]{1,4}")
_JOINED: Final = re.compile(r"\s*(?:以及|及|和|与)")
_NOUN: Final = re.compile(
    r"[\u4e00-\u9fffA-Za-z、()（）“”]{0,24}?(?:数量|[量额率数值度比]|比例|比重|规模|收入|面积|水平|总数|寿命)(?=$|[^\u4e00-\u9fff]|[稳大显明持逐不])"
)
_APIECE: Final = re.compile(r"分别|依次")
_MEASURE: Final = re.compile(r"[量率额数值比度]$|收入|面积|规模")
_LIST: Final = re.compile(r"、|以及|和|与|及")
_LONGEST: Final = 160  # characters of a clause; a longer one is a table or a list gone wrong
_LONGEST_INDICATOR: Final = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure with the words that it belongs to: `text[start:end]`."""

    start: int
    end: int
    quantity: Quantity
    indicator: str


def read_statements(source: Source, start: int, end: int) -> Iterator[Statement]:
    """The figures of the sentence `text[start:end]` that measure something, in order."""
    half, text = source.half, source.text
    said: list[str] = []  # the indicators so far, for a clause that names none
    row = "\t" in half[start:end]  # the cells of a table stand each alone
    waiting: list[tuple[int, int]] = []  # clauses without a figure on end
    for first, last in clause_spans(half, start, end):
        said = [] if row else said
        quantities = list(find_quantities(half, first, last)) if last - first <= _LONGEST else []
        if not quantities:
            waiting.append((first, last))
            continue
        found = list(_apiece(text, first, last, quantities, said))
        if not found:
            for a, b, inside in split_list(half, first, last, quantities):
                begin = waiting[0][0] if waiting and _JOINED.match(half, a) else a  # 甲额，乙额，以及丙次数年均增长…
                before = text[waiting[-1][0] : waiting[-1][1]] if waiting else ""
                statement = _statement(source, begin, b, inside, said[-1] if said else "", before)
                found += [statement] if statement else []
        said += [statement.indicator for statement in found]
        yield from found
        waiting = []


def _statement(
    source: Source, start: int, end: int, inside: list[Quantity], last: str, before: str
) -> Statement | None:
    """What `text[start:end]` states; `last` is the indicator before it, `before` the clause before it."""
    text = source.text
    chosen = _chosen(source.half, start, end, inside)
    if chosen is None:
        return None
    # 由2025年的100家提高到200家: the first figure is only where the second starts from.
    from_there = (without_baseline(text[start : other.start]) for other in inside if other.start < chosen.start)
    head = next((before_it for before_it in from_there if before_it is not None), text[start : chosen.start])
    indicator = indicator_of(head, text[chosen.end : end], change=chosen.change is not None)
    if _PER.fullmatch(indicator):  # 有效发明专利5万件,每万人口拥有51件
        indicator += last
    indicator = indicator or _subject(before) or last
    if not 2 <= len(indicator) <= _LONGEST_INDICATOR or not _balanced(indicator):
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Statement(start, max(chosen.end, start + len(text[start:end].rstrip(" \u3000、"))), chosen, indicator)


def _apiece(text: str, start: int, end: int, quantities: list[Quantity], said: list[str]) -> Iterator[Statement]:
    """The statements of 甲、乙分别达到5%和3%, and of 分别增长5%、3% behind what grows; none where the counts differ."""
    apiece = _APIECE.search(text, start, quantities[0].start)
    if apiece is None or len(quantities) < 2:
        return
    subject = indicator_of(text[start : apiece.start()], "", change=quantities[0].change is not None)
    names = _named(subject) if subject else said[-len(quantities) :]
    if len(names) == len(quantities) and all(len(name) > 1 for name in names):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        for name, quantity in zip(names, quantities, strict=True):
            alike = replace(quantity, change=quantities[0].change, comparator=quantities[0].comparator, bound=True)
            yield Statement(start, quantities[-1].end, alike, name)


def _named(subject: str) -> list[str]:
    """The things in a list: 甲产量、乙产量, and 花生种植、收获机械化率 as 花生种植机械化率 and 花生收获机械化率."""
    names = [name.strip() for name in _LIST.split(subject)]
    if len(names) < 2 or all(_MEASURE.search(name) for name in names) or not _MEASURE.search(names[-1]):
        return names
    before, after = words(names[0])[:-1], words(names[-1])[1:]
    first, *others, last = names
    shared = "".join(before)
    return [f"{first}{''.join(after)}", *(f"{shared}{name}{''.join(after)}" for name in others), f"{shared}{last}"]


def _chosen(half: str, start: int, end: int, inside: list[Quantity]) -> Quantity | None:
    """The figure that a statement is about: the last one that words bind, that ends it, or that is a verb's object.

    In 建设50所学校和150个专业 the verb is in the piece before.
    """
    joined = half[start - 1 : start] in ("和", "及", "与", "、")
    for quantity in reversed(inside):
        before, after = half[start : quantity.start], half[quantity.end : end].strip()
        if _DURATION.fullmatch(quantity.unit) and not _SHORTENED.search(before):
            continue
        if quantity.unit == "倍" and before.endswith("的"):
            continue
        if quantity.bound or not after or after[0] in "、(" or ACTS.search(before) or (joined and not before):
            return quantity
    return None


def _subject(clause: str) -> str:
    """What a clause speaks of: 发明专利申请量稳步增长 → 发明专利申请量; "" where no noun of measure stands in it."""
    found = _NOUN.search(clause)
    return indicator_of(found[0], "", change=False) if found else ""


def _balanced(words: str) -> bool:
    return all(words.count(a) == words.count(b) for a, b in ("()", "（）", "“”", "《》"))
