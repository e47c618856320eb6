"""Follow-ups that pick one of the things an answer listed (第二项呢？, 最后一条具体怎么说？): asked for by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.compose import displayed, named
from bot.question.counting import numeral
from bot.question.wording import NUMERAL
from bot.tree import without_label
from vectorstore.model import Document

LONGEST_NAME = 40
"""Characters of an item that it is asked for by."""
FEWEST = 2
"""Things an answer must list for one of them to be picked."""
_PICKS = re.compile(
    rf"^(?:那么?|其中)?[,，]?的?(?:第\s*(?P<nth>{NUMERAL})(?!\s*[次批届期轮副年季阶])|(?P<last>最后)一?)\s*(?:大|条|款|项|个|点|种|类|方面|部分)?"
    r"(?:特色|目标|任务|措施|原则|工程|要求|内容)?(?:是|的)?(?P<asks>.*?)\s*[?？。!！]*$"
)
_ABOUT_IT = re.compile(
    r"(?:的)?(?:呢|(?:具体|详细)?(?:是)?(?:怎么|如何)?(?:什么|说|讲|规定|要求)?(?:的是|了|的|内容|意思)?(?:是?什么)?)"
)
_ONE_IS = re.compile(r"(?:^|(?<=[。；;：:，,\s]))[一二三四五六七八九十]是")
_LAST = re.compile(r"(?<=[\u4e00-\u9fff“”])(?:以及|和|及)(?=[\u4e00-\u9fff“”])")
_LEADS = re.compile(r"^.*(?:[的为]|实施|建成|打造|形成|组建|包括|包含|分别是|[：:])(?=[^的为：:]{2,})")
_AND_SO_ON = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?[大项个种类]?[\u4e00-\u9fff]{0,12}$")
_ENDS = re.compile(r"[，,。；;：:\n]")


def orders_by_number(question: str) -> bool:
    """Whether `question` names a thing by nothing but its place in a list."""
    return bool(_PICKS.match(question))


def picked(question: str, before: Answer) -> str | None:
    """The question for the thing that `question` picks from what `before` listed; None when it picks none.

    What it goes on to ask of it (第二项由谁负责) stays; else its content is asked for.
    """
    found = _PICKS.match(question)
    if found is None or not before.citations:
        return None
    listed = [(c, c.quote) for c in before.citations]
    if len(listed) < FEWEST:
        listed = [(before.citations[0], part) for part in enumerated(before.citations[0].quote)]
    at = len(listed) if found["last"] else numeral(found["nth"])
    if len(listed) < FEWEST or not at or at > len(listed):
        return None
    cited, words = listed[at - 1]
    name = _name(words)
    return _asked_for(cited.document, name, found["asks"]) if name else None


def item_named(thing: str, history: Sequence[Answer]) -> str | None:
    """The question for the item of the list last shown that alone has `thing` in its name, asked as the item before
    was (第一项由谁负责); None where none has, or something else was asked since."""
    asks = ""
    for answer in reversed(history):
        named_items = [(c.document, _name(c.quote)) for c in answer.citations]
        found = [(document, name) for document, name in named_items if thing in name and name != thing]
        if len(named_items) >= FEWEST and len(found) == 1:
            return _asked_for(*found[0], asks)
        picks = _PICKS.match(answer.question)
        if not picks:
            return None
        asks = asks or picks["asks"]
    return None


def _name(words: str) -> str:
    """What an item is asked for by: the words before its first mark. A heading has a line of its own, and what is under
    it is none of its name."""
    first = next((line for line in words.split("\n") if without_label(line)), words)
    return _ENDS.split(without_label(displayed(first)))[0][:LONGEST_NAME].strip(" “”《》")


def _asked_for(document: Document, name: str, asks: str) -> str:
    return f"{named(document)}“{name}”{'有哪些内容' if _ABOUT_IT.fullmatch(asks) or not asks else asks}？"


def enumerated(quote: str) -> list[str]:
    """What a sentence enumerates: by 一是…二是…, else the longest run of things between 、; [] for fewer than three."""
    numbered = [part.strip() for part in _ONE_IS.split(quote)[1:]]
    if len(numbered) > 2:
        return numbered
    run = max(_ENDS.split(quote), key=lambda part: part.count("、"))
    *things, last = run.split("、")
    if not things:
        return []
    things += _LAST.split(_AND_SO_ON.sub("", last), maxsplit=1)
    return [_LEADS.sub("", things[0]), *things[1:]] if len(things) > 2 else []
