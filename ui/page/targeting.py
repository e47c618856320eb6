"""The targets of all regions: a table to search, each line with its passage, and a chart of what can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from ui import charts, components, desk, render
from ui.factsheet import as_csv, demand, records
from ui.page import picking, reading, session
from ui.page.session import state
from ui.plain import plain
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Target
from vectorstore.regions import Region

_ROWS = 200
_BARS = 30


def view(shown: Sequence[Document], _: Sequence[Document]) -> None:
    """The targets of the documents shown."""
    say = session.words()
    try:
        facts = desk.current().facts("target", documents=[d.id for d in shown])
    except LibraryError as error:
        st.html(render.notice_html(say.error(error)))
        return
    targets = [fact for fact in facts if isinstance(fact, Target)]
    if not targets:
        st.html(render.hint_html(say("no_targets")))
        return
    st.text_input(
        say("targets_search"), key="indicator", type="search", placeholder=say("indicator"), bind="query-params"
    )
    wanted = (state().get("indicator") or "").strip()
    targets = [t for t in targets if wanted in t.indicator]
    titles = {d.id: d.title for d in shown}
    _chart(targets, titles)
    st.html(render.hint_html(say("targets_told", count=len(targets))))
    rows = [
        {
            "cells": [place(t) or titles.get(t.doc_id, ""), t.indicator, demand(plain(t)), str(t.year or "")],
            "value": named(t),
            "name": t.indicator,
        }
        for t in targets[:_ROWS]
    ]
    state().targets = {row["value"]: target for row, target in zip(rows, targets, strict=False)}
    columns = [say(name) for name in ("whose", "indicator", "demand", "by_year")]
    components.table(columns, rows, key="target-table", label=say("view_targets"), on_pick=_open)
    if len(targets) > _ROWS:
        st.html(render.hint_html(say("first_rows", count=_ROWS)))
    st.download_button(
        say("csv"),
        as_csv(records(targets, list(shown))),
        file_name="targets.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def groups(targets: Sequence[Target], titles: dict[str, str]) -> dict[str, list[Target]]:
    """The targets that can stand on one scale, by a name: an indicator that several regions or documents set."""
    found: dict[tuple[str, str, bool], list[Target]] = defaultdict(list)
    for target in targets:
        found[(core(target.indicator), target.unit, target.change is not None)].append(target)
    named = {}
    for (indicator, unit, _), members in found.items():
        if len({place(t) or titles.get(t.doc_id) for t in members}) > 1:
            named[f"{indicator}（{unit}）"] = members
    return dict(sorted(named.items(), key=lambda item: -len(item[1])))


def core(indicator: str) -> str:
    """An indicator without words that only some documents add."""
    for word in ("全省", "全市", "全区", "全县", "我省", "我市", "数量", "总量", "累计", "有效"):
        indicator = indicator.replace(word, "")
    indicator = indicator.replace("人口", "人")
    return indicator.removeprefix("的").removesuffix("的")


def place(target: Target) -> str:
    """The region that a target is for, by its own name."""
    try:
        return Region.parse(target.region or "").local
    except ValueError:
        return target.region or ""


def _chart(targets: Sequence[Target], titles: dict[str, str]) -> None:
    say = session.words()
    found = groups(targets, titles)
    if not found:
        return
    name = st.selectbox(say("pick_unit"), list(found), key="chart")
    members = sorted(found[name], key=lambda t: (-t.value, t.start))[:_BARS]
    bars = [
        {
            "id": named(t),
            "whose": place(t) or titles.get(t.doc_id, ""),
            "value": t.value,
            "shown": demand(plain(t)),
            "told": f"{t.indicator}：{demand(plain(t))}",
            "series": str(t.year or say("no_year")),
        }
        for t in members
    ]
    state().bars = {bar["id"]: target for bar, target in zip(bars, members, strict=True)}
    st.html(render.hint_html(say("chart_told")))
    drawing = charts.bars(bars, unit=members[0].unit, dark=session.dark())
    picking.chart(drawing, key=f"bars-{name}", alt=say("chart_alt"), on_pick=_open_bar)


def named(target: Target) -> str:
    """A name that no other target of the library has."""
    return f"{target.doc_id}:{target.start}:{target.end}:{target.indicator}:{target.value}"


def _open_bar(id: str) -> None:
    target = state().bars.get(id)
    if target is not None:
        reading.read_fact(target)


def _open(value: str) -> None:
    target = state().targets.get(value)
    if target is not None:
        reading.read_fact(target)
