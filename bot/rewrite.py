"""Turns a follow-up into a question that stands by itself, from the conversation so far and without an LLM."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.compose import named
from bot.stopwords import GENERIC
from bot.titles import ABOUT_ITSELF
from bot.understand import Query, understand
from bot.wording import ASKING, DOCUMENT, ISSUING, ITEM
from vectorstore.regions import Gazetteer

_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?")
_POINTS_AT_DOCUMENT = re.compile(
    rf"^(?:那么?|请问)?[,，]?(?:这个?|这份|这项|该|此|上述|它|其|本)?{DOCUMENT}?(?:的|是)?(?=[\u4e00-\u9fff])"
)
_ON_A_CARD = re.compile(
    r"有效期?|期限|截止|[到过]期|[失生]效|废止|执行|适用|管用|来源|依据|文号|发文|字号|报纸|媒体|网站|过了"
)
_WHOSE = re.compile(r"(?<=[\u4e00-\u9fff\d])的(?:[\u4e00-\u9fff]{2,12}?)(?:是|为|有|由|达).*$")
_GOAL = re.compile(r"(?:的)?(?:主要)?(?:目标|任务|指标)(?:值)?$")
_PHRASE_BEFORE = re.compile(r"[^\s的，,、：:。和与及在是为有到至每中对由被将]*$")
_PHRASE_BEHIND = re.compile(r"[^\s的，,、：:。和与在是为有到至每中对由被将]*")
SHORT = 4
"""Characters of words that are alike when only their last one is (春节, 国庆节)."""
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
    cited = next((answer.citations[0].document for answer in reversed(history) if answer.citations), None)
    if cited and _is_about_the_document(question, now):
        return f"{named(cited)}{_POINTS_AT_DOCUMENT.sub('', question)}"
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis:
        return _replace(_asked(history[-1]), ellipsis["thing"], now, _place(history[-1]), gazetteer)
    if _is_whole(question, now):
        return question
    # What the documents did not tell gives no topic to go on with, if there is another.
    told = [answer for answer in history if answer.status == "answered"] or [*history]
    # Nor does a question for a document's number or date, if there is another.
    of_content = [a for a in told if understand(_asked(a), gazetteer).kind not in ABOUT_ITSELF]
    earlier = (of_content or told)[-1]
    topic = ASKING.sub("", _asked(earlier)).strip(" ,，、的")
    if now.kind == "responsibility":
        topic = _YEARS.sub("", _GOAL.sub("", topic)).strip(" ,，、的到")  # Who sees to it has no year and no figure.
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
    if not now.regions and not now.years and not now.items and (parallel := _parallel(before, thing, then)):
        return parallel
    rewritten = before
    if now.regions:
        rewritten = _swap_region(before, thing, gazetteer) if then.regions else f"{now.regions[0].short}{before}"
    if now.years:
        rewritten = _YEAR.sub(str(now.years[0]), rewritten) if then.years else f"{now.years[0]}年{rewritten}"
    if now.items or [w for w in now.words if w not in GENERIC]:
        tail = _WHOSE.search(_shown(before, then)) or _TAIL.search(before)
        places = "".join(r.name for r in (now.regions or then.regions)) or place
        years = "".join(f"{y}年" for y in (now.years or then.years))
        rest = _YEARS.sub("", _without_regions(thing, gazetteer))
        rewritten = f"{places}{years}{rest}{tail.group() if tail else '的情况'}"
    elif not now.regions and not now.years:
        rewritten = f"{ASKING.sub('', before).strip(' ,，、的')}，{thing}"
    return rewritten


def _parallel(before: str, thing: str, then: Query) -> str | None:
    """The question `before` with the words like `thing` made into it: 作品登记量的目标, 软件登记量 → 软件登记量的目标.

    Alike are words that end the same (独生子女, 非独生子女) or begin the same (500万元及以下, 500万元以上).
    """
    thing = thing.strip(" 的“”")
    for common in range(len(thing), 0, -1):
        tail, head = thing[-common:], thing[:common]
        if (at := before.rfind(tail)) >= 0 and (common > 1 or (at > 0 and len(thing) <= SHORT)):
            start = at - len(_PHRASE_BEFORE.search(_shown(before[:at], then)).group())  # type: ignore[union-attr]
            if common > 1 or at - start <= SHORT:
                return before[:start] + thing + before[at + common :]
        if common > 1 and not head.isdigit() and (at := before.find(head)) >= 0:
            end = at + common + len(_PHRASE_BEHIND.match(before[at + common :]).group())  # type: ignore[union-attr]
            return before[:at] + thing + before[end:]
    return None


def _shown(text: str, query: Query) -> str:
    """`text` with the regions and years of `query` blanked, at which a phrase ends."""
    for name in (n for r in query.regions for n in (r.name, r.local, r.short)):
        text = text.replace(name, " " * len(name))
    return _YEARS.sub(lambda year: " " * len(year.group()), text)


def _is_about_the_document(question: str, query: Query) -> bool:
    """Whether a question asks for something on the card of the document spoken of: 文号是什么, 这个方案还有效吗."""
    if query.kind not in ABOUT_ITSELF or query.kind in ("title", "catalog") or query.quoted or query.doc_numbers:
        return False
    if query.kind == "date" and not ISSUING.search(question):
        return False
    rest = ISSUING.sub("", _POINTS_AT_DOCUMENT.sub("", question))
    own = [w for w in query.words if w in rest and len(w) > 1 and w not in GENERIC and not _ON_A_CARD.fullmatch(w)]
    return not own and not query.regions


def _swap_region(before: str, thing: str, gazetteer: Gazetteer) -> str:
    old, new = gazetteer.find(before)[0], gazetteer.find(thing)[0]
    return before[: old.start] + thing[new.start : new.end] + before[old.end :]


def _without_regions(text: str, gazetteer: Gazetteer) -> str:
    for mention in reversed(gazetteer.find(text)):
        text = text[: mention.start] + text[mention.end :]
    return text
