"""Writes an answer without an LLM: chooses, by the kind of question, which words of the documents answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.compose import Piece
from bot.evidence import holds_figures, usable
from bot.kinds.across import across
from bot.kinds.applying import lacks_step, step
from bot.kinds.articles import article
from bot.kinds.card_answers import basis, in_force, issued, issuer, of_the_card, origin, own_number, titled
from bot.kinds.charge import as_supposed, duties, responsible, says_who
from bot.kinds.cited import titles_listed
from bot.kinds.columns import columns
from bot.kinds.correspondence import addressed
from bot.kinds.definitions import defined, names_a_measure
from bot.kinds.extent import extent
from bot.kinds.leads import announced, over_item, with_verdict
from bot.kinds.listing import listing, of_region
from bot.kinds.roster import roster
from bot.kinds.scope import scope
from bot.kinds.sections import section_text
from bot.kinds.whole_plan import of_the_whole
from bot.passages import Passage
from bot.question.counting import asked_count, counted_thing, says_so_many, things_counted
from bot.question.stopwords import GENERIC
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import IN_FORCE, ISSUING, LISTED
from bot.quoting import best as best_quotation
from bot.quoting import quote, telling
from bot.signals import DESCRIBES, calls_them, lists_so_many
from bot.spans.network import Network

_WHICH_OF_SEVERAL = re.compile(r"哪[几\d一二三四五六七八九十]+[大项个种类点]")
_PRINCIPLE = re.compile(r"(?:什么|哪些|哪几|何种)(?:样的)?(?:原则|要求|标准|方式|办法|思路|程序|步骤|规则)")
_AGE = re.compile(r"\d+周?岁")
"""Says whose case it is about, and supposes nothing."""
OF_TABLES = ("number", "date", "person", "responsibility", "list", "across", "general", "yes_no")
"""Kinds whose answer may be a cell of a table."""
SAYS_WHAT = 0.3
"""Share of the question a sentence with a date must cover itself: a date alone is anything's."""


SAYS_SOME = 0.3
"""Share of the question that a sentence must hold that calls what it lists by the name asked for."""
SAYS_WHO = 0.85
"""Share of a task that a sentence must hold itself to say better than the units named behind it who does it."""


def extract(passages: Sequence[Passage], query: Query, terms: Terms, *, network: Network | None = None) -> list[Piece]:
    """The pieces that answer `query`, in reading order; empty when `passages` (best first) don't. `network` as in
    bot.spans.choose.
    """
    best = partial(best_quotation, network=network)
    for told in (of_the_card, addressed, extent, scope):
        if whole := told(passages, query, terms):
            return whole
    if query.kind in OF_TABLES and (cell := columns(passages, query, terms)):
        return cell
    match query.kind:
        case "doc_number":
            return own_number(passages, query, terms)
        case "date":
            if IN_FORCE.search(query.text) and (from_when := in_force(passages, query, terms)):
                return from_when
            found = best(_dated(passages), query, terms)
            if not found and ISSUING.search(query.text):
                found = issued(passages, query, terms)
            return found or best(passages, query, terms)
        case "definition":
            found = best(_explaining(passages), query, terms) or best(_describing(passages), query, terms)
            # What is named in so many words is a measure, not a term: its sentence tells what it is.
            if not found and names_a_measure(query):
                found = best(passages, query, terms)
            return found or _explained_behind(passages, query, terms)
        case "title":
            return titled(passages, query)
        case "issuer":
            return issuer(passages, query, terms)
        case "source":
            return origin(passages, query, terms)
        case "basis":
            # By what principle something is done isn't a document's basis: a sentence tells it.
            return basis(passages, query, terms) or (
                best(passages, query, terms) if _PRINCIPLE.search(query.text) else []
            )
        case "across":
            return across(passages, query, terms, network=network)
        case "article":
            return article(passages, query, terms)
        case "responsibility":
            if said := [p for p in _in_charge(passages) if p.own >= SAYS_WHO and says_who(p.text)]:
                return best(said, query, terms)
            if (plan := of_the_whole(passages, query, terms)) is not None:
                return plan
            found = responsible(passages, query, terms)
            if found or query.items or GENERIC.issuperset(query.words):
                return found  # 主要任务由谁负责 names no task: whatever is found is somebody's, of something.
            return best(_in_charge(passages), query, terms)
        case "person":
            return roster(passages, query, terms) or best(passages, query, terms)
        case "duties":
            return (
                duties(passages, query)
                or announced(passages, query, terms)
                or listing(passages, query, terms, rival=0.0)
            )
        case "list":
            if named := roster(passages, query, terms):
                return named
            if titles := titles_listed(passages, query, terms):
                return titles
            if items := announced(passages, query, terms):
                return items
            said = _enumerating(passages, query)
            count = asked_count(query.text)
            found = best(
                [p for p in said if count and p.own >= SAYS_SOME and lists_so_many(p.text, count)], query, terms
            )
            found = found or best(_counting(said, query), query, terms)
            found = found or best([p for p in said if p.own >= SAYS_SOME and calls_them(p.text, query)], query, terms)
            found = found or listing(passages, query, terms, rival=said[0].own if said else 0.0)
            found = found or section_text(passages, query, terms) or of_region(passages, query)
            # So many of a thing (三大特色), of which nothing found says that there are so many, are of something else.
            found = found or (best(said, query, terms) if count else [])
            return found if found or counted_thing(query.text) else best(passages, query, terms)
        case "general":
            found = over_item(passages, query) or section_text(passages, query, terms)
            if not found and (GENERIC.issuperset(query.words) or LISTED.search(query.text)):
                found = listing(passages, query, terms, rival=0.0)  # 主要目标是什么: a section of items.
            found = found or best(passages, query, terms)
            if lacks_step(found, query):
                found = step(passages, query, terms) or found
            return found
        case "yes_no":
            if (units := as_supposed(passages, query, terms)) is not None:
                return units
            found = _confirmed(passages, query, terms) if query.figures else best(passages, query, terms)
            return with_verdict(found[0]) if len(found) == 1 else found
        case _:
            return best(passages, query, terms)


def _enumerating(passages: Sequence[Passage], query: Query) -> list[Passage]:
    """Those that list things, as many as the question says if it does, and of the kind that it names."""
    count, thing = asked_count(query.text), counted_thing(query.text)
    found = [p for p in passages if p.fit >= 0.7 and p.in_place]
    if count is None or thing is None:
        return found
    return [
        p
        for p in found
        if lists_so_many(p.text, count) or says_so_many(p.text, count, thing) or p.text.count(thing) >= count
    ]


def _counting(passages: Sequence[Passage], query: Query) -> list[Passage]:
    """Those of `passages` that list and count the very thing asked for: 某扣除有哪几项, …等6项某扣除."""
    if not _WHICH_OF_SEVERAL.search(query.text):
        return []
    asked = fold(query.text)
    return [p for p in passages if any(thing in asked for thing in things_counted(p.text))]


def _confirmed(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The clauses that state the very thing with the figures that the question supposes; another thing's don't."""
    for passage in usable(passages, query, terms)[:1]:
        piece = quote(passage, replace(query, kind="number", figures=()), terms)
        if len(query.figures) == len(_AGE.findall(fold(query.text))):
            piece = quote(passage, replace(query, kind="number"), terms)
        if holds_figures(query.figures, piece.document.text[piece.start : piece.end]):
            return [piece]
    return []


def _explaining(passages: Sequence[Passage]) -> list[Passage]:
    """Those that explain the thing asked about; to mention it is no definition."""
    return [p for p in passages if p.fit == 1.0]


def _explained_behind(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """A sentence that says no more than the thing's name, with those behind it under the same item: they explain it."""
    for passage in usable(passages, query, terms):
        mention = quote(passage, query, terms)
        explained = telling(passage, mention, query)
        if (defined(query) or "") in passage.text and explained and explained.end > passage.end:
            return [explained]
    return []


def _describing(passages: Sequence[Passage]) -> list[Passage]:
    """Those that describe it at least."""
    return [p for p in passages if p.fit >= DESCRIBES]


def _in_charge(passages: Sequence[Passage]) -> list[Passage]:
    """Those that say in so many words who does something."""
    return [p for p in passages if p.fit == 1.0]


def _dated(passages: Sequence[Passage]) -> list[Passage]:
    """Those that name a day, not only a year."""
    return [p for p in passages if p.fit == 1.0 and p.own >= SAYS_WHAT]
