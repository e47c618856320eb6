"""The library page: its list, its timeline, who cites whom, and the targets, each leading to its passage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import HOSTILE, LAKE, ODD, FakeDesk
from tests.ui.paging import elements, html, visit
from ui.page.linking import graph
from ui.page.targeting import core, groups
from vectorstore.citing import Shelf
from vectorstore.model import Document, Reference, Target


def target(document: Document, value: float, *, indicator: str = "高价值发明专利拥有量", unit: str = "件") -> Target:
    start = document.text.index("到2031年")
    return Target(
        doc_id=document.id,
        start=start,
        end=start + 6,
        quote=document.text[start : start + 6],
        region=document.region,
        indicator=indicator,
        comparator="达到",
        value=value,
        unit=unit,
        year=2031,
    )


def reference(document: Document, *, number: str | None = None, title: str | None = None) -> Reference:
    return Reference(doc_id=document.id, start=0, end=3, quote=document.text[:3], number=number, title=title)


@pytest.fixture
def shelf(page: AppTest) -> AppTest:
    return visit(page, "library")


def test_all_documents_are_listed_with_their_cards(shelf: AppTest, desk: FakeDesk) -> None:
    (listed,) = elements(shelf, "choices")
    assert [item["value"] for item in listed["items"]] == [LAKE.id, ODD.id]
    assert listed["items"][0]["status"] == "现行" and "清政发〔2028〕6号" in listed["items"][0]["hint"]
    assert "共 2 份文件" in html(shelf) and not shelf.markdown


def test_filters_and_status_narrow_the_list(shelf: AppTest) -> None:
    shelf.multiselect(key="kind").set_value(["实施方案"]).run()
    assert "共 2 份文件，符合条件的 1 份" in html(shelf)
    shelf.multiselect(key="kind").set_value([]).run()
    shelf.pills(key="status").set_value(["未知"]).run()
    (listed,) = elements(shelf, "choices")
    assert [item["value"] for item in listed["items"]] == [ODD.id]


def test_the_view_is_named_in_the_address(page: AppTest) -> None:
    page.query_params["view"] = "time"
    visit(page, "library")
    (drawn,) = elements(page, "timeline")
    assert [dot["value"] for lane in drawn["lanes"] for field in lane["fields"] for dot in field] == [LAKE.id]
    assert "另有 1 份没有写明日期" in html(page)
    page.segmented_control(key="view").set_value("targets").run()
    assert page.query_params["view"] == "targets"


def test_targets_are_a_table_whose_rows_open_their_passage(page: AppTest, desk: FakeDesk) -> None:
    north = replace(LAKE, id="north", region="山东省青岛市")
    desk.shelf.append(north)
    desk.known += [target(LAKE, 18), target(north, 25, indicator="全市有效高价值发明专利拥有量")]
    desk.known.append(target(north, 3, unit="家"))
    page.query_params["view"] = "targets"
    visit(page, "library")
    (table,) = elements(page, "table")
    assert [row["cells"][2] for row in table["rows"]] == ["18件", "25件", "3家"]
    assert page.selectbox(key="chart").options == ["高价值发明专利拥有量（件）"]
    page.text_input(key="indicator").set_value("全市").run()
    (table,) = elements(page, "table")
    assert len(table["rows"]) == 1 and "下载表格" in page.get("download_button")[0].label
    assert elements(page, "reader") == []


def test_who_cites_whom_is_drawn_in_order_of_time() -> None:
    older = replace(ODD, id="older", title="旧规划", doc_number="清政发〔2020〕1号", date=date(2020, 1, 1))
    found = [
        reference(LAKE, number="清政发〔2020〕1号"),
        reference(LAKE, title="没有收录的办法"),
        reference(LAKE, number="国发〔2015〕71号"),
        reference(older, number="国发〔2015〕71号"),
    ]
    data, absent = graph(list(Shelf([LAKE, older]).citings(found)))
    assert [node["title"] for node in data["nodes"]] == ["国发〔2015〕71号", "旧规划", LAKE.title, "《没有收录的办法》"]
    assert sorted(map(tuple, data["links"])) == [(1, 0), (2, 0), (2, 1), (2, 3)]
    assert [node["absent"] for node in data["nodes"]] == [True, False, False, True]
    assert set(absent) == {"?没有收录的办法", "?国发〔2015〕71号"}


def test_without_references_and_targets_the_page_says_so(page: AppTest) -> None:
    page.query_params["view"] = "links"
    visit(page, "library")
    assert "没有引用其他文件" in html(page)
    page.segmented_control(key="view").set_value("targets").run()
    assert "没有读到量化的目标" in html(page)


def test_hostile_titles_are_data(page: AppTest, desk: FakeDesk) -> None:
    desk.shelf[:] = [replace(ODD, title=HOSTILE)]
    for view in ("list", "time", "links", "targets"):
        page.query_params["view"] = view
        visit(page, "library")
        assert "<script>" not in html(page) and not page.markdown


@given(st.lists(st.tuples(st.sampled_from(["山东省济宁市", "山东省青岛市", None]), st.sampled_from(["件", "家"]))))
def test_what_stands_on_one_scale_has_one_unit_and_several_places(drawn: list[tuple[str | None, str]]) -> None:
    targets = [target(replace(LAKE, region=region), 1, unit=unit) for region, unit in drawn]
    for members in groups(targets, {LAKE.id: LAKE.title}).values():
        assert len({t.unit for t in members}) == 1 and len({t.region for t in members}) > 1


def test_an_indicator_is_the_same_with_and_without_the_words_some_add() -> None:
    assert core("全市每万人口有效发明专利拥有量") == core("每万人发明专利拥有量")
