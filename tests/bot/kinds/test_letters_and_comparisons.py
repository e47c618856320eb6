"""Letters and what they answer, documents only cited, how many parts one has, comparisons told by halves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from tests.bot.conftest import LibraryOf

REPLY = """青岛市人民政府关于渔港收费提案的答复
青府函〔2031〕6号
方一舟、陆小满委员：
你们提出的关于停止收取渔港靠泊费的提案收悉，现答复如下：
一、靠泊费自明年起停收，所需经费由市财政安排。
二、渔港管理站不得经营渔具，不得代售燃油。
青岛市人民政府
2031年5月6日
"""
NOTICE = """青岛市人民政府关于加强渔港管理的通知
青府发〔2031〕9号
各县区人民政府：
为管好渔港，现就有关事项通知如下。本通知共三个部分，十二条。
一、主要目标
到2035年，全市建成示范渔港7个。
二、重点任务
（一）规范靠泊。渔港管理可以采取定期巡查、视频监控、群众监督等方式，每次靠泊都要登记。
（二）更换标牌。渔港标牌为蓝底白字，每三年更换一次。
三、组织领导
成立渔港管理工作小组，组长由分管副市长担任。市政府办公室印发《青岛市渔港标牌管理细则》，各县区照此执行。
自本通知印发之日起，《青岛市渔港暂行办法》（青府发〔2022〕3号）停止执行。
青岛市人民政府
2031年6月1日
"""
NORTH = """石岭县渔港建设方案
石府发〔2031〕2号
一、主要目标
到2035年，全县建成示范渔港2个。
石岭县人民政府
2031年7月1日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"答复": REPLY, "通知": NOTICE, "方案": NORTH})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("渔港收费提案是哪几位委员提的", "方一舟、陆小满委员"),
        ("青府函〔2031〕6号答复的是谁", "方一舟、陆小满委员"),
        ("渔港管理站不能做什么", "不得经营渔具"),
        ("青岛市关于加强渔港管理的通知一共有多少条", "十二条"),
        ("渔港管理可以采取哪些方式", "定期巡查、视频监控、群众监督等方式"),
        ("渔港标牌是什么颜色的", "蓝底白字"),
        ("青府发〔2022〕3号现在还有效吗", "停止执行"),
        ("青岛市渔港标牌管理细则是谁印发的", "市政府办公室印发《青岛市渔港标牌管理细则》"),
        ("青岛市渔港管理工作小组组长由谁担任", "分管副市长"),
    ],
)
def test_what_is_told_is_found(home: Path, question: str, told: str) -> None:
    answer = ask(question, home=home)
    assert told in answer.text, answer.text


@pytest.mark.parametrize("question", ["渔港管理站的热线电话是多少", "什么是示范渔港", "第二次渔港督查发现了多少个问题"])
def test_what_is_only_mentioned_is_no_answer(home: Path, question: str) -> None:
    assert ask(question, home=home).status == "not_found"


def test_a_comparison_tells_the_side_that_is_told_and_says_which_is_not(home: Path) -> None:
    answer = ask("青岛市和海口市到2035年分别要建成多少个示范渔港", home=home)
    assert answer.status == "answered"
    assert "7个" in answer.text
    assert any("海口市" in notice for notice in answer.notices), answer.notices
