"""What an answer must look like for the thing asked for."""

from __future__ import annotations

import pytest

from bot.question.shape import shaped


@pytest.mark.parametrize(
    ("question", "with_it", "without"),
    [
        ("渔港标牌是什么颜色", "标牌为蓝底白字", "标牌每两年更换一次"),
        ("渔港标牌的尺寸是多少", "标牌长600毫米", "标牌每副2只"),
    ],
)
def test_what_any_answer_has(question: str, with_it: str, without: str) -> None:
    assert shaped(question, with_it) == 1.0
    assert shaped(question, without) == 0.0


def test_what_most_answers_have_only_makes_them_likelier() -> None:
    assert shaped("渔港管理站不能做什么", "渔港管理站不得经营渔具") == 1.0
    assert 0.0 < (shaped("渔港管理站不能做什么", "渔港管理站负责日常管理") or 0.0) < 1.0


def test_most_questions_ask_for_no_shape() -> None:
    assert shaped("渔港管理站归哪个部门管", "由农业农村部门管理") is None
