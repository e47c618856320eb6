"""Where a document says how many parts it has, and which: …共八个部分,二十五条."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.kinds.card_answers import about
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query
from vectorstore.sentences import sentence_spans

_PART = r"(?:部分|章|节|条|款|篇|编)"
_ASKED = re.compile(
    rf"(?:{_PART}|{_PART}[^，,。]{{0,4}})(?:组成|构成)[?？。]?$|(?:有|分为?|包括|含)(?:多少|几|哪几|哪些)个?{_PART}[?？。]?$"
    rf"|哪[几两三四五六七八九十\d]+个?{_PART}[?？。]?$"
)
_NUMERALS = "一二三四五六七八九十百"
_SAYS = rf"(?:共|分为?|包括|由|含).*?(?<![第{_NUMERALS}\d])[{_NUMERALS}\d]+个?{{part}}(?![\u4e00-\u9fff])"


def extent(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence in which the document asked about says how many parts it has; [] for any other question."""
    asked = _ASKED.search(query.text)
    document = about(passages, query, terms) if asked else None
    if asked is None or document is None:
        return []
    part = re.findall(_PART, asked.group())[-1]
    for start, end in sentence_spans(document.text):
        if re.search(_SAYS.format(part=part), document.text[start:end]):
            return [Piece(document, (), start, end)]
    return []
