"""Everyday words read as the documents' where a question isn't answered as it stands."""

from __future__ import annotations

from bot.question.aliases import READINGS, official_readings

RULE = "休渔期间发给渔民生活补助。禁止电鱼。渔船更新给予贷款贴息，渔具可以委托托管。"


def test_each_everyday_word_becomes_one_the_documents_have() -> None:
    assert "渔民能不能借钱" not in official_readings("渔民能不能借钱", [RULE])
    assert list(official_readings("渔民能不能借钱换船", [RULE])) == ["渔民能不能贷款换船"]


def test_no_word_is_put_in_that_the_documents_lack() -> None:
    assert list(official_readings("渔民能不能借钱换船", ["休渔期为三个月。"])) == []


def test_the_kind_of_question_stays_and_there_are_few_readings() -> None:
    readings = list(
        official_readings("渔民的钱从哪里来，有没有好处拿", [RULE + "奖励。优惠。补贴。资金。经费。费用。"])
    )
    assert 0 < len(readings) <= READINGS
    assert len(set(readings)) == len(readings)


def test_whom_one_deals_with_and_what_one_does_have_the_documents_names_too() -> None:
    rule = "承租人应当将有关情况预先告知业主。"
    assert list(official_readings("租客要不要事先告诉业主", [rule]))[:1] == ["承租人要不要预先告知业主"]


def test_a_loan_is_the_financing_that_documents_report_but_a_loans_rate_is_no_financing() -> None:
    rule = "上半年，全县办理渔船质押融资86笔。贷款利率另行规定。"
    assert list(official_readings("渔船贷款，全县上半年放了多少", [rule])) == ["渔船融资，全县上半年放了多少"]
    assert list(official_readings("渔船的贷款利率是多少", [rule])) == []
