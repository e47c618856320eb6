"""Has a writer write the answer, verifies it, and puts the extractive answer in its place where it doesn't hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace

from bot.answer import Answer, Citation, Event, Retracted, Step, Token
from bot.compose import displayed, named
from bot.evidence import ENOUGH, KINDS_THAT_MUST_FIT, speaks_of_another
from bot.llm.prompts import declines, says_not_told, without_refusal
from bot.llm.thoughts import spoken
from bot.llm.writer import CutShort, Writer, WriterFailed
from bot.passages import TITLE_CREDIT
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.signals import fits
from bot.verification.source import Source
from bot.verify import Verdict, verify
from bot.versions import without_copies
from vectorstore.model import Hit

_FINISHED = re.compile(r".*(?:[。！？!?；;\n]|[\]】］](?=\s*\Z))(?:\s*[\[【［][^\[\]【】\n]{1,20}[\]】］])*", re.DOTALL)
FITS = 0.5
"""How well what is left must suit the kind of question, where an answer has a form: a figure, a date, a name."""
INSTEAD = "{why}，以下回答直接摘自原文。"
THOUGHT = "刚才是语言模型的思考过程，回答随后写出。"
ONLY_THOUGHT = "语言模型只写了思考过程，没有写出回答"
ONLY_FINISHED = "{why}，这里只有写完的句子。"
DECLINED = "语言模型没有回答这个问题"
PARTLY = "语言模型认为，问题有一部分在资料中没有说明。"
"""What it misses isn't quoted: nothing can bear out what documents don't say."""


def written(
    writer: Writer,
    query: Query,
    question: str,
    quoted: Answer,
    hits: Sequence[Hit],
    *,
    terms: Terms,
    told: Callable[[Sequence[Citation]], tuple[str, ...]],
    refuse: Callable[[tuple[str, ...]], Answer],
) -> Generator[Event, None, Answer]:
    """The writer's answer to `question`, understood as `query`, as far as it is borne out, after its draft's Tokens.

    `quoted`, the extractive answer, is given instead, after Retracted and with a notice, where the writer fails or
    what is left doesn't answer; what `refuse` gives, where the writer finds that the passages don't tell. `told` gives
    the notices for citations.
    """
    sources = chosen(hits, quoted.citations, writer.characters)
    draft = cut = ""
    yield Step("write")
    try:
        with closing(writer.write(question, sources)) as pieces:
            for piece in spoken(pieces):
                if piece is None:
                    draft = ""
                    yield Retracted(THOUGHT)
                    continue
                draft += piece
                yield Token(piece)
    except CutShort as failure:
        cut = str(failure)
        draft = finished(draft)
        if not draft.strip():
            return (yield from _instead(quoted, cut, draft))
    except WriterFailed as failure:
        return (yield from _instead(quoted, str(failure), draft))
    if not draft.strip():
        return (yield from _instead(quoted, ONLY_THOUGHT, draft))
    yield Step("verify")
    answering = without_refusal(draft)
    verdict = verify(answering, sources)
    if not verdict.citations:
        answering, verdict = draft, verify(draft, sources)
    unfounded = [sentence for sentence in verdict.dropped if not says_not_told(sentence)]
    partly = answering != draft or len(unfounded) < len(verdict.dropped)
    if not verdict.citations and declines(draft):
        return (yield from _instead(quoted, DECLINED, draft))
    if not verdict.citations and not unfounded and says_not_told(draft):
        answer = refuse((_nearest_words(quoted),))
        yield Retracted("文件没有说明这一点。")
        yield Token(answer.text)
        return replace(answer, writer=writer.name)
    if not answers(query, terms, verdict):
        return (yield from _instead(quoted, "语言模型写的内容在原文中找不到依据", draft))
    notices = told(verdict.citations)
    if cut:
        notices = (*notices, ONLY_FINISHED.format(why=cut))
    if partly:
        notices = (*notices, PARTLY)
    if unfounded:
        notices = (*notices, f"语言模型写的内容有 {len(unfounded)} 句在原文中找不到依据，已经删去。")
    return replace(quoted, text=verdict.text, citations=verdict.citations, notices=notices, writer=writer.name)


def finished(draft: str) -> str:
    """The sentences of a draft that was cut short, without the one that it was cut in."""
    whole = _FINISHED.match(draft)
    return whole.group() if whole else ""


def chosen(hits: Sequence[Hit], cited: Sequence[Citation], characters: int) -> list[Source]:
    """The passages for a prompt, in all of at most so many characters: first those the extractive answer cites."""
    hits = without_copies(hits)
    first = [hit for hit in hits if any(_holds(hit, citation) for citation in cited)]
    by_chunk = {hit.chunk.id: hit for hit in [*first, *hits]}  # a comparison finds a chunk for either side
    sources: list[Source] = []
    left = characters
    for source in map(Source.of_hit, by_chunk.values()):
        end = min(source.end, source.start + left)
        if not source.document.text[source.start : end].strip():
            break
        sources.append(replace(source, end=end))
        left -= end - source.start
    return sources


def _holds(hit: Hit, citation: Citation) -> bool:
    return hit.document.id == citation.document.id and hit.chunk.start <= citation.start < hit.chunk.end


def answers(query: Query, terms: Terms, verdict: Verdict) -> bool:
    """Whether what is left of an answer is one: about what was asked, in its region, with the form asked for; of a
    comparison, both sides."""
    if not verdict.citations or speaks_of_another(verdict.text, query.regions):
        return False
    if query.kind == "compare" and not all(region.short in verdict.text for region in query.regions):
        return False
    if query.kind not in KINDS_THAT_MUST_FIT:
        return True
    above = fold("".join(part for c in verdict.citations for part in (c.document.title, *c.path)))
    covered = terms.coverage((fold(verdict.text), 1.0), (above, TITLE_CREDIT))
    return covered >= ENOUGH and fits(query, verdict.text) >= FITS


def _instead(quoted: Answer, why: str, draft: str) -> Generator[Event, None, Answer]:
    """The extractive answer, with the notice that says why."""
    notice = INSTEAD.format(why=why)
    if draft:
        yield Retracted(notice)
    for line in quoted.text.splitlines(keepends=True):
        yield Token(line)
    return replace(quoted, notices=(*quoted.notices, notice))


def _nearest_words(quoted: Answer) -> str:
    """What comes nearest in the documents' own words, for a reader who doubts a refusal."""
    citation = quoted.citations[0]
    return f"最接近的原文在{named(citation.document)}：“{displayed(citation.quote)}”"
