"""Cleaning: page furniture and second copies go, words of the document stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean, normalise
from ingest.loaders.block import Block


def cleaned(*lines: str) -> list[str]:
    return [block.text for block in clean([Block(line) for line in lines])]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑: 王小明",
        "扫一扫在手机打开当前页",
        "【字体：大 中 小】",
        "【字体:",
        "• 【字体:",
        "打印本页 关闭窗口",
        "【打印】【关闭】",
        "分享到：微信 微博",
        "浏览次数：128",
        "上一篇：关于某事的通知",
        "当前位置：首页 > 政务公开",
        "本文网址:http://a.cn/b.html",
        "版权所有：云梦县人民政府",
        "Copyright © 2020 A.CN",
        "京ICP备12345678号",
        "手机版 电脑版",
        "第一章 总则........................1",
    ],
)
def test_furniture_goes(line: str) -> None:
    assert cleaned("关于数据开放的通知", line, "现将有关事项通知如下。") == [
        "关于数据开放的通知",
        "现将有关事项通知如下。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "要打印本页所列材料并加盖公章。",
        "分享到手的成果要惠及群众。",
        "(一)编辑出版年度报告。",
        "联系我们的企业逐年增多。",
        "微信公众号要及时更新。",
        "主办单位:县数据局。",
        "保护著作权,打击侵权。",
    ],
)
def test_sentences_that_resemble_furniture_stay(line: str) -> None:
    assert cleaned("标题一二三", line, "最后一句。") == ["标题一二三", line, "最后一句。"]


def test_furniture_behind_a_date_goes_and_the_date_stays() -> None:
    assert cleaned("2021/03/04 09:20  浏览次数:", "正文。") == ["2021/03/04 09:20", "正文。"]


def test_the_site_s_own_lines_go_only_below_the_text() -> None:
    assert cleaned("主办单位:县数据局", "正文一句。", "主办单位:县政府办公室", "网站标识码123") == [
        "主办单位:县数据局",
        "正文一句。",
    ]


BODY = [
    "云梦县推进数据开放",
    "2021年3月4日",
    *(f"第{n}段说的是数据开放的一个方面,共有若干句。" for n in "一二三四五六"),
]


def test_a_second_copy_goes() -> None:
    assert cleaned(*BODY, *BODY) == BODY


def test_a_second_copy_with_a_line_more_or_less_goes() -> None:
    second = [BODY[0], "来源: 县政府", *BODY[2:5], *BODY[6:]]
    assert cleaned(*BODY, *second, "尾声一段文字,在两份之后。") == [*BODY, "尾声一段文字,在两份之后。"]


def test_what_repeats_without_being_a_copy_stays() -> None:
    refrain = "(牵头单位:县数据局;责任单位:县财政局)"
    lines = [line for n in "一二三四" for line in (f"第{n}项任务要抓紧落实,不得延误。", refrain)]
    assert cleaned(*lines) == lines


def test_lists_of_like_items_stay() -> None:
    items = ["(一)当事人的姓名或者名称;", "(二)数据的位置和数量;", "(三)开放的条件和要求;", "(四)解决争议的方法。"]
    lines = [
        "云梦县数据开放办法",
        "开放合同一般包括下列条款:",
        *items,
        "授权合同一般包括下列条款:",
        *items,
        "其余从略。",
    ]
    assert cleaned(*lines) == lines


def test_part_of_a_long_text_that_comes_again_stays() -> None:
    before = [f"第{n}条规定的是另一件事,与前面和后面各条都没有什么相同之处,写得也长一些。" for n in range(20)]
    again = ["非法出版的处理办法如下所列:", "数额较大的按情节处以罚款。", "数额巨大的按情节从重处罚。"]
    lines = [*before, *again, "中间只隔一行文字。", *again]
    assert cleaned(*lines) == lines


def test_rows_of_a_table_that_are_alike_stay() -> None:
    rows = ["指标名称\t目标值", *["待定的指标\t0.00"] * 9, "末行的指标\t1.00"]
    assert cleaned(*rows) == rows


def test_invisible_characters_go_and_visible_ones_stay_as_they_are() -> None:
    assert normalise("\ufeff\u3000 数\u200b据\u00ad（Ａ１）：“开放”\u202e\x00\U000e0041 \xa0") == "数据（Ａ１）：“开放”"
    assert normalise("一行\r\n又一行") == "一行又一行"


@given(st.lists(st.text(max_size=30), max_size=15))
def test_cleaning_invents_nothing(lines: list[str]) -> None:
    once = clean([Block(line) for line in lines])
    source = "".join(lines)
    for block in once:
        assert block.text == block.text.strip() != ""
        assert "\n" not in block.text
        assert set(block.text) <= set(source)
