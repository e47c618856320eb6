"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.answer import Answer
from bot.compose import named
from bot.kinds.definitions import defined
from bot.passages import placed
from bot.question.aim import aim_of
from bot.question.beside import besides_title, exchanged, headed, heads, holds, named_in, stands_together, told_of
from bot.question.ellipsis import YEARS, completed, is_alike, thing_named, topic_of, without_regions
from bot.question.picking import item_named, orders_by_number, picked
from bot.question.spoken import (
    POINTS_BACK,
    TOPICS,
    asked,
    document_of,
    documents_of,
    of_content,
    place_of,
    region_of,
    topics,
    untitled,
)
from bot.question.stopwords import GENERIC, ORGANS, RELATIVE
from bot.question.titles import ABOUT_ITSELF
from bot.question.turning import NAMED_BY, again, plainly, rather, settled, side_by_side, summed_up
from bot.question.understand import Query, understand
from bot.question.wording import DOCUMENT, IN_FORCE, ISSUING, Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer, Region

_POINTS_AT_DOCUMENT = re.compile(
    rf"^(?:那么?|请问)?[,，]?(?:这些|那些|这个?|这份|这项|该|此|上述|它|其|本)?{DOCUMENT}?(?:的|是)?(?=[\u4e00-\u9fff])"
)
_ON_A_CARD = re.compile(
    r"有效期?|期限|截止|[到过]期|[失生]效|废止|执行|适用|管用|来源|依据|文号|发文|字号|报纸|媒体|网站|过了"
)
_GOAL = re.compile(r"(?:的)?(?:主要)?(?:目标|任务|指标)(?:值)?$")
_OF_THE_CARD = re.compile(r"的?(?:文号|发文字号|发文机关|日期|来源|依据)$")
SECTIONS = frozenset(["目标", "任务", "措施", "原则", "思想", "特色", "重点"])
"""Headings that most policies have: with a region before it, such a word is a topic."""
OWN_TOPIC = 4
"""A question with as many characters of content of its own, or with any and a region, needs no topic from before."""
MOST = 6
"""Readings of one follow-up that are tried."""
_ELSEWHERE: tuple[Kind, ...] = ("definition", "catalog", "compare", "across", "title", "doc_number")
"""Kinds that ask the whole library, whatever document was spoken of."""
_OF_CONTENT = re.compile(r"(?:内容|规定|要求)(?:是(?:什么|怎样的?)|有哪些)?[?？。]?$")
"""What ends a question for all that is said of something."""
_IN_CHARGE = re.compile(r"(?:牵头|责任|负责|主管|主办|配合)的?(?:单位|部门|机关|人)")
_SAID_OF_IT = re.compile(r"^(?!.*(?:什么意思|含义|定义|概念))[^什何啥]{2,}是(?:什么|啥)[?？。]?$")
"""What is asked of something (主要职能是什么), not what it means (什么是数据银行)."""
_THE_THING = re.compile(r"(?:这|那)个?(?:名字|名称|概念|词|说法|提法|东西)|它")
"""What stands for the thing just explained (为什么叫这个名字)."""
_ITS_NAME = re.compile(r"(?:这|那)个?(?:名字|名称|概念|词|说法|提法)")


def readings(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The standalone forms that `question` may have after `history` (oldest first), the likeliest first.

    A question that names its own topic is asked as it is, first of the document spoken of where that has its words.
    One that only changes the region, the year or the thing asked about (那济宁呢?) takes the rest from the question
    before; one that picks an item of a list (第二项呢?) asks for that item; one that names no topic at all
    (牵头单位是哪个?) takes the topic, or the document spoken of; one about the answer (你确定吗) asks again.
    """
    question = settled(question.strip())
    history = [answer for answer in history if answer.status != "courtesy"]
    if not history:
        return (question,)
    return tuple(dict.fromkeys(_readings(question, history, gazetteer)))[:MOST]


def rewrite(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str:
    """The likeliest of the `readings`."""
    return readings(question, history, gazetteer)[0]


def _readings(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> Sequence[str]:
    document = document_of(history, gazetteer)
    if turn := again(question, history) or summed_up(question, document):
        return turn
    if compared := side_by_side(question, history, gazetteer):
        return (compared,)
    now = understand(question, gazetteer)
    last = understand(asked(history[-1]), gazetteer)
    if not (now.items and last.items) and (item := _picked(question, history)):
        return (item,)
    cited = next((answer.citations[0].document for answer in reversed(history) if answer.citations), None)
    if cited and _is_about_the_document(question, now):
        of_the_topic = f"{_OF_THE_CARD.sub('', topic_of(untitled(asked(history[-1]))))}，{question}"
        return f"{named(cited)}{_POINTS_AT_DOCUMENT.sub('', question)}", of_the_topic
    if explained := _of_the_thing(question, history, gazetteer):
        return (explained,)
    thing = thing_named(question)
    if thing and _IN_CHARGE.fullmatch(thing):  # 责任单位呢 asks who, of the same thing.
        question, thing = f"{thing}是谁？", None
    if corrected := rather(question, history[-1]):
        right, replaced = corrected
        if understand(right, gazetteer).kind != "general":
            return (right,)
        return [*_of_another(right, right, history, gazetteer), *filter(None, (replaced,))]
    if thing is None:
        question = plainly(question, history, document, gazetteer)
        thing = thing_named(question)
    if thing:
        return [*_of_another(question, thing, history, gazetteer)]
    return [*_with_topic(question, history, document, gazetteer)]


def _picked(question: str, history: Sequence[Answer]) -> str | None:
    """The question for the item picked of the last list: of the last answer not picked itself, else of one before that
    cites several things."""
    if not orders_by_number(question):
        return None
    lists = [answer for answer in reversed(history) if not orders_by_number(answer.question)] or [history[-1]]
    several = (answer for answer in lists[1:] if len(answer.citations) > 1)
    return next((item for answer in chain(lists[:1], several) if (item := picked(question, answer))), None)


def _of_the_thing(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str | None:
    """The question with the thing just explained for what stands for it (为什么叫这个名字), be it some turns ago where
    its name is spoken of; None where nothing stands for it."""
    for answer in reversed(history if _ITS_NAME.search(question) else history[-1:]):
        query = understand(asked(answer), gazetteer)
        if query.kind == "definition" and (thing := defined(query)) and _THE_THING.search(question):
            return _THE_THING.sub(thing, question, count=1)
    return None


def _of_another(question: str, thing: str, history: Sequence[Answer], gazetteer: Gazetteer) -> Iterator[str]:
    """The question before, asked of `thing`: in the document spoken of, unless a region is named, and in all."""
    now = understand(thing, gazetteer)
    document = document_of(history, gazetteer)
    changed = bool(now.regions or now.years)
    if not changed and (item := item_named(thing, history)):
        yield item
    before = untitled(asked(history[-1]), document)
    # 乙呢 after 甲呢 takes the place of 甲.
    last = thing_named(history[-1].question) if not changed else None
    then = understand(last or "", gazetteer)
    if not changed and (beside := _said_beside(before, thing, history, gazetteer)):
        whole = beside
    elif last and last in before and not (then.regions or then.years):
        whole = (before.replace(last, thing, 1),)
    else:
        whole = completed(before, thing, place_of(history[-1]), gazetteer)
    placed = now.regions or understand(before, gazetteer).regions
    if document is None or placed or not holds(document, named_in(thing, gazetteer)):
        yield from whole
        return
    # What is named by its number alone is one of the document spoken of, and so is what stands in it.
    numbered = orders_by_number(question) and not understand(asked(history[-1]), gazetteer).items
    for one in whole:
        yield one if document.title in one else f"{named(document)}{besides_title(one, document)}"
        if not numbered:
            yield one


def _said_beside(before: str, thing: str, history: Sequence[Answer], gazetteer: Gazetteer) -> tuple[str, ...]:
    """`before` and the questions before it with `thing` in the place of what the documents cited don't say beside it;
    () where `before` is made for it by its own words (副主任 for 主任), or the documents say nothing of it."""
    then = understand(before, gazetteer)
    if (
        understand(thing, gazetteer).items
        or is_alike(before, thing, then)
        or RELATIVE.issuperset(named_in(thing, gazetteer) or ["期限"])
    ):
        return ()
    # What the documents didn't tell is asked of another thing only after what they told.
    recent = sorted(history[-2:-TOPICS:-1], key=lambda answer: answer.status != "answered")
    earlier = [untitled(asked(answer)) for answer in recent]
    told = history[-1].status == "answered" or not recent or recent[0].status != "answered"
    asked_before = [before, *earlier] if told else [*earlier, before]
    found = [one for b in asked_before for one in exchanged(b, thing, documents_of(history), gazetteer)]
    # The year of the one need not be that of the other.
    return tuple(dict.fromkeys(form for one in found for form in (one, YEARS.sub("", one).lstrip("到至"))))


def _with_topic(
    question: str, history: Sequence[Answer], document: Document | None, gazetteer: Gazetteer
) -> Iterator[str]:
    """The question with what it leaves out: a topic of the last questions, the document spoken of, or nothing."""
    now = understand(question, gazetteer)
    whole = _is_whole(question, now)
    own = named_in(question, gazetteer)
    bare = _POINTS_AT_DOCUMENT.sub("", question)
    rest = POINTS_BACK.sub("", question, count=1).lstrip(",，的")
    own_heading = document is not None and heads(document, topic_of(bare))
    free = not (now.regions or now.doc_numbers or now.quoted) and (
        own_heading or now.kind not in _ELSEWHERE or _SAID_OF_IT.search(question)
    )
    inside = document if document and free and holds(document, own) else None
    if whole and not inside:
        yield question
        return
    if document and not now.regions and not of_content(history, gazetteer):
        yield f"{named(document)}{bare}"
        return
    spoken = [[_topic(topic, now, gazetteer) for topic in each] for each in topics(history, gazetteer)]
    latest = [topic for topic in spoken[0] if topic] if spoken else []
    # A document of several places is asked about the one spoken of.
    of_place = region_of(history, gazetteer) if not now.regions else None
    elsewhere = document and of_place and not _is_of(document, of_place) and of_place.short in document.text
    whose = f"{of_place.local}的" if of_place and elsewhere else ""
    if not inside or not document:
        yield from (f"{topic}，{rest}" for topic in latest[:1])
        if not latest:
            yield question
        return
    if _OF_CONTENT.search(question) and (heading := headed(document, [w for w in now.words if len(w) > 1])):
        yield f"{named(document)}“{heading[:NAMED_BY]}”有哪些内容？"
    if whole and aim_of(question) == "reached" and of_place:
        yield f"{of_place.local}{question}"  # What is so now, a newer document may tell.
    if own_heading or (ORGANS & set(now.words) and not whole) or (own and told_of(document, own) == 1):
        yield f"{named(document)}{whose}{bare}"
    if own:
        there = (t for each in spoken for t in each if t and stands_together(document, own, named_in(t, gazetteer)))
        meant = next(there, None)
        if meant:
            yield f"{named(document)}{meant}，{rest}"
            if not whose and told_of(document, own) > 1 and not set(own) & set(named_in(meant, gazetteer)):
                return  # Of what is told several times, that of another topic isn't meant.
    else:
        # Who sees to it stands beside the task alone: where the last question named none, one before it did.
        near = spoken if now.kind == "responsibility" else spoken[:1]
        yield from (f"{named(document)}{topic}，{rest}" for each in near for topic in each if topic)
    yield f"{named(document)}{whose}{bare}"
    # Elsewhere it is asked of the region spoken of, or of that of the document.
    place = of_place.local if of_place else document.region or ""
    if whole:
        yield f"{place}{question}"
        if not document.region or not place:
            yield question
    yield from (
        f"{'' if now.regions or place in topic else place}{topic}，{rest}"
        for topic in latest[:1]
        if named_in(topic, gazetteer)
    )


def _is_of(document: Document, region: Region) -> bool:
    """Whether all of `document` is of `region`."""
    place = placed(document.region or "")
    return place is not None and region.covers(place)


def _topic(topic: str, now: Query, gazetteer: Gazetteer) -> str:
    """A topic without what the question that goes on with it names itself."""
    if now.kind == "responsibility":
        topic = YEARS.sub("", _GOAL.sub("", topic)).strip(" ,，、的到")  # Who sees to it has no year and no figure.
    if aim_of(now.text) == "reached" and aim_of(topic) == "goal":
        topic = YEARS.sub("", _GOAL.sub("", topic)).strip(" ,，、的到")  # 现在 asks for no goal.
    if now.regions:
        topic = without_regions(topic, gazetteer)
    return YEARS.sub("", topic) if now.years else topic


def _is_whole(question: str, query: Query) -> bool:
    """Whether a question names its own topic, be it as general as 某市的主要目标."""
    if POINTS_BACK.search(question):
        return False
    if query.quoted or query.doc_numbers:
        return True
    relative = frozenset() if query.kind == "definition" else RELATIVE
    topic = "".join(w for w in query.words if w not in GENERIC and w not in relative and len(w) > 1)
    section = query.regions and SECTIONS & set(query.words)
    return len(topic) >= OWN_TOPIC or bool(topic and (query.regions or query.kind == "definition")) or bool(section)


def _is_about_the_document(question: str, query: Query) -> bool:
    """Whether a question asks for something on the card of the document spoken of: 文号是什么, 这个方案还有效吗."""
    if query.kind not in ABOUT_ITSELF or query.kind in ("title", "catalog") or query.quoted or query.doc_numbers:
        return False
    if query.kind == "date" and not (ISSUING.search(question) or IN_FORCE.search(question)):
        return False
    rest = ISSUING.sub("", _POINTS_AT_DOCUMENT.sub("", question))
    rest = IN_FORCE.sub("", rest) if query.kind == "date" else rest
    own = [w for w in query.words if w in rest and len(w) > 1 and w not in GENERIC and not _ON_A_CARD.fullmatch(w)]
    return not own and not query.regions
