"""An answer tells what its question doesn't: headings, repetitions and figures of the question are passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import ask
from bot.novelty import tells
from bot.question.understand import understand
from tests.bot.conftest import LibraryOf
from vectorstore.regions import Gazetteer

NOTICE = """云溪市人民政府办公室关于冬季供暖服务的通知

云溪政办〔2023〕18号

各县区人民政府：

一、加强供暖巡查

二是切实加强热源应急调度的协同联动。由市供热中心统一调拨备用锅炉，两小时内送到停暖小区。

三、实行“冷暖灯”挂牌机制

各街道对小区实行“冷暖灯”挂牌机制。室温合格的亮暖灯，连续两天不合格的亮冷灯，限期三天整改。

四、开通24小时供暖服务热线

市供热中心开通24小时供暖服务热线，受理停暖报修。供暖服务热线：0917-6620431。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"供暖通知": NOTICE})


@pytest.mark.parametrize(
    ("question", "told", "is_told"),
    [
        ("切实加强热源应急调度的协同联动具体指什么", "二是切实加强热源应急调度的协同联动。", False),
        ("热源应急调度的协同联动具体指什么", "由市供热中心统一调拨备用锅炉。", True),
        ("24小时供暖服务热线是多少", "开通24小时供暖服务热线。", False),
        ("24小时供暖服务热线是多少", "供暖服务热线：0917-6620431。", True),
        ("供热中心有几台备用锅炉", "供热中心有两台备用锅炉。", True),
        ("谁开通了供暖服务热线", "市供热中心开通供暖服务热线。", True),
        ("供暖服务热线开通了吗", "开通供暖服务热线。", True),
    ],
)
def test_what_only_repeats_the_question_tells_nothing(question: str, told: str, is_told: bool) -> None:
    assert tells(understand(question, Gazetteer()), told) is is_told


@given(st.text(max_size=40))
def test_a_question_never_answers_itself(text: str) -> None:
    query = understand(text, Gazetteer())
    assert query.kind == "yes_no" or not tells(query, text)


@pytest.mark.parametrize(
    ("question", "tells_it"),
    [
        ("切实加强热源应急调度的协同联动具体指的是什么", "统一调拨备用锅炉"),
        ("“冷暖灯”挂牌机制指什么", "亮暖灯"),
        ("云溪市24小时供暖服务热线是多少", "0917-6620431"),
        ("云溪市供暖报修可以打什么电话", "0917-6620431"),
    ],
)
def test_an_answer_goes_on_to_where_it_is_told(home: Path, question: str, tells_it: str) -> None:
    answer = ask(question, home=home)
    assert tells_it in answer.text, answer.text
    assert all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)
