"""Follow-ups that name another thing (乙呢): the question before, with that in the place of what gives way to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answer import Answer
from bot.compose import named
from bot.question.beside import besides_title, exchanged, holds, named_in
from bot.question.ellipsis import YEARS, completed, is_alike, thing_named
from bot.question.picking import item_named, orders_by_number
from bot.question.spoken import TOPICS, asked, document_of, documents_of, place_of, untitled
from bot.question.stopwords import RELATIVE
from bot.question.understand import understand
from vectorstore.regions import Gazetteer

AT_A_TIME = ("以前", "之前", "原来", "原先", "过去", "从前", "现在", "目前", "如今", "今后", "将来", "后来", "当时")
"""Words that say of another time what was asked."""
_OF_A_TIME = re.compile("|".join(AT_A_TIME))


def of_another(question: str, thing: str, history: Sequence[Answer], gazetteer: Gazetteer) -> Iterator[str]:
    """The question before, asked of `thing`: in the document spoken of, unless a region is named, and in all."""
    if thing in AT_A_TIME:
        yield thing + _OF_A_TIME.sub("", asked(history[-1]))
        return
    now = understand(thing, gazetteer)
    document = document_of(history, gazetteer)
    changed = bool(now.regions or now.years)
    if not changed and (item := item_named(thing, history)):
        yield item
    before = untitled(asked(history[-1]), document)
    if "方面" in before and f"{thing}方面" in question:  # In the place of another such, not of anything else.
        thing = f"{thing}方面"
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
