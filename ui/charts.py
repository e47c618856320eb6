"""The page's charts, drawn by Altair from rows of plain values; colours are safe for the colour-blind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

ROWS: Final = 5_000
"""Rows a chart is drawn of at most."""
CHOSEN: Final = "chosen"
"""Name of the choice that clicking a mark makes; it holds the "id" of the mark's row."""
_PALETTE: Final = ("#3b7dc4", "#c8553d", "#4c9a68", "#b07aa1", "#d69a2d", "#6b7a8f", "#8c6d4f", "#5aa7b0")
_ROOM: Final = 1.15
"""How far the scale goes beyond the longest bar, for its figure."""
_LANE: Final = (44, 14, 84)
"""Height of a timeline's lane, what each dot beside another adds, and the greatest, in pixels."""
_BESIDE: Final = 0.02
"""Part of the whole time within which dots would cover one another."""


def bars(rows: Sequence[Mapping[str, Any]], *, unit: str, dark: bool = False) -> Any:
    """A bar for each row {"id", "whose", "value", "shown", "told", "series"}, in their order, its figure at the end."""
    import altair as alt

    data = alt.InlineData(values=[{**row, "place": place} for place, row in enumerate(rows)])
    values = [float(row["value"]) for row in rows]
    reach = [min(0.0, *values), max(0.0, *values) * _ROOM]
    base = alt.Chart(data).encode(
        y=alt.Y("whose:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(labelLimit=150, labelFontSize=13)),
        x=alt.X("value:Q", title=unit, axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=reach)),
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
    marks = base.mark_bar(size=20, cornerRadiusEnd=3, cursor="pointer").encode(color=colour, description="told:N")
    marks = marks.add_params(alt.selection_point(fields=["id"], name=CHOSEN))
    labels = base.mark_text(align="left", dx=5, fontSize=13, color="#e8e8e6" if dark else "#2b2b2b").encode(
        text="shown:N"
    )
    return (marks + labels).properties(height=alt.Step(36)).configure_view(strokeWidth=0)


def timeline(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A dot for each document {"id", "day", "title", "kind", "lane"}, in the lane of where it is from."""
    import altair as alt

    shown = sorted(rows, key=lambda row: row["day"])[:ROWS]
    placed, densest = _spread(shown)
    lanes = [lane for lane, _ in Counter(row["lane"] for row in shown).most_common()]
    least, each, most = _LANE
    legend = alt.Legend(orient="bottom", columns=4, symbolOpacity=1)
    return (
        alt.Chart(alt.InlineData(values=placed))
        .mark_circle(size=120, opacity=0.85, cursor="pointer")
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap=True)),
            y=alt.Y("lane:N", title=None, sort=lanes, axis=alt.Axis(labelLimit=120, labelFontSize=13, grid=True)),
            yOffset=alt.YOffset("beside:Q", scale=alt.Scale(domain=[-1, 1])),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(range=list(_PALETTE)), legend=legend),
            description="title:N",
            tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("day:T", title="  ", format="%Y-%m-%d")],
        )
        .properties(height=alt.Step(min(max(least, each * densest), most)))
        .configure_view(strokeWidth=0)
        .add_params(alt.selection_point(fields=["id"], name=CHOSEN))
    )


def _spread(rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The rows, in order of time, each with its place "beside" (-1 to 1) those of its lane near in time; and how many
    are beside one another at most."""
    days = [date.fromisoformat(row["day"]).toordinal() for row in rows]
    near = max((days[-1] - days[0]) * _BESIDE, 1.0) if days else 1.0
    groups: dict[str, list[list[int]]] = {}
    for place, row in enumerate(rows):
        lane = groups.setdefault(row["lane"], [])
        if lane and days[place] - days[lane[-1][-1]] < near:
            lane[-1].append(place)
        else:
            lane.append([place])
    placed = [dict(row) for row in rows]
    densest = 1
    for group in (group for lane in groups.values() for group in lane):
        densest = max(densest, len(group))
        for order, place in enumerate(group):
            placed[place]["beside"] = (2 * order - len(group) + 1) / len(group)
    return placed, densest
