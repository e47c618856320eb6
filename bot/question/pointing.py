"""What a turn points at in the conversation: 前者, 后者, 刚才说的那个, and the office that 它 stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.question.comparing import compared_with
from bot.question.ellipsis import thing_named, topic_of, without_regions
from bot.question.spoken import asked, region_of, untitled
from bot.question.turning import settled
from bot.question.understand import understand
from vectorstore.regions import Gazetteer

_FORMER = re.compile(r"前者|前一个|前面那个(?=$|[的呢是由要在有，,？?])")
_LATTER = re.compile(r"后者|后一个|后面那个(?=$|[的呢是由要在有，,？?])")
_BOTH = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,14}?)(?:和|与|跟|、|还是)(?P<other>[\u4e00-\u9fff]{2,14}?)(?=的|分别|各|有|是|由|哪|谁|怎|[,，?？]|$)"
)
_POINTED = re.compile(
    r"^(?P<lead>(?:那么?)?[,，]?)(?:你|您)?(?:(?:刚才|刚刚|前面|后面|上面|下面|之前|先前|上述)(?:你|您|我)?(?:所?(?:说|讲|提|列|问)(?:到|过)?)?的?(?:那|这)?(?:个|一?[项条点]|些)?"
    r"|(?:你|您|我)(?:所?(?:说|讲|提|列|问)(?:到|过)?)的?(?:那|这)?(?:个|一?[项条点]|些)?|(?:那|这)(?:个|一?[项条点])(?=[^呢]+呢[?？。]?$))的?(?=[\u4e00-\u9fff]{2,20}[?？。]?$)"
)
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,14}?(?:局|委|办|厅|部|署|院|会|海关|中心|政府|银行)(?=$|[、,，;；等按）)\s])")
_LEADS = re.compile(r"^.*(?:牵头|责任|负责|主办)(?:单位|部门)?\s*[:：]")
_ITS_TASKS = re.compile(
    r"^(?:那么?)?[,，]?(?:还|另外|除此之外)?(?:有)?(?=.*(?:它|他们|该(?:局|部门|单位|委|厅)|[这那]个(?:部门|单位|局|委|厅)))(?=.*(?:任务|工作|事项?))"
    r".*?(?P<does>牵头|负责|承担|主管|配合)"
)


def spelt_out(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str:
    """`question` with the names of what it points at; as it is where it points at nothing that was named."""
    if (_FORMER.search(question) or _LATTER.search(question)) and (pair := _pair(history, gazetteer)):
        return _LATTER.sub(pair[1], _FORMER.sub(pair[0], question))
    if (found := _ITS_TASKS.match(question)) and (unit := _unit(history)):
        place = region_of(history, gazetteer)
        return f"{place.local if place and place.short not in unit else ''}{unit}{found['does']}哪些任务？"
    if (other := compared_with(question)) and not gazetteer.find(other):
        return f"{other}呢？"
    return _POINTED.sub(r"\g<lead>", question)


def _pair(history: Sequence[Answer], gazetteer: Gazetteer) -> tuple[str, str] | None:
    """The two things last spoken of, in order: both of one question, else what differs between the last two."""
    named = [answer for answer in history if not (_FORMER.search(answer.question) or _LATTER.search(answer.question))]
    if not named:
        return None
    last = untitled(asked(named[-1]))
    if len(regions := understand(last, gazetteer).regions) == 2:
        return regions[0].local, regions[1].local
    if both := _BOTH.search(topic_of(named[-1].question)):
        return both["one"], both["other"]
    if len(named) < 2:
        return None
    one, other = (_thing(answer, gazetteer) for answer in named[-2:])
    return (one, other) if one and other and one != other else None


def _thing(answer: Answer, gazetteer: Gazetteer) -> str:
    """What a turn was about: what it named (乙呢), else its topic."""
    thing = thing_named(_POINTED.sub("", answer.question)) or topic_of(settled(answer.question))
    return without_regions(thing, gazetteer).strip("的 ") or thing


def _unit(history: Sequence[Answer]) -> str | None:
    """The first of the units that the last answer names; None where it names none."""
    last = next((answer for answer in reversed(history) if answer.citations), None)
    quote = _LEADS.sub("", last.citations[0].quote.split(";")[0].split("；")[0]) if last else ""
    found = _UNIT.match(quote.lstrip("由（( "))
    return found.group() if found else None
