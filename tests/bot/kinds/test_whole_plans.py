"""Who is in charge of a whole plan isn't told by the units of one of its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from tests.bot.conftest import LibraryOf

TASKS = """云岭市渔港经济发展方案

一、主要目标
到2031年，建成渔港六处。
二、重点任务
（一）扶持渔港经济企业。每年评选一次示范企业，向社会公布名单。（牵头单位：市科技局；责任单位：市财政局）
（二）更新渔港码头设施。加固护岸，增设照明。（牵头单位：市水务局；责任单位：市城管局）
（三）规范水产交易。每周检查市场，公开检查结果。（牵头单位：市市场监管局；责任单位：市公安局）
"""
LED = TASKS + "三、组织保障\n云岭市成立领导小组，领导小组统筹协调渔港经济发展各项工作，每季度召开一次会议。\n"


@pytest.fixture(scope="module")
def led(library_of: LibraryOf) -> Path:
    return library_of({"渔港": LED})


@pytest.fixture(scope="module")
def unled(library_of: LibraryOf) -> Path:
    return library_of({"渔港": TASKS})


def test_the_whole_is_led_by_whoever_sees_to_all_of_it(led: Path) -> None:
    answer = ask("云岭市渔港经济发展由哪个部门牵头", home=led)
    assert "领导小组统筹协调渔港经济发展" in answer.text
    assert "科技局" not in answer.text


def test_where_only_parts_have_units_all_of_them_are_told_under_their_names(unled: Path) -> None:
    answer = ask("云岭市渔港经济发展由哪个部门牵头", home=unled)
    assert [unit in answer.text for unit in ("市科技局", "市水务局", "市市场监管局")] == [True] * 3
    assert "更新渔港码头设施" in answer.text


def test_a_part_that_is_named_is_told_alone(led: Path) -> None:
    answer = ask("更新渔港码头设施由哪个部门牵头", home=led)
    assert "市水务局" in answer.text
    assert "领导小组" not in answer.text
    assert "科技局" not in answer.text
