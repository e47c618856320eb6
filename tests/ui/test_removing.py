"""Taking a document out of the library on the page: by whom, how it is told, and that nothing else goes."""

from __future__ import annotations

import time

from streamlit.testing.v1 import AppTest

from tests.ui.fakes import LAKE, ODD, FakeDesk
from tests.ui.paging import html, labels, visit
from tests.ui.shelf import publish
from ui.jobs import jobs_of
from vectorstore.library import Library
from vectorstore.lock import writer_lock


def test_a_document_is_taken_out_and_no_other(page: AppTest, desk: FakeDesk) -> None:
    publish(desk.settings.home, [LAKE, ODD])
    visit(page, "library")
    assert page.button(key="take-out").disabled  # before one is chosen
    page.selectbox(key="unwanted").set_value(f"《{LAKE.title}》").run()
    page.button(key="take-out").click().run()
    limit = time.monotonic() + 60
    while "已移出资料库" not in html(page.run()):
        assert not page.exception and time.monotonic() < limit
        assert "移出资料库" not in labels(page)  # one after another
    assert f"已移出资料库：《{LAKE.title}》" in html(page)
    with Library.open(desk.settings.home) as library:
        assert [document.id for document in library.documents()] == [ODD.id]
    page.button(key="dismiss").click().run()
    assert "已移出资料库" not in html(page) and page.selectbox(key="unwanted").value is None
    jobs_of(desk.settings).close()


def test_who_may_not_add_may_not_take_out_either(page: AppTest, desk: FakeDesk) -> None:
    desk.local = False
    visit(page, "library")
    assert "移出资料库" not in labels(page)


def test_where_too_many_wait_the_page_says_so(page: AppTest, desk: FakeDesk) -> None:
    publish(desk.settings.home, [LAKE, ODD])
    jobs = jobs_of(desk.settings)
    with writer_lock(desk.settings.home / "WRITER.lock"):
        for _ in range(20):
            jobs.remove(ODD.id)
        visit(page, "library")
        page.selectbox(key="unwanted").set_value(f"《{LAKE.title}》").run()
        page.button(key="take-out").click().run()
        assert "请稍后再试" in html(page) and "已移出资料库" not in html(page)
        jobs.close()
