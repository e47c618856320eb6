"""The filters in the side bar: applied to the search, said in the answer, kept in the address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.fakes import FakeDesk
from tests.ui.paging import ask, elements, html
from vectorstore.model import Filters


def test_filters_are_applied_and_said_in_the_answer(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    page.multiselect(key="region").set_value(["山东省"])
    page.multiselect(key="year").set_value(["2028"]).run()
    ask(page, "什么是专利驿站？")
    assert desk.filters[-1] == Filters(regions=("山东省",), years=(2028,))
    (answer,) = elements(page, "answer")
    assert answer["notices"][0] == "只在这些文件里找：地区 山东省；年份 2028"
    page.button(key="unfilter").click().run()
    ask(page, "什么是专利驿站？")
    assert desk.filters[-1] == Filters()


def test_what_is_not_found_among_some_can_be_asked_of_all(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "今天天气怎么样？")
    assert "unfiltered" not in {button.key for button in page.button}
    page.multiselect(key="year").set_value(["2028"]).run()
    ask(page, "今天天气怎么样？")
    page.button(key="unfiltered").click().run()
    assert desk.filters[-2:] == [Filters(years=(2028,)), Filters()]
    assert len(elements(page, "answer")) == 2 and page.multiselect(key="year").value == []


def test_filters_can_be_given_in_the_address(page: AppTest, desk: FakeDesk) -> None:
    page.query_params["kind"] = "实施方案"
    page.query_params["region"] = "没有的地方"
    page.run()
    ask(page, "什么是专利驿站？")
    assert desk.filters[-1] == Filters(kinds=("实施方案",))


def test_what_is_offered_to_ask_is_answered_under_the_filters(page: AppTest, desk: FakeDesk) -> None:
    page.query_params["kind"] = "实施方案"
    page.run()
    (tiles,) = [element for element in elements(page, "choices") if element["look"] == "tiles"]
    assert [item["value"] for item in tiles["items"]] == [
        f"{document.title}讲了什么？" for document in desk.shelf if document.kind == "实施方案"
    ]


def test_a_filter_that_the_library_does_not_know_is_told_of(page: AppTest, desk: FakeDesk) -> None:
    page.query_params.update({"region": "没有的<b>地方", "kind": "实施方案"})
    page.run()
    assert "资料库里没有“没有的&lt;b&gt;地方”" in html(page)
    page.run()
    assert "没有起作用" not in html(page)
