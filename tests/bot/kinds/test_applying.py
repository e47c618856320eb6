"""How one applies is answered by a step of it, not by what one gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.question.shape import asks_steps, tells_step
from tests.bot.conftest import LibraryOf

RULE = """云岭市渔家乐扶持办法
云岭市农业农村局 2031年3月5日印发 云农发〔2031〕9号
第一章 总则
第一条 为扶持渔家乐，制定本办法。
第二章 扶持
第二条 对认定为市级渔家乐示范点的，给予经营者一次性奖励8万元。
第三条 申请示范点应当具备下列条件：
（一）客房不少于12间；
（二）有污水处理设施。
第四条 {step}
第五条 本办法自2031年4月1日起施行。
"""
QUESTIONS = ("怎么申请渔家乐示范点", "渔家乐示范点怎么申请", "如何申报渔家乐示范点")


@pytest.fixture(scope="module")
def going_on(library_of: LibraryOf) -> Path:
    return library_of({"渔家乐": RULE.format(step="申请由镇政府受理，受理后20个工作日内完成初审。")})


@pytest.fixture(scope="module")
def naming(library_of: LibraryOf) -> Path:
    step = "拟成为渔家乐示范点的经营者应当向镇政府提交经营情况说明。"
    return library_of({"渔家乐": RULE.format(step=step)})


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_step_that_goes_on_with_the_application_is_told(going_on: Path, question: str) -> None:
    text = ask(question, home=going_on).text
    assert "由镇政府受理" in text
    assert "奖励" not in text


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_step_that_names_the_thing_is_told(naming: Path, question: str) -> None:
    text = ask(question, home=naming).text
    assert "向镇政府提交" in text
    assert "奖励" not in text


def test_what_one_gets_is_still_told_to_who_asks_for_it(going_on: Path) -> None:
    assert "8万元" in ask("渔家乐示范点奖励多少钱", home=going_on).text


@pytest.mark.parametrize("question", ["怎么申请渔船补贴", "渔船补贴的申报流程是什么", "渔船证如何办理"])
def test_who_asks_how_to_apply_asks_for_steps(question: str) -> None:
    assert asks_steps(question)


def test_other_questions_ask_for_no_steps_and_not_every_sentence_tells_one() -> None:
    assert not asks_steps("申请渔船补贴要什么条件")
    assert tells_step("申请人向镇政府提交申请表")
    assert not tells_step("给予一次性奖励8万元")
    assert not tells_step("渔船补贴审批表（原件1份）")  # a paper, and who hands it in where is told elsewhere
