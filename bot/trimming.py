"""Cuts a passage to the part that answers best, and says when that part is about another region."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.kinds.definitions import explanation
from bot.passages import HEADING_CREDIT, KIND_WEIGHT, TITLE_CREDIT, Passage
from bot.question.series import ranks
from bot.question.terms import Terms
from bot.question.understand import Query, fold, stated_figures
from bot.signals import announcement, fits
from bot.spans.cuts import CLAUSE
from bot.spans.whole import BESIDE, begins_whole, ends_whole
from vectorstore.regions import Gazetteer, Mention, Region

UNFIT = 0.5
"""What it costs to cut away the figure, date or name that made a sentence an answer …"""
EACH_FIGURE = 0.08
"""What each of several figures asked for is worth."""
UNBALANCED = 0.4
"""… and to cut a quotation or a bracket open."""
ENDS_WITH_IT = 0.12
"""What it is worth that the part ends with the figure: what is measured stands before it."""
OF_THE_YEAR = 0.15
"""What it is worth that the part names the year asked about."""
OF_THE_CASE = 0.3
"""The same of each figure, and of the step of a scale, that the question gives (工作满10年的, 第二级): of another case
another part tells."""
SNIPPET, SHORTEST_TELLING = 0.3, 18
"""What it costs to quote fewer characters than these, in which hardly anything can be told."""
LENGTH_COST = 0.0012
"""What a character costs when the best part of a long sentence is chosen."""
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"), ("〔", "〕"))
"""Marks that come in pairs."""
_ANSWERS = re.compile(r"\s*(?:答|回答)\s*[:：]\s*")
_SEVERAL = re.compile(
    r"分别|各自|各(?:是|为|有|占)?[^，,。省市区县地]{0,6}(?:多少|几)|(?:多少|几[\u4e00-\u9fff]).*(?:多少|几[\u4e00-\u9fff])"
)


def about_another(start: int, end: int, mentions: Sequence[Mention], asked: Sequence[Region]) -> bool:
    """Whether text[start:end] is about a region not asked for: by the first name in it, else by the last before it."""
    inside = [m.region for m in mentions if start <= m.start < end]
    subject = inside[:1] or [m.region for m in mentions if m.start < start][-1:]
    return bool(asked and subject) and not any(a.covers(s) or s.covers(a) for a in asked for s in subject)


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket of `text` that comes in pairs has its other half."""
    return all(text.count(a) == text.count(b) for a, b in PAIRS)


def misplaced(passage: Passage, start: int, end: int, query: Query) -> bool:
    """Whether the part of `passage` at document.text[start:end] is about a region not asked for."""
    if not query.regions:
        return False
    mentions = Gazetteer(r.name for r in query.regions).find(passage.text)
    return about_another(start - passage.start, end - passage.start, mentions, query.regions)


def behind_mark(text: str, start: int, end: int) -> int:
    """Where text[start:end] begins to tell, behind the mark of an answer (答：)."""
    found = _ANSWERS.match(text, start, end)
    return found.end() if found else start


def asks_several(question: str) -> bool:
    """Whether a question is after several figures at once: 分别是多少, 各多少人."""
    return bool(_SEVERAL.search(question))


def figures(text: str, query: Query) -> int:
    """How many figures with the unit asked for stand in `text`, where several are asked for; else 0."""
    if query.unit is None or not asks_several(query.text):
        return 0
    return len(re.findall(rf"\d\s*[百千万亿]*{re.escape(query.unit)}", text))


def trim(passage: Passage, query: Query, terms: Terms, *, limit: int) -> tuple[int, int]:
    """The run of clauses of `passage`, as a span of the document, that answers best in at most `limit` characters.

    A definition runs from the clause that begins to explain.
    """
    text = passage.text
    clauses = [(m.start(), m.end()) for m in CLAUSE.finditer(text) if m.end() > m.start()]
    context = ((fold(" ".join(passage.chunk.path)), HEADING_CREDIT), (fold(passage.document.title), TITLE_CREDIT))
    explained = explanation(text, query) if query.kind == "definition" else None
    cost = -LENGTH_COST if explained is None else LENGTH_COST
    if asks_several(query.text):
        cost = 0.0  # Several figures are asked for: the shortest part that holds one isn't the answer.
    mentions = Gazetteer(r.name for r in query.regions).find(text) if query.regions else []
    if query.kind == "list" and (lead := announcement(text)) is not None:
        first = next(start for start, stop in clauses if start <= lead < stop)
        if len(text) - first <= limit:
            return passage.start + first, passage.end
    whole_fit, steps = fits(query, text), ranks(query.text)
    chosen, chosen_score = (0, len(clauses) - 1), float("-inf")
    for i, (start, stop) in enumerate(clauses):
        if explained is not None and not start <= explained < stop:
            continue
        for j, (_, end) in enumerate(clauses[i:], start=i):
            part = text[start:end]
            if len(part) > limit and chosen_score > float("-inf"):
                break
            score = terms.coverage((fold(part), 1.0), *context) + KIND_WEIGHT * fits(query, part) + cost * len(part)
            if query.kind == "number" and cost:
                score += ENDS_WITH_IT * (fits(query, text[clauses[j][0] : end]) > UNFIT)
            score += OF_THE_CASE * sum(figure in stated_figures(part) for figure in query.figures)
            score += OF_THE_CASE * (bool(steps & ranks(part)) - bool(steps and ranks(part) - steps))
            score += OF_THE_YEAR * any(str(year) in part for year in query.years)
            score -= SNIPPET * (query.kind in ("yes_no", "general") and len(part) < SHORTEST_TELLING)
            score -= (len(part) > limit) + about_another(start, end, mentions, query.regions)
            score += (
                EACH_FIGURE * figures(part, query)
                - UNFIT * (fits(query, part) < whole_fit)
                + UNBALANCED * (not balanced(part))
            )
            if score > chosen_score:
                chosen, chosen_score = (i, j), score
    start, end = widened(text, clauses, *chosen)
    end = start + len(text[start:end].rstrip(" \n，,；;：:、"))
    return passage.start + start, passage.start + end


def widened(text: str, clauses: Sequence[tuple[int, int]], i: int, j: int) -> tuple[int, int]:
    """The span of clauses i to j of `text`, and of those beside them without which they can't be understood."""

    def said() -> str:
        return text[clauses[i][0] : clauses[j][1]]

    while i > 0 and (
        any(said().count(a) < said().count(b) for a, b in PAIRS)
        or not begins_whole(said(), text[max(0, clauses[i][0] - BESIDE) : clauses[i][0]])
    ):
        i -= 1
    while j < len(clauses) - 1 and (
        any(said().count(a) > said().count(b) for a, b in PAIRS)
        or not ends_whole(said(), text[clauses[j][1] : clauses[j][1] + BESIDE])
    ):
        j += 1
    return clauses[i][0], clauses[j][1]
