"""Who asks for a goal gets a goal, and who asks what is so now a report: in single answers, comparisons and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.question.aim import aim_of, says_which
from tests.bot.conftest import LibraryOf

_REPORTS = """各地海洋工作交流材料（摘编）

2022-08-09 来源：海洋报

孙某 青岛市海洋局局长

青岛市海洋专利量达5.2万件，海洋企业417家。上半年，全市新增海洋牧场12个。

周某 宁波市海洋局局长

宁波市海洋专利量达3.1万件，海洋企业520家。
"""
_QINGDAO = """青岛市海洋强市实施方案

青政发〔2021〕11号

一、主要目标

到2025年，每万人口海洋专利拥有量超过8件，海洋牧场达到60个，海洋企业达到900家。

青岛市人民政府

2021年5月6日
"""
_YANTAI = """烟台市海洋强市实施方案

烟政发〔2021〕9号

一、主要目标

到2025年，海洋专利拥有量达到3000件，海洋牧场达到75个，海洋企业达到600家。

二、工作基础

截至2020年底，全市海洋专利拥有量1180件，海洋企业282家。

烟台市人民政府

2021年6月8日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"交流": _REPORTS, "青岛": _QINGDAO, "烟台": _YANTAI})


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("青岛市海洋企业的目标是多少家？", "900家", "417"),
        ("青岛市的海洋专利目标是多少？", "8件", "5.2万"),
        ("青岛市现在有多少家海洋企业？", "417家", "900"),
        ("烟台市到2025年海洋企业要达到多少家？", "600家", "282"),
        ("烟台市目前海洋企业有多少家？", "282家", "600"),
        ("青岛和烟台的海洋专利目标哪个高？", "8件", "5.2万"),
        ("青岛和烟台的海洋企业目标分别是多少家？", "600家", "282"),
        ("各市的海洋企业目标分别是多少家？", "900家", "520"),
    ],
)
def test_a_figure_is_of_the_kind_asked_for(home: Path, question: str, told: str, untold: str) -> None:
    answer = ask(question, home=home)
    assert told in answer.text and untold not in answer.text, answer.text


def test_what_was_reached_is_given_for_no_goal(home: Path) -> None:
    assert ask("宁波市海洋企业的目标是多少家？", home=home).status == "not_found"


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("青岛市的专利目标是多少", "goal"),
        ("到2025年要达到多少件", "goal"),
        ("力争建成多少个", "goal"),
        ("现在有多少件", "reached"),
        ("截至去年底有多少家", "reached"),
        ("海洋企业有多少家", None),
        ("目标现在完成了多少", None),
    ],
)
def test_the_words_of_a_question_tell_what_it_is_after(question: str, aim: str | None) -> None:
    assert aim_of(question) == aim


def test_only_plain_words_leave_no_doubt() -> None:
    assert says_which("专利目标是多少") and says_which("目前有多少件")
    assert not says_which("到2025年要达到多少件") and not says_which("上半年增长了多少")
