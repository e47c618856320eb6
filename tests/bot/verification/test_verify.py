"""A sentence stands when a passage says it, in whatever order, script and spelling; anything else is dropped."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verify import Verdict, verify
from tests.bot.verification.invented import TEXT, passages

TRUE = (
    "到2031年，全市公园达到120个。",
    "全市公园到2031年达到一百二十个，年均增长15%以上。",
    "绿地面积不低于3.5万亩。",
    "绿地面积不少于35000亩。",
    "每年安排专项资金4000万元。",
    "每年安排四千万元专项资金。",
    "公园应当每日开放。",
    "根据《青石市公园条例》，公园应每日开放，夜间可以关闭照明。",
    "第三条规定，单位不得占用绿地。",
    "由市园林局牵头，市财政局和市公安局配合。",
    "牵头单位是市园林局。",
    "局长王建国于2030年12月28日签发。",
    "局长王建国于12月28日签发。",
    "未成年人免费入园。",
    "参观人数从15万人次下降到9万人次。",
    "条例的文号是青政发〔2030〕8号。",
    "《青石市公园条例》由青石市人民政府于2030年12月30日印发。",
    "见附件[1]和国发[2020]5号。",
    "夜市摊位费为每月800元。",
)
FALSE = (
    "到2031年，全市公园达到102个。",
    "到2032年，全市公园达到120个。",
    "全市公园达到120处。",
    "全市公园不超过120个。",
    "全市公园下降到120个。",
    "到2031年，全市绿地达到120个。",
    "绿地面积不超过3.5万亩。",
    "绿地面积低于3.5万亩。",
    "绿地面积达到3.5万亩。",
    "绿地面积不低于3.5亿亩。",
    "每年安排专项资金4百万元。",
    "每年安排专项资金4000万美元。",
    "公园不应当每日开放。",
    "公园可以每日开放。",
    "公园必须每日关闭。",
    "夜间应当关闭照明。",
    "夜间不得关闭照明。",
    "单位可以占用绿地。",
    "第五条规定，单位不得占用绿地。",
    "个人不得占用绿地。",
    "由市财政局牵头，市园林局和市公安局配合。",
    "牵头单位是市财政局。",
    "由省园林局牵头。",
    "局长王建民于2030年12月28日签发。",
    "局长王建国于2030年12月29日签发。",
    "局长王建国于2029年12月28日签发。",
    "未成年人收费入园。",
    "成年人免费入园。",
    "70岁以下老人凭证入园。",
    "参观人数从9万人次下降到15万人次。",
    "参观人数从15万人次上升到9万人次。",
    "条例的文号是国发〔2020〕5号。",
    "红岭市公园达到120个。",
    "山东省青岛市公园达到120个。",
    "夜市摊位费为每年800元。",
    "夜市摊位费为每月800元，公园也收800元。",
    "全市公园达到120个，堪称全国第一。",
    "公园附近的餐厅每日开放。",
    "详见https://evil.example/。",
)


def stands(verdict: Verdict) -> bool:
    return bool(verdict.citations) and not verdict.dropped


@pytest.mark.parametrize("sentence", TRUE)
def test_what_a_passage_says_stands(sentence: str) -> None:
    verdict = verify(sentence, passages())
    assert stands(verdict), verdict
    (citation,) = verdict.citations
    assert citation.document.text[citation.start : citation.end] == citation.quote
    assert "\n\n" not in citation.quote  # no more than it takes


@pytest.mark.parametrize("sentence", FALSE)
@pytest.mark.parametrize("marker", ["", "[2]", "[1,2,3,4,5,6,7]"])
def test_what_none_says_is_dropped(sentence: str, marker: str) -> None:
    verdict = verify(sentence[:-1] + marker + sentence[-1], passages())
    assert verdict.text == "" and verdict.citations == () and len(verdict.dropped) == 1, verdict


def test_the_quote_is_the_sentence_that_says_it_and_no_more() -> None:
    verdict = verify("单位不得占用绿地。[3]", passages())
    assert [c.quote for c in verdict.citations] == ["单位不得占用绿地。"]


def test_what_is_left_keeps_its_lines_and_order() -> None:
    verdict = verify("1. 全市公园达到120个[2]；\n2. 全市公园达到130个[2]；\n3. 单位不得占用绿地[3]。", passages())
    assert verdict.text == "全市公园达到120个。[1]\n单位不得占用绿地。[2]"
    assert verdict.dropped == ("全市公园达到130个；",)


def test_words_that_claim_nothing_are_neither_kept_nor_counted() -> None:
    verdict = verify("根据资料，回答如下：\n全市公园达到120个。[2]", passages())
    assert verdict.text == "全市公园达到120个。[1]" and verdict.dropped == ()


def test_nothing_given_or_nothing_written_is_nothing() -> None:
    assert verify("", passages()) == Verdict("", ())
    assert verify("全市公园达到120个。[1]", []).text == ""


def test_a_region_that_no_table_has_breaks_nothing() -> None:
    strange = [replace(source, region="火星市") for source in passages()]
    assert stands(verify("单位不得占用绿地。", strange))


PIECES = st.sampled_from(
    [*TRUE, *FALSE, "[1]", "[2]", "【3】", "[99]", "\n", "；", "，", "**", "<b>", "![](http://e)", "国发〔2020〕5号"]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=8))
def test_whatever_is_written_what_comes_out_is_exact(parts: list[str]) -> None:
    verdict = verify("".join(parts), passages())
    numbers = {int(n) for n in re.findall(r"\[(\d{1,3})\]", verdict.text)}
    assert numbers == {c.number for c in verdict.citations} == set(range(1, len(verdict.citations) + 1))
    for citation in verdict.citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote != ""
    assert not re.search(r"<\w|!\[|\]\(|https?:", verdict.text)
    again = verify(verdict.text, passages())
    assert again.dropped == () and len(again.citations) == len(verdict.citations)


@given(st.data())
def test_every_sentence_of_a_passage_stands_as_it_is(data: st.DataObject) -> None:
    lines = [s for s in re.split(r"(?<=。)|\n", TEXT) if len(s.strip()) > 8 and "条例" not in s]
    chosen = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=4))
    assert stands(verify("\n".join(line.replace(",", "，") for line in chosen), passages()))


def test_ten_sentences_take_no_time() -> None:
    answer = "".join(
        f"{sentence[:-1]}[{n}]。" for sentence, n in zip(TRUE[:10], (2, 2, 2, 2, 2, 2, 3, 3, 3, 4), strict=True)
    )
    times = []
    for _ in range(9):
        began = time.process_time()
        verify(answer, passages())
        times.append(time.process_time() - began)
    assert sorted(times)[4] < 0.1  # measured by scripts/verification.py; a busy machine takes its time


def test_the_order_of_passages_makes_no_difference() -> None:
    shuffled = passages()
    random.Random(3).shuffle(shuffled)
    for sentence in TRUE:
        one, other = verify(sentence, passages()), verify(sentence, shuffled)
        assert one.text == other.text


@pytest.mark.parametrize(
    "draft",
    [
        "![" * 6000, "[" * 12000, "<a" * 6000, "<script" * 2000, "\n" * 12000, "- " * 6000, "**" * 6000, "“" * 9000,
        "1" * 12000, "一" * 12000, "第" * 12000, "，" * 12000, "到2031年，" * 2000, "《" * 9000, "[1-" * 4000,
        "市财政局" * 3000, ("市财政局" * 100 + "。") * 20, ("三千万亿" * 100 + "。") * 20, ("120个" * 100 + "。") * 20,
        "全市公园达到120个" * 1200, "](" * 6000, "三千万亿" * 3000, "局长王" * 4000, "\ud800\ue000\u202e" * 3000,
    ],
)  # fmt: skip
def test_nothing_a_model_can_write_takes_long(draft: str) -> None:
    began = time.process_time()
    verify(draft, passages())
    assert time.process_time() - began < 2.5


def test_what_points_back_is_of_the_document_that_was_spoken_of() -> None:
    kept = verify("全市公园达到120个。[2]该市的绿地面积不低于3.5万亩。[2]它应当每日开放。[3]", passages())
    assert kept.text == "全市公园达到120个。[1]该市的绿地面积不低于3.5万亩。[1]它应当每日开放。[2]"
    strayed = verify("全市公园达到120个。[2]其摊位费每月800元。[7]", passages())
    assert strayed.text == "全市公园达到120个。[1]" and strayed.dropped == ("其摊位费每月800元。",)


def test_what_names_no_place_is_of_the_place_that_was_spoken_of() -> None:
    elsewhere = [*passages()[:6], replace(passages()[6], region="浙江省杭州市")]
    here = [replace(source, region="山东省青岛市") for source in elsewhere[:6]]
    verdict = verify("全市公园达到120个。[2]摊位费每月800元。[7]", [*here, elsewhere[6]])
    assert verdict.text == "全市公园达到120个。[1]" and verdict.dropped == ("摊位费每月800元。",)
