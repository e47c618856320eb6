"""Whole conversations: what a turn leaves out, corrects or leads back to is understood from what documents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.question.beside import exchanged, stands_together, told_of
from bot.question.rewrite import readings
from bot.question.turning import newly
from tests.bot.conftest import LibraryOf
from tests.bot.question.talking import talk
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

GAZETTEER = Gazetteer()

_MACHINES = """溪原省关于加快林业机械发展的指导意见

溪政发〔2021〕6号

一、总体要求

(一)发展目标。到2025年，全省林机总动力要达到300万千瓦。全省采运综合机械化率达到70%。薄弱环节有所突破，其中竹林采伐机械化率达到40%，油茶采摘机械化率达到25%。

二、主要任务

(二)建设作业道路。每年新修林区道路800公里，道路养护由县级林业部门负责。

(三)培训操作人员。操作证考核由省林业技术中心组织，考核合格的发给操作证，操作证有效期为六年。

三、保障措施

(一)加强领导。成立林业机械工作专班，专班办公室设在省林业局，专班每季度召开一次会议。

(二)落实资金。省财政每年安排专项资金5000万元，用于购机补贴。

溪原省人民政府

2021年3月9日
"""
_TAX = """关于印发照料支出抵扣暂行办法的通知

溪税发〔2020〕3号

第一章 幼儿照料

第一条 幼儿照料支出，按照每月800元的标准定额抵扣。

第二章 老人陪护

第二条 老人陪护支出，按照每月1500元的标准定额抵扣，抵扣期限最长不超过36个月。

第三条 老人陪护的，应当留存陪护协议备查。

第三章 附则

第四条 本办法自2020年5月1日起施行。

溪原省税务局

2020年4月2日
"""
_HOLIDAYS = """关于2022年部分节日安排的通知

溪府办〔2021〕40号

现将2022年采茶节、龙舟节和丰收节的放假安排通知如下。

一、采茶节：4月2日至4日放假，共3天。4月1日照常上班。

二、龙舟节：6月3日放假，与周末连休。

三、丰收节：9月23日至25日放假，共3天。9月26日照常上班。

溪原省人民政府办公厅

2021年12月1日
"""
_QINGDAO = """青岛市海洋产业发展实施方案

青政发〔2021〕11号

一、主要目标

到2025年，海洋牧场达到60个，每万人口海洋专利拥有量超过8件，海洋企业达到900家。

二、现有基础

目前，全市已建成海洋牧场31个，海洋企业达417家。

三、重点任务

(一)建设海洋牧场。由市海洋局负责。

(二)培育海洋企业。由市工业和信息化局负责。

青岛市人民政府

2021年5月6日
"""
_YANTAI = """烟台市海洋产业发展实施方案

烟政发〔2021〕9号

一、主要目标

到2025年，海洋牧场达到75个，海洋专利拥有量达到3000件，海洋企业达到600家。

二、现有基础

截至2020年底，全市有海洋牧场44个，海洋企业282家。

三、重点任务

(一)建设海洋牧场。由市海洋发展和渔业局负责。

烟台市人民政府

2021年6月8日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"林机": _MACHINES, "抵扣": _TAX, "节日": _HOLIDAYS, "青岛": _QINGDAO, "烟台": _YANTAI})


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        # What is told of it stays of the question before; the rest gives way.
        (("到2025年全省林机总动力要达到多少？", "综合机械化率呢？"), "70%"),
        (("到2025年全省林机总动力要达到多少？", "综合机械化率呢？", "油茶的呢？"), "25%"),
        (("幼儿照料每个月能抵扣多少？", "老人陪护呢？"), "1500元"),
        (("2022年采茶节放假几天？", "丰收节呢？"), "9月23日至25日"),
        # A year alone, with its end too.
        (("青岛市到2025年海洋企业要达到多少家？", "烟台呢？"), "600家"),
        # The document spoken of is asked first.
        (("林业机械专项资金每年安排多少？", "专班办公室设在哪里？"), "省林业局"),
        (("林业机械专项资金每年安排多少？", "专班多久开一次会？"), "每季度"),
        (("老人陪护的抵扣期限最长多久？", "这个办法从什么时候起施行？"), "自2020年5月1日起施行"),
        # Steering.
        (("幼儿照料每个月能抵扣多少？", "你确定吗？"), "800元"),
        (("青岛市建设海洋牧场由谁负责？", "不是海洋牧场，是海洋企业"), "市工业和信息化局"),
        (("青岛市建设海洋牧场由谁负责？", "幼儿照料每个月能抵扣多少？", "回到烟台，它的海洋牧场由谁负责？"), "渔业局"),
        (("青岛市海洋企业的目标是多少？", "烟台呢？", "哪个更高？"), "900家"),
        (("林业机械专项资金每年安排多少？", "总结一下这个文件的主要任务"), "建设作业道路"),
        (("青岛市的重点任务有哪些？", "海洋企业呢？"), "培育海洋企业"),
        (("青岛市的重点任务有哪些？", "第二项由谁负责？"), "市工业和信息化局"),
    ],
)
def test_a_turn_is_understood_from_the_ones_before(home: Path, questions: tuple[str, ...], part: str) -> None:
    answer = talk(home, *questions)
    assert part in answer.text, answer.standalone


def test_of_what_is_told_several_times_that_of_another_topic_is_no_answer(home: Path) -> None:
    answer = talk(home, "2022年丰收节怎么放假？", "哪天照常上班？")
    assert "4月1日" not in answer.text


def test_a_region_is_carried_where_the_library_has_others(home: Path) -> None:
    answer = talk(home, "烟台市海洋企业的目标是多少？", "现在有多少海洋牧场？")
    assert "44个" in answer.text and "31" not in answer.text


def test_who_is_in_charge_of_nothing_that_was_named_is_not_made_up(home: Path) -> None:
    answer = talk(home, "烟台市海洋牧场的目标是多少？", "文化宣传由谁负责？")
    assert answer.status == "not_found"


def test_what_was_refused_is_shown_as_it_was_understood_first(home: Path) -> None:
    answer = talk(home, "幼儿照料每个月能抵扣多少？", "宠物寄养呢？")
    assert answer.status == "not_found" and "宠物寄养" in answer.standalone


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("总结一下保障措施", "保障措施"),
        ("回到济宁，人才由谁负责", "济宁，人才由谁负责"),
        ("不是甲方案，是乙方案", "乙方案"),
        ("你确定吗？", ""),
        ("具体点", ""),
        ("它们由谁负责", "由谁负责"),
    ],
)
def test_what_a_turn_says_of_its_matter_is_without_the_words_of_steering(question: str, rest: str) -> None:
    assert newly(question) == rest


def test_a_first_that_counts_times_picks_no_item(home: Path) -> None:
    listed = ask("青岛市的重点任务有哪些？", home=home)
    assert "“" not in readings("第一次考核什么时候完成？", [listed], GAZETTEER)[0].text


def _document(text: str) -> Document:
    return Document(id="d", title="某市林机意见", text=text, source="s", sha256="0" * 64)


def test_what_stays_is_what_the_document_says_beside_the_new_thing() -> None:
    document = _document("全省林机总动力达到300万千瓦。\n竹林采伐机械化率达到40%，油茶采摘机械化率达到25%。")
    assert exchanged("全省林机总动力要达到多少？", "油茶", [document], GAZETTEER)[0] == "油茶要达到多少？"
    assert exchanged("竹林机械化率要达到多少？", "油茶", [document], GAZETTEER)[0] == "油茶机械化率要达到多少？"
    assert exchanged("竹林机械化率要达到多少？", "牡丹", [document], GAZETTEER) == ()


def test_a_thing_among_many_listed_is_not_what_is_said_of_it() -> None:
    document = _document("2022年采茶节、龙舟节和丰收节的放假安排如下。\n丰收节：9月23日放假。")
    assert exchanged("2022年采茶节怎么放假？", "丰收节", [document], GAZETTEER)[0] == "2022年丰收节怎么放假？"


def test_what_stands_together_stands_in_one_passage() -> None:
    document = _document("甲矿事故的矿长受到警告处分。\n乙矿事故的矿长受到撤职处分。\n丙矿停产。")
    assert stands_together(document, ["矿长", "处分"], ["乙矿"])
    assert not stands_together(document, ["矿长", "处分"], ["丙矿"])
    assert told_of(document, ["矿长", "处分"]) == 2
    assert told_of(document, ["停产"]) == 1
