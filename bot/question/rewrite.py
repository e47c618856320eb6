"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bot.answer import Answer
from bot.compose import named
from bot.kinds.definitions import defined
from bot.question.beside import named_in
from bot.question.carried import POINTS_AT_DOCUMENT, topic_for, with_topic
from bot.question.comparing import side_by_side
from bot.question.ellipsis import thing_named, topic_of
from bot.question.exchanging import of_another
from bot.question.leaning import leaning, leant_on, shown_since
from bot.question.picking import orders_by_number, picked
from bot.question.pointing import spelt_out
from bot.question.reading import Reading
from bot.question.spoken import POINTS_BACK, asked, document_of, persons_of, untitled
from bot.question.stopwords import GENERIC
from bot.question.titles import ABOUT_ITSELF
from bot.question.turning import again, of_somebody, plainly, rather, settled, summed_up
from bot.question.understand import Query, understand
from bot.question.wording import IN_FORCE, ISSUING, Kind
from vectorstore.regions import Gazetteer

_ON_A_CARD = re.compile(
    r"有效期?|期限|截止|[到过]期|[失生]效|废止|执行|适用|管用|来源|依据|文号|发文|字号|报纸|媒体|网站|过了"
)
_OF_THE_CARD = re.compile(r"的?(?:文号|发文字号|发文机关|日期|来源|依据)$")
MOST = 6
"""Readings of one follow-up that are tried."""
_LISTS: tuple[Kind, ...] = ("list", "across", "duties", "person")
"""Kinds whose answer is whole: what follows it is something else, unless it is asked for again and found."""
_IN_CHARGE = re.compile(r"(?:牵头|责任|负责|主管|主办|配合)的?(?:单位|部门|机关|人)")
OTHERS = re.compile(r"^(?:其他|其它|其余|别的|另外|剩下)的?(?=[\u4e00-\u9fff]{2})")
"""Those of a kind that haven't been spoken of."""
_THE_THING = re.compile(r"(?:这|那)个?(?:名字|名称|概念|词|说法|提法|东西)|它")
"""What stands for the thing just explained (为什么叫这个名字)."""
_ITS_NAME = re.compile(r"(?:这|那)个?(?:名字|名称|概念|词|说法|提法)")


def readings(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """The ways in which `question` may be meant after `history` (oldest first), the likeliest first.

    A question that names its own topic is asked as it is, first of the document spoken of where that has its words.
    One that only changes the region, the year or the thing asked about (那济宁呢?) takes the rest from the question
    before; one that picks an item of a list (第二项呢?) asks for that item; one that names no topic at all
    (什么时候实现, 还有吗) asks it of what was shown, else takes the topic; one about the answer (你确定吗) asks again.
    """
    question = settled(question.strip())
    history = [answer for answer in history if answer.status != "courtesy"]
    if not history:
        return (Reading(question, asks="more" if leaning(question) == "more" else None),)
    found = (Reading(one) if isinstance(one, str) else one for one in _readings(question, history, gazetteer))
    return tuple(islice(dict.fromkeys(found), MOST))


def rewrite(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> str:
    """The likeliest of the `readings`."""
    return readings(question, history, gazetteer)[0].text


def _readings(question: str, history: Sequence[Answer], gazetteer: Gazetteer) -> Iterator[str | Reading]:
    document = document_of(history, gazetteer)
    question = spelt_out(question, history, gazetteer)
    if turn := again(question, history) or summed_up(question, document):
        yield from turn
        return
    if compared := side_by_side(question, history, gazetteer):
        yield compared
        return
    root, leans = leant_on(history), leaning(question)
    if leans and root:
        yield from _of_what_was_shown(question, root, history, gazetteer)
    if leans in ("why", "more") or (of_somebody(question) and not persons_of(history)):
        if not (leans and root):  # There is nothing, or nobody, that it could mean.
            yield Reading(question, asks="more")
        return
    now = understand(question, gazetteer)
    last = understand(asked(history[-1]), gazetteer)
    if not (now.items and last.items) and (item := _picked(question, history)):
        yield item
        return
    cited = next((answer.citations[0].document for answer in reversed(history) if answer.citations), None)
    if cited and _is_about_the_document(question, now):
        of_the_topic = f"{_OF_THE_CARD.sub('', topic_of(untitled(asked(history[-1]))))}，{question}"
        yield from (f"{named(cited)}{POINTS_AT_DOCUMENT.sub('', question)}", of_the_topic)
        return
    if explained := _of_the_thing(question, history, gazetteer):
        yield explained
        return
    thing = thing_named(question)
    if thing and _IN_CHARGE.fullmatch(thing):  # 责任单位呢 asks who, of the same thing.
        question, thing = f"{thing}是谁？", None
    if corrected := rather(question, history[-1]):
        right, replaced = corrected
        if understand(right, gazetteer).kind != "general":
            yield right
            return
        yield from of_another(right, right, history, gazetteer)
        if replaced:
            yield replaced
        return
    if thing is None:
        question = plainly(question, history, document, gazetteer)
        thing = thing_named(question)
    if thing and (others := OTHERS.match(thing)):
        rest = thing[others.end() :]
        for one in of_another(rest + "呢", rest, history, gazetteer):
            yield Reading(one, shown=history[-1].citations)
        near = tuple(named_in(rest, gazetteer))
        yield Reading(f"{rest}，{asked(history[-1])}", near=near, shown=history[-1].citations, topic=rest, asks="rest")
    elif thing:
        yield from of_another(question, thing, history, gazetteer)
    else:
        yield from with_topic(question, history, document, gazetteer)


def _of_what_was_shown(
    question: str, root: Answer, history: Sequence[Answer], gazetteer: Gazetteer
) -> Iterator[Reading]:
    """The question asked of the passages that `root` shows; for more, what it asked without what was shown since."""
    asks, whole = leaning(question), asked(root)
    topic = topic_of(untitled(whole, root.citations[0].document))
    if asks == "more":
        shown, kind = shown_since(history, root), understand(whole, gazetteer).kind
        if kind in (*_LISTS, "general"):
            yield Reading(whole, shown=shown, near=tuple(named_in(whole.split("，")[-1], gazetteer)))
        yield Reading(whole, shown=() if kind in _LISTS else shown, topic=topic, asks=asks)
        return
    topic = topic_for(topic, understand(question, gazetteer), gazetteer)
    asking = POINTS_BACK.sub("", question, count=1).lstrip(",，的")
    yield Reading(
        f"{named(root.citations[0].document)}{topic}，{asking}",
        near=tuple(named_in(topic, gazetteer)),
        shown=root.citations,
        topic=topic,
        asks=asks,
    )


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


def _is_about_the_document(question: str, query: Query) -> bool:
    """Whether a question asks for something on the card of the document spoken of: 文号是什么, 这个方案还有效吗."""
    if query.kind not in ABOUT_ITSELF or query.kind in ("title", "catalog") or query.quoted or query.doc_numbers:
        return False
    if query.kind == "date" and not (ISSUING.search(question) or IN_FORCE.search(question)):
        return False
    rest = ISSUING.sub("", POINTS_AT_DOCUMENT.sub("", question))
    rest = IN_FORCE.sub("", rest) if query.kind == "date" else rest
    own = [w for w in query.words if w in rest and len(w) > 1 and w not in GENERIC and not _ON_A_CARD.fullmatch(w)]
    return not own and not query.regions
