"""Titles, numbers, dates, issuers, regions, kinds and status, as documents state them."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.byline import read_byline
from ingest.card import split_card
from ingest.dates import find_date
from ingest.loaders.block import Block
from ingest.metadata import read_metadata
from ingest.numbers import find_numbers, whole_number
from ingest.title import Head, find_title
from vectorstore.numbers import usual


def blocks(*lines: str) -> list[Block]:
    return [Block(line) for line in lines]


@pytest.mark.parametrize(
    ("lines", "title", "start", "end"),
    [
        (["云梦县数据开放实施方案", "为推进数据开放,制定本方案。"], "云梦县数据开放实施方案", 0, 1),
        (["首页导航", "登录注册", "开放的春天", "2022-08-09 来源:某某日报", "正文。"], "开放的春天", 2, 3),
        (
            ["云梦县数据要素市场", "培育方案(2023-2025年)", "为推进…,制定本方案。"],
            "云梦县数据要素市场培育方案(2023-2025年)",
            0,
            2,
        ),
        (
            ["国务院办公厅关于同意以某市名义", "申办第三届", "全国农民运动会的复函", "国办函〔2004〕3号", "正文。"],
            "国务院办公厅关于同意以某市名义申办第三届全国农民运动会的复函",
            0,
            3,
        ),
        (
            ["云梦县人民政府文件", "云政发〔2023〕8号", "云梦县人民政府", "关于数据开放的通知", "各乡镇:"],
            "云梦县人民政府关于数据开放的通知",
            2,
            4,
        ),
        (
            ["云梦县人民政府关于印发", "《数据开放办法》的通知", "云政发〔2023〕8号"],
            "云梦县人民政府关于印发《数据开放办法》的通知",
            0,
            2,
        ),
        (["云梦县关于几 件 事", "的 通 知", "云政发〔2023〕8号"], "云梦县关于几 件 事的通知", 0, 2),
        (["云梦县数据开放管理办法", "云梦县数据局", "2023年3月5日", "第一条 为…"], "云梦县数据开放管理办法", 0, 1),
        (
            ["云梦县关于数据开放", "的若干规定", "云梦县数据局", "云梦县财政局", "2023年3月5日", "第一条 为…"],
            "云梦县关于数据开放的若干规定",
            0,
            2,
        ),
        (["首页", "我走访了云梦县数据局", "2023年3月5日", "正文。"], "我走访了云梦县数据局", 1, 2),
        (["《云梦县数据开放办法》新闻发布会", "主持人:大家好!"], "《云梦县数据开放办法》新闻发布会", 0, 1),
        (["云梦县人民政府令", "第12号", "《云梦县数据开放办法》已经通过,现予公布。"], "云梦县数据开放办法", 0, 0),
        (
            [
                "这是一整段话,没有任何标题,只有正文,而且写得很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长。"
            ],
            "文件名",
            0,
            0,
        ),
    ],
)
def test_title_by_layout(lines: list[str], title: str, start: int, end: int) -> None:
    assert find_title(blocks(*lines), stated=None, fallback="文件名") == Head(title, start, end)


def test_a_stated_title_is_found_on_the_lines_that_show_it() -> None:
    lines = blocks("网站首页", "云梦县关于推进", "数据开放的意见", "正文。")
    assert find_title(lines, stated="云梦县关于推进数据开放的意见", fallback="") == Head(
        "云梦县关于推进数据开放的意见", 1, 3
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(国发〔2015〕71号)", ["国发〔2015〕71号"]),
        ("根据国办发[2018]126号和鲁政发（2016）第38号文件", ["国办发〔2018〕126号", "鲁政发〔2016〕38号"]),
        ("都以国发〔2015〕71号为依据,文号是云政发〔2023〕8号", ["国发〔2015〕71号", "云政发〔2023〕8号"]),
        ("《通知》(财办建〔2019〕70号)要求", ["财办建〔2019〕70号"]),
        ("《请示》(教外际〔2004〕14号)收悉", ["教外际〔2004〕14号"]),
        ("2020年第3号,共[2020]人", []),
    ],
)
def test_numbers_in_text(text: str, numbers: list[str]) -> None:
    assert find_numbers(text) == numbers


def test_a_number_on_its_own_line() -> None:
    assert whole_number("(云政发〔2023〕8号)") == usual("云政发[2023]第8号") == "云政发〔2023〕8号"
    assert whole_number("国务院令第706号") == "国务院令第706号"
    assert whole_number("见云政发〔2023〕8号的规定和有关说明") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017年4月12日", date(2017, 4, 12)),
        ("二〇〇四年四月二十七日", date(2004, 4, 27)),
        ("二○一七年十二月三十一日", date(2017, 12, 31)),
        ("2017/04/24 09:20", date(2017, 4, 24)),
        ("发布时间：2022-08-09", date(2022, 8, 9)),
        ("2023年2月30日", None),
        ("没有日期", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert find_date(text) == day


def test_the_card_of_a_page_is_read_and_taken_out() -> None:
    card, rest = split_card(
        blocks(
            "索 引 号：\t0001/2019\t主题分类：\t工商",
            "发文机关：\t云梦县人民政府",
            "标　　题：\t关于开放的通知",
            "正文:如下。",
        )
    )
    assert card == {"索引号": "0001/2019", "主题分类": "工商", "发文机关": "云梦县人民政府", "标题": "关于开放的通知"}
    assert [block.text for block in rest] == ["正文:如下。"]
    lines = blocks("标题:只有这一个", "正文。")
    assert split_card(lines) == ({}, lines)


def test_everything_an_official_paper_states(plan: str) -> None:
    lines = blocks(*plan.split("\n"))
    found = read_metadata(lines[0].text, lines, {})
    assert found.doc_number == "云政发〔2023〕8号"
    assert found.issuer == "云梦县人民政府"
    assert found.region is None  # no province stands before 云梦县, and none is guessed
    assert found.timeline.date == date(2023, 5, 6)
    assert found.kind == "实施意见"
    assert found.timeline.target_year == 2035
    assert found.refers_to == ("孝政规〔2022〕3号",)


def test_a_press_conference_doesn_t_take_the_number_of_what_it_presents() -> None:
    title = "《青岛市数据开放办法》新闻发布会"
    lines = blocks(title, "主持人:大家好!", "今天发布《办法》(青政字〔2020〕9号)(以下简称《办法》),欢迎提问。")
    found = read_metadata(title, lines, {})
    assert (found.doc_number, found.refers_to) == (None, ("青政字〔2020〕9号",))
    assert (found.kind, found.region, found.timeline.date) == ("新闻发布会", "山东省青岛市", None)


@pytest.mark.parametrize(
    ("title", "byline", "kind"),
    [
        ("青岛市数据开放工作方案", "", "工作方案"),
        ("青岛市关于印发数据开放方案的通知", "", "通知"),
        ("青岛市数据开放规划(2021-2025年)", "", "规划"),
        ("中华人民共和国数据法实施条例", "", "实施条例"),
        ("青岛市出台《数据开放实施意见》", "来源:日报", "报道"),
        ("数据开放见成效", "来源:日报", "报道"),
        ("《数据开放办法》解读", "", "解读"),
        ("《数据开放办法》", "", "办法"),
        ("无题", "", None),
    ],
)
def test_kind(title: str, byline: str, kind: str | None) -> None:
    lines = blocks(title, *([byline] if byline else []), "正文。")
    assert read_metadata(title, lines, {}).kind == kind


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("青岛市数据开放方案", "", "山东省青岛市"),
        ("河西区数据开放方案", "本方案适用于天津市河西区。", "天津市河西区"),
        ("河西区数据开放方案", "没有写明哪座城市。", None),
        ("江苏浙江两地数据开放对照", "", None),
        ("国务院关于支持山东省数据开放的批复", "", None),
        ("山东省青岛市数据开放方案", "", "山东省青岛市"),
    ],
)
def test_region(title: str, text: str, region: str | None) -> None:
    assert read_metadata(title, blocks(title, text), {}).region == region


def test_the_issuer_of_an_order_and_of_a_joint_paper() -> None:
    order = blocks("云梦县人民政府令", "第12号", "《办法》已经通过,现予公布。", "县 长　王 小 明", "2023年5月6日")
    found = read_metadata("办法", order, {})
    assert (found.issuer, found.doc_number, found.timeline.date) == (
        "云梦县人民政府",
        "云梦县人民政府令第12号",
        date(2023, 5, 6),
    )
    joint = blocks("关于开放的通知", "正文。", "云梦县财政局　云梦县数据局", "2023年5月6日")
    assert read_metadata("关于开放的通知", joint, {}).issuer == "云梦县财政局、云梦县数据局"


@pytest.mark.parametrize(
    ("line", "issuer", "day", "number"),
    [
        ("（2031年9月20日 云梦县商务局）", "云梦县商务局", date(2031, 9, 20), None),
        ("云梦县商务局 2031年9月20日印发 云商发〔2031〕33号", "云梦县商务局", date(2031, 9, 20), "云商发〔2031〕33号"),
        ("云梦县商务局、云梦县财政局 2031年9月20日", "云梦县商务局、云梦县财政局", date(2031, 9, 20), None),
        ("（云商发〔2031〕33号 2031年9月20日）", None, date(2031, 9, 20), "云商发〔2031〕33号"),
        ("索引号：12 发文单位：云梦县商务局 类别：商贸", "云梦县商务局", None, None),
        ("2031-09-20 云梦县商务局", None, None, None),  # when a page was put up
        ("（2031年9月20日云梦县第三届人民代表大会第二次会议通过）", None, None, None),
        ("2031年9月20日，云梦县商务局召开会议", None, None, None),
        ("云梦县商务局", None, None, None),
    ],
)
def test_one_line_says_who_issued_it_and_when(
    line: str, issuer: str | None, day: date | None, number: str | None
) -> None:
    title, body = "云梦县夜间集市扶持办法", ["第一条 为繁荣夜间集市，制定本办法。", "第二条 给予奖励。"]
    for texts in ([title, line, *body], [title, *body, *body, *body, line]):
        byline = read_byline(title, texts)
        if texts[-1] == line and "发文单位" in line:
            continue  # such lines stand above
        assert (byline.issuer, byline.day, byline.number) == (issuer, day, number) if byline else not (issuer or number)


def test_a_byline_is_asked_where_nothing_else_signs() -> None:
    lines = blocks("云梦县夜间集市扶持办法", "（2031年9月20日 云梦县商务局）", "第一条 为繁荣夜间集市，制定本办法。")
    known = read_metadata(lines[0].text, lines, {})
    assert known.issuer == "云梦县商务局" and known.timeline.date == date(2031, 9, 20)
    signed = [*lines, *blocks("第二条 给予奖励。", "云梦县人民政府", "2031年10月1日")]
    known = read_metadata(lines[0].text, signed, {})
    assert known.issuer == "云梦县人民政府" and known.timeline.date == date(2031, 10, 1)
    assert read_metadata("某办法", blocks("某办法", "正文。"), {"发布机构": "云梦县商务局"}).issuer == "云梦县商务局"
