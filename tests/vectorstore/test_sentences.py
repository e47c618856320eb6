"""Sentences: where they end, where they don't, and that nothing gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.sentences import sentence_spans


def split(text: str, *, clauses: bool = False) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, clauses=clauses)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一是扩大试点。二是总结经验。", ["一是扩大试点。", "二是总结经验。"]),
        ("能否申请？可以！", ["能否申请？", "可以！"]),
        ("有没有打算?有!", ["有没有打算?", "有!"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("  前后有空白。  \n\n ", ["前后有空白。"]),
        ("他强调：“要抓落实。要见实效。”会议要求照办。", ["他强调：“要抓落实。要见实效。”", "会议要求照办。"]),
        ("参见《谁来管？怎么管？》一文。", ["参见《谁来管？怎么管？》一文。"]),
        ("已经办结（详见附件一。）。", ["已经办结（详见附件一。）。"]),
        ("商标“甲?乙”已注册。", ["商标“甲?乙”已注册。"]),
        ("网址 http://a.cn/x?id=1 可查。", ["网址 http://a.cn/x?id=1 可查。"]),
        ("引号没有“闭上。下一句。", ["引号没有“闭上。", "下一句。"]),
        ("真的吗？！是的……", ["真的吗？！", "是的……"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_clauses_end_at_semicolons_only_when_asked() -> None:
    text = "专利达到十件;商标达到百件；版权达到千件。"
    assert split(text) == [text]
    assert split(text, clauses=True) == ["专利达到十件;", "商标达到百件；", "版权达到千件。"]


def test_a_quotation_longer_than_a_sentence_is_running_text() -> None:
    long = "“" + "这是其中的一句话。" * 20 + "”"
    assert len(split(long)) == 20


@given(st.text(alphabet="一二甲乙。！？；;!?“”‘’（）()《》「」 \n\u3000a1.", max_size=200), st.booleans())
def test_spans_are_ordered_and_lose_nothing(text: str, clauses: bool) -> None:
    spans = sentence_spans(text, clauses=clauses)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        assert "\n" not in text[start:stop]
        end = stop
    assert not text[end:].strip()
