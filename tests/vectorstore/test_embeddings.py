"""The shipped model and those put in its place: unit vectors, the same in every reader, and errors that help."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny_models import needed, static_model
from vectorstore.embeddings import EMBEDDED_FOLDER, Embedder, load_embedder
from vectorstore.errors import ModelUnavailable

TEXTS = [
    "什么是专利银行？",
    "市级财政对首次通过认定的高新技术企业给予一次性奖励20万元。",
    "支持企业建设充电桩，每个补贴不超过三千元；由市发展改革委牵头，市财政局配合。",
    "ＡＢＣ full width, Latin words & 2,345.6%",
    "夜间集市" * 700,
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    return static_model(tmp_path_factory.mktemp("models") / "tiny")


def test_sentence_transformers_gives_the_same_vectors(shipped: Embedder) -> None:
    pytest.importorskip("sentence_transformers", reason="needs pip install 'zhengwen[models]'")
    other = load_embedder(str(EMBEDDED_FOLDER))
    assert other.dimensions == shipped.dimensions
    ours, theirs = shipped.encode_document(TEXTS), other.encode_document(TEXTS)
    assert np.abs(ours - theirs).max() < 1e-3
    assert (ours * theirs).sum(axis=1).min() > 0.9999


def test_the_shipped_model_is_at_most_20_megabytes() -> None:
    files = [path for path in EMBEDDED_FOLDER.rglob("*") if path.is_file()]
    assert {"model.safetensors", "tokenizer.json", "modules.json"} <= {path.name for path in files}
    assert sum(path.stat().st_size for path in files) <= 20_000_000


def test_a_question_is_embedded_without_torch() -> None:
    code = (
        "import json, sys; from vectorstore.embeddings import load_embedder; "
        "load_embedder().encode_document(['什么是专利银行？']); print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "model2vec" in loaded
    assert not {"torch", "transformers", "sentence_transformers", "chromadb"} & loaded


@settings(deadline=None)  # the first text loads the model
@given(st.lists(st.text(alphabet=st.characters(), max_size=30), max_size=4))
def test_every_text_has_a_vector_of_length_one(shipped: Embedder, texts: list[str]) -> None:
    vectors = shipped.encode_document(texts)
    assert vectors.shape == (len(texts), shipped.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose((vectors**2).sum(axis=1), 1.0, atol=1e-5)


def test_texts_that_say_nothing_share_one_direction(shipped: Embedder) -> None:
    empty, unknown, marks, lone, meant = shipped.encode_document(["", "𒀀𒀁", "？！——", "\ud800", "专利"])
    assert (empty == unknown).all()
    assert (empty == marks).all()
    assert (empty == lone).all()
    assert abs(float(empty @ meant)) < 0.9


def test_unknown_characters_do_not_move_a_vector(shipped: Embedder) -> None:
    plain, mixed = shipped.encode_document(["夜间集市管理", "夜间𒀀集市𒀁管理"])
    assert float(plain @ mixed) > 0.999


def test_meaning_counts_beside_words(shipped: Embedder) -> None:
    question, near, far = shipped.encode_document(
        ["企业拖欠工资怎么办", "用人单位未按时足额支付劳动报酬的，由劳动行政部门责令改正", "湿地公园内禁止捕捞水生动物"]
    )
    assert question @ near > question @ far


def test_a_text_has_the_same_vector_alone_and_among_others(shipped: Embedder) -> None:
    together = shipped.encode_document(TEXTS)
    alone = np.concatenate([shipped.encode_document([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-6)


def test_a_folder_takes_the_shipped_models_place(tiny_folder: Path) -> None:
    embedder = load_embedder(str(tiny_folder))
    assert embedder.dimensions == 3
    assert np.allclose(embedder.encode_document(["税", "税费", "龘"]), [[1, 0, 0], [0.6, 0.8, 0], [1, 0, 0]], atol=1e-6)
    assert embedder.encode_document([]).shape == (0, 3)


def test_the_name_changes_with_the_weights_and_only_with_them(tiny_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tiny_folder, tmp_path / "tiny")
    before = load_embedder(str(copy)).name
    assert before == load_embedder(str(tiny_folder)).name
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x41")
    assert load_embedder(str(copy)).name != before
    assert load_embedder().name == load_embedder("embedded").name != before


def test_a_name_that_no_hub_delivers_is_refused_in_one_line() -> None:
    pytest.importorskip("sentence_transformers", reason="needs pip install 'zhengwen[models]'")
    with pytest.raises(ModelUnavailable, match=r"nobody/no-such-model.*zhengwen model") as caught:
        load_embedder("nobody/no-such-model").encode_document(["税"])
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_refused_by_name(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs pip install 'zhengwen[models]'")
    (tmp_path / "modules.json").write_text("[{", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=str(tmp_path)):
        load_embedder(str(tmp_path)).encode_document(["税"])


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # what the import system sees when it is absent
    with pytest.raises(ModelUnavailable, match=r"pip install 'zhengwen\[models\]'"):
        load_embedder("BAAI/bge-small-zh-v1.5").encode_query(["税"])
