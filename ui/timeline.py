"""The documents in time as plain values to draw: a lane for each place they are from, a field for each year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from math import ceil, sqrt
from typing import Any, Final

from ui.lookup import titled
from ui.words import Words
from vectorstore.model import Document
from vectorstore.regions import Region

_KINDS: Final = 7
"""Kinds that have a colour of their own."""
_LANES: Final = 24
"""Lanes, the last of which takes what would be in more."""
DOTS: Final = 5_000
"""Documents that are drawn, the newest."""


def timeline(documents: Sequence[Document], words: Words) -> dict[str, Any]:
    """What the element draws of the documents that state a date.

    {"years": [{"name", "width" in dots, "gap": whether years without documents lie before it}], "kinds": […],
    "lanes": [{"name", "fields": for each year a list of {"value", "title", "told", "kind": place in "kinds"}}]}:
    lanes with most documents first, dots by day.
    """
    dated = sorted(((d.date, d) for d in documents if d.date), key=lambda one: (one[0], one[1].title))[-DOTS:]
    common = [kind for kind, _ in Counter(d.kind for _, d in dated if d.kind).most_common(_KINDS)]
    kinds = [*common, words("other_kinds")]
    origins = Counter(_origin(d) or words("elsewhere") for _, d in dated)
    shown = [name for name, _ in origins.most_common(_LANES if len(origins) <= _LANES else _LANES - 1)]
    lanes = [*shown, *([words("other_origins")] if len(shown) < len(origins) else [])]
    years = sorted({day.year for day, _ in dated})
    fields: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for day, document in dated:
        origin = _origin(document) or words("elsewhere")
        kind = common.index(document.kind) if document.kind in common else len(common)
        fields[origin if origin in shown else lanes[-1], day.year].append(_dot(document, day, kind))
    used = {dot["kind"] for field in fields.values() for dot in field}
    return {
        "years": [
            {
                "name": str(year),
                "width": ceil(sqrt(max(len(fields[lane, year]) for lane in lanes))),
                "gap": place > 0 and year - years[place - 1] > 1,
            }
            for place, year in enumerate(years)
        ],
        "kinds": [{"name": name, "colour": place} for place, name in enumerate(kinds) if place in used],
        "lanes": [{"name": lane, "fields": [fields[lane, year] for year in years]} for lane in lanes],
    }


def _dot(document: Document, day: date, kind: int) -> dict[str, Any]:
    told = " · ".join(part for part in (day.isoformat(), document.kind) if part)
    return {"value": document.id, "title": titled(document), "told": told, "kind": kind}


def _origin(document: Document) -> str:
    """Where a document is from: its region by its own name, else the first who issued it."""
    try:
        return Region.parse(document.region or "").local
    except ValueError:
        return document.region or (document.issuer or "").split("、")[0]
