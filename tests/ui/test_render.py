"""What the page draws, before it is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer
from tests.ui.fakes import HOSTILE, LAKE, ODD, cite
from ui.drawn import answer_data, answer_parts, reader_data, segments
from ui.lookup import facts
from ui.render import draft_html, notice_html, question_html
from ui.words import Words
from vectorstore.model import Document, Section


@given(st.integers(0, len(LAKE.text)), st.integers(0, len(LAKE.text)))
def test_segments_are_the_text_and_the_marks_are_the_span(first: int, second: int) -> None:
    start, end = sorted((first, second))
    found = segments(LAKE, (start, end))
    assert "".join(segment["text"] for segment in found) == LAKE.text
    assert "".join(segment["text"] for segment in found if segment["kind"] == "mark") == LAKE.text[start:end]


def test_headings_stand_out_and_only_headings() -> None:
    headings = [segment["text"] for segment in segments(LAKE) if segment["kind"] == "heading"]
    assert headings == ["一、总体要求", "二、主要目标", "三、保障措施"]
    odd = replace(LAKE, sections=(Section(("并非标题",), 0, 5), Section((), 3, 3)))
    assert [segment["kind"] for segment in segments(odd)] == ["text"]


def test_an_empty_document_has_no_segments() -> None:
    assert segments(replace(LAKE, text="", sections=())) == []


def test_markers_with_a_citation_become_chips_and_others_stay_text() -> None:
    one = cite(1, LAKE, "二、主要目标")
    answer = Answer("问", "甲[1]，见[2023]和[2]、[0]。\n\n乙[1][1]", "answered", (one,))
    assert answer_parts(answer) == [
        [{"text": "甲"}, {"cite": 1}, {"text": "，见[2023]和[2]、[0]。"}],
        [{"text": "乙"}, {"cite": 1}, {"cite": 1}],
    ]


def test_not_found_has_no_chips_and_names_the_nearest() -> None:
    data = answer_data(Answer("问", "资料没有说明[1]。", "not_found", nearest=(LAKE,)))
    assert data["paragraphs"] == [[{"text": "资料没有说明[1]。"}]]
    assert data["sources"] == [] and data["nearest"][0]["title"] == f"《{LAKE.title}》"


def test_a_refusal_doesnt_name_twice_what_stands_below_it() -> None:
    told = f"资料没有说明2030年的人数。内容最接近的文件是《{LAKE.title}》。"
    data = answer_data(Answer("问", told, "not_found", nearest=(LAKE,)))
    assert data["paragraphs"] == [[{"text": "资料没有说明2030年的人数。"}]]
    alone = answer_data(Answer("问", f"《{LAKE.title}》没有第九条。", "not_found", nearest=(LAKE,)))
    assert alone["paragraphs"] == [[{"text": f"《{LAKE.title}》没有第九条。"}]]


def test_cited_items_in_a_row_are_a_line_each() -> None:
    cited = tuple(cite(number, LAKE, quote) for number, quote in enumerate("一二三", start=1))
    three = answer_parts(Answer("问", "甲[1]；乙；丙[2]；丁[3]。", "answered", cited))
    assert ["".join(str(p.get("text", "")) for p in line) for line in three] == ["甲；", "乙；丙；", "丁。"]
    assert len(answer_parts(Answer("问", "甲[1]；丁[3]。", "answered", cited))) == 1


def test_an_answer_is_copied_with_its_sources_as_papers_cite_them() -> None:
    told = cite(1, LAKE, "专利驿站是设在园区里的服务窗口")
    data = answer_data(Answer("问", f"{told.quote}[1]。", "answered", (told,)))
    first, _, label, source = data["copy"].split("\n")
    assert (
        first.endswith("[1]。")
        and label == "出处："
        and source.startswith(f"[1] 《{LAKE.title}》（清政发〔2028〕6号）")
    )
    assert answer_data(Answer("问", "资料没有说明。", "not_found"))["copy"] == ""


def test_in_english_the_card_and_the_standing_are_english() -> None:
    data = reader_data(LAKE, words=Words("en"))
    assert ["dated", "Dated", "2028-03-01"] in data["card"] and ["status", "Status", "In force"] in data["card"]


def test_each_cited_document_stands_once_with_its_citations_below() -> None:
    cited = (cite(1, LAKE, "二、主要目标"), cite(2, ODD, "怪文"), cite(3, LAKE, "专利驿站"))
    lake, odd = answer_data(Answer("问", "甲[1]乙[2]丙[3]", "answered", cited))["sources"]
    assert lake["title"] == f"《{LAKE.title}》" and [c["number"] for c in lake["cites"]] == [1, 3]
    assert [c["number"] for c in odd["cites"]] == [2] and odd["cites"][0]["quote"] == "怪文"


def test_facts_are_what_the_document_states_and_nothing_else() -> None:
    assert facts(LAKE) == "清政发〔2028〕6号 · 清湖市人民政府 · 山东省 · 2028-03-01 · 实施方案 · 现行"
    assert facts(replace(LAKE, doc_number=None, issuer=None, date=None)) == "山东省 · 实施方案 · 现行"
    assert facts(Document("1", "题", "文", "/题.txt", "0")) == ""


def test_the_reader_marks_the_quote_and_shows_where_it_stands() -> None:
    citation = cite(3, LAKE, "到2031年")
    data = reader_data(LAKE, citation=citation)
    assert [s["text"] for s in data["segments"] if s["kind"] == "mark"] == ["到2031年"]
    assert data["path"] == ["二、主要目标"] and data["number"] == 3
    assert ["number", "文号", "清政发〔2028〕6号"] in data["card"] and ["status", "状态", "现行"] in data["card"]
    assert [name for _, name, _ in reader_data(ODD)["card"]] == ["文号", "来源"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/srv/政策/甲.txt", "甲.txt"),
        (r"C:\政策\甲.txt", "甲.txt"),
        ("https://example.org/a/b", "https://example.org/a/b"),
    ],
)
def test_visitors_see_a_files_name_but_not_the_servers_folders(source: str, shown: str) -> None:
    assert ["source", "来源", shown] in reader_data(replace(LAKE, source=source))["card"]


@pytest.mark.parametrize("draw", [question_html, draft_html, notice_html])
def test_text_is_escaped_in_html(draw: object) -> None:
    assert callable(draw)
    html = draw(HOSTILE)
    assert "<b>" not in html and "<script" not in html
    assert "&lt;b&gt;粗体&lt;/b&gt;" in html
