"""Follow-ups that leave their topic to the conversation are answered about what it was about."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask
from bot.question.picking import enumerated, orders_by_number, picked
from bot.question.reading import Reading
from bot.question.rewrite import readings
from tests.bot.conftest import LibraryOf
from tests.bot.question.talking import talk
from vectorstore.regions import Gazetteer

GAZETTEER = Gazetteer()

_BENEFIT = """关于印发桐江市家庭照护支持暂行办法的通知

桐政发〔2020〕8号

第一章 总则

第一条 本办法所称家庭照护支持，是指托育照护、老年照护、病残照护、照护培训等4项家庭照护支持。

第二章 托育照护

第二条 托育照护支持标准为每月600元。

第三章 老年照护

第三条 老年照护支持标准：独生子女家庭每月900元；非独生子女家庭由兄弟姐妹分摊，每人不超过每月450元。

第四章 附则

第四条 本办法自2020年7月1日起施行。

桐江市人民政府

2020年6月3日
"""
_GROUP = """泸州市人民政府关于成立河湖巡护工作小组的通知

泸府发〔2021〕3号

为加强河湖巡护，成立泸州市河湖巡护工作小组。

一、人员组成

组 长：周文远 副市长

二、办公室

工作小组办公室设在市水务局，承担日常工作。工作小组每季度召开一次会议。

三、工作目标

(一)巡护更加经常

干流每日巡护一次，支流每周巡护两次。

(二)水质明显好转

优良水质断面比例达到九成。

(三)公众普遍满意

群众满意度达到85%以上。

四、保障措施

(一)配齐巡护队伍,其中专职巡护员不少于12人;志愿者不少于80人。

(二)落实巡护经费,每年安排200万元。

泸州市人民政府

2021年2月1日
"""
_SCHOOL = """柳塘市校园安全工作小组组建方案

柳教发〔2021〕9号

成立校园安全工作小组，小组办公室设在市教育局，每年召开两次会议。

柳塘市教育局

2021年9月9日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"照护": _BENEFIT, "巡护": _GROUP, "校园": _SCHOOL})


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        (("泸州市河湖巡护工作小组组长是谁", "办公室设在哪里"), "市水务局"),
        (("校园安全工作小组是哪个文件成立的", "办公室设在哪里"), "市教育局"),
        (("泸州市河湖巡护工作小组组长是谁", "办公室设在哪里", "多久开一次会议"), "每季度"),
        (("托育照护的支持标准是多少", "老年照护呢"), "900元"),
        (("独生子女家庭老年照护支持标准是多少", "不是独生子女怎么办"), "非独生子女家庭"),
        (("托育照护的支持标准是多少", "什么时候施行"), "自2020年7月1日起施行"),
        (("托育照护的支持标准是多少", "这些从什么时候开始执行"), "自2020年7月1日起施行"),
        (("桐江市家庭照护支持是什么", "托育照护每月补多少", "老年照护呢"), "900元"),
        (("泸州市河湖巡护的工作目标有哪些", "第二项呢"), "优良水质断面比例达到九成"),
        (("泸州市河湖巡护的工作目标有哪些", "第二项呢", "最后一项呢"), "满意度达到85%"),
        (("泸州市河湖巡护的工作目标有哪些", "谢谢", "第一项呢"), "每日巡护一次"),
        (("泸府发〔2021〕3号讲的是什么", "办公室设在哪里"), "市水务局"),
        (("泸州市河湖巡护的保障措施有哪些", "第一项呢"), "配齐巡护队伍,其中专职巡护员不少于12人"),
    ],
)
def test_what_a_follow_up_leaves_out_is_taken_from_the_conversation(
    home: Path, questions: tuple[str, ...], part: str
) -> None:
    assert part in talk(home, *questions).text


@pytest.mark.parametrize(
    ("now", "whole"),
    [
        ("为什么叫这个名字", "为什么叫数据银行"),
        ("它由谁负责", "数据银行由谁负责"),
        ("这个概念是谁提出的", "数据银行是谁提出的"),
    ],
)
def test_what_has_just_been_explained_is_meant_by_its_pronouns(now: str, whole: str) -> None:
    assert readings(now, [Answer("什么是数据银行?", "…", "answered")], GAZETTEER) == (Reading(whole),)


@pytest.mark.parametrize(
    ("before", "now", "whole"),
    [
        ("2018年科技进步奖特等奖有几项?", "一等奖呢?", "2018年科技进步奖一等奖有几项?"),
        ("某委员会主任是谁?", "副主任呢?", "某委员会副主任是谁?"),
        ("某委员会副主任是谁?", "秘书长呢?", "某委员会秘书长是谁?"),
        ("某中心要培育多少家专业机构?", "期限呢?", "某中心要培育专业机构，期限"),
        ("2025年棉花收获机械化率要达到多少?", "甘蔗呢?", "2025年甘蔗收获机械化率要达到多少?"),
    ],
)
def test_only_as_much_is_replaced_as_is_said_anew(before: str, now: str, whole: str) -> None:
    assert readings(now, [Answer(before, "…", "answered")], GAZETTEER)[0].text == whole


def test_what_replaced_something_is_replaced_in_its_turn() -> None:
    first = Answer("大病救助呢?", "…", "answered", standalone="大病救助每个月能领多少?")
    assert readings("取暖呢?", [first], GAZETTEER) == (Reading("取暖每个月能领多少?"),)


def test_a_refusal_makes_no_document_of_another_region_the_one_spoken_of(home: Path) -> None:
    refused = ask("自贡市河湖巡护工作小组组长是谁", home=home)
    assert refused.status == "not_found"
    assert "泸州市" not in readings("办公室设在哪里", [refused], GAZETTEER)[0].text


def test_a_topic_does_not_pile_up() -> None:
    first = Answer("哪些部门负责?", "…", "answered", standalone="泸州市河湖巡护，哪些部门负责?")
    assert readings("有没有奖励?", [first], GAZETTEER)[0].text == "泸州市河湖巡护，有没有奖励?"


def test_an_item_that_the_list_does_not_have_is_not_made_up(home: Path) -> None:
    assert talk(home, "泸州市河湖巡护的工作目标有哪些", "第七项呢").status == "not_found"


def test_a_question_of_its_own_is_not_bound_to_the_document_spoken_of(home: Path) -> None:
    assert "600元" in talk(home, "泸州市河湖巡护工作小组组长是谁", "托育照护支持标准是多少").text


def test_what_the_follow_up_is_read_as_is_shown(home: Path) -> None:
    answer = talk(home, "泸州市河湖巡护的工作目标有哪些", "第二项呢")
    assert "“水质明显好转”" in answer.standalone


@pytest.mark.parametrize("question", ["第二项呢", "那第3个呢？", "最后一条是什么", "第二点由谁负责"])
def test_an_ordinal_alone_picks_an_item(question: str) -> None:
    assert orders_by_number(question)


@pytest.mark.parametrize("question", ["第二条线路什么时候通车的文件", "二孩政策呢", "办法第六条怎么说"])
def test_an_ordinal_beside_a_topic_of_its_own_is_not_picked_from_a_refusal(question: str) -> None:
    assert picked(question, Answer("问", "没有说明。", "not_found")) is None


@pytest.mark.parametrize(
    ("quote", "things"),
    [
        ("重点实施托育照护、老年照护和照护培训三项支持。", ["托育照护", "老年照护", "照护培训三项支持"]),
        ("建成巡护中心、监测中心、调度中心等3个中心", ["巡护中心", "监测中心", "调度中心"]),
        ("一是扩大开放，二是加强培训，三是开展检查。", ["扩大开放，", "加强培训，", "开展检查。"]),
        ("甲、乙两家单位负责。", []),
    ],
)
def test_what_one_sentence_enumerates(quote: str, things: list[str]) -> None:
    assert enumerated(quote) == things


def test_courtesies_are_no_part_of_the_conversation() -> None:
    first = Answer("桐江市托育照护标准是多少?", "…", "answered", standalone="桐江市托育照护标准是多少?")
    thanks = Answer("谢谢", "不客气。", "courtesy", standalone="谢谢")
    assert "托育照护" in readings("由谁负责?", [first, thanks], GAZETTEER)[0].text


def test_a_year_of_a_document_number_is_not_taken_for_a_year() -> None:
    first = Answer("泸府发〔2021〕3号里的巡护工作由谁负责?", "…", "answered")
    assert "〔2021〕" in readings("它由谁负责?", [first], GAZETTEER)[0].text
