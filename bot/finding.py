"""Finds what answers a question: the passages, the pieces of them that answer, and how the question was read."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.answer import Citation, Event, Retrieved, Searching, Step
from bot.answerability.judge import Sureness, least
from bot.compose import Piece, compose, displayed, named
from bot.evidence import supposes_units
from bot.extract import extract
from bot.following import BEFORE, TASK, is_new, own_terms, speaks_of, unshown
from bot.kinds.aims import by_aim
from bot.kinds.compare import names_all, side_by_side, sides
from bot.kinds.definitions import explanation
from bot.kinds.figures import figures
from bot.kinds.focused import focused
from bot.kinds.offices import offices
from bot.kinds.outline import outline
from bot.kinds.reading import as_read
from bot.kinds.repealed import repealed
from bot.kinds.shelf import admitted, on_subject, whether_it_holds
from bot.kinds.shown import beside, is_of, says
from bot.kinds.stated import SURE, stated
from bot.llm.orders import holds_orders, speaks_to_a_model
from bot.passages import Passage, candidates
from bot.question.aliases import in_official_words, official_readings
from bot.question.ellipsis import thing_named
from bot.question.leaning import asks_why, leaning
from bot.question.reading import Reading
from bot.question.shape import shaped
from bot.question.terms import Terms, terms_of
from bot.question.titles import by_title
from bot.question.turning import newly, settled
from bot.question.understand import Query, understand
from bot.question.wording import IN_FORCE, ISSUING
from bot.rerank import DEPTH, Reranker
from bot.retrieve import retrieve
from bot.spans.network import Network
from bot.verify import verify
from bot.versions import without_copies
from vectorstore.library import Library
from vectorstore.model import Filters, Hit
from vectorstore.regions import Gazetteer

OF_THE_CARD = ("doc_number", "title", "issuer", "source", "basis", "article")
"""Kinds answered from a document's card or by its numbering, whatever its wording has in common with the question."""
ACROSS = 3
"""How many times as many passages a question across documents is compared with."""
OWN_WORDS = ("number", "date", "person", "yes_no", "general")
"""Kinds of which a follow-up's answer must have the words that the follow-up adds."""
NEAREST = 3
"""Documents, the nearest, whose words an unanswered question is read in."""
T = TypeVar("T")
Stage = Generator[Step, None, T]
"""A part of the way that tells its steps and gives its result."""
Found = Stage[tuple[list[Hit], list[Piece]]]


@dataclass(frozen=True, slots=True)
class Means:
    """What a question is answered by."""

    passages: int
    """How many are looked at."""
    reranker: Reranker
    network: Network | None = None
    """What chooses the words to quote; None for the one that ships."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it was read, what was found for it, and the quotations that answer it; no text where none do."""

    standalone: str
    query: Query
    filters: Filters
    hits: list[Hit]
    text: str
    citations: tuple[Citation, ...]
    untold: tuple[str, ...] = ()
    """What of a comparison the documents don't tell, while they tell the rest."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The hits for a question and the pieces that answer it, but for the sides of a comparison that are `untold`."""

    hits: list[Hit]
    pieces: list[Piece]
    untold: tuple[str, ...] = ()


def read(
    library: Library, question: str, reading: Reading, within: Filters, means: Means, gazetteer: Gazetteer
) -> Generator[Event, None, Read]:
    """Understand `question`, read as `reading`, and look for what answers it `within` what is admitted.

    Where nothing does, its everyday words are read as those of the documents that came nearest.
    """
    if reading.asks:
        yield Searching(reading.text)
        here = {d.id: d for d in admitted(library.documents(), within)}
        shown = tuple(c for c in reading.shown if c.document.id in here and c.document.text == here[c.document.id].text)
        return _read_there(replace(reading, shown=shown), understand(reading.text, gazetteer), within)
    taken_over = question if reading.text != settled(question) and not leaning(question) else None
    reading = replace(reading, text=in_official_words(reading.text, library.idf))
    if reading.shown and not within.documents:
        within = replace(within, documents=tuple(dict.fromkeys(c.document.id for c in reading.shown)))
    found = yield from _read(library, taken_over, reading, within, means, gazetteer)
    if found.text or found.query.kind in OF_THE_CARD or reading.shown:
        return found
    near = list(dict.fromkeys(hit.document for hit in found.hits))[:NEAREST]
    for official in official_readings(reading.text, [document.text for document in near]):
        again = yield from _read(library, taken_over, replace(reading, text=official), within, means, gazetteer)
        if again.text:
            return again
    return found


def _read_there(reading: Reading, query: Query, filters: Filters) -> Read:
    """What is asked of what was shown, told by its document there."""
    assert reading.asks is not None
    text, citations = compose(beside(reading.shown, reading.asks, reading.near))
    holds = bool(citations) and bool(verify(text, (), quotations=citations).text)
    return Read(reading.told, query, filters, [], text if holds else "", citations if holds else ())


def _read(
    library: Library, taken_over: str | None, reading: Reading, within: Filters, means: Means, gazetteer: Gazetteer
) -> Generator[Event, None, Read]:
    yield Searching(reading.told)
    query, named_documents = by_title(understand(reading.text, gazetteer), library.documents(), gazetteer)
    if reading.shown:
        shown = tuple((c.document.id, c.start, c.end) for c in reading.shown)
        query = replace(query, besides=shown, topic=reading.near)
    filters = replace(within, documents=named_documents) if named_documents and not within.documents else within
    pieces = _of_the_shelf(library, query, filters)
    if query.kind == "catalog" and pieces == []:
        # No document is of that subject: what policies there are (出台了哪些优惠政策) a passage may tell.
        query, pieces = replace(query, kind="list"), None
    found = Findings([], pieces or [])
    if pieces is None:
        found = yield from _find(library, query, filters, means, gazetteer)
    hits, of_the_shelf, pieces = found.hits, pieces is not None, found.pieces
    yield Retrieved(tuple(hits))
    thing = thing_named(taken_over) if taken_over else None
    if taken_over and not of_the_shelf and (query.kind in OWN_WORDS or (query.kind == "responsibility" and not thing)):
        new = in_official_words(thing or newly(taken_over), library.idf)
        own = own_terms(terms_of(understand(new, gazetteer), library.idf))
        far = TASK if query.kind == "responsibility" else BEFORE
        pieces = [piece for piece in pieces if speaks_of(piece, own, far)]
    if taken_over and asks_why(taken_over):
        pieces = [p for p in pieces if shaped(query.text, p.document.text[p.start : p.end]) == 1.0]
    task = query.kind == "responsibility"
    pieces = [left for piece in pieces if (left := unshown(piece, query)) and is_of(left, reading.near, task=task)]
    text, citations = compose(pieces, joiner="；" if query.kind == "list" else "\n")
    holds = bool(pieces) and bool(verify(text, (), quotations=citations).text)
    if not holds:
        return Read(reading.told, query, filters, hits, "", ())
    return Read(reading.told, query, filters, hits, text, citations, found.untold)


def said_instead(library: Library, query: Query, filters: Filters, means: Means) -> Stage[tuple[str, ...]]:
    """What the documents say where a question supposes figures they don't have, or others in charge; () for any other
    question."""
    if query.kind != "yes_no" or not (query.figures or supposes_units(query)):
        return ()
    open_question = replace(query, kind="number" if query.figures else "responsibility", figures=())
    _, pieces = yield from _one(library, open_question, filters, means)
    return tuple(
        f"文件没有这样说；{named(p.document)}写的是“{displayed(p.document.text[p.start : p.end])}”。"
        for p in pieces[:1]
    )


def _of_the_shelf(library: Library, query: Query, filters: Filters) -> list[Piece] | None:
    """The answer to a question about the library's documents as such; None for any other question."""
    if query.kind == "catalog":
        return on_subject(library.documents(), query, filters)
    if query.kind == "validity":
        return whether_it_holds(library.documents(), query, filters) or repealed(library.documents(), query, filters)
    whole = outline(library.documents(), query, filters)
    return whole or offices(library, query, filters) or figures(library, query, filters) or None


def _find(library: Library, query: Query, filters: Filters, means: Means, gazetteer: Gazetteer) -> Stage[Findings]:
    """What answers `query`; a comparison is answered side by side, as far as the documents tell its sides."""
    asked = sides(query, gazetteer)
    if asked:
        answers = []
        for _, side in asked:
            side, own = by_title(side, library.documents(), gazetteer)
            inside = tuple(one for one in own if one in filters.documents or not filters.documents)
            within = replace(filters, documents=inside) if inside else filters
            answers.append((yield from _one(library, side, within, means)))
        labels = [label for label, _ in asked]
        every = [hit for hits, _ in answers for hit in hits]
        pieces = side_by_side(labels, [found for _, found in answers])
        if pieces:
            return Findings(every, pieces)
        if query.kind == "compare":
            # Where the sides don't answer one by one, one sentence may hold them both.
            hits, pieces = yield from _one(library, replace(query, kind="number"), filters, means)
            pieces = [piece for piece in pieces if names_all(piece, query.regions) and len(query.regions) > 1]
            told = [(label, found) for label, (_, found) in zip(labels, answers, strict=True) if found]
            if pieces or not told:
                return Findings(hits, pieces)
            shown = side_by_side([label for label, _ in told], [found for _, found in told])
            return Findings(every, shown, tuple(label for label in labels if label not in dict(told)))
    return Findings(*(yield from _one(library, query, filters, means)))


def _one(library: Library, query: Query, filters: Filters, means: Means) -> Found:
    """The hits and pieces for a question that sets nothing side by side."""
    # What qualifies may stand in many documents, of which one can fill the first places alone.
    depth = means.passages * ACROSS if query.kind == "across" else means.passages
    yield Step("retrieve")
    candidates_found = retrieve(library, query, k=max(depth, DEPTH), filters=filters)
    yield Step("rerank")
    reranked = means.reranker(candidates_found, query, library.idf)
    # Where a term is explained it is often but a line among many of others.
    explain = [hit for hit in reranked[depth:] if query.kind == "definition" and explanation(hit.chunk.text, query)]
    hits = reranked[:depth] + explain
    yield Step("judge")
    terms, ranked = _ranked(library, query, hits)
    of_the_card = query.kind in OF_THE_CARD or (
        query.kind == "date" and (ISSUING.search(query.text) or IN_FORCE.search(query.text))
    )
    sure = Sureness(query, hits, ranked, terms, library.idf)
    # What else there is, is there less surely than what was told first; but it must have the words of the topic.
    if not of_the_card and not query.topic and not sure.reaches(least(query, hits)):
        return hits, focused(hits, ranked, query, terms)
    pieces = extract(ranked, query, terms, network=means.network)
    if not pieces and sure.reaches(SURE):
        pieces = stated(ranked, query, terms) or as_read(sure.readings, hits, ranked, query, terms)
    return hits, pieces or focused(hits, ranked, query, terms)


def _ranked(library: Library, query: Query, hits: Sequence[Hit]) -> tuple[Terms, list[Passage]]:
    terms = terms_of(query, library.idf)
    ranked = by_aim(library, candidates(without_copies(hits), query, terms), query)
    if query.besides:
        ranked = [p for p in ranked if is_new(p, query) and says(query.topic, p.document.title + p.text)]
    speaking = {hit.chunk.id for hit in hits if holds_orders(hit.chunk.text)}
    # What speaks to a model comes last; else the order stays.
    return terms, sorted(
        ranked, key=lambda p: p.chunk.id in speaking and speaks_to_a_model(p.document.text, p.start, p.end)
    )
