"""Document numbers as they are written and as scanners misread them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.numbers import CLOSING, OPENING, for_lookup, is_misread, usual

_MISREAD = ["清政发〔2019」5号", "清政发〔20l9〕5号", "清政发（2019〕5号", "清政发〔2Ol9〕第5 号", "清政发<2019>5号"]
_WRITTEN = [
    "清政发〔2019〕5号",
    "清政发[2019]5号",
    "清政发（2019）第5号",
    "清政发﹝2019﹞5号",
    "清政发〔２０１９〕５号",
]


@pytest.mark.parametrize("number", [*_MISREAD, *_WRITTEN])
def test_every_way_of_writing_a_number_is_looked_up_as_one(number: str) -> None:
    assert for_lookup(number) == "清政发〔2019〕5号" == usual(number)


@pytest.mark.parametrize("number", _MISREAD)
def test_what_nobody_writes_is_noticed(number: str) -> None:
    assert is_misread(number)


@pytest.mark.parametrize("number", [*_WRITTEN, "国务院令第707号", "2019年第5号公告"])
def test_the_usual_ways_are_no_misreading(number: str) -> None:
    assert not is_misread(number)


@pytest.mark.parametrize("number", ["清政发〔3019〕5号", "清政发〔2l9〕5号", "国务院令第707号"])
def test_no_year_is_made_of_what_is_none(number: str) -> None:
    assert usual(number) == number


@given(st.text(alphabet=f"清政发{OPENING}{CLOSING}12lO第 号".replace("\\", ""), max_size=30))
def test_writing_a_number_as_usual_is_done_at_once(number: str) -> None:
    assert usual(usual(number)) == usual(number)
