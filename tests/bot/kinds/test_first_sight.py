"""Questions as clerks, firms and citizens ask them: sentences that lean on others, contacts, shares, leads, terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask
from bot.question.wording import kind_of
from tests.bot.conftest import LibraryOf

MEASURES = """柳岸市扶持河灯产业若干措施

一、对租用市属厂房的河灯作坊，免收三个月厂房租金和水费。（对接部门：市资产局；联系人：石敏；联系电话：62330011）
二、对参加展会的河灯企业，给予展位费补贴。（对接部门：市商务局；联系人：方圆；联系电话：62330022）
三、对向河灯作坊发放首笔贷款的银行，给予贷款金额3%的补贴。
四、河灯企业外销收入须占全部收入（不含利息）的四成以上，即40%以上。
五、各区对河灯作坊进行全面清查，列出清单。该项工作应于2023年5月底前完成。
六、作坊在2021年度购置的模具，补贴申领期限延长至2022年9月底。
七、本措施适用于在柳岸市登记的河灯作坊和河灯企业。凡本措施与国家措施重复的，作坊只能申领一项。
"""
RULE = """柳岸市河灯燃放管理办法

第一条 本办法适用于柳岸市行政区域内组织河灯燃放的单位和个人。
第二条 本办法所称河灯，是指放置于水面、以烛火或者灯珠发光的灯具。河灯牌是常见的河道经营凭证，由作坊申领，用于停靠码头。
第三条 市水务部门对河灯燃放活动实施统一监督管理。
第四条 因下列事项订立的约定，不属于河灯经营合同：
（一）村民之间因帮工订立的约定；
（二）作坊与学徒订立的约定。
第五条 燃放备案免收工本费。擅自燃放的，处五百元以上二千元以下罚款。
第六条 有下列情形之一的，水务部门应当将作坊列入重点检查名册：
（一）连续两年未备案的；
（二）使用金属灯底的。
作坊列入重点检查名册后，应当在门口、码头、网页等处公示，由水务部门、商务部门、街道按照各自职责检查。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"措施": MEASURES, "办法": RULE})


def told(home: Path, question: str) -> Answer:
    return ask(question, home=home)


@pytest.mark.parametrize(
    ("question", "contact", "other"),
    [
        ("免收厂房租金和水费找谁联系?", "石敏", "方圆"),
        ("展位费补贴的联系人是谁?", "方圆", "石敏"),
        ("免收厂房租金的联系电话是多少?", "62330011", "62330022"),
    ],
)
def test_a_contact_in_brackets_is_of_the_sentence_before_it(
    home: Path, question: str, contact: str, other: str
) -> None:
    answer = told(home, question)
    assert contact in answer.text
    assert other not in answer.text


def test_a_sentence_that_points_back_dates_what_it_points_at(home: Path) -> None:
    assert "2023年5月底" in told(home, "对河灯作坊的全面清查什么时候要做完?").text


def test_the_year_asked_about_is_no_answer(home: Path) -> None:
    assert "2022年9月底" in told(home, "2021年度购置的模具,补贴最晚什么时候申领?").text


@pytest.mark.parametrize(
    ("question", "share"),
    [("河灯企业外销收入占比要达到多少?", "40%"), ("银行发放首笔贷款,补贴贷款金额的百分之几?", "3%")],
)
def test_a_share_is_told_by_its_figure_whatever_it_is_called(home: Path, question: str, share: str) -> None:
    assert share in told(home, question).text


def test_an_item_is_told_with_the_lead_that_decides(home: Path) -> None:
    answer = told(home, "村民之间因帮工订立的约定算河灯经营合同吗?")
    assert "不属于河灯经营合同" in answer.text
    assert "帮工" in answer.text


def test_a_fine_is_no_fee(home: Path) -> None:
    assert "二千元" not in told(home, "河灯燃放备案要交多少工本费?").text
    assert "二千元" in told(home, "擅自燃放河灯罚款多少?").text


def test_a_lead_lists_what_only_it_speaks_of(home: Path) -> None:
    answer = told(home, "哪些情形会把作坊列入重点检查名册?")
    assert "连续两年未备案" in answer.text
    assert "金属灯底" in answer.text


def test_a_term_is_explained_by_a_sentence_that_begins_with_it(home: Path) -> None:
    assert "经营凭证" in told(home, "河灯牌是什么东西?").text


def test_who_supervises_is_in_charge(home: Path) -> None:
    assert "市水务部门" in told(home, "河灯燃放由哪个部门统一监管?").text


CRIMES = """柳岸市码头秩序处理规则

第一条 破坏正在使用的码头设施，具有下列情形之一的，应当认定为“恶意毁坏”：
（一）锯断缆桩的；
（二）凿穿浮箱的。
推搡码头管理员，情节轻微的，不属于“恶意毁坏”。
第二条 殴打码头协管员的，不构成妨害码头秩序。认定是否妨害码头秩序，应当综合考虑，可以听取船户意见。
第三条 码头实行零预约、零押金、零排队“三个零”服务。市渡运集团的码头亭由市码头中心委托柳岸渡运公司收管。
第四条 码头经营证自发放起五年内有效。2022年4月9日修订本规则。
第五条 自建浮桥的处理另行规定。因此，该项工作由市港务局统筹。
"""


@pytest.fixture(scope="module")
def pier(library_of: LibraryOf) -> Path:
    return library_of({"规则": CRIMES})


def test_what_counts_as_a_thing_is_what_the_lead_says_counts_as_it(pier: Path) -> None:
    answer = told(pier, "什么样的行为算“恶意毁坏”码头?").text
    assert "锯断缆桩" in answer
    assert "凿穿浮箱" in answer


def test_whether_it_is_such_a_thing_is_told_by_what_says_so(pier: Path) -> None:
    assert "不构成妨害码头秩序" in told(pier, "打码头协管员构成妨害码头秩序吗?").text


def test_what_is_counted_before_a_name_explains_it(pier: Path) -> None:
    assert "零预约、零押金、零排队" in told(pier, "“三个零”服务是什么意思?").text


def test_a_day_of_the_calendar_lasts_no_years(pier: Path) -> None:
    assert "2022年" not in told(pier, "码头规则的修订要用几年?").text
    assert "五年" in told(pier, "码头经营证几年内有效?").text


def test_to_whom_one_turns_for_a_permission_is_who_is_in_charge() -> None:
    assert kind_of("码头停业找谁备案?") == "responsibility"
    assert kind_of("租厂房找谁联系?") == "person"
    assert kind_of("申请码头证要交哪些文件?") == "list"


def test_who_is_commissioned_is_in_charge(pier: Path) -> None:
    assert "柳岸渡运公司" in told(pier, "码头亭由哪家公司收管?").text


HOLIDAYS = """柳岸市关于河灯节安排的通知

第一条 停业安排。
一、河灯节：7月4日至10日停业，共7天。7月12日照常营业。
第二条 作坊。
按照每间作坊每月800元的标准定额减收租金，津贴不重复计算。作坊应当把用电、用水、用工和进出货物的情况逐日登记，按月送交市水务部门查看；没有登记的，下个月不减收。
第三条 学徒津贴。
河灯学徒在学艺期间，按照每月600元定额发放津贴。
"""


@pytest.fixture(scope="module")
def holidays(library_of: LibraryOf) -> Path:
    return library_of({"通知": HOLIDAYS})


def test_from_day_to_day_of_the_calendar_is_not_how_many_days(holidays: Path) -> None:
    assert "共7天" in told(holidays, "河灯节停业几天？").text


def test_so_much_for_each_is_a_standard_without_the_word(holidays: Path) -> None:
    answer = told(holidays, "河灯学徒津贴的标准是多少？").text
    assert "600元" in answer
    assert "800元" not in answer
