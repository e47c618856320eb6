"""The page's script, driven without a browser: screens, turns, errors, literal text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import HOSTILE, LAKE, ODD, FakeDesk
from tests.ui.paging import ask, elements, html
from vectorstore.errors import LibraryDamaged
from vectorstore.model import Target


def test_the_first_screen_says_what_it_is_and_offers_questions(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    assert "问政策，看原文" in html(page) and "2 份政策文件（山东省，2028 年）" in html(page)
    (offered,) = elements(page, "choices")
    assert [item["label"] for item in offered["items"]] == list(desk.examples())
    assert not page.markdown  # nothing of a document goes through Markdown


def test_an_answer_stays_with_its_chips_and_sources(page: AppTest) -> None:
    page.run()
    ask(page, "什么是专利驿站？")
    (answer,) = elements(page, "answer")
    assert [part for part in answer["paragraphs"][0] if "cite" in part] == [{"cite": 1}]
    assert [cited["number"] for cited in answer["sources"][0]["cites"]] == [1, 2] and answer["last"] is True
    assert "问政策，看原文" not in html(page)
    ask(page, "今天天气怎么样？")
    assert [drawn["last"] for drawn in elements(page, "answer")] == [False, True]  # the last is brought into view


def test_earlier_answers_are_the_history_and_clearing_forgets_them(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    for question in ("什么是专利驿站？", "主要目标呢？", "今天天气怎么样？"):
        ask(page, question)
    assert desk.histories == [0, 1, 2] and len(elements(page, "answer")) == 3
    page.button(key="clear").click().run()
    assert elements(page, "answer") == [] and "问政策，看原文" in html(page)
    ask(page, "主要目标呢？")
    assert desk.histories[-1] == 0


def test_not_found_has_no_chips_and_names_the_nearest(page: AppTest) -> None:
    page.run()
    ask(page, "今天天气怎么样？")
    (answer,) = elements(page, "answer")
    assert answer["status"] == "not_found" and answer["sources"] == []
    assert answer["nearest"][0]["id"] == LAKE.id


def test_without_documents_the_page_names_the_command(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.shelf.clear()
    monkeypatch.setenv("ZHENGWEN_HOME", str(desk.settings.home))
    page.run()
    assert "还没有政策文件" in html(page)
    assert page.code[0].value == "zhengwen ingest 您的文件夹"
    assert page.chat_input[0].disabled


def test_the_command_names_a_home_that_is_not_the_usual_one(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.shelf.clear()
    monkeypatch.setenv("ZHENGWEN_HOME", "/elsewhere")
    page.run()
    assert page.code[0].value == f"zhengwen ingest 您的文件夹 --home {desk.settings.home}"


def test_a_document_that_arrives_while_serving_is_listed(page: AppTest, desk: FakeDesk) -> None:
    late = desk.shelf.pop()
    page.run()
    assert "1 份政策文件" in html(page)
    desk.shelf.append(late)
    page.run()
    assert "2 份政策文件" in html(page)


def test_what_is_wrong_with_the_library_is_said_in_a_sentence(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.told = "资料库最新的一代已损坏，正在使用第 3 代。"
    page.run()
    assert "正在使用第 3 代" in html(page) and "问政策，看原文" in html(page)

    def damaged() -> None:
        raise LibraryDamaged("资料库坏了：运行 zhengwen repair <b>修复</b>")

    monkeypatch.setattr(desk, "documents", damaged)
    page.run()
    assert not page.exception and "zhengwen repair &lt;b&gt;修复&lt;/b&gt;" in html(page)


def test_a_question_that_fails_is_told_and_the_conversation_goes_on(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "坏问题")
    assert "出了点问题" in html(page) and "秘密的内部细节" not in html(page)
    ask(page, "   ")
    assert "问题是空的" in html(page)
    ask(page, "什么是专利驿站？")
    assert len(elements(page, "answer")) == 1 and desk.histories[-1] == 0


def test_a_pasted_document_is_refused_in_the_pages_words_and_shown_by_its_beginning(page: AppTest) -> None:
    page.run()
    ask(page, "专利" * 600)
    assert "不像一个问题" in html(page) and "zhengwen" not in html(page)
    assert "专利" * 100 + "…（共 1200 字）" in html(page) and "专利" * 101 not in html(page)


def test_hostile_text_is_escaped_or_handed_over_as_data(page: AppTest) -> None:
    page.run()
    ask(page, f"怪 {HOSTILE}")
    assert "<script>" not in html(page) and "&lt;script&gt;" in html(page)
    assert not page.markdown
    (answer,) = elements(page, "answer")
    assert answer["paragraphs"][0][0]["text"] == HOSTILE


def test_the_last_question_is_asked_anew_and_differently(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    for question in ("什么是专利驿站？", "今天天气怎么样？"):
        ask(page, question)
    page.button(key="regenerate").click().run()
    assert desk.histories == [0, 1, 1] and len(elements(page, "answer")) == 2
    page.button(key="edit").click().run()
    page.text_area(key="edited").set_value("主要目标呢？")
    page.button(key="edited-send").click().run()
    assert desk.histories == [0, 1, 1, 1]
    assert [answer["status"] for answer in elements(page, "answer")] == ["answered", "answered"]
    assert "主要目标呢" in html(page) and "今天天气" not in html(page)


def test_editing_can_be_given_up(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "什么是专利驿站？")
    page.button(key="edit").click().run()
    page.button(key="edited-cancel").click().run()
    assert len(desk.histories) == 1 and not page.text_area and len(elements(page, "answer")) == 1


def test_what_was_written_before_a_stop_stays_and_is_marked(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "断在半路")
    assert not page.exception
    page.run()
    assert "写了一半的话" in html(page) and "没有核对过出处" in html(page) and elements(page, "answer") == []
    ask(page, "什么是专利驿站？")
    assert desk.histories[-1] == 0  # what was stopped is no part of the conversation


def test_follow_ups_are_offered_below_the_last_answer(page: AppTest) -> None:
    page.run()
    ask(page, "主要目标呢？")
    (offered,) = [e for e in elements(page, "choices") if e["look"] == "pills"]
    assert [item["value"] for item in offered["items"]] == ["什么是专利驿站？"] and "接着问" in html(page)


def test_the_one_document_that_is_cited_is_not_named_again_in_what_can_be_asked_next(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [f"《{LAKE.title}》的保障措施有哪些？", f"{ODD.title}的文号是什么？"]
    monkeypatch.setattr(desk, "follow_ups", lambda *_: whole)
    page.run()
    ask(page, "主要目标呢？")
    (offered,) = [e for e in elements(page, "choices") if e["look"] == "pills"]
    assert [item["value"] for item in offered["items"]] == whole  # what is asked stays whole
    assert [item["label"] for item in offered["items"]] == ["这份文件的保障措施有哪些？", whole[1]]


def test_a_refusal_is_no_dead_end(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "今天天气怎么样？")
    (offered,) = [e for e in elements(page, "choices") if e["look"] == "pills"]
    assert [item["value"] for item in offered["items"]] == list(desk.examples())[:3]
    assert "资料里有答案的" in html(page) and "接着问" not in html(page)


def test_offers_that_fail_cost_the_page_nothing_else(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> list[str]:
        raise RuntimeError("秘密的内部细节")

    monkeypatch.setattr(desk, "examples", fails)
    monkeypatch.setattr(desk, "follow_ups", fails)
    page.run()
    assert "问政策，看原文" in html(page) and not page.exception
    ask(page, "目标是什么？")
    assert len(elements(page, "answer")) == 1 and not page.exception
    assert "秘密" not in html(page) and "接着问" not in html(page)


def test_what_goes_wrong_is_told_in_english_too(page: AppTest, desk: FakeDesk) -> None:
    page.query_params.update({"lang": "en", "c": "nobody"})
    page.run()
    assert "There is no such conversation" in html(page) and "没有这个对话" not in html(page)
    ask(page, "   ")
    assert "The question is empty" in html(page)
    desk.told = "资料库最新的一代已损坏，正在使用第 7 代。运行 zhengwen repair 可以修复"
    page.run()
    assert "number 7 serves" in html(page)


def test_a_greeting_begins_no_conversation_and_is_not_judged(page: AppTest) -> None:
    page.run()
    ask(page, "你好")
    (answer,) = elements(page, "answer")
    assert answer["status"] == "courtesy" and answer["foot"] == "" and "c" not in page.query_params
    assert not {"有用", "无用", "重新回答"} & {button.label for button in page.button}
    (offered,) = [e for e in elements(page, "choices") if e["look"] == "pills"]
    assert offered["items"][0]["value"] == "什么是专利驿站？"
    ask(page, "主要目标呢？")
    assert "c" in page.query_params


def test_the_page_speaks_english_and_policies_stay_chinese(page: AppTest) -> None:
    page.run()
    page.button(key="switch").click().run()
    assert page.query_params["lang"] == "en" and "Ask the policies" in html(page)
    ask(page, "什么是专利驿站？")
    (answer,) = elements(page, "answer")
    assert answer["words"]["evidence"].startswith("Sources") and "专利驿站" in answer["paragraphs"][0][0]["text"]


def test_a_comparison_is_a_table_and_a_chart(page: AppTest, desk: FakeDesk) -> None:
    hill = replace(LAKE, id="hill", title="白山市方案", region="山东省青岛市", text=LAKE.text.replace("18件", "25件"))
    desk.shelf.append(hill)
    for document, value in ((replace(LAKE, region="山东省济宁市"), 18), (hill, 25)):
        quote = f"高价值发明专利拥有量达到{value}件"
        start = document.text.index(quote)
        desk.known.append(
            Target(
                doc_id=document.id,
                start=start,
                end=start + len(quote),
                quote=quote,
                region=document.region,
                indicator="高价值发明专利拥有量",
                comparator="达到",
                value=value,
                unit="件",
                year=2031,
            )
        )
    page.run()
    ask(page, "比较济宁和青岛的发明专利拥有量")
    (table,) = elements(page, "table")
    assert [row["cells"] for row in table["rows"]] == [
        ["济宁市", "高价值发明专利拥有量", "18件", "2031"],
        ["青岛市", "高价值发明专利拥有量", "25件", "2031"],
    ]
    assert [row["value"] for row in table["rows"]] == [1, 2]
    assert len(page.get("vega_lite_chart")) == 1
    ask(page, "什么是专利驿站？")
    assert len(elements(page, "table")) == 1


def test_a_link_from_elsewhere_opens_its_passage(page: AppTest) -> None:
    quote = "知识产权服务机构达到120家"
    start = LAKE.text.index(quote)
    page.query_params.update({"read": LAKE.id, "at": f"{start}-{start + len(quote)}"})
    page.run()
    (reader,) = elements(page, "reader")
    assert [s["text"] for s in reader["segments"] if s["kind"] == "mark"] == [quote]
    assert reader["path"] == ["二、主要目标"] and quote in reader["quotation"]


@pytest.mark.parametrize("place", ["", "9-3", "0-99999999", "x", "-5-2"])
def test_a_link_to_no_place_opens_the_document(page: AppTest, place: str) -> None:
    page.query_params.update({"read": LAKE.id, "at": place})
    page.run()
    (reader,) = elements(page, "reader")
    assert reader["number"] is None and reader["title"] == f"《{LAKE.title}》"


def test_a_link_to_a_document_that_has_gone_says_so(page: AppTest) -> None:
    page.query_params["read"] = "gone"
    page.run()
    assert elements(page, "reader") == [] and page.toast[0].value == "这份文件已不在资料库里。"
