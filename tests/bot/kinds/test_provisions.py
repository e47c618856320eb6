"""Questions on rules in articles: what a rule says comes before what breaking it costs or since when it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.suggest import questions
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library

RULE = """云溪市养蜂管理条例

第一章 总则

第一条 为了规范养蜂行为，保护蜂农权益，制定本条例。
第二条 蜂场是饲养五箱以上蜜蜂、有固定场地并经登记的养殖场所。
以繁育蜂王为主业的蜂场是种蜂场。
第三条 示范蜂场是经评定的蜂场。市农业农村部门主管全市养蜂工作（以下称蜂场管理）。

第二章 登记和扶持

第四条 养蜂登记应当缴纳登记费，每箱八元；登记费由乡镇人民政府代收。
第五条 有下列情形之一的，应当暂停转场放蜂：
（一）发现蜂群疫病的；
（二）沿途喷洒农药的；
（三）气象部门发布大风预警的。
养蜂证应当载明下列内容：
（一）蜂农的姓名；
（二）蜂箱的数量；
（三）放蜂的地点。
第六条 蜂农转场前，应当在三日内向迁入地报告。转场期限最长不得超过九十日，每日行程应当登记。
第七条 蜂农补助按照蜂箱数量乘以每箱二十元计算，每满五十箱加发一成。

第三章 蜂业创新

第八条 本市支持蜂产品研发，设立研发资金。
第九条 本市鼓励蜂农组建合作社，统一品牌。
第十条 本市推广智能蜂箱，监测蜂群健康。

第四章 法律责任

第十一条 未缴纳登记费或者冒用养蜂登记的，由农业农村部门责令限期改正，处五百元罚款。
第十一条之一 有下列行为之一的，由农业农村部门没收蜂箱，并处一千元罚款：
（一）使用禁用蜂药的；
（二）向他人出借养蜂证的。
第十二条 主管人员玩忽职守，不办理养蜂登记的，依法给予处分。

第五章 附则

第十三条 蜂农转场满十次不满二十次的，奖励蜂箱1个；满20次不满30次的，奖励蜂箱3个；满30次的，奖励蜂箱6个。
第十四条 本条例下列用语的含义：（一）蜂粮，指蜜蜂酿制后贮存的花粉。（二）分蜂，指一群蜂分为两群。
第十五条 本条例施行前已经登记的蜂农，补助的计算按照原规定执行。
第十六条 本条例自2024年3月1日起施行。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"养蜂条例": RULE})


def test_what_a_rule_announces_is_offered_to_be_asked(home: Path) -> None:
    assert "养蜂证应当载明哪些内容？" in questions(Library.open(home))


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("什么是蜂场", "有固定场地并经登记的养殖场所", "示范蜂场"),
        ("云溪市养蜂登记要交多少钱", "每箱八元", "罚款"),
        ("未缴纳登记费罚多少钱", "五百元罚款", "每箱八元"),
        ("云溪市养蜂工作由哪个部门主管", "市农业农村部门主管", "玩忽职守"),
        ("蜂农补助怎么算", "乘以每箱二十元", "施行前"),
        ("转场期限最长多久", "不得超过九十日", "三日内"),
        ("什么情况下应当暂停转场放蜂", "沿途喷洒农药", "登记费"),
        ("蜂业创新有哪些举措", "组建合作社", "第八条[1]"),
        ("向他人出借养蜂证怎么处罚", "并处一千元罚款", "禁用蜂药"),
        ("什么是种蜂场", "以繁育蜂王为主业", "示范"),
        ("养蜂证应当载明哪些内容", "放蜂的地点", "登记费"),
        ("蜂农转场满20次不满30次奖励几个蜂箱", "奖励蜂箱3个", "奖励蜂箱6个"),
        ("什么是蜂粮", "酿制后贮存的花粉", "蜂场"),
        ("哪些情形应当暂停转场", "气象部门发布大风预警", "登记费"),
        ("养蜂管理条例什么时候施行", "2024年3月1日", "原规定"),
    ],
)
def test_the_rule_itself_answers(home: Path, question: str, told: str, untold: str) -> None:
    answer = ask(question, home=home)
    assert told in answer.text, answer.text
    assert untold not in answer.text, answer.text
