"""Turns that point back: 前者, 和某市比呢, 两个一共多少, 它还牵头什么, 以前呢, 出处在哪里."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer
from bot.question.comparing import compared_with
from bot.question.pointing import spelt_out
from bot.question.turning import again
from tests.bot.conftest import LibraryOf
from tests.bot.question.talking import talk
from vectorstore.regions import Gazetteer

_NINGBO = """宁波市港口服务提升实施方案

甬政发〔2022〕4号

一、主要目标

到2026年，智能泊位达到18个，冷链仓库达到40座。船员培训方面，每年培训3200人次。引航服务方面，准点率达到97%。

二、重点任务

(一)建设智能泊位。改造老旧泊位，装备远控岸桥。(市港航局牵头，市财政局配合)

(二)扩建冷链仓库。新建冷链仓库，开通冷链专线。(市商务局牵头，市港航局配合)

(三)培训船员。开展船员培训。(市港航局牵头，市教育局配合)

(四)减免查验费用。将以前的每箱200元查验费用降为每箱80元。(市口岸办牵头，市财政局配合)

宁波市人民政府

2022年3月1日
"""
_XIAMEN = """厦门市港口服务提升行动方案

厦府〔2022〕9号

一、主要目标

到2026年，智能泊位达到25个，冷链仓库达到33座。

厦门市人民政府

2022年5月6日
"""
BERTHS = "宁波市智能泊位的目标是多少？"


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"宁波": _NINGBO, "厦门": _XIAMEN})


@pytest.mark.parametrize(
    ("questions", "parts"),
    [
        ((BERTHS, "和厦门比呢？"), ("18个", "25个")),
        ((BERTHS, "厦门跟它比怎么样"), ("18个", "25个")),
        ((BERTHS, "厦门呢？", "两个一共多少？"), ("18个", "25个")),
        ((BERTHS, "和冷链仓库比呢？"), ("40座",)),
        ((BERTHS, "你确定吗？出处在哪里？"), ("18个",)),
        ((BERTHS, "这个数据在哪个文件里？"), ("18个",)),
        (("宁波市船员培训方面有什么要求？", "引航服务方面呢？"), ("97%",)),
        (("宁波市建设智能泊位由谁牵头？", "它还牵头哪些任务？"), ("培训船员",)),
        (("宁波市建设智能泊位由谁牵头？", "扩建冷链仓库呢？", "后者具体要做什么？"), ("冷链专线",)),
        (("宁波市建设智能泊位由谁牵头？", "扩建冷链仓库呢？", "前者具体要做什么？"), ("远控岸桥",)),
        (("宁波市智能泊位这块是哪些部门牵头的？",), ("市港航局",)),
        (("宁波市现在的查验费用每箱多少钱？", "以前呢？"), ("200元",)),
    ],
)
def test_what_a_turn_points_at_is_found(home: Path, questions: tuple[str, ...], parts: tuple[str, ...]) -> None:
    answer = talk(home, *questions)
    assert all(part in answer.text for part in parts), (answer.standalone, answer.text)


@pytest.mark.parametrize(
    ("turn", "other"),
    [
        ("和厦门比呢", "厦门"),
        ("跟厦门相比怎么样？", "厦门"),
        ("比厦门高吗", "厦门"),
        ("厦门和它比呢", "厦门"),
        ("占比是多少？", None),
        ("比例呢？", None),
        ("和谁签合同？", None),
    ],
)
def test_what_is_set_beside_what_was_asked(turn: str, other: str | None) -> None:
    assert compared_with(turn) == other


@pytest.mark.parametrize(
    ("turn", "again_"),
    [
        ("你确定吗？出处在哪里？", True),
        ("原文怎么说的", True),
        ("哪个文件写的？", True),
        ("在哪里？", False),
        ("依据是什么？", False),
    ],
)
def test_where_it_stands_is_asked_of_the_answer_not_of_the_matter(turn: str, again_: bool) -> None:
    asked = Answer("宁波市冷链仓库有多少？", "…", "answered")
    assert bool(again(turn, [asked])) is again_


def test_what_points_at_nothing_is_left_as_it_is() -> None:
    history = [Answer("宁波市冷链仓库有多少？", "…", "answered")]
    for turn in ("前者呢？", "这个概念是谁提出的", "第二项呢？", "冷链专线呢？"):
        assert spelt_out(turn, history, Gazetteer()) == turn


def test_words_that_only_point_are_left_out() -> None:
    history = [Answer("宁波市冷链仓库有多少？", "…", "answered")]
    assert spelt_out("后面那个船员培训呢？", history, Gazetteer()) == "船员培训呢？"
    assert spelt_out("你刚才说的冷链专线由谁负责", history, Gazetteer()) == "冷链专线由谁负责"
