"""The paired bootstrap, and what two evaluations say of each other."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.baseline import Earlier, compare, read_baseline
from bot.evaluation.bootstrap import paired_interval
from bot.evaluation.lines import BadFile
from bot.evaluation.measures import figures, quantile
from bot.evaluation.outcome import Outcome

_PAIRS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60)


def outcome(id: str, question: str = "问", **values: float) -> Outcome:
    named = {key.replace("_at_", "@"): value for key, value in values.items()}
    return Outcome(id, question, "", True, (), named, (), (), None, None, (), values.get("score", 0.5))


@given(_PAIRS)
@settings(max_examples=40, deadline=None)
def test_the_interval_is_around_the_mean_and_within_the_differences(pairs: list[tuple[float, float]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    found = paired_interval(before, after)
    differences = [b - a for a, b in pairs]
    assert min(differences) - 1e-9 <= found.low <= found.high <= max(differences) + 1e-9
    assert found.mean == pytest.approx(sum(differences) / len(differences))
    assert found == paired_interval(before, after)  # the same input, the same interval


@given(_PAIRS)
@settings(max_examples=40, deadline=None)
def test_swapping_then_and_now_mirrors_it(pairs: list[tuple[float, float]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    one, other = paired_interval(before, after), paired_interval(after, before)
    assert (other.mean, other.low, other.high) == pytest.approx((-one.mean, -one.high, -one.low))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(-1, 1))
@settings(max_examples=40, deadline=None)
def test_no_change_and_the_same_change_everywhere_are_certain(before: list[float], moved: float) -> None:
    assert paired_interval(before, before).low == paired_interval(before, before).high == 0.0
    found = paired_interval([0.0] * len(before), [moved] * len(before))
    assert found.low == found.high == found.mean == moved and found.certain == (moved != 0)


def test_it_holds_the_true_difference_about_as_often_as_it_says() -> None:
    """200 draws of 80 questions whose answers get better by .1 on average: 95 % of the intervals hold .1."""
    chance = random.Random(7)
    held = 0
    for _ in range(200):
        before = [float(chance.random() < 0.6) for _ in range(80)]
        after = [value + chance.gauss(0.1, 0.3) for value in before]
        found = paired_interval(before, after)
        held += found.low <= 0.1 <= found.high
    assert 0.90 <= held / 200 <= 0.99


def test_what_got_better_and_worse_is_told_of_shared_questions_only() -> None:
    before = {str(n): Earlier("问", {"hit@5": 0.0, "length": 10.0, "search_seconds": 0.1}) for n in range(40)}
    before["other"] = Earlier("别的问法", {"hit@5": 1.0})
    after = [outcome(str(n), hit_at_5=1.0, length=20.0, search_seconds=0.3) for n in range(40)]
    found = compare(before, (*after, outcome("other", hit_at_5=0.0), outcome("new", hit_at_5=0.0)))
    assert found.shared == 40 and len(found.won) == 40 and found.lost == ()
    told = {change.key: (change.verdict, change.before, change.after, change.questions) for change in found.changes}
    assert told["hit@5"] == ("better", 0.0, 1.0, 40)
    assert told["length"][0] == "even"  # longer is neither
    assert told["search_seconds"][0] == "worse"


def test_a_few_changes_either_way_are_no_change() -> None:
    before = {str(n): Earlier("问", {"right": float(n % 2)}) for n in range(50)}
    after = tuple(outcome(str(n), right=float((n + (n < 4)) % 2)) for n in range(50))
    found = compare(before, after)
    assert [change.verdict for change in found.changes] == ["even"]
    assert (found.won, found.lost) == (("0", "2"), ("1", "3"))


def test_without_shared_questions_there_is_nothing_to_compare() -> None:
    with pytest.raises(BadFile, match="没有一道相同"):
        compare({"1": Earlier("问", {})}, (outcome("1", "换了问法"),))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"outcomes": 3}', '{"outcomes": [{}]}', "[" * 100_000, '{"outcomes": [{"id": 1}]}',
             '{"outcomes": [{"id": "a", "question": "b", "values": {"c": "d"}}]}', "\udcff"],
)  # fmt: skip
def test_what_is_no_result_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "之前.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadFile, match=r"之前\.json .*--json"):
        read_baseline(path)
    with pytest.raises(BadFile, match="没有"):
        read_baseline(tmp_path / "没有.json")


def test_a_result_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"outcomes": [{"id": "a", "question": "b", "values": {"F1": 1}}]}), encoding="utf-8")
    assert read_baseline(path) == {"a": Earlier("b", {"F1": 1.0})}


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (0.01, 1), (1.0, 4), (0.75, 3)])
def test_quantiles_are_values_that_occur(share: float, value: float) -> None:
    assert quantile([4, 1, 3, 2], share) == value


def test_figures_are_means_over_the_questions_they_apply_to() -> None:
    found = figures([outcome("a", F1=1.0), outcome("b", F1=0.5, search_seconds=0.2), outcome("c")])
    assert (found["F1"].value, found["F1"].questions) == (0.75, 2)
    assert found["search_p95"].value == 0.2 and "AUC" not in found
