"""Follow-ups that leave their topic unsaid: what they take over from the questions before, and from which document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answer import Answer
from bot.compose import named
from bot.passages import placed
from bot.question.aim import aim_of
from bot.question.beside import headed, heads, holds, named_in, stands_together, told_of
from bot.question.ellipsis import YEARS, topic_of, without_regions
from bot.question.leaning import leaning, leant_on
from bot.question.reading import Reading
from bot.question.spoken import POINTS_BACK, of_content, region_of, topics
from bot.question.stopwords import GENERIC, ORGANS, RELATIVE
from bot.question.turning import NAMED_BY
from bot.question.understand import Query, understand
from bot.question.wording import DOCUMENT, Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer, Region

POINTS_AT_DOCUMENT = re.compile(
    rf"^(?:那么?|请问)?[,，]?(?:这些|那些|这个?|这份|这项|该|此|上述|它|其|本)?{DOCUMENT}?(?:的|是)?(?=[\u4e00-\u9fff])"
)
_GOAL = re.compile(r"(?:的)?(?:主要)?(?:目标|任务|指标)(?:值)?$")
SECTIONS = frozenset(["目标", "任务", "措施", "原则", "思想", "特色", "重点"])
"""Headings that most policies have: with a region before it, such a word is a topic."""
OWN_TOPIC = 4
"""A question with as many characters of content of its own, or with any and a region, needs no topic from before."""
_ELSEWHERE: tuple[Kind, ...] = ("definition", "catalog", "compare", "across", "title", "doc_number")
"""Kinds that ask the whole library, whatever document was spoken of."""
_OF_CONTENT = re.compile(
    r"(?:(?:内容|规定|要求)(?:是(?:什么|怎样的?)|有哪些)?|(?:具体)?(?:要|应该?)?(?:怎么|如何)?(?:去)?(?:做|干|搞|抓|推进|落实|实施)(?:些?什么|哪些(?:工作|事)?)?)[?？。]?$"
)
"""What ends a question for all that is said of something."""
_SAID_OF_IT = re.compile(r"^(?!.*(?:什么意思|含义|定义|概念))[^什何啥]{2,}是(?:什么|啥)[?？。]?$")
"""What is asked of something (主要职能是什么), not what it means (什么是数据银行)."""


def with_topic(
    question: str, history: Sequence[Answer], document: Document | None, gazetteer: Gazetteer
) -> Iterator[str | Reading]:
    """The question with what it leaves out: a topic of the last questions, the document spoken of, or nothing.

    One that names nothing of its own is answered only where its topic stands.
    """
    now = understand(question, gazetteer)
    whole = _is_whole(question, now)
    own, leans = named_in(question, gazetteer), leaning(question) is not None
    bare = POINTS_AT_DOCUMENT.sub("", question)
    rest = POINTS_BACK.sub("", question, count=1).lstrip(",，的")
    own_heading = document is not None and heads(document, topic_of(bare))
    free = not (now.regions or now.doc_numbers or now.quoted) and (
        own_heading or now.kind not in _ELSEWHERE or _SAID_OF_IT.search(question)
    )
    inside = document if document and free and holds(document, own) else None
    if whole and not inside:
        yield question
        return
    if document and not now.regions and not of_content(history, gazetteer) and (not leans or leant_on(history)):
        yield f"{named(document)}{bare}"
        return
    spoken = [[topic_for(topic, now, gazetteer) for topic in each] for each in topics(history, gazetteer)]
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
                # Of what is told several times, that of another topic isn't meant.
                yield Reading(f"{named(document)}{bare}", near=tuple(named_in(meant, gazetteer)))
                return
    else:
        # Who sees to it stands beside the task alone: where the last question named none, one before it did.
        near = spoken if now.kind == "responsibility" else spoken[:1]
        for topic in (topic for each in near for topic in each if topic):
            yield Reading(f"{named(document)}{topic}，{rest}", near=tuple(named_in(topic, gazetteer)) if leans else ())
        if leans:
            return
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


def topic_for(topic: str, now: Query, gazetteer: Gazetteer) -> str:
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
