"""The timeline's dots: each document once, none hidden behind another of its lane."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ui.charts import _BESIDE, _spread, timeline

ROWS = st.lists(st.tuples(st.dates(date(2001, 1, 1), date(2003, 1, 1)), st.sampled_from("甲乙丙")), max_size=30)


@given(ROWS)
def test_dots_that_would_cover_one_another_stand_apart(drawn: list[tuple[date, str]]) -> None:
    rows = [{"id": str(n), "day": day.isoformat(), "lane": lane} for n, (day, lane) in enumerate(sorted(drawn))]
    placed, densest = _spread(rows)
    assert [row["id"] for row in placed] == [row["id"] for row in rows] and densest <= max(1, len(rows))
    span = (max(day for day, _ in drawn) - min(day for day, _ in drawn)).days if drawn else 0
    lanes = defaultdict(list)
    for row in placed:
        assert -1 < row["beside"] < 1
        lanes[row["lane"]].append(row)
    for lane in lanes.values():
        for one, other in combinations(lane, 2):
            apart = abs((date.fromisoformat(one["day"]) - date.fromisoformat(other["day"])).days)
            assert apart >= span * _BESIDE or one["beside"] != other["beside"]


def test_a_dot_is_called_by_its_title_and_gives_its_id_when_chosen() -> None:
    rows = [{"id": "aa", "day": "2001-01-01", "title": "办法 $x$", "kind": "办法", "lane": "甲"}]
    drawn = timeline(rows).to_dict()
    assert drawn["encoding"]["description"]["field"] == "title"
    assert drawn["params"][0]["select"]["fields"] == ["id"]
    ((row,),) = drawn["datasets"].values()
    assert (row["id"], row["title"]) == ("aa", "办法 $x$")
