"""Judges an answer against what is known of the right one: its words, its length, its citations, its refusal. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.answer import Answer, Citation
from bot.evaluation.questions import Question
from bot.evaluation.words import bare, character_f1, rouge_l, squash

NEAR = 400
"""A citation is at its evidence when it is no further than so many characters from it."""
ALIKE = 0.5
"""Character F1 from which an answer that doesn't hold a reference counts as right all the same."""
LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("number", "time", "fact", "metadata"), 160),
    "responsibility": 200,
    **dict.fromkeys(("definition", "paraphrase", "follow-up"), 300),
    "article": 400,
    **dict.fromkeys(("list", "compare"), 600),
}
"""Characters an answer of a kind may have; other kinds may have any number."""

Named = Callable[[str], frozenset[str]]
"""The ids of the documents that go by a name; the name itself where none does, so that it is never found."""


def judge_answer(question: Question, answer: Answer, named: Named) -> tuple[dict[str, float], tuple[str, ...]]:
    """The values of an answer, and everything wrong with it in words; what can't be judged is missing.

    `right` is 1 when nothing is wrong. A refused question that has an answer scores 0 where words or evidence are
    looked for, and nothing where there is nothing to look at (length, precision).
    """
    refused = answer.status == "not_found"
    values: dict[str, float] = {}
    faults: list[str] = []
    if answer.citations:
        exact = [c.document.text[c.start : c.end] == c.quote != "" for c in answer.citations]
        values["exact"] = sum(exact) / len(exact)
        faults += [f"引文 {c.number} 与原文不符" for c, ok in zip(answer.citations, exact, strict=True) if not ok]
    if question.answerable:
        values["refused_wrongly"] = float(refused)
        quotes = [] if refused else [squash(citation.quote) for citation in answer.citations]
        values |= _words(question, "" if refused else bare(answer.text), quotes)
        values |= _citations(question, answer.citations, named)
        if refused:
            faults.append("有答案却拒答")
        else:
            values["length"] = len(squash(bare(answer.text)))
            faults += _faults(question, answer, values, named)
    else:
        values["refused_rightly"] = float(refused)
        faults += [] if refused else ["文件里没有，却作了回答"]
    values["right"] = float(not faults)
    return values, tuple(faults)


def at_evidence(citation: Citation, documents: frozenset[str], quote: str) -> bool:
    """Whether a citation stands in one of the documents, in or beside a passage holding the quote ("" is anywhere)."""
    if citation.document.id not in documents:
        return False
    wanted, body = squash(quote), squash(citation.document.text)
    start = len(squash(citation.document.text[: citation.start]))
    end = len(squash(citation.document.text[: citation.end]))
    return wanted in body[max(0, start - NEAR - len(wanted)) : end + NEAR + len(wanted)]


def _words(question: Question, said: str, quotes: Sequence[str]) -> dict[str, float]:
    text = squash(said)
    values: dict[str, float] = {}
    references = [squash(reference) for reference in question.answers if squash(reference)]
    if references:
        values["F1"] = max(character_f1(text, reference) for reference in references)
        values["ROUGE-L"] = max(rouge_l(text, reference) for reference in references)
        values["contained"] = float(any(reference in text for reference in references))
        within = any(all(quote in reference for quote in quotes) for reference in references if quotes)
        values["either"] = max(values["contained"], float(within))
    if question.must:
        values["must"] = sum(_holds(text, group) for group in question.must) / len(question.must)
    return values


def _citations(question: Question, citations: Sequence[Citation], named: Named) -> dict[str, float]:
    """Precision and recall of the citations against the evidence; against the right documents where that is all known.

    Any of several right documents is enough; of the evidence every piece must be cited.
    """
    if question.evidence:
        pieces = [(named(item.document), item.quote) for item in question.evidence]
    elif question.documents:
        pieces = [(frozenset[str]().union(*map(named, question.documents)), "")]
    else:
        return {}
    good = [any(at_evidence(citation, *piece) for piece in pieces) for citation in citations]
    met = [any(at_evidence(citation, *piece) for citation in citations) for piece in pieces]
    values = {"evidence_recall": sum(met) / len(met)}
    return values | ({"evidence_precision": sum(good) / len(good)} if good else {})


def _faults(question: Question, answer: Answer, values: Mapping[str, float], named: Named) -> list[str]:
    text = squash(bare(answer.text))
    faults = [f"缺少“{'/'.join(group)}”" for group in question.must if not _holds(text, group)]
    if not question.must and values.get("contained", 1.0) == 0.0 and values["F1"] < ALIKE:
        faults.append(f"与参考答案相差太远（F1 {values['F1']:.2f}）")
    if question.evidence:
        faults += [
            f"没有引用“{item.quote}”（{item.document}）"
            for item in question.evidence
            if not any(at_evidence(citation, named(item.document), item.quote) for citation in answer.citations)
        ]
    elif values.get("evidence_recall", 1.0) == 0.0:
        faults.append("没有引用答案所在的文件")
    longest = LONGEST.get(question.kind)
    if longest is not None and len(text) > longest:
        faults.append(f"{len(text)} 字，超过 {longest} 字")
    return faults


def _holds(text: str, group: Sequence[str]) -> bool:
    return any(squash(wanted) in text for wanted in group)
