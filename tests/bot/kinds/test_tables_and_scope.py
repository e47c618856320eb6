"""Answers from cells of a table, whom a rule holds for, joint issuers, and lists that say how many they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.prepared import prepared
from tests.bot.conftest import LibraryOf
from vectorstore.model import Chunk

PAGE = """<html><body><h1>柳岸市推广河灯经验清单</h1>
<p>经市政府同意，现将在全市推广的河灯经验印发给你们，请结合实际抓好落实，并及时报告推广情况。</p>
<p>河灯制作方面3项：竹骨预弯工艺；糯米浆防水工艺；可降解灯底工艺。</p>
<table>
<tr><th>序号</th><th>经验名称</th><th>主要做法</th><th>指导部门</th><th>推广范围</th></tr>
<tr><td>1</td><td>竹骨预弯工艺</td><td>把竹骨蒸软后再弯。弯好阴干两日。</td><td>市文旅局、市林业局</td><td>全市各区</td></tr>
<tr><td>2</td><td>糯米浆防水工艺</td><td>用糯米浆涂刷灯纸。涂后晾晒。</td><td>市水务局</td><td>沿河三个镇</td></tr>
</table></body></html>"""
NOTICE = """市文旅局 市水务局关于河灯节安全的公告

为保障河灯节安全，现就有关事项公告如下：
一、燃放点应当设在下风处。

市文旅局 市水务局
2023年6月1日
"""
TARGETS = """<html><body><h1>三镇河灯节目标对照</h1><table>
<tr><th>地区</th><th>目标年份</th><th>参赛灯船目标</th><th>游客目标</th></tr>
<tr><td>柳州市</td><td>2022年</td><td>超过80艘</td><td>一年超过9万人次</td></tr>
<tr><td>梧州市</td><td>2022年</td><td>数量年均增长一成的灯船</td><td>未提出</td></tr>
</table></body></html>"""
RULE = """柳岸市码头管理办法

2021年3月5日 柳岸市人民政府令第88号公布

第一条 为了规范码头经营，制定本办法。
第二条 本办法适用于在柳岸市内从事码头经营的企业、合作社以及个体船户。
第三条 码头应当配备救生圈。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"清单.html": PAGE, "对照.html": TARGETS, "公告": NOTICE, "办法": RULE})


@pytest.mark.parametrize(
    ("question", "cell", "other"),
    [
        ("竹骨预弯工艺由哪些部门指导?", "市文旅局、市林业局", "市水务局"),
        ("糯米浆防水工艺的指导部门有哪些?", "市水务局", "市林业局"),
        ("糯米浆防水工艺在哪些地方推广?", "沿河三个镇", "全市各区"),
        ("柳州市2022年游客数量的目标是多少?", "9万人次", "未提出"),
    ],
)
def test_the_cell_asked_for_is_quoted(home: Path, question: str, cell: str, other: str) -> None:
    answer = ask(question, home=home)
    assert cell in answer.text
    assert other not in answer.text
    assert all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)


def test_whom_a_rule_holds_for_is_what_it_says_it_holds_for(home: Path) -> None:
    for question in ("码头管理办法管哪些单位和人?", "柳岸市码头管理办法适用于谁?"):
        assert "个体船户" in ask(question, home=home).text


def test_a_list_that_says_how_many_it_has_is_the_list_of_so_many(home: Path) -> None:
    answer = ask("河灯制作方面推广的三项经验是什么?", home=home).text
    assert all(name in answer for name in ("竹骨预弯", "糯米浆防水", "可降解灯底"))


def test_several_issuers_are_found_as_they_sign(home: Path) -> None:
    answer = ask("河灯节安全的公告是谁发布的?", home=home).text
    assert "市文旅局 市水务局" in answer


def test_the_order_that_published_a_rule_is_its_number(home: Path) -> None:
    assert "第88号" in ask("柳岸市码头管理办法是第几号政府令公布的?", home=home).text


BERTHS = """柳岸市公共泊位设施管理规定
柳政办发〔2023〕45号
第一章 总则
第一条 为规范公共泊位设施的建设和运营，制定本规定。
第二章 建设
第二条 新建公共码头应当按照不低于泊位总数20%的比例配建泊位设施。
第三章 罚则
第三条 违反本规定第二条，未按比例配建的，由市水务局责令限期改正；逾期不改正的，处1万元以上5万元以下罚款。
第四条 本规定自2023年12月1日起施行。
区县	2024年新建泊位桩（个）	2025年计划（个）
东湖区	1200	1500
西山县	460	700
"""


@pytest.fixture(scope="module")
def berths(library_of: LibraryOf) -> Path:
    return library_of({"规定": BERTHS})


def test_the_head_of_a_table_answers_nothing(berths: Path) -> None:
    for question in ("没按比例建泊位桩行吗？", "没按比例建泊位桩会被罚吗？"):
        assert "（个）" not in ask(question, home=berths).text


@pytest.mark.parametrize("question", ["没按比例建泊位桩会被罚吗？", "没按比例建泊位桩要罚款吗？"])
def test_whether_one_is_fined_is_told_by_what_names_the_fine(berths: Path, question: str) -> None:
    assert "处1万元以上5万元以下罚款" in ask(question, home=berths).text


def test_what_names_no_fine_doesnt_tell_whether_one_is_fined(berths: Path) -> None:
    assert "应当按照" not in ask("新建公共码头没有配建泊位桩会被处罚吗？", home=berths).text


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("建设情况见下表。\n区县\t新建（个）\t计划（个）\n东湖区\t12\t15\n西山县\t4\t7\n", ["区县"]),
        ("东湖区\t甲\t局长\n西山县\t乙\t副局长\n", []),  # a chunk may begin within a table
        ("联系方式如下。\n咨询电话\t12345\n投诉电话\t12346\n", []),  # its first cell names the second
        ("任务如下。\n事项\t单位\t时限\n", []),  # nothing stands below
    ],
)
def test_which_row_is_the_head_of_a_table(text: str, heads: list[str]) -> None:
    sentences = prepared(Chunk("c", "d", 0, 0, len(text), (), text)).sentences
    assert [one.text.split("\t")[0] for one in sentences if one.captions] == heads
