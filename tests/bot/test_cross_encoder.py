"""A pretrained CrossEncoder reorders the best of what the embedded reranker found, and says in a line what it lacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot import PolicyRetriever, ask
from bot.cross_encoder import SCORE, CrossEncoderReranker, shown
from bot.errors import RerankerUnavailable
from bot.evaluation.questions import Question
from bot.evaluation.run import evaluate
from bot.question.understand import understand
from bot.rerank import find, rerank
from tests.tiny_models import bi_encoder, cross_encoder, needed
from vectorstore.library import Library
from vectorstore.model import Filters, Hit
from vectorstore.pretrained import Running
from vectorstore.regions import Gazetteer

QUESTION = "探索建立数据银行的是哪座城市？"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    return cross_encoder(tmp_path_factory.mktemp("models") / "ce", seed=3)


def found(home: Path, reranker: CrossEncoderReranker | None, k: int = 30) -> list[Hit]:
    query = understand(QUESTION, Gazetteer())
    with Library.open(home) as library:
        return find(library, query, k=k, filters=Filters(), reranker=reranker or rerank)


def test_the_first_are_ordered_by_the_model_and_the_others_stay(policies_home: Path, model: Path) -> None:
    from sentence_transformers import CrossEncoder

    linear = found(policies_home, None)
    crossed = found(policies_home, CrossEncoderReranker(str(model), depth=6))
    assert {hit.chunk.id for hit in crossed[:6]} == {hit.chunk.id for hit in linear[:6]}
    assert [hit.chunk.id for hit in crossed[6:]] == [hit.chunk.id for hit in linear[6:]]
    numbers = CrossEncoder(str(model), device="cpu").predict([(QUESTION, shown(hit)) for hit in linear[:6]])
    wanted = [linear[i].chunk.id for i in np.argsort(-numbers, kind="stable")]
    assert [hit.chunk.id for hit in crossed[:6]] == wanted
    assert [hit.scores[SCORE] for hit in crossed[:6]] == pytest.approx(sorted(numbers, reverse=True), abs=1e-5)
    assert [hit.score for hit in crossed] == [hit.score for hit in linear]
    assert wanted != [hit.chunk.id for hit in linear[:6]], "a model that changes nothing would prove nothing"


def test_the_model_reads_whose_rule_it_is(policies_home: Path) -> None:
    hit = found(policies_home, None)[0]
    assert shown(hit).startswith(hit.document.title)
    assert shown(hit).endswith(hit.chunk.text)


def test_nothing_found_needs_no_model() -> None:
    absent = CrossEncoderReranker("/nowhere")
    assert absent([], understand(QUESTION, Gazetteer()), lambda terms: dict.fromkeys(terms, 1.0)) == []


def test_every_door_uses_the_reranker_that_is_set(
    policies_home: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_RERANKER", str(model))
    monkeypatch.setenv("ZHENGWEN_RERANKED", "6")
    assert ask(QUESTION, home=policies_home).status == "answered"
    documents = PolicyRetriever(home=policies_home, k=8).invoke(QUESTION)
    assert [f"score_{SCORE}" in document.metadata for document in documents] == [True] * 6 + [False] * 2
    asked = Question("1", QUESTION)
    with Library.open(policies_home) as library:
        plain = evaluate(library, [asked], name="一题", answers=False)
        crossed = evaluate(library, [asked], name="一题", answers=False, reranker=CrossEncoderReranker(str(model)))
    assert [f.text for f in plain.outcomes[0].found] != [f.text for f in crossed.outcomes[0].found]


def test_what_the_model_lacks_is_said_in_a_line(
    policies_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed()
    pickled = cross_encoder(tmp_path / "pickled")
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    wrong = {
        str(tmp_path / "nothing"): "不存在",
        str(pickled): "pickle",
        str(bi_encoder(tmp_path / "bi")): "它是向量模型",
        str(cross_encoder(tmp_path / "three", labels=3)): "3 个数",
        "nobody/no-such-model": "下载不到",
    }
    for model, words in wrong.items():
        monkeypatch.setenv("ZHENGWEN_RERANKER", model)
        with pytest.raises(RerankerUnavailable, match=words) as caught:
            ask(QUESTION, home=policies_home)
        assert "ZHENGWEN_RERANKER" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_numbers_that_are_none_are_refused(model: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    broken = cross_encoder(tmp_path / "nan")
    weights = load_file(broken / "model.safetensors")
    weights["classifier.bias"][:] = float("nan")
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(RerankerUnavailable, match="NaN"):
        CrossEncoderReranker(str(broken), running=Running(batch=2)).scores("税费", ["补贴", "集市"])
    assert CrossEncoderReranker(str(model)).scores("税费", ["补贴", "集市"]).shape == (2,)
