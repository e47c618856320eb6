"""Below an answer that compares: what it sets side by side as a table, and its figures as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from bot.answer import Answer
from bot.kinds.tabulate import Line, comparable
from ui import charts, components, desk, render
from ui.comparison import comparison
from ui.factsheet import demand
from ui.page import picking, reading, session
from ui.plain import plain
from vectorstore.errors import LibraryError


def draw(answer: Answer, *, key: str) -> None:
    """The table, every row of which opens its passage, and the chart where figures can be compared."""
    try:
        facts = desk.current().facts("target", "figure", documents=[c.document.id for c in answer.citations])
    except LibraryError:  # facts not read yet: the passages themselves can still be set side by side
        facts = ()
    compared = comparison(answer, facts)
    if compared is None:
        return
    say = session.words()
    st.html(render.label_html(say("compared")))
    components.table(
        [say(column) for column in compared.columns],
        [
            {"cells": list(cells), "value": line.citation.number, "name": f"[{line.citation.number}]"}
            for line, cells in zip(compared.lines, compared.rows, strict=True)
        ],
        key=key,
        label=say("compared"),
        on_pick=partial(reading.cite, answer),
    )
    shown = comparable(compared.lines)
    if shown:
        drawing = charts.bars(_bars(shown), unit=_unit(shown), dark=session.dark())
        picking.chart(drawing, key=f"{key}-chart", alt=say("chart_alt"), on_pick=partial(reading.cite, answer))


def _bars(shown: Sequence[Line]) -> list[dict[str, object]]:
    return [
        {
            "id": line.citation.number,
            "whose": line.whose,
            "value": line.target.value,
            "shown": demand(plain(line.target)),
            "told": f"{line.target.indicator}：{demand(plain(line.target))}",
            "series": str(line.target.year or session.words()("no_year")),
        }
        for line in shown
        if line.target
    ]


def _unit(shown: Sequence[Line]) -> str:
    return next(line.target.unit for line in shown if line.target)
