"""Finds the figures that a document sets as goals, and those it reports as reached, with indicator and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ingest.facts.clauses import clause_spans, split_list
from ingest.facts.indicator import indicator_of, without_baseline
from ingest.facts.quantities import Quantity, find_quantities
from ingest.facts.source import Line, Source
from ingest.facts.years import YearMention, period_end, years_in
from vectorstore.model import Target
from vectorstore.sentences import sentence_spans

_FIGURE: Final = re.compile(
    r"\d|番|百分之|十[一二三四五六]五|[一二三四五六七八九十](?:家|个|项|件|所|座|名|人|户|倍)(?:以上|左右|以内)"
)
_GOAL_HEADING: Final = re.compile(r"目标|愿景")
_GOAL: Final = re.compile(
    r"力争|争取(?![主到])|(?<!为)(?<!为了)(?:确保|保证)|目标[:：是为]|以下目标|努力|预期|实现.{0,12}目标|计划(?=[新完建培引年在])"
)
_TO_COME: Final = re.compile(
    r"(?<![主重需首必])要(?=[达超不建形实培有到新])|将(?=[达超建形实新有])|应(?=[达超不])|力争|目标"
)
_REPORTED: Final = re.compile(
    r"同比|环比|比上?[去]?年|较上?[去]?年|比“|累计|今年以来|以来|近年|近\w年|期间|目前|已|上半年|一季度|[1-9]\s*[-至到—]\s*\d{1,2}月|截至|突破|荣获|获批|取得|实现了|完成了|达到了|有望"
)
_REACHED: Final = re.compile(r"已(?!有)|截至|目前|共[计有\d]|[成现到]了|当前")
_ACTION: Final = (
    r"(?:建成|建设|建立|培育|打造|组建|开展|培养|引进|新增|新建|形成|支持|推出|创建|认定|设立|举办|遴选|发展|完成|注册|申请|布局|扶持|孵化|服务|覆盖|惠及|培训"
    r"|获得|改造|实施|吸引|推广|制定|发放|备案|受理|办理|收储|授权|登记|入选|获批|争取|累计|申报|达成|签订|唤醒|开发|选派|选拔|资助|转化|落实|落户|提供|解决"
    r"|安置|吸纳|帮助|带动|减少|淘汰|压减|关闭|投入|筹集|总结|选择|扩大|提升|提高|招收|招录|储备|推动|立项|归集|配置|出台|新设|集聚|聚集|招引|举行|组织|创造|建)"
)
_ACTS: Final = re.compile(rf"{_ACTION}(?:了|各|不少于|至少|约|共)?\s*$")
_ACTS_BEFORE: Final = re.compile(_ACTION)
# Rules, conditions and awards have figures too, and set no goal.
_RULE: Final = re.compile(
    r"奖励|补助|资助|补贴|罚款|罚金|[处缴]以|最高|标准(?:为|是|给予|执行|不)|(?:收费|补助|奖励|支付|缴纳|缴费|扣除)标准|扣除|税[率前]|利率|费率|违约|(?:符合|具备|满足)[^,]{0,12}条件|资格|注册资本|学历|年龄|工龄|按照?每|每人每|比例[分给]|违法|不满|年满|期限|年限|返还|贴息|须占|不得|预计|工作日|小时|单户"
)
_ARTICLE: Final = re.compile(r"^第[一二三四五六七八九十百千零\d]+条")
_AT_LEAST: Final = re.compile(r"(?:不低于|不少于|不小于|至少|最少)\s*$")
_DAILY: Final = re.compile(r"每[天日周]")
_DURATION: Final = re.compile(r"年|天|小时|个小时|分钟|个月|岁|个工作日|工作日")
_SHORTENED: Final = re.compile(r"压[减缩]|缩[短减]|减少|减至|降|控制在|寿命|年限|不超过|延长|提速")
_PER: Final = re.compile(r"(?:平均)?每[\u4e00-\u9fff]{1,4}")
_JOINED: Final = re.compile(r"^\s*(?:以及|及|和|与)")
_NOUN: Final = re.compile(
    r"[\u4e00-\u9fffA-Za-z、()（）“”]{0,24}?(?:数量|[量额率数值度比]|比例|比重|规模|收入|面积|水平|总数|寿命)(?=$|[^\u4e00-\u9fff]|[稳大显明持逐不])"
)
# 30人以上的企业 says whom a rule is for, 达到2000人的规模 what is to be.
_THRESHOLD: Final = re.compile("的(?!规模|水平|目标|总量|要求|程度)")
_LONGEST: Final = 160  # characters of a clause; a longer one is a table or a list gone wrong
_LONGEST_INDICATOR: Final = 60


@dataclass(slots=True)
class _Memory:
    """What holds beyond one sentence: the goal year that a section opens with."""

    goal_years: dict[tuple[str, ...], int] = field(default_factory=dict)

    def goal_year(self, path: tuple[str, ...]) -> int | None:
        """That of the section or of the nearest around it."""
        return next((self.goal_years[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.goal_years), None)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with the words that it belongs to: `half[start:end]`."""

    start: int
    end: int
    quantity: Quantity
    indicator: str


def find_targets(source: Source) -> Iterator[Target]:
    """The goals and reported figures of the document, in order."""
    memory = _Memory()
    for line in source.lines:
        if not _FIGURE.search(source.half, line.start, line.end):
            continue
        told: int | None = None  # the year that the line's sentences so far report on
        for start, end in sentence_spans(source.text[line.start : line.end]):
            span = line.start + start, line.start + end
            years = years_in(source.half, *span, source.document.date)
            yield from _sentence(source, line, *span, years, memory, told)
            told = years[-1].year if years else told


def _sentence(
    source: Source, line: Line, start: int, end: int, years: list[YearMention], memory: _Memory, told: int | None
) -> Iterator[Target]:
    ahead = next(
        (found.year for found in years if found.ahead and _is_ahead(found, source, source.half[start:end])), None
    )
    if ahead is not None:
        memory.goal_years[line.path] = ahead
    if not _FIGURE.search(source.half, start, end):
        return
    follows = False  # a goal before it in the sentence
    for figure in _figures(source, start, end):
        year = _year_of(figure, years)
        planned = _planned(source, line, (start, end), figure, year, memory)
        if planned is None and follows and figure.quantity.bound:
            planned = True
        follows = follows or planned is True
        if planned is None:
            continue
        inherited = (memory.goal_year(line.path) or period_end(source.document.title)) if planned else told
        quantity = figure.quantity
        yield Target(
            doc_id=source.document.id,
            start=figure.start,
            end=figure.end,
            quote=source.text[figure.start : figure.end],
            path=line.path,
            region=source.region(line.path),
            indicator=figure.indicator,
            comparator=quantity.comparator,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            change=quantity.change,
            year=year.year if year else inherited,
            planned=planned,
        )


def _is_ahead(mention: YearMention, source: Source, text: str) -> bool:
    """Whether the year is one to come, as seen from the document, or the words say that it was, when it was planned."""
    written = source.document.date
    if written is None or mention.year >= written.year:
        return mention.ahead or bool(written and mention.year > written.year and _TO_COME.search(text))
    return _TO_COME.search(text) is not None


def _year_of(figure: _Figure, years: list[YearMention]) -> YearMention | None:
    """The last year named before the figure, in its sentence."""
    return next((found for found in reversed(years) if found.end <= figure.quantity.start), None)


def _figures(source: Source, start: int, end: int) -> Iterator[_Figure]:
    """The figures of a sentence that measure something, each with its indicator."""
    half, text = source.half, source.text
    last = ""  # the indicator before, for a clause that names none; a table's cells stand each alone
    row = "\t" in half[start:end]
    waiting: list[tuple[int, int]] = []  # clauses without figure on end
    for first, after in clause_spans(half, start, end):
        last = "" if row else last
        quantities = list(find_quantities(half, first, after)) if after - first <= _LONGEST else []
        if not quantities:
            waiting.append((first, after))
            continue
        for a, b, inside in split_list(half, first, after, quantities):
            chosen = _chosen(half, a, b, inside)
            if chosen is None:
                continue
            before, begin = text[a : chosen.start], a
            if waiting and _JOINED.match(before):  # 甲金额,乙金额,以及丙次数年均增长…
                begin = waiting[0][0]
                before = text[begin : chosen.start]
            cut = next(
                (
                    words
                    for other in inside
                    if other.start < chosen.start and (words := without_baseline(text[begin : other.start])) is not None
                ),
                None,
            )
            indicator = indicator_of(
                cut if cut is not None else before, text[chosen.end : b], change=chosen.change is not None
            )
            if _PER.fullmatch(indicator) and last:  # 有效发明专利5万件,每万人口拥有51件
                indicator += last
            if not indicator:
                indicator = _subject([text[x:y] for x, y in waiting]) or last
            if 2 <= len(indicator) <= _LONGEST_INDICATOR and _balanced(indicator):
                while text[begin].isspace():
                    begin += 1
                yield _Figure(begin, max(chosen.end, begin + len(text[begin:b].rstrip(" \u3000、"))), chosen, indicator)
                last = indicator
        waiting = []


def _balanced(words: str) -> bool:
    return all(words.count(a) == words.count(b) for a, b in ("()", "（）", "“”", "《》"))


def _subject(clauses: list[str]) -> str:
    """What the clause before speaks of: 发明专利申请量稳步增长 → 发明专利申请量."""
    found = _NOUN.search(clauses[-1]) if clauses else None
    return indicator_of(found[0], "", change=False) if found else ""


def _chosen(half: str, start: int, end: int, inside: list[Quantity]) -> Quantity | None:
    """The figure that a statement is about: the last one bound by words, else the last that ends it or that a verb has
    as its object."""
    for quantity in reversed(inside):
        before, after = half[start : quantity.start], half[quantity.end : end].strip()
        if _DURATION.fullmatch(quantity.unit) and not _SHORTENED.search(before):
            continue
        if quantity.unit == "倍" and before.endswith("的"):
            continue
        if quantity.bound or not after or after[0] in "、(" or _ACTS.search(before):
            return quantity
    return None


def _planned(
    source: Source,
    line: Line,
    span: tuple[int, int],
    figure: _Figure,
    year: YearMention | None,
    memory: _Memory,
) -> bool | None:
    """Whether the figure is a goal (True) or reported (False); None for one that is neither, such as a rule's."""
    half = source.half
    sentence, clause = half[span[0] : span[1]], half[figure.start : figure.end]
    quantity = figure.quantity
    threshold = _THRESHOLD.match(half, quantity.end) is not None
    acts = _ACTS.search(half[figure.start : quantity.start]) is not None
    if any(_ARTICLE.match(heading) for heading in line.path) or (threshold and not acts and quantity.unit != "%"):
        return None
    before = half[span[0] : quantity.start]
    hoped = "有望" in half[year.end : quantity.start] if year else False
    if year is not None and _is_ahead(year, source, half[year.end : quantity.start]) and not hoped:
        return True
    written = source.document.date
    gone = year is not None and (hoped or not (written and year.year >= written.year))
    under_goals = _GOAL_HEADING.search("".join(line.path)) is not None
    if not gone and (under_goals or _aims(before)):
        return None if _RULE.search(clause) and not under_goals else True
    if _RULE.search(sentence):
        return None
    if gone or _REPORTED.search(before + clause):
        return False
    if line.path and memory.goal_year(line.path) is not None and quantity.bound:
        return True
    if source.document.kind in ("新闻发布会", "报道"):
        return False if quantity.bound or quantity.change else None
    words = half[figure.start : quantity.start]
    aims = half[quantity.end - 2 : quantity.end] in ("以上", "左右") or _AT_LEAST.search(words) is not None
    yearly = quantity.change in ("年均增长", "年均下降")
    if line.path and not _DAILY.search(clause) and (yearly or (aims and _ACTS_BEFORE.search(clause))):
        return True
    return None


def _aims(before: str) -> bool:
    """Whether the words before a figure say that it is a goal, and none after those that it is reached."""
    said = list(_GOAL.finditer(before))
    return (
        bool(said) and not re.search("[;；]", before[said[-1].end() :]) and not _REACHED.search(before, said[-1].end())
    )
