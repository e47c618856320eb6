"""The way of a question, in order: rewrite, understand, retrieve, rerank, evidence, write, verify."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.answer import Answer, Answered, Citation, Event, Retrieved, Searching, Step, Token
from bot.answerability.judge import answerability, least
from bot.compose import Piece, compose, displayed, named
from bot.errors import BlankQuestion, QuestionTooLong
from bot.extract import extract
from bot.kinds.compare import names_all, side_by_side, sides
from bot.kinds.courtesy import courtesy
from bot.kinds.figures import figures
from bot.kinds.offices import offices
from bot.kinds.shelf import left_out, on_subject, whether_it_holds
from bot.kinds.stated import stated
from bot.llm.orders import holds_orders, speaks_to_a_model
from bot.llm.writer import Writer
from bot.llm.writing import written
from bot.passages import TITLE_CREDIT, Passage, candidates
from bot.question.aliases import in_official_words
from bot.question.ellipsis import thing_named
from bot.question.rewrite import readings
from bot.question.stopwords import GENERIC, RELATIVE
from bot.question.terms import Terms, terms_of
from bot.question.titles import by_title
from bot.question.understand import Query, fold, understand
from bot.question.wording import IN_FORCE, ISSUING
from bot.rerank import DEPTH, Reranker, rerank
from bot.retrieve import retrieve
from bot.timeliness import passed_or_newer
from bot.verify import verify
from bot.versions import outdated, without_copies
from vectorstore.library import Library
from vectorstore.model import Document, Filters, Hit, Status
from vectorstore.regions import Gazetteer

_NO_FILTERS = Filters()
LONGEST_QUESTION = 1000
"""Characters; a longer text is not a question but a document."""
RELATED = 0.3
"""Share of the question's terms that a document must have for a refusal to name it."""
NOTHING_ADMITTED = "没有符合筛选条件的文件。请放宽地区、年份、机关或类型的限制。"
_OUTDATED: dict[Status, str] = {
    "目标期已过": "的目标期已过，请查对有无新的文件。",
    "有效期已过": "的有效期已过，请查对有无新的文件。",
    "尚未施行": "尚未施行。",
    "废止": "已经废止。",
}
_IN_CHARGE = re.compile(r"(?:由|归|的?(?:牵头|责任|主管|负责)|是?谁|哪).*$")
OF_THE_CARD = ("doc_number", "title", "issuer", "source", "basis", "article")
"""Kinds answered from a document's card or by its numbering, whatever its wording has in common with the question."""
OF_THE_DOCUMENT = ("doc_number", "title", "issuer", "source", "basis", "catalog", "validity")
"""Kinds that ask for a document itself, which its card answers exactly: no writer has anything to add."""
ACROSS = 3
"""How many times as many passages a question across documents is compared with."""
SAYS_OWN = 0.6
"""Share of the words that a follow-up adds which a figure or date must have beside it."""
BEFORE = 40
"""Characters before an answer's words that may say what they are of (办公室：\n主任：…)."""
NEAREST = 3
"""How many documents a refusal names."""
T = TypeVar("T")
_Stage = Generator[Step, None, T]
"""A part of the way that tells its steps and gives its result."""
_Found = _Stage[tuple[list[Hit], list[Piece]]]


def answer_events(
    library: Library,
    question: str,
    *,
    history: Sequence[Answer] = (),
    filters: Filters = _NO_FILTERS,
    passages: int = 40,
    reranker: Reranker = rerank,
    writer: Writer | None = None,
) -> Iterator[Event]:
    """The events of answering `question` from `library`; the last one is Answered.

    With a `writer` it writes what can be answered, and is verified; without one the answer is quoted.

    Raises BlankQuestion or QuestionTooLong before the first event; RerankerUnavailable may come after it.
    """
    started = time.perf_counter()
    check(question)
    if said := courtesy(question):
        yield Token(said)
        yield Answered(Answer(question, said, "courtesy", standalone=question, seconds=time.perf_counter() - started))
        return
    gazetteer = Gazetteer(d.region for d in library.documents() if d.region)
    rewritten = writer.standalone(question, history) if writer and history else None
    for standalone in (rewritten,) if rewritten else readings(question, history, gazetteer):
        read = yield from _read(library, question, standalone, filters, passages, reranker, gazetteer)
        if read.text:
            break  # Where a follow-up can be read in several ways, the first that is answered is meant.
    query, hits = read.query, read.hits
    writes = writer if hits and query.kind not in OF_THE_DOCUMENT else None

    def told(cited: Sequence[Citation]) -> tuple[str, ...]:
        if query.kind == "catalog":
            return left_out(library.documents(), query, read.filters)
        return tuple(dict.fromkeys((*notices(query, cited), *passed_or_newer(library, query, cited))))

    def refuse(instead: tuple[str, ...]) -> Answer:
        nearest = _nearest(hits, terms_of(query, library.idf))
        said = refusal(nearest, query) if hits or filters == _NO_FILTERS else NOTHING_ADMITTED
        return Answer(question, said, "not_found", nearest=nearest, standalone=read.standalone, notices=instead)

    if read.text:
        if not writes:
            yield Step("write")
        answer = Answer(
            question, read.text, "answered", read.citations, standalone=read.standalone, notices=told(read.citations)
        )
    else:
        answer = refuse((yield from _said_instead(library, query, read.filters, passages, reranker)))
    if writes and answer.status == "answered":
        answer = yield from written(
            writes, query, read.standalone, answer, hits, terms=terms_of(query, library.idf), told=told, refuse=refuse
        )
    else:
        if answer.status == "answered":
            yield Step("verify")
        for line in answer.text.splitlines(keepends=True):
            yield Token(line)
    yield Answered(replace(answer, seconds=time.perf_counter() - started))


@dataclass(frozen=True, slots=True)
class _Read:
    """A question as it was read, what was found for it, and the quotations that answer it; no text where none do."""

    standalone: str
    query: Query
    filters: Filters
    hits: list[Hit]
    text: str
    citations: tuple[Citation, ...]


def _read(
    library: Library,
    question: str,
    standalone: str,
    within: Filters,
    k: int,
    reranker: Reranker,
    gazetteer: Gazetteer,
) -> Generator[Event, None, _Read]:
    """Understand `question`, read as `standalone`, and look for what answers it `within` what is admitted."""
    taken_over = standalone != question
    standalone = in_official_words(standalone, library.idf)
    yield Searching(standalone)
    query, named_documents = by_title(understand(standalone, gazetteer), library.documents(), gazetteer)
    filters = replace(within, documents=named_documents) if named_documents and not within.documents else within
    shelf = _of_the_shelf(library, query, filters)
    if query.kind == "catalog" and shelf == ([], []):
        # No document is of that subject: what policies there are (出台了哪些优惠政策) a passage may tell.
        query, shelf = replace(query, kind="list"), None
    hits, pieces = shelf or (yield from _find(library, query, filters, k, reranker, gazetteer))
    yield Retrieved(tuple(hits))
    if taken_over and query.kind in ("number", "date", "person", "yes_no", "general"):
        new = in_official_words(thing_named(question) or question, library.idf)
        own = own_terms(terms_of(understand(new, gazetteer), library.idf))
        pieces = [piece for piece in pieces if speaks_of(piece, own)]
    text, citations = compose(pieces, joiner="；" if query.kind == "list" else "\n")
    holds = bool(pieces) and bool(verify(text, (), quotations=citations).text)
    return _Read(standalone, query, filters, hits, text if holds else "", citations if holds else ())


def own_terms(terms: Terms) -> Terms:
    """Those of a follow-up's terms that its answer must have: a figure, a day or an office tells the others itself."""
    told = RELATIVE | GENERIC
    return Terms(tuple(t for t in terms.weights if t[0] not in told and not IN_FORCE.search(t[0])))


def speaks_of(piece: Piece, own: Terms) -> bool:
    """Whether a follow-up's answer is about what the follow-up names itself, not only about what it takes over."""
    before = fold(piece.document.text[max(0, piece.start - BEFORE) : piece.start] + piece.document.title)
    said = fold(piece.document.text[piece.start : piece.end] + "".join(piece.path))
    return not own.weights or own.coverage((said, 1.0), (before, TITLE_CREDIT)) >= SAYS_OWN


def check(question: str) -> None:
    """Raises BlankQuestion for a question without a letter or digit, QuestionTooLong for a document."""
    if not isinstance(question, str):
        raise BlankQuestion
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(len(question), LONGEST_QUESTION)
    if not any(char.isalnum() for char in question):
        raise BlankQuestion


def _said_instead(
    library: Library, query: Query, filters: Filters, k: int, reranker: Reranker
) -> _Stage[tuple[str, ...]]:
    """What the documents say where a question supposes figures they don't have; () for any other question."""
    if query.kind != "yes_no" or not query.figures:
        return ()
    open_question = replace(query, kind="number", figures=())
    _, pieces = yield from _one(library, open_question, filters, k, reranker)
    return tuple(
        f"文件没有这样说；{named(p.document)}写的是“{displayed(p.document.text[p.start : p.end])}”。"
        for p in pieces[:1]
    )


def _of_the_shelf(library: Library, query: Query, filters: Filters) -> tuple[list[Hit], list[Piece]] | None:
    """The answer to a question about the library's documents as such; None for any other question."""
    if query.kind == "catalog":
        return [], on_subject(library.documents(), query, filters)
    if query.kind == "validity":
        return [], whether_it_holds(library.documents(), query, filters)
    held = offices(library, query, filters) or figures(library, query, filters)
    return ([], held) if held else None


def _find(library: Library, query: Query, filters: Filters, k: int, reranker: Reranker, gazetteer: Gazetteer) -> _Found:
    """The hits for `query` and the pieces that answer it; a comparison is answered side by side."""
    asked = sides(query, gazetteer)
    if asked:
        answers = []
        for _, side in asked:
            side, own = by_title(side, library.documents(), gazetteer)
            inside = tuple(one for one in own if one in filters.documents or not filters.documents)
            within = replace(filters, documents=inside) if inside else filters
            answers.append((yield from _one(library, side, within, k, reranker)))
        pieces = side_by_side([label for label, _ in asked], [found for _, found in answers])
        # Where the sides don't answer one by one, one sentence may hold them both.
        if pieces:
            return [hit for hits, _ in answers for hit in hits], pieces
        if query.kind == "compare":
            hits, pieces = yield from _one(library, replace(query, kind="number"), filters, k, reranker)
            return hits, [piece for piece in pieces if names_all(piece, query.regions) and len(query.regions) > 1]
    return (yield from _one(library, query, filters, k, reranker))


def _one(library: Library, query: Query, filters: Filters, k: int, reranker: Reranker) -> _Found:
    """The hits and pieces for a question that sets nothing side by side."""
    # What qualifies may stand in many documents, of which one can fill the first places alone.
    depth = k * ACROSS if query.kind == "across" else k
    yield Step("retrieve")
    candidates_found = retrieve(library, query, k=max(depth, DEPTH), filters=filters)
    yield Step("rerank")
    hits = reranker(candidates_found, query, library.idf)[:depth]
    yield Step("judge")
    terms, ranked = _ranked(library, query, hits)
    of_the_card = query.kind in OF_THE_CARD or (
        query.kind == "date" and (ISSUING.search(query.text) or IN_FORCE.search(query.text))
    )
    sure = answerability(query, hits, ranked, terms, library.idf)
    if sure < least(query, hits) and not of_the_card:
        return hits, []
    return hits, extract(ranked, query, terms) or stated(ranked, query, terms, sure=sure)


def _ranked(library: Library, query: Query, hits: Sequence[Hit]) -> tuple[Terms, list[Passage]]:
    terms = terms_of(query, library.idf)
    ranked = candidates(without_copies(hits), query, terms)
    speaking = {hit.chunk.id for hit in hits if holds_orders(hit.chunk.text)}
    # What speaks to a model comes last; else the order stays.
    return terms, sorted(
        ranked, key=lambda p: p.chunk.id in speaking and speaks_to_a_model(p.document.text, p.start, p.end)
    )


def _nearest(hits: Sequence[Hit], terms: Terms) -> tuple[Document, ...]:
    """The documents that come nearest, those left out that have next to nothing to do with the question."""
    near = (
        h.document
        for h in without_copies(hits)
        if terms.coverage((fold(h.chunk.text + h.document.title), 1.0)) >= RELATED
    )
    return tuple(dict.fromkeys(near))[:NEAREST]


def notices(query: Query, citations: Sequence[Citation]) -> tuple[str, ...]:
    """What a reader must know of the cited documents: that one is an old version or repealed, that its time is over."""
    if query.kind == "validity":
        return ()  # It tells of the document's standing itself.
    documents = dict.fromkeys(c.document for c in citations)
    told = (outdated(d) or (f"{named(d)}{_OUTDATED[d.status]}" if d.status in _OUTDATED else None) for d in documents)
    return tuple(notice for notice in told if notice)


def refusal(nearest: Sequence[Document], query: Query) -> str:
    """The sentence that says the documents don't tell, naming what was looked for and what comes nearest."""
    task = _IN_CHARGE.sub("", query.text).strip(" ，,的“”") if query.kind == "responsibility" else ""
    untold = f"资料库中的文件没有写明“{task}”由谁负责。" if len(task) > 1 else "资料库中的文件没有说明这一点。"
    titles = "、".join(named(document) for document in nearest)
    return untold + (f"内容最接近的文件是{titles}。" if titles else "")
