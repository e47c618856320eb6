"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.stopwords import GENERIC
from bot.understand import Query, understand
from bot.wording import ASKING, ITEM
from vectorstore.regions import Gazetteer

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
    r"(?:的)?(?:目标|数量|规模|金额|比例|要求|任务|情况|单位|部门)?(?:分别)?(?:是|为|有|由)?(?:多少|哪[些个几天年]|谁|什么|怎么|怎样|如何).*$"
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
    before = history[-1].standalone or history[-1].question
    now, then = understand(question, gazetteer), understand(before, gazetteer)
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis:
        return _replace(before, ellipsis["thing"], now, then, gazetteer)
    topics = [w for w in now.words if w not in GENERIC and len(w) > 1]
    alone = len("".join(topics)) >= OWN_TOPIC or (topics and (now.regions or now.kind == "definition"))
    if now.quoted or now.doc_numbers or (alone and not _POINTS_BACK.search(question)):
        return question
    topic = ASKING.sub("", before).strip(" ,，、的")
    if now.regions:
        topic = _without_regions(topic, gazetteer)
    if now.years:
        topic = re.sub(r"(?:19|20)\d{2}年?", "", topic)
    return f"{topic}，{_POINTS_BACK.sub('', question, count=1).lstrip(',，的')}"


def _replace(before: str, thing: str, now: Query, then: Query, gazetteer: Gazetteer) -> str:
    """The question `before` with its region, year or thing replaced by what `thing` names."""
    if now.items and then.items:
        return _ITEM.sub(thing, before, count=1)
    rewritten = before
    if now.regions:
        rewritten = _swap_region(before, thing, gazetteer) if then.regions else f"{now.regions[0].short}{before}"
    if now.years:
        rewritten = (
            re.sub(r"(?:19|20)\d{2}", str(now.years[0]), rewritten) if then.years else f"{now.years[0]}年{rewritten}"
        )
    if [w for w in now.words if w not in GENERIC]:
        tail = _TAIL.search(before)
        places = "".join(r.name for r in (now.regions or then.regions))
        years = "".join(f"{y}年" for y in (now.years or then.years))
        rewritten = f"{places}{years}{_without_regions(thing, gazetteer)}{tail.group() if tail else '的情况'}"
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
