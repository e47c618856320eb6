"""Answers what a document says as a whole (某意见讲了什么, 主要内容有哪些): its main headings, one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.question.stopwords import GENERIC
from bot.question.understand import Query, fold
from bot.question.wording import DOCUMENT, Kind
from bot.tree import heading_span, under, without_label
from vectorstore.model import Document, Filters, Section
from vectorstore.tokens import words

ASKED_SO: tuple[Kind, ...] = ("general", "list", "definition", "number")
"""Kinds that such questions are of, by their words of asking."""
MOST = 20
"""Headings that one answer lists."""
LONGEST = 30
"""Characters of a heading below the main ones: a longer one is a paragraph."""
_WHOLE = re.compile(
    r"(?:里面?|中|都|里头)?(?:主要|大致|大概|大体|总体|具体|一共|总共|究竟|到底|都)*(?:讲|说|写|谈|规定|包括|包含|涉及|介绍|分|有)(?:的|了|到|成|为)?"
    r"(?:都)?(?:是|些)?(?:什么|啥|些啥|哪些|哪几)(?:个|大)?(?:内容|方面|部分|章节?|事情?|东西)?$"
    r"|的?(?:主要|核心|基本|大致|大体|总体|具体)?(?:内容|框架|结构|要点|梗概|提纲|章节)(?:都)?(?:是什么|是啥|有哪些|有什么|包括哪些|包括什么|是怎样的)?$"
    r"|(?:是)?讲(?:的是)?(?:什么|啥)的?$|分(?:为|成)?[哪几]几?个?(?:部分|大部分|章|块)$"
)
_TELL = re.compile(
    r"^(?:请|麻烦|帮我?|给我|能不能|能否|可以)*(?:简单|简要)?(?:地)?(?:概括|总结|归纳|概述|简述|介绍|梳理|讲讲|说说)(?:一下|下)?"
)
_MARKS = "?？。！! 吗呢吧"
_NAMED = re.compile(rf"{DOCUMENT}(?:里面?|中|里头)?$|函$|》$")
_PARTS = re.compile(r"[哪几][^，,]{0,3}(?:部分|章|块)")
"""The main headings alone are asked for."""
_ANY = re.compile(r"文件|政策|资料|文档|法规|法律")
_ARTICLE = re.compile(r"第[\d一二三四五六七八九十百零]+[条款]\s*")
_ANNEX = re.compile(r"附\s*[件表录]\s*[\d一二三四五六七八九十]*")
_POINTING = re.compile(r"[这那该][个份部篇]?|关于|的")


def outline(documents: Sequence[Document], query: Query, filters: Filters) -> list[Piece]:
    """The main headings of the document that is asked about as a whole; empty for any other question, where more than
    one may be meant, and for a document without headings that say something."""
    whole = _subject(query.text) if query.kind in ASKED_SO else None
    if whole is None:
        return []
    if not whole and len(filters.documents) == 1:  # named by title or number, which are no words of the question
        meant = [d for d in documents if d.id in filters.documents]
    elif whole and _NAMED.search(whole):
        meant = _called(documents, whole, filters)
    else:
        return []
    return _headings(meant[0], deep=not _PARTS.search(query.text)) if len(meant) == 1 else []


def _subject(question: str) -> str | None:
    """What a question asks for as a whole, "" where it only points at it; None where it asks for something of it."""
    bare = question.strip(_MARKS)
    rest = _WHOLE.sub("", _TELL.sub("", bare))
    return rest.strip(_MARKS + "的，,") if rest != bare else None


def _called(documents: Sequence[Document], name: str, filters: Filters) -> list[Document]:
    """The documents whose title has every word of `name`, and is of the kind it says; of versions the current one."""
    kind = re.search(rf"{DOCUMENT}$", name)
    kinds = [kind.group()] if kind and not _ANY.fullmatch(kind.group()) else []
    told = [
        w for w in words(fold(_POINTING.sub(" ", name))) if len(w) > 1 and w not in GENERIC and not _ANY.fullmatch(w)
    ]
    told = [w for w in told if not re.fullmatch(DOCUMENT, w)]
    return [
        d
        for d in documents
        if told
        and d.superseded is None
        and (not filters.documents or d.id in filters.documents)
        and all(word in fold(d.title) + fold(d.region or "") for word in told)
        and all(one in d.title or one == d.kind for one in kinds)
    ]


def _headings(document: Document, *, deep: bool) -> list[Piece]:
    """The headings of the first level that has several; if `deep`, with those below them where there is room for all.
    None where they are but numbers of articles."""
    level: list[Section] = [s for s in document.sections if len(s.path) == 1]
    while len(level) == 1:
        level = under(document, level[0])
    main = [s for s in level if _says_something(s.path[-1])]
    if len(dict.fromkeys(s.path[-1] for s in main)) < 2:
        return []
    below = {s.start: [one for one in under(document, s) if _says_something(one.path[-1])] for s in main}
    few = len(main) + sum(map(len, below.values())) <= MOST
    short = all(len(one.path[-1]) <= LONGEST for items in below.values() for one in items)
    shown = [s for one in main for s in (one, *(below[one.start] if deep and few and short else ()))]
    unlike = {s.path: s for s in reversed(shown)}  # who speaks several times has one heading
    return [Piece(document, s.path[:-1], *heading_span(document, s)) for s in shown if unlike[s.path] is s][:MOST]


def _says_something(heading: str) -> bool:
    return bool(without_label(heading)) and not _ARTICLE.fullmatch(heading) and not _ANNEX.fullmatch(heading)
