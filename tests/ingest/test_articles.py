"""Structure of articles: their paragraphs and items, the parts around them, headings glued to text."""

from __future__ import annotations

import time

import pytest

from tests.ingest.test_structure import paths, read


def test_paragraphs_of_an_article_are_levels_where_there_are_several() -> None:
    text = """数据开放条例
第一条 为了开放，制定本条例。
第二条 本条例适用于全县。
有下列情形之一的，不予开放：
（一）涉密；
（二）侵犯隐私。
前款第二项由县数据局认定。
第三条 本条例自公布之日起施行。"""
    document, chunks = read(text)
    assert [section.path for section in document.sections] == [
        ("第一条",),
        ("第二条",),
        ("第二条", "第一款"),
        ("第二条", "第二款"),
        ("第二条", "第二款", "（一）涉密"),
        ("第二条", "第二款", "（二）侵犯隐私"),
        ("第二条", "第三款"),
        ("第三条",),
    ]
    spans = {section.path: document.text[section.start : section.end] for section in document.sections}
    assert spans["第二条", "第二款"].endswith("（二）侵犯隐私。")
    assert spans["第二条", "第三款"] == "前款第二项由县数据局认定。"
    assert spans["第二条",].startswith("第二条 本条例") and spans["第二条",].endswith("认定。")
    # What stands together is indexed together, under the article's own path.
    assert [chunk.path for chunk in chunks if chunk.path[:1] == ("第二条",)] == [
        ("第二条",),
        ("第二条", "第二款", "（一）涉密"),
        ("第二条", "第二款", "（二）侵犯隐私"),
        ("第二条", "第三款"),
    ]


def test_articles_counted_through_stand_below_the_parts_around_them() -> None:
    text = "若干问题的规定\n一、一般规定\n第一条 甲。\n第二条 乙。\n二、数据开放\n第三条 丙：\n（一）丁；\n（二）戊。"
    assert paths(text) == [
        ("一、一般规定",),
        ("一、一般规定", "第一条"),
        ("一、一般规定", "第二条"),
        ("二、数据开放",),
        ("二、数据开放", "第三条"),
        ("二、数据开放", "第三条", "（一）丁"),
        ("二、数据开放", "第三条", "（二）戊"),
    ]


def test_items_numbered_in_each_article_stay_below_it() -> None:
    text = "数据办法\n第一条 分为：\n一、甲；\n二、乙。\n第二条 又分为：\n一、丙；\n二、丁。"
    assert [path for path in paths(text) if len(path) > 1] == [
        ("第一条", "一、甲"),
        ("第一条", "二、乙"),
        ("第二条", "一、丙"),
        ("第二条", "二、丁"),
    ]


def test_headings_glued_to_their_text() -> None:
    text = """数据开放办法
第一章总则
第一条为了开放，制定本办法。
第二条全县适用。
第一条规定的除外。
第二章附则
第三条自公布之日起施行。"""
    assert paths(text) == [
        ("第一章总则",),
        ("第一章总则", "第一条"),
        ("第一章总则", "第二条"),
        ("第一章总则", "第二条", "第一款"),
        ("第一章总则", "第二条", "第二款"),
        ("第二章附则",),
        ("第二章附则", "第三条"),
    ]
    assert not [path for path in paths("战线简报\n第一条战线取得进展。\n各条战线都有成绩。") if path[-1] == "第一条"]


def test_articles_between_two_lists_that_begin_alike_are_no_table_of_contents() -> None:
    first = "（一）当事人的名称；\n（二）数据的位置；\n（三）争议的解决。"
    between = "\n".join(f"第{n}条 数据应当依法开放。" for n in "二三四五")
    text = f"数据办法\n第一条 合同包括：\n{first}\n{between}\n第六条 协议包括：\n{first}"
    found = paths(text)
    assert [path[0] for path in found if len(path) == 1] == [f"第{n}条" for n in "一二三四五六"]
    assert len(found) == 12


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"第{n}条为了数据开放" for n in range(1, 20_000)], id="articles glued to their text"),
        pytest.param(["一、总则", "第一条 甲。", "二、分则"] * 6_000, id="articles and parts"),
        pytest.param(["第一条 甲。", *["数据应当开放。"] * 20_000], id="paragraphs of one article"),
        pytest.param(["第一章总则自2020年1月1日起" * 10_000], id="one line"),
        pytest.param(["（" * 20_000, "本办法有效期自" * 20_000], id="what never ends"),
    ],
)
def test_reading_takes_no_longer_than_the_text_is_long(lines: list[str]) -> None:
    started = time.perf_counter()
    read("数据办法\n" + "\n".join(lines))
    assert time.perf_counter() - started < 20  # half a second; anything quadratic takes minutes
