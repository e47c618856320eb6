"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.compose import named
from bot.kinds.definitions import defined
from bot.question.ellipsis import YEARS, completed, thing_named, topic_of, without_regions
from bot.question.picking import orders_by_number, picked
from bot.question.stopwords import GENERIC, ORGANS, RELATIVE
from bot.question.titles import ABOUT_ITSELF
from bot.question.understand import Query, understand
from bot.question.wording import DOCUMENT, IN_FORCE, ISSUING
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

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
_THE_THING = re.compile(r"(?:这|那)个?(?:名字|名称|概念|词|说法|提法|东西)|它")
"""What stands for the thing just explained (为什么叫这个名字)."""
_POINTS_BACK = re.compile(
    r"^(?:那些?|这[些个项份]?|它们?|其(?!中国)|该|此|上述|上面|前面|刚才)|(?:它|它们|这项|这个|这条|该项|上述|前者|后者)"
)


def readings(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The standalone forms that `question` may have after `history` (oldest first), the likeliest first.

    A question that names its own topic is returned as it is. One that only changes the region, the year or the thing
    asked about (那济宁呢?) takes the rest from the question before; one that picks an item of a list (第二项呢?) asks
    for that item; one that names no topic at all (牵头单位是哪个?) takes the topic, or the document spoken of.
    """
    question = question.strip()
    history = [answer for answer in history if answer.status != "courtesy"]
    if not history:
        return (question,)
    now = understand(question, gazetteer)
    thing = thing_named(question)
    asked = understand(_asked(history[-1]), gazetteer)
    if not (now.items and asked.items) and (item := picked(question, _list_spoken_of(history))):
        return (item,)
    document = _spoken_of(history, gazetteer)
    cited = next((answer.citations[0].document for answer in reversed(history) if answer.citations), None)
    if cited and _is_about_the_document(question, now):
        of_the_topic = f"{_OF_THE_CARD.sub('', topic_of(_asked(history[-1])))}，{question}"
        return f"{named(cited)}{_POINTS_AT_DOCUMENT.sub('', question)}", of_the_topic
    if asked.kind == "definition" and (named_thing := defined(asked)) and _THE_THING.search(question):
        return (_THE_THING.sub(named_thing, question, count=1),)
    if thing:
        # 乙呢 after 甲呢 takes the place of 甲.
        last = thing_named(history[-1].question) if not now.regions and not now.years else None
        if last and last in _asked(history[-1]):
            return (_asked(history[-1]).replace(last, thing, 1),)
        whole = completed(_asked(history[-1]), thing, _place(history[-1]), gazetteer)
        # What is named by its number alone is one of the document spoken of.
        numbered = document and orders_by_number(question) and not asked.items
        return tuple(f"{named(document)}{one}" for one in whole) if document and numbered else whole
    if _is_whole(question, now):
        return (question,)
    # What the documents did not tell gives no topic to go on with, if there is another.
    told = [answer for answer in history if answer.status == "answered"] or [*history]
    # Nor does a question for a document's number or date, if there is another.
    of_content = [a for a in told if understand(_asked(a), gazetteer).kind not in ABOUT_ITSELF]
    bare = f"{named(document)}{_POINTS_AT_DOCUMENT.sub('', question)}" if document else ""
    if bare and not now.regions and not of_content:
        return (bare,)
    topic = topic_of(_without_own((of_content or told)[-1]))
    if now.kind == "responsibility":
        topic = YEARS.sub("", _GOAL.sub("", topic)).strip(" ,，、的到")  # Who sees to it has no year and no figure.
    if now.regions:
        topic = without_regions(topic, gazetteer)
    if now.years:
        topic = YEARS.sub("", topic)
    joined = f"{topic}，{_POINTS_BACK.sub('', question, count=1).lstrip(',，的')}"
    if bare and document and not now.regions and RELATIVE & set(now.words):
        # What every policy has (办公室设在哪里) is asked of the document spoken of.
        inside = joined if document.title in joined else f"{named(document)}{joined}"
        return (bare, inside) if ORGANS & set(now.words) else (inside, bare)
    return (joined,)


def rewrite(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str:
    """The likeliest of the `readings`."""
    return readings(question, history, gazetteer)[0]


def _asked(answer: Answer) -> str:
    return answer.standalone or answer.question


def _without_own(answer: Answer) -> str:
    """The question answered, of a follow-up that was put behind its topic only the topic."""
    asked, own = _asked(answer), _POINTS_BACK.sub("", answer.question, count=1).lstrip(",，的")
    return asked.removesuffix(own).rstrip("，") or asked


def _list_spoken_of(history: Sequence[Answer]) -> Answer:
    """The last answer, or the one whose items the last ones were picked from."""
    return next((answer for answer in reversed(history) if not orders_by_number(answer.question)), history[-1])


def _spoken_of(history: Sequence[Answer], gazetteer: Gazetteer) -> Document | None:
    """The document that the conversation is about: what was cited last, else what came nearest in the region asked
    about."""
    for answer in reversed(history):
        if answer.citations:
            return answer.citations[0].document
        regions = understand(_asked(answer), gazetteer).regions
        for near in answer.nearest:
            if not regions or any(r.short in near.title + (near.region or "") for r in regions):
                return near
    return None


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
    relative = frozenset() if query.kind == "definition" else RELATIVE
    topics = "".join(w for w in query.words if w not in GENERIC and w not in relative and len(w) > 1)
    section = query.regions and SECTIONS & set(query.words)
    return len(topics) >= OWN_TOPIC or bool(topics and (query.regions or query.kind == "definition")) or bool(section)


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
