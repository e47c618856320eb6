"""Whether a unit is in charge of a task is confirmed by that task's own units alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from tests.bot.conftest import LibraryOf

PLAN = """云岭市夜市发展方案

一、主要目标
到2031年，建成夜市十二处。
二、重点任务
（一）培育夜市品牌。每季度评选一次特色摊位，向社会公布名单。（牵头单位：市商务局；责任单位：市文旅局）
（二）完善夜市设施。更新照明和排水，增设休息座椅。（市城管局、市水务局按职责分工负责）
（三）加强夜市监管。每周巡查食品摊位，公开检查结果。（市市场监管局、市公安局负责）
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"夜市": PLAN})


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("培育夜市品牌由市商务局牵头吗？", "市商务局"),
        ("培育夜市品牌由市文旅局负责吗？", "市文旅局"),
        ("完善夜市设施由市水务局负责吗？", "市水务局"),
    ],
)
def test_a_unit_of_the_task_is_confirmed(home: Path, question: str, units: str) -> None:
    answer = ask(question, home=home)
    assert answer.status == "answered"
    assert units in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "培育夜市品牌由市文旅局牵头吗？",  # It takes part, and doesn't lead.
        "培育夜市品牌由市城管局负责吗？",  # That is another task's.
        "完善夜市设施由市公安局负责吗？",
    ],
)
def test_another_unit_is_not(home: Path, question: str) -> None:
    answer = ask(question, home=home)
    assert answer.status == "not_found"
