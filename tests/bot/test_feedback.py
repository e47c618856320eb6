"""Verdicts on answers: one a person and answer, with all that is needed to look into it."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from bot import ask
from bot.answer import Answer
from bot.errors import BadFeedback
from bot.feedback import LONGEST_REASON, Feedback

NOTHING = Answer("谁付钱？", "资料里没有。", "not_found")


def test_whoever_changes_their_mind_has_one_verdict(tmp_path: Path) -> None:
    said = Feedback(tmp_path)
    said.give("useless", answer=NOTHING, turn="一", owner="甲", reason="不该说没有")
    said.give("useful", answer=NOTHING, turn="一", owner="乙")
    said.give("useful", answer=NOTHING, turn="一", owner="甲")
    assert {(one.owner, one.verdict, one.reason) for one in said.all()} == {("甲", "useful", ""), ("乙", "useful", "")}
    assert said.given("一", owner="甲") == "useful" and said.given("二", owner="甲") is None
    said.withdraw("一", owner="甲")
    assert said.given("一", owner="甲") is None and said.given("一", owner="乙") == "useful"


def test_without_a_library_the_evidence_is_kept_all_the_same(policies_home: Path, tmp_path: Path) -> None:
    answer = ask("绵阳市每万人拥有数据工程师的目标是多少?", home=policies_home)
    said = Feedback(tmp_path)
    said.give("useful", answer=answer, turn="一", owner="甲", face="slack")
    (one,) = said.all()
    assert (one.versions.zhengwen, one.versions.generation) == (version("zhengwen"), None)
    assert one.answer.text == answer.text and one.face == "slack"
    assert [c.quote for c in one.answer.citations] == [c.quote for c in answer.citations]


def test_a_library_tells_its_versions(policies_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(policies_home, home)
    answer = ask("绵阳市每万人拥有数据工程师的目标是多少?", home=home)
    said = Feedback(home)
    said.give("useful", answer=answer, turn="一", owner="甲")
    (one,) = said.all()
    assert one.versions.generation == 1 and one.versions.embedding and one.versions.embedding.startswith("embedded-")
    assert one.answer == answer


def test_other_verdicts_and_endless_reasons(tmp_path: Path) -> None:
    said = Feedback(tmp_path)
    with pytest.raises(BadFeedback):
        said.give("好", answer=NOTHING, turn="一", owner="甲")  # type: ignore[arg-type]
    said.give("useless", answer=NOTHING, turn="一", owner="甲", reason=" 长" * 99_999)
    assert len(said.all()[0].reason) == LONGEST_REASON
