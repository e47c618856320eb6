"""Escaped HTML around what the page draws: questions, drafts, steps, remarks and headlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from ui.lookup import titled
from ui.words import CHINESE, Words
from vectorstore.model import Document

_QUESTION = 200
"""Characters of a question that are shown; who pasted a document knows what it says."""
_FAILURES = 30
"""Files named that couldn't be read."""


def question_html(question: str, words: Words = CHINESE) -> str:
    """A question as asked, in its bubble; of a very long one the beginning."""
    shown = (
        question
        if len(question) <= _QUESTION
        else f"{question[:_QUESTION].rstrip()}…{words('characters', count=len(question))}"
    )
    return f'<div class="zw-question">{escape(shown)}</div>'


def draft_html(draft: str) -> str:
    """The answer so far, while it is being written."""
    return f'<div class="zw-draft">{escape(draft)}<span class="zw-caret"></span></div>'


def partial_html(text: str) -> str:
    """What had been written when it was stopped."""
    return f'<div class="zw-draft zw-partial">{escape(text)}</div>'


def steps_html(steps: Sequence[str], now: int) -> str:
    """The steps of the work in order, the `now`-th being done."""
    marked = "".join(
        f'<li class="{"done" if place < now else "now" if place == now else ""}">{escape(step)}</li>'
        for place, step in enumerate(steps)
    )
    return f'<ol class="zw-steps" role="status">{marked}</ol>'


def found_html(told: str) -> str:
    """What was found so far; "" where nothing was."""
    return f'<div class="zw-found">{escape(told)}</div>' if told else ""


def found_told(documents: Iterable[Document], passages: int, words: Words = CHINESE) -> str:
    """What a search has found, in a line."""
    different = list(dict.fromkeys(documents))
    titles = "、".join(titled(document) for document in different[:2])
    others = words("and_others", count=len(different)) if len(different) > 2 else ""
    return words("found_in", passages=passages, titles=titles + others) if different else ""


def understood_html(line: str) -> str:
    """How the question was understood, above its answer; "" where there is nothing to tell."""
    return f'<div class="zw-understood">{escape(line)}</div>' if line else ""


def notice_html(message: str, *, kind: Literal["error", "info"] = "error") -> str:
    """A sentence about something that went wrong or is missing."""
    return f'<div class="zw-notice zw-{kind}" role="alert">{escape(message)}</div>'


def files_html(files: Sequence[tuple[str, str, str]]) -> str:
    """Files that were dealt with, each with its status, by which it is coloured, and that in words."""
    rows = "".join(
        f'<li class="{escape(status)}"><span>{escape(name)}</span> <b>{escape(told)}</b></li>'
        for name, status, told in files
    )
    return f'<ul class="zw-files">{rows}</ul>'


def failures_html(failed: Sequence[tuple[str, str]], words: Words = CHINESE) -> str:
    """The files that couldn't be read, each with the reason; of very many the first."""
    rows = "".join(
        words("file_and_reason", name=f"<li><b>{escape(name)}</b>", reason=f"{escape(words.known(reason))}</li>")
        for name, reason in failed[:_FAILURES]
    )
    more = f"<li>{words('and_more_files', count=len(failed))}</li>" if len(failed) > _FAILURES else ""
    return f'<ul class="zw-notice zw-error zw-failures" role="alert">{rows}{more}</ul>'


def hint_html(text: str, *, role: Literal["note", "status"] = "note") -> str:
    """A quiet remark; as a "status" it is read out when it comes up."""
    return f'<div class="zw-hint" role="{role}">{escape(text)}</div>'


def label_html(text: str) -> str:
    """A small heading over a group."""
    return f'<div class="zw-label">{escape(text)}</div>'


def heading_html(title: str, text: str, *, small: str = "") -> str:
    """The head of a screen: a headline and a paragraph."""
    above = f"<small>{escape(small)}</small>" if small else ""
    return f'<div class="zw-welcome">{above}<h1>{escape(title)}</h1><p>{escape(text)}</p></div>'


def title_html(title: str) -> str:
    """The name of a page."""
    return f'<h1 class="zw-title">{escape(title)}</h1>'


def brand_html(told: str) -> str:
    """The name at the top of the side bar, with what the library holds."""
    return (
        '<div class="zw-brand"><span class="zw-seal" aria-hidden="true">政</span>'
        f"<div><b>政问</b><small>{escape(told)}</small></div></div>"
    )
