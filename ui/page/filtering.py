"""The filters in the side bar: chosen from what the library holds, kept in the address, handed to the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from ui import render
from ui.lookup import titled
from ui.page.session import state, words
from vectorstore.filters import regions_within
from vectorstore.model import Document, Filters
from vectorstore.regions import Region

FIELDS = ("region", "year", "issuer", "kind", "document")
"""Keys of the filters, which are also their names in the address."""
_LABELS = {"region": "regions", "year": "by_year", "issuer": "issuers", "kind": "kinds", "document": "documents"}


def panel(documents: Sequence[Document], *, unfolded: bool = False) -> Filters:
    """Draw the filters and give what is chosen; where nothing is chosen they are folded away unless `unfolded`."""
    say = words()
    offered = options(documents)
    asked = {field: st.query_params.get_all(field) for field in FIELDS}  # the address comes first
    strange = [value for field in FIELDS for value in asked[field] if value not in offered[field]]
    if strange:
        state().trouble = say("filter_unknown", value="、".join(strange))
    on = sum(bool(state().get(field) or set(asked[field]) & set(offered[field])) for field in FIELDS)
    label = say("filters_on", count=on) if on else say("filters")
    # With another label it is another element to the browser; it stays open while anything is chosen.
    with st.expander(label, expanded=bool(on) or unfolded, icon=":material/filter_alt:"):
        for field in FIELDS:
            st.multiselect(
                say(_LABELS[field]),
                offered[field],
                key=field,
                placeholder=say("any"),
                filter_mode="contains",
                select_all=False,  # everything chosen is nothing chosen
                bind="query-params",
                persist_state="session",
            )
        if on:
            st.html(render.hint_html(say("filters_told", count=len(admitted(documents, chosen(documents))))))
            st.button(say("clear_filters"), key="unfilter", icon=":material/filter_alt_off:", on_click=clear)
    return chosen(documents)


def chosen(documents: Sequence[Document]) -> Filters:
    """What is chosen now."""
    named = names(documents)
    return Filters(
        regions=tuple(state().get("region") or ()),
        years=tuple(int(year) for year in state().get("year") or ()),
        issuers=tuple(state().get("issuer") or ()),
        kinds=tuple(state().get("kind") or ()),
        documents=tuple(named[name] for name in state().get("document") or () if name in named),
    )


def any_chosen() -> bool:
    """Whether anything is chosen."""
    return any(state().get(field) for field in FIELDS)


def clear() -> None:
    """Choose nothing any more."""
    for field in FIELDS:
        state()[field] = []


def options(documents: Sequence[Document]) -> dict[str, list[str]]:
    """What can be chosen in each filter: only what some document has, a region with those that hold it."""
    issuers = {part for d in documents for part in (d.issuer or "").split("、") if part}
    return {
        "region": _by_frequency(name for d in documents if d.region for name in _and_above(d.region)),
        "year": sorted({str(d.date.year) for d in documents if d.date}, reverse=True),
        "issuer": sorted(issuers),
        "kind": _by_frequency(d.kind for d in documents if d.kind),
        "document": sorted(names(documents)),
    }


def names(documents: Sequence[Document]) -> dict[str, str]:
    """Ids by the title a document is chosen by; where two are called the same, the id stands behind."""
    found: dict[str, str] = {}
    for document in documents:
        title = titled(document)
        found[f"{title}（{document.id}）" if title in found else title] = document.id
    return found


def described(filters: Filters, documents: Iterable[Document]) -> str:
    """The filters in words: 地区 济宁市；年份 2017. Empty where none is set."""
    say = words()
    titles = {document.id: titled(document) for document in documents}
    parts: list[tuple[str, list[str]]] = [
        ("regions", list(filters.regions)),
        ("by_year", [str(year) for year in filters.years]),
        ("issuers", list(filters.issuers)),
        ("kinds", list(filters.kinds)),
        ("documents", [titles.get(id, id) for id in filters.documents]),
    ]
    between, among = ("；", "、") if say.language == "zh" else ("; ", ", ")
    return between.join(f"{say(label)} {among.join(values)}" for label, values in parts if values)


def admitted(documents: Sequence[Document], filters: Filters) -> list[Document]:
    """The documents that the filters admit as a whole (a search may admit a passage of a digest besides)."""
    regions = set(regions_within({d.region for d in documents if d.region}, filters.regions))
    tests: list[tuple[object, Callable[[Document], bool]]] = [
        (filters.regions, lambda d: d.region in regions),
        (filters.years, lambda d: d.date is not None and d.date.year in filters.years),
        (filters.issuers, lambda d: any(name in (d.issuer or "") for name in filters.issuers)),
        (filters.kinds, lambda d: d.kind in filters.kinds),
        (filters.documents, lambda d: d.id in filters.documents),
    ]
    return [d for d in documents if all(test(d) for wanted, test in tests if wanted)]


def _and_above(name: str) -> list[str]:
    """A region with the province and city it lies in, by full names."""
    try:
        region = Region.parse(name)
    except ValueError:
        return [name]
    above = [Region(region.province), *([Region(region.province, region.city)] if region.city else [])]
    return list(dict.fromkeys([*(one.name for one in above), name]))


def _by_frequency(values: Iterable[str]) -> list[str]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=lambda value: (-counts[value], value))
