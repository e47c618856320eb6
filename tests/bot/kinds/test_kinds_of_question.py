"""Every kind of question is answered in its own way, from the documents' structure, cards and facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask


def told(home: Path, *questions: str) -> Answer:
    """The answer to the last question, the others before it being the conversation."""
    history: tuple[Answer, ...] = ()
    for question in questions:
        answer = ask(question, history=history, home=home)
        assert all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)
        history = (*history, answer)
    return history[-1]


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        (
            "资料库里有哪些关于数据共享的文件",
            ["泸州市公共数据共享管理办法（泸府规〔2020〕6号，泸州市人民政府，2020年5月20日）"],
        ),
        ("有哪些关于数据要素的方案？", ["临沂市数据要素市场培育实施方案(2019-2022年)（临政办发〔2019〕30号"]),
        ("绵阳市大数据局2023年印发了哪些通报", ["绵阳市2022年数据要素发展情况通报（绵数通〔2023〕2号"]),
        ("资料库里有哪些文件", ["摘编", "通报", "管理办法", "实施方案", "实施意见"]),
    ],
)
def test_documents_are_listed_from_their_cards(shelf_home: Path, question: str, listed: list[str]) -> None:
    answer = told(shelf_home, question)
    lines = answer.text.splitlines()
    assert len(lines) == len(listed) == len(answer.citations)
    assert all(part in line for part, line in zip(listed, lines, strict=True))


def test_a_subject_of_no_document_lists_none(shelf_home: Path) -> None:
    assert told(shelf_home, "资料库里有哪些关于渔业的文件").status == "not_found"


@pytest.mark.parametrize(
    ("question", "standing", "quote"),
    [
        ("公共数据共享管理办法有效期到什么时候", "有效期至2025年6月30日", "有效期5年,至2025年6月30日"),
        ("临沂市的实施方案还有效吗", "标题写明的期限2019—2022年已过", "实施方案(2019-2022年)"),
        ("绵阳市实施意见的目标期限过了吗", "目标年份2021年已过", "到2021年"),
    ],
)
def test_whether_a_document_holds_is_told_with_its_grounds(
    shelf_home: Path, question: str, standing: str, quote: str
) -> None:
    answer = told(shelf_home, question)
    assert standing in answer.text
    assert quote in answer.citations[0].quote


def test_it_is_not_guessed_which_document_is_meant(shelf_home: Path) -> None:
    assert told(shelf_home, "有效期到什么时候").status == "not_found"


def test_a_provinces_figure_is_not_the_countrys(shelf_home: Path) -> None:
    assert told(shelf_home, "全国数据登记额是多少").status == "not_found"
    assert told(shelf_home, "支持了多少家企业通过数据质押获得贷款").text.startswith("江西省：")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("绵阳市和临沂市每万人拥有数据工程师的目标差多少", ["绵阳市：", "18名", "临沂市：", "9名"]),
        ("涉密数据和非涉密数据的保存期限分别是多少年", ["30年", "20年"]),
        ("绵阳市实施意见和临沂市实施方案哪个印发得早", ["2018年5月9日", "2019年11月20日"]),
    ],
)
def test_regions_and_things_are_set_side_by_side(shelf_home: Path, question: str, parts: list[str]) -> None:
    answer = told(shelf_home, question)
    assert len(answer.citations) == 2
    assert all(part in answer.text for part in parts)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("管理办法第四条第二款", "第四条：情况复杂的,经本单位负责人同意,可以延长5个工作日。[1]"),
        ("管理办法第六条第一款", "第六条 单位不得将共享数据用于营利。[1]"),
        ("管理办法第三条第一款是什么", "第三条 数据共享分为无条件共享和有条件共享两类。[1]"),
        ("管理办法附件2第2条", "二、第一位为地区代码。[1]"),
        ("管理办法附件1第二项", "二、一式两份。[1]"),
    ],
)
def test_a_place_is_found_by_all_its_numbers(shelf_home: Path, question: str, text: str) -> None:
    assert told(shelf_home, question).text == text


@pytest.mark.parametrize("question", ["管理办法第四条第三款", "管理办法附件3第1条", "第三十八条第二款"])
def test_a_place_that_does_not_exist_is_refused(shelf_home: Path, question: str) -> None:
    assert told(shelf_home, question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("申请单位应当具备哪些条件", ["依法成立", "专门的管理人员", "保护数据安全"]),
        ("数据共享分为哪几类", ["无条件共享", "有条件共享"]),
        ("绵阳市下一步做法有哪些", ["一是扩大数据开放", "二是培训企业人员", "三是开展安全检查"]),
        ("临沂市有哪三大支撑", ["资金支撑", "平台支撑", "人才支撑"]),
        ("绵阳市领导小组副组长有哪些人", ["宁玉珍", "陈德海"]),
        ("市大数据局在绵阳市负责哪些任务", ["建设公共数据平台", "探索建立“数据银行”", "加大违法采集查处力度"]),
    ],
)
def test_a_list_is_complete_and_in_order(shelf_home: Path, question: str, items: list[str]) -> None:
    text = told(shelf_home, question).text
    places = [text.find(item) for item in items]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("question", ["数据银行有哪四大支撑", "临沂市有哪五大支撑"])
def test_a_list_of_another_length_is_not_the_one_asked_for(shelf_home: Path, question: str) -> None:
    assert told(shelf_home, question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("共享数据可以用于营利吗", "不得将共享数据用于营利"),
        ("绵阳市数据交易额的目标是3.6亿元吗", "数据交易额突破3.6亿元"),
    ],
)
def test_yes_or_no_is_answered_with_the_words_that_say_it(shelf_home: Path, question: str, quote: str) -> None:
    assert quote in told(shelf_home, question).text


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("绵阳市每万人拥有数据工程师的目标是650名吗", "每万人拥有数据工程师超过18名"),  # 650 stands in the sentence
        ("绵阳市数据交易额的目标是9亿元对吗", "数据交易额突破3.6亿元"),
    ],
)
def test_a_false_figure_is_refused_and_the_true_one_told(shelf_home: Path, question: str, instead: str) -> None:
    answer = told(shelf_home, question)
    assert answer.status == "not_found"
    assert instead in "".join(answer.notices)


def test_a_newer_figure_for_the_same_indicator_and_region_is_told(shelf_home: Path) -> None:
    notices = told(shelf_home, "绵阳市每万人拥有数据工程师的目标是多少").notices
    assert any("更新的数据" in n and "数据要素发展情况通报" in n and "21名" in n for n in notices)
    assert not any("更新" in n for n in told(shelf_home, "临沂市每万人拥有数据工程师的目标是多少").notices)
    assert not any("更新" in n for n in told(shelf_home, "绵阳市2022年每万人拥有数据工程师多少名").notices)


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        (("绵阳市数据交易额的目标是多少", "文号是什么"), "绵府发〔2018〕12号"),
        (("绵阳市数据交易额的目标是多少", "这个文件的目标期限过了吗"), "目标年份2021年已过"),
        (("涉密数据的保存期限是多少年", "那非涉密数据呢"), "20年"),
        (("绵阳市每万人拥有数据工程师的目标是多少", "那临沂呢", "绵阳呢"), "18名"),
    ],
)
def test_a_follow_up_carries_over_what_it_leaves_out(shelf_home: Path, questions: tuple[str, ...], part: str) -> None:
    assert part in told(shelf_home, *questions).text


def test_a_follow_up_about_another_thing_is_not_answered_with_the_first(shelf_home: Path) -> None:
    assert told(shelf_home, "绵阳市数据交易额的目标是多少", "那数据质押额呢").status == "not_found"


def test_who_is_in_charge_of_what_nobody_is_named_for(shelf_home: Path) -> None:
    answer = told(shelf_home, "绵阳市数据交易额的目标是多少", "牵头单位是哪个")
    assert answer.status == "not_found"
    assert "“绵阳市数据交易额”由谁负责" in answer.text


@pytest.mark.parametrize(("year", "told_of"), [(2021, "18名"), (2024, None)])
def test_a_goal_is_of_the_year_asked_about(shelf_home: Path, year: int, told_of: str | None) -> None:
    answer = told(shelf_home, f"绵阳市{year}年每万人拥有数据工程师的目标是多少")
    assert (told_of in answer.text) if told_of else answer.status == "not_found"


def test_the_day_of_an_event_that_no_document_speaks_of_is_refused(shelf_home: Path) -> None:
    assert told(shelf_home, "全国运动会是什么时候召开的").status == "not_found"


def test_who_narrowed_nothing_down_isnt_told_to_widen_it(shelf_home: Path) -> None:
    """A question that names a document is asked of it alone; that is no filter of the reader's."""
    answer = told(shelf_home, "《绵阳市2022年数据要素发展情况通报》现在还有效吗")
    assert answer.status == "not_found" and "筛选" not in answer.text
