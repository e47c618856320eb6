"""Whom and what a rule holds for (适用范围), where a question asks that in words of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.passages import Passage, documents_of
from bot.question.stopwords import GENERIC
from bot.question.terms import Terms
from bot.question.understand import OPENING, Query, fold
from bot.question.wording import DOCUMENT
from vectorstore.sentences import sentence_spans

IS_MEANT = 0.6
"""Share of the question, the asking aside, that a document's title and opening must hold."""
_ASKED = re.compile(
    r"适用(?:范围|对象)|(?:适用|管|管辖|约束|规范|针对|覆盖)(?:于|到|得?了|的是?)?(?:哪[些类种]|什么(?:样的)?|谁)(?!时)"
    r"|对(?:谁|哪[些类种][\u4e00-\u9fff]{0,6})(?:适用|有效|管用|有用)|(?:谁|哪[些类种][\u4e00-\u9fff]{1,6}?)(?:能|可以?|要|须)?(?:适用|遵守)"
)
_HOLDS = re.compile(
    rf"(?:本|该|以上|上述)[\u4e00-\u9fff]{{0,4}}{DOCUMENT}[^。；;]{{0,20}}适用|(?:适用|遵守)(?:于)?(?:本|该)[\u4e00-\u9fff]{{0,4}}{DOCUMENT}"
    r"|(?:本|以上|上述)[\u4e00-\u9fff]{0,4}(?:措施|政策|标准|规则|规范|章程|制度)[^。；;]{0,8}适用|适用(?:范围|对象)\s*[:：]"
)


def scope(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence in which the document asked about says what it holds for; [] for any other question."""
    asked = _ASKED.search(query.text)
    if asked is None:
        return []
    said = fold(asked.group())
    about = Terms(tuple(t for t in terms.weights if t[0] not in said and t[0] not in GENERIC))
    for document in documents_of(passages, query):
        if about.weights and about.coverage((fold(document.title + document.text[:OPENING]), 1.0)) < IS_MEANT:
            continue
        for start, end in sentence_spans(document.text):
            if _HOLDS.search(document.text[start:end]):
                return [Piece(document, (), start, end)]
    return []
