"""The page's bar chart, drawn by Altair from rows of plain values; colours are safe for the colour-blind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

CHOSEN: Final = "chosen"
"""Name of the choice that clicking a mark makes; it holds the "id" of the mark's row."""
_PALETTE: Final = ("#3b7dc4", "#c8553d", "#4c9a68", "#b07aa1", "#d69a2d", "#6b7a8f", "#8c6d4f", "#5aa7b0")
_NARROW: Final = 190
"""Pixels for bars and figures where the chart is narrowest, on a telephone or beside the reader."""
_MOST: Final = 0.6
"""The part of these that a figure takes at most."""


def bars(rows: Sequence[Mapping[str, Any]], *, unit: str, dark: bool = False) -> Any:
    """A bar for each row {"id", "whose", "value", "shown", "told", "series"}, in their order, its figure at the end."""
    import altair as alt

    data = alt.InlineData(values=[{**row, "place": place} for place, row in enumerate(rows)])
    values = [float(row["value"]) for row in rows]
    reach = [min(0.0, *values), max(_end(value, str(row["shown"])) for value, row in zip(values, rows, strict=True))]
    base = alt.Chart(data).encode(
        y=alt.Y("whose:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(labelLimit=150, labelFontSize=13)),
        x=alt.X("value:Q", title=unit, axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=reach)),
        tooltip=[alt.Tooltip("whose:N", title=" "), alt.Tooltip("told:N", title="  ")],
    )
    several = len({row.get("series") for row in rows}) > 1
    if several and len({row["whose"] for row in rows}) < len(rows):
        base = base.encode(yOffset=alt.YOffset("series:N"))
    colour = alt.Color(
        "series:N",
        title=None,
        scale=alt.Scale(range=list(_PALETTE)),
        legend=alt.Legend(orient="bottom") if several else None,
    )
    marks = base.mark_bar(size=20, cornerRadiusEnd=3, cursor="pointer").encode(color=colour, description="told:N")
    marks = marks.add_params(alt.selection_point(fields=["id"], name=CHOSEN))
    labels = base.mark_text(align="left", dx=5, fontSize=13, color="#e8e8e6" if dark else "#2b2b2b").encode(
        text="shown:N"
    )
    return (marks + labels).properties(height=alt.Step(36)).configure_view(strokeWidth=0)


def _end(value: float, shown: str) -> float:
    """How far the scale must go for a bar with its figure behind it, 7 pixels a digit and 13 a Chinese character."""
    written = 10 + sum(13 if character > "\u2e80" else 7 for character in shown)
    return max(0.0, value) / (1 - min(_MOST, written / _NARROW))
