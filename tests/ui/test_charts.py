"""The bar chart's room: for every figure behind its bar, and beside each other only for bars of one place."""

from __future__ import annotations

from typing import Any

from ui.charts import bars


def row(place: str, value: float, shown: str, series: str = "2030") -> dict[str, Any]:
    return {"id": place + series, "whose": place, "value": value, "shown": shown, "told": shown, "series": series}


def drawn(*rows: dict[str, Any]) -> dict[str, Any]:
    """The bars' encoding."""
    return dict(bars(rows, unit="件").to_dict()["layer"][0]["encoding"])


def test_a_figure_has_room_behind_its_bar_on_a_telephone() -> None:
    encoding = drawn(row("湖光市", 51.36, "51.36件"), row("云川市", 40, "力争超过每万人四十件"))
    end = encoding["x"]["scale"]["domain"][1]
    for value, pixels in ((51.36, 5 * 7 + 13), (40, 10 * 13)):
        assert value / end * 190 + min(pixels, 0.6 * 190 - 10) <= 190
    assert drawn(row("湖光市", -5, "下降5%"), row("云川市", -3, "下降3%"))["x"]["scale"]["domain"] == [-5, 0]


def test_bars_stand_beside_each_other_only_where_a_place_has_several() -> None:
    apart = drawn(row("湖光市", 5, "5件", "2030"), row("云川市", 4, "4件", "2031"))
    assert "yOffset" not in apart and apart["color"]["legend"]
    assert "yOffset" in drawn(row("湖光市", 5, "5件", "2030"), row("湖光市", 6, "6件", "2031"))
    assert drawn(row("湖光市", 5, "5件"), row("云川市", 4, "4件"))["color"]["legend"] is None
