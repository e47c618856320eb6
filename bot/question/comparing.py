"""Turns that set what was asked of several regions side by side: 哪个最高, 和某市比呢, 两个一共多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.question.leaning import leant_on
from bot.question.spoken import asked, place_of, untitled
from vectorstore.regions import Gazetteer, Region

_END = r"[\s?？。!！~～]*$"
_WHICH_IS_MOST = re.compile(
    r"^(?:那|其中|这(?:几|两|三)个?(?:地方|城市|地区|[省市区县])?(?:里|中|之间)?|它们|两者|两地|三地|三者)?[，,]?"
    rf"(?:比较|对比)?(?:一下|起来)?(?:是)?(?:谁|哪(?:个|家|边|里)(?:[省市区县]|城市|地方|地区)?)?的?(?:最|更|比较)?(?:相差|差距|差|[高低多少大小强快慢早晚])(?:一些|些|一点)?(?:多少|呢)?{_END}"
)
_COMPARES = re.compile(
    rf"^(?:那)?(?:两者|两地|三地|它们|这[几两三]个[省市区县地方城]*)?(?:对比|比较|比)(?:一下|一比|比)?(?:呢|吧)?{_END}"
)
_IN_ALL = re.compile(
    r"^(?:那么?)?(?=.*(?:[两三几]|它们|加|合))(?:[这那]?[两三几]个?(?:[省市区县地家者]|地方)?|它们)?(?:的|都)?"
    rf"(?:(?:加|合)(?:起来|在一起|计)|一共|总共|总计|总和|总数|合计)*(?:有|是|要|为)?多少[\u4e00-\u9fff]{{0,3}}?{_END}"
)
"""What no document adds up; what each of them comes to, documents tell."""
_BESIDE = re.compile(
    r"^(?:那么?)?(?:如果|要是)?(?!比[例重率赛值较])(?:[和跟与同比](?P<other>[^和跟与同比]{1,20}?)|(?P<first>[^和跟与同比]{1,20}?)[和跟与同比](?:它|这个?|那个?|[这那][里边]|前面的?|刚才的?))"
    r"(?:(?:相比|比较|对比|比|比起来)(?:起来|一下|一比)?)?(?:呢|怎么样|如何|怎样|的话|哪个|谁|更|还是|差|[高低多少大小快慢早晚强]|不|吗)*"
    rf"{_END}"
)
"""和某市比呢, 某市和它比呢: beside what was asked."""


def side_by_side(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str | None:
    """The comparison of what was asked of several regions one after another (哪个最高, 两个一共多少), or of one with
    the region named now (和某市比呢); None where nothing was."""
    if other := compared_with(question):
        return _with_another(other, history, gazetteer)
    in_all = _IN_ALL.match(question)
    if not (in_all or _WHICH_IS_MOST.match(question) or _COMPARES.match(question)) or _regions(question, gazetteer):
        return None
    last = asked(history[-1])
    mentions = gazetteer.find(last)
    if not mentions:
        return None
    if len({m.region for m in mentions}) > 1:
        return last if in_all else None  # The question before compares itself.
    rest = last[: mentions[0].start] + last[mentions[0].end :]
    places: dict[Region, str] = {}
    for answer in history:
        whole = asked(answer)
        own = gazetteer.find(whole)
        if len(own) == 1 and whole[: own[0].start] + whole[own[0].end :] == rest:
            places.setdefault(own[0].region, own[0].region.local)
    if len(places) < 2:
        return None
    several = f"{'和'.join(['、'.join([*places.values()][:-1]), [*places.values()][-1]])}{rest.strip('？?。 ')}"
    if in_all:
        return f"{several}？"
    return f"{several}，{question.strip('？?。 ') if '哪' in question or '谁' in question else '哪个最高'}？"


def compared_with(question: str) -> str | None:
    """What a turn sets beside what was asked (和某市比呢); None for any other."""
    found = _BESIDE.match(question) if "比" in question else None
    return (found["other"] or found["first"]).strip("的 ") if found else None


def _with_another(other: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str | None:
    """What was last told of one region, asked of it and of the region `other`."""
    new, root = _regions(other, gazetteer), leant_on(history)
    if not new or root is None:
        return None
    whole = untitled(asked(root), root.citations[0].document if root.citations else None)
    mentions = gazetteer.find(whole)
    here = {m.region for m in mentions} or {*_regions(place_of(root), gazetteer)[-1:]}
    if len(here) != 1 or here == {new[0]}:
        return None
    both = f"{next(iter(here)).local}和{new[0].local}"
    at = (mentions[0].start, mentions[0].end) if mentions else (0, 0)
    return whole[: at[0]] + both + whole[at[1] :]


def _regions(text: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    return tuple(dict.fromkeys(m.region for m in gazetteer.find(text)))
