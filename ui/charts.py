"""The page's charts, drawn by Altair from rows of plain values; colours are safe for the colour-blind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

ROWS: Final = 5_000
"""Rows a chart is drawn of at most."""
_PALETTE: Final = ("#3b7dc4", "#c8553d", "#4c9a68", "#b07aa1", "#d69a2d", "#6b7a8f", "#8c6d4f", "#5aa7b0")


def bars(rows: Sequence[Mapping[str, Any]], *, unit: str, dark: bool = False) -> Any:
    """A bar for each row {"whose", "value", "shown", "told", "series"}, in their order, with its figure at the end."""
    import altair as alt

    data = alt.InlineData(values=[{**row, "place": place} for place, row in enumerate(rows)])
    base = alt.Chart(data).encode(
        y=alt.Y("whose:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(labelLimit=150, labelFontSize=13)),
        x=alt.X("value:Q", title=unit, axis=alt.Axis(tickCount=5)),
        tooltip=[alt.Tooltip("whose:N", title=" "), alt.Tooltip("told:N", title="  ")],
    )
    several = len({row.get("series") for row in rows}) > 1
    if several:
        base = base.encode(yOffset=alt.YOffset("series:N"))
    colour = alt.Color(
        "series:N",
        title=None,
        scale=alt.Scale(range=list(_PALETTE)),
        legend=alt.Legend(orient="bottom") if several else None,
    )
    marks = base.mark_bar(size=20, cornerRadiusEnd=3).encode(color=colour)
    labels = base.mark_text(align="left", dx=5, fontSize=13, color="#e8e8e6" if dark else "#2b2b2b").encode(
        text="shown:N"
    )
    return (marks + labels).properties(height=alt.Step(36)).configure_view(strokeWidth=0)


def timeline(rows: Sequence[Mapping[str, Any]], *, kinds: str) -> Any:
    """A dot for each document {"day", "title", "kind", "lane"}, in the lane of its region; clicking one chooses it."""
    import altair as alt

    chosen = alt.selection_point(fields=["id"], name="chosen")
    colour = alt.Color("kind:N", title=kinds, scale=alt.Scale(range=list(_PALETTE)), legend=alt.Legend(orient="bottom"))
    return (
        alt.Chart(alt.InlineData(values=[dict(row) for row in rows[:ROWS]]))
        .mark_circle(size=130, opacity=0.85, cursor="pointer")
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap=True)),
            y=alt.Y("lane:N", title=None, axis=alt.Axis(labelLimit=120, labelFontSize=13, grid=True)),
            color=colour,
            tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("day:T", title="  ", format="%Y-%m-%d")],
        )
        .properties(height=alt.Step(44))
        .configure_view(strokeWidth=0)
        .add_params(chosen)
    )
