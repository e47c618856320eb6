"""What a conversation speaks of: its documents, its topics, the list and the person named last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.kinds.persons import SURNAME
from bot.question.beside import named_in, stands_together
from bot.question.ellipsis import topic_of
from bot.question.office import CALLED
from bot.question.reading import BESIDES
from bot.question.titles import about_itself
from bot.question.understand import understand
from vectorstore.model import Document
from vectorstore.regions import Gazetteer, Region

TOPICS = 3
"""Turns back that a follow-up may take its topic from."""
POINTS_BACK = re.compile(
    r"^(?:那些?|这[些个项份]?|它们?|其(?!中国)|该|此|上述|上面|前面|刚才)|(?:它|它们|这项|这个|这条|该项|上述|前者|后者)"
)
_TITLED = re.compile(r"^(?:[\u4e00-\u9fff]{0,12}《[^《》]+》(?:新闻发布会)?)")
_NAME = re.compile(
    rf"{CALLED}\s*[:：]?\s*({SURNAME}[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
    rf"|(?:^|[^\u4e00-\u9fff\d])({SURNAME}\s?[\u4e00-\u9fff]{{1,2}})(?=\s+\S*{CALLED}|\s*$|[，,、。])"
)


def asked(answer: Answer) -> str:
    """The question that was answered, whole."""
    return (answer.standalone or answer.question).removesuffix(BESIDES)


def untitled(question: str, document: Document | None = None) -> str:
    """`question` without the title that it begins with, that of `document` or any in 《》."""
    if document is not None:
        title = document.title if "《" in document.title else f"《{document.title}》"
        question = question.removeprefix(title)
    return _TITLED.sub("", question).lstrip("的里中，, ")


def document_of(history: Sequence[Answer], gazetteer: Gazetteer) -> Document | None:
    """The document that the conversation is about: what was cited last, else what came nearest in the region asked
    about."""
    for answer in reversed(history):
        if answer.citations:
            return answer.citations[0].document
        regions = understand(asked(answer), gazetteer).regions
        for near in answer.nearest:
            if not regions or any(r.short in near.title + (near.region or "") for r in regions):
                return near
    return None


def documents_of(history: Sequence[Answer]) -> list[Document]:
    """All documents cited, those of the latest answer first."""
    return list(dict.fromkeys(c.document for answer in reversed(history) for c in answer.citations))


def topics(history: Sequence[Answer], gazetteer: Gazetteer) -> list[list[str]]:
    """What each of the last questions was about, the latest first: all of it, what it named last, what it took over;
    all of it only where a document cited says both together.

    What the documents didn't tell gives a topic only where nothing else does, and so does a question for a document's
    number or date.
    """
    told = [answer for answer in history if answer.status == "answered"] or [*history]
    content = [a for a in told if not _of_the_card(a, gazetteer)] or told
    each = [_parts(answer) for answer in reversed(content)]
    chosen = [named for parts in each if (named := [p for p in parts if named_in(p, gazetteer)][-2:])] or [
        p[-1:] for p in each if p
    ]
    cited = documents_of(history)[:1]

    def whole(parts: list[str]) -> bool:
        return all(
            stands_together(document, named_in(parts[0], gazetteer), named_in(parts[-1], gazetteer))
            for document in cited
        )

    return [
        list(dict.fromkeys((*(("，".join(parts),) if whole(parts) else ()), parts[-1], parts[0])))
        for parts in chosen[:TOPICS]
    ]


def _of_the_card(answer: Answer, gazetteer: Gazetteer) -> bool:
    """Whether what was asked stands on a document's card: its number or date, not the date of something in it."""
    whole = untitled(asked(answer))
    return about_itself(understand(asked(answer), gazetteer).kind, whole)


def region_of(history: Sequence[Answer], gazetteer: Gazetteer) -> Region | None:
    """The one region that the last question with any region named; None where it named several, or none did."""
    named = (understand(asked(answer), gazetteer).regions for answer in reversed(history))
    last = next((regions for regions in named if regions), ())
    return last[0] if len(last) == 1 else None


def _parts(answer: Answer) -> list[str]:
    """The parts of a question without their words of asking: what it took over, if anything, and its own."""
    whole = untitled(asked(answer))
    own = POINTS_BACK.sub("", answer.question, count=1).lstrip(",，的")
    taken = whole.removesuffix(own).rstrip("，").split("，") if own != whole and whole.endswith(own) else []
    return [part for part in map(topic_of, [*taken, own if taken else whole]) if part]


def of_content(history: Sequence[Answer], gazetteer: Gazetteer) -> bool:
    """Whether anything but a document's card was asked for and told."""
    return any(a.status == "answered" and not _of_the_card(a, gazetteer) for a in history)


def persons_of(history: Sequence[Answer]) -> tuple[str, ...]:
    """Those whom the last answer that quoted anything names beside an office, in order."""
    last = next((answer for answer in reversed(history) if answer.citations), history[-1])
    names = (re.sub(r"\s", "", a or b) for c in last.citations for a, b in _NAME.findall(c.quote))
    return tuple(dict.fromkeys(names))


def place_of(answer: Answer) -> str:
    """The region an answer is about, by its first citation; "" when that has none."""
    first = answer.citations[0] if answer.citations else None
    return (first.document.region or "") if first else ""
