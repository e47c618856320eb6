"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.stopwords import GENERIC
from bot.understand import Query, understand
from bot.wording import ASKING, ITEM
from vectorstore.regions import Gazetteer

_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?")
SECTIONS = frozenset(["目标", "任务", "措施", "原则", "思想", "特色", "重点"])
"""Headings that most policies have: with a region before it, such a word is a topic."""
OWN_TOPIC = 4
"""A question with as many characters of content of its own, or with any and a region, needs no topic from before."""
_ELLIPSIS = re.compile(
    r"^(?:那么?|哦|嗯|另外|还有)?[,，]?\s*(?P<thing>.{1,30}?)(?:的)?(?:情况|方面)?(?:又)?呢\s*[?？。!！]*$"
)
_POINTS_BACK = re.compile(
    r"^(?:那|这|它|其(?!中国)|该|此|上述|上面|前面|刚才)|(?:它|它们|这项|这个|这条|该项|上述|前者|后者)"
)
_ITEM = re.compile(ITEM)
_TAIL = re.compile(
    r"(?:的)?(?:目标|数量|规模|金额|比例|要求|任务|情况|(?:牵头|责任|主管)?(?:单位|部门))?(?:分别)?(?:是|为|有|由)?(?:多少|哪[些个几天年]|谁|什么|怎么|怎样|如何).*$"
)


def rewrite(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str:
    """The standalone form of `question` after `history` (oldest first).

    A question that names its own topic is returned as it is. One that only changes the region, the year or the thing
    asked about (那济宁呢?) takes the rest from the question before; one that names no topic at all (牵头单位是哪个?)
    takes the topic.
    """
    question = question.strip()
    if not history:
        return question
    now = understand(question, gazetteer)
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis:
        return _replace(_asked(history[-1]), ellipsis["thing"], now, _place(history[-1]), gazetteer)
    if _is_whole(question, now):
        return question
    # What the documents did not tell gives no topic to go on with, if there is another.
    earlier = next((answer for answer in reversed(history) if answer.status == "answered"), history[-1])
    topic = ASKING.sub("", _asked(earlier)).strip(" ,，、的")
    if now.regions:
        topic = _without_regions(topic, gazetteer)
    if now.years:
        topic = _YEARS.sub("", topic)
    return f"{topic}，{_POINTS_BACK.sub('', question, count=1).lstrip(',，的')}"


def _asked(answer: Answer) -> str:
    return answer.standalone or answer.question


def _place(answer: Answer) -> str:
    """The region an answer is about, by its first citation; "" when that has none."""
    first = answer.citations[0] if answer.citations else None
    return (first.document.region or "") if first else ""


def _is_whole(question: str, query: Query) -> bool:
    """Whether a question names its own topic, be it as general as 某市的主要目标."""
    if _POINTS_BACK.search(question):
        return False
    if query.quoted or query.doc_numbers:
        return True
    topics = "".join(w for w in query.words if w not in GENERIC and len(w) > 1)
    section = query.regions and SECTIONS & set(query.words)
    return len(topics) >= OWN_TOPIC or bool(topics and (query.regions or query.kind == "definition")) or bool(section)


def _replace(before: str, thing: str, now: Query, place: str, gazetteer: Gazetteer) -> str:
    """The question `before` with its region, year, item or thing replaced by what `thing` names.

    `place` is the region of the answer to `before`, for a question that named none.
    """
    then = understand(before, gazetteer)
    if now.items and then.items:
        return _ITEM.sub(thing, before, count=1)
    rewritten = before
    if now.regions:
        rewritten = _swap_region(before, thing, gazetteer) if then.regions else f"{now.regions[0].short}{before}"
    if now.years:
        rewritten = _YEAR.sub(str(now.years[0]), rewritten) if then.years else f"{now.years[0]}年{rewritten}"
    if now.items or [w for w in now.words if w not in GENERIC]:
        tail = _TAIL.search(before)
        places = "".join(r.name for r in (now.regions or then.regions)) or place
        years = "".join(f"{y}年" for y in (now.years or then.years))
        rest = _YEARS.sub("", _without_regions(thing, gazetteer))
        rewritten = f"{places}{years}{rest}{tail.group() if tail else '的情况'}"
    elif not now.regions and not now.years:
        rewritten = f"{ASKING.sub('', before).strip(' ,，、的')}，{thing}"
    return rewritten


def _swap_region(before: str, thing: str, gazetteer: Gazetteer) -> str:
    old, new = gazetteer.find(before)[0], gazetteer.find(thing)[0]
    return before[: old.start] + thing[new.start : new.end] + before[old.end :]


def _without_regions(text: str, gazetteer: Gazetteer) -> str:
    for mention in reversed(gazetteer.find(text)):
        text = text[: mention.start] + text[mention.end :]
    return text
