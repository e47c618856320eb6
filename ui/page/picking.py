"""A chart whose marks can be clicked; what they stand for is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import charts
from ui.page.session import state


def chart(drawing: Any, *, key: str, alt: str, on_pick: Callable[[Any], None]) -> None:
    """Draw what ui.charts made; `on_pick` gets the "id" of the row whose mark was clicked."""
    picks = f"{key}-picks"
    # A mark stays chosen, and clicking it again would only let it go: after each click it is another chart.
    name = f"{key}-{state().setdefault(picks, 0)}"

    def pick() -> None:
        points = state()[name].selection.get(charts.CHOSEN) or []
        if points:
            state()[picks] += 1
            on_pick(points[0]["id"])

    st.altair_chart(drawing, width="stretch", key=name, on_select=pick, selection_mode=charts.CHOSEN, alt=alt)
