"""`from bot import facts`: the front door to what documents state."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Fact, facts
from tests.bot.conftest import LibraryOf
from vectorstore.errors import NoLibrary
from vectorstore.model import Reference, Responsibility, Target

TEXT = """清湖市人民政府关于加快绿色制造的实施意见

根据《东省绿色制造条例》，提出如下意见。

一、发展目标
到2030年，绿色工厂达到120家。

二、重点任务
(一)建设绿色工厂。支持企业改造。（市科技局负责）
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"opinion": TEXT})


def test_all_kinds_in_the_order_of_the_text(home: Path) -> None:
    found: list[Fact] = facts(home=home)
    assert [type(fact) for fact in found] == [Reference, Target, Responsibility]


def test_one_value_needs_no_list(home: Path) -> None:
    (target,) = facts("target", years=2030, home=home)
    assert isinstance(target, Target) and (target.indicator, target.value) == ("绿色工厂", 120)
    assert facts("target", documents=target.doc_id, home=home) == [target]
    assert facts(["figure", "person"], home=home) == facts("target", years=2031, home=home) == []
    assert facts(regions="海南", home=home) == []


def test_no_library_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        facts(home=tmp_path / "none")
