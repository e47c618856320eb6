"""The timeline: each document that states a date is one dot, in the lane of where it is from, beneath its year."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.fakes import document
from ui.timeline import _LANES, timeline
from ui.words import CHINESE
from vectorstore.model import Document

DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2003, 12, 31)))
FROM = st.sampled_from(["云川市人民政府", "清湖市人民政府、清湖市财政局", None])
KINDS = st.sampled_from([None, *(f"种类{n}" for n in range(11))])


def made(number: int, day: date | None, issuer: str | None, kind: str | None = None) -> Document:
    return document(f"办法{number}", [f"第{number}号"], id=f"{number:012x}", date=day, issuer=issuer, kind=kind)


@given(st.lists(st.tuples(DAYS, FROM, KINDS), max_size=40))
def test_each_dated_document_is_one_dot_in_its_lane_and_year(drawn: list[tuple[date | None, str | None, str]]) -> None:
    documents = {d.id: d for d in (made(n, *one) for n, one in enumerate(drawn))}
    data = timeline(list(documents.values()), CHINESE)
    names = [year["name"] for year in data["years"]]
    dots = Counter[str]()
    for lane in data["lanes"]:
        assert len(lane["fields"]) == len(names)
        for name, field in zip(names, lane["fields"], strict=True):
            days = [documents[dot["value"]].date for dot in field]
            assert days == sorted(days) and {str(day.year) for day in days} <= {name}
            for dot in field:
                whose = documents[dot["value"]].issuer
                assert lane["name"] == (whose.split("、")[0] if whose else "未标地区")
                assert dot["kind"] in [kind["colour"] for kind in data["kinds"]]
            dots.update(dot["value"] for dot in field)
    assert dots == Counter(id for id, d in documents.items() if d.date)
    assert names == sorted({str(d.date.year) for d in documents.values() if d.date}) and len(data["kinds"]) <= 8


def test_a_year_is_as_wide_as_its_fullest_field_and_what_is_left_out_before_it_is_marked() -> None:
    documents = [made(n, date(2001, 5, 1 + n), "云川市人民政府") for n in range(9)]
    documents += [made(10, date(2002, 1, 1), "清湖市人民政府"), made(11, date(2009, 1, 1), "清湖市人民政府")]
    assert timeline(documents, CHINESE)["years"] == [
        {"name": "2001", "width": 3, "gap": False},
        {"name": "2002", "width": 1, "gap": False},
        {"name": "2009", "width": 1, "gap": True},
    ]


def test_places_beyond_the_most_share_the_last_lane() -> None:
    documents = [made(n, date(2001, 1, 1), f"第{n}局") for n in range(_LANES + 5)]
    lanes = timeline(documents, CHINESE)["lanes"]
    assert len(lanes) == _LANES and lanes[-1]["name"] == "其他地区和机关"
    assert len(lanes[-1]["fields"][0]) == 6
    assert timeline(documents[:_LANES], CHINESE)["lanes"][-1]["name"].startswith("第")
