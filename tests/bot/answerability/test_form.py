"""Whether a passage holds a time, a figure, a name or a place where the question asks for one."""

import pytest

from bot.answerability.form import UNKNOWN, asks_form, has_form


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("水库大坝的开工时间", "大坝于3月12日开工。", "大坝由水利部门建设。"),
        ("展览会参观人数", "共有4.2万人到场。", "2021年5月6日展览会开幕。"),
        ("影片《远山》的主演", "由赵青川和马利领衔。", "影片讲述山里的故事。"),
        ("开幕式在哪里举行", "开幕式在临江体育馆举行。", "开幕式十分热闹。"),
    ],
)
def test_what_is_asked_for_has_a_form(question: str, holds: str, lacks: str) -> None:
    assert asks_form(question)
    assert (has_form(question, holds), has_form(question, lacks)) == (1.0, 0.0)


@pytest.mark.parametrize("question", ["逾期未检的船只如何处理？", "为什么票房低于去年？", "运输收入要交税吗？"])
def test_how_why_and_whether_have_no_form(question: str) -> None:
    assert not asks_form(question)
    assert has_form(question, "共3天。") == UNKNOWN


def test_a_question_without_a_form_is_answered_by_any_words() -> None:
    assert not asks_form("怎样申请取水许可")
    assert has_form("怎样申请取水许可", "向县里提交材料。") == UNKNOWN
