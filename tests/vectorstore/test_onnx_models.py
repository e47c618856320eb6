"""Exported models give what sentence-transformers gives, without torch; what can't be run that way is said."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scripts.export_onnx import export
from tests.tiny_models import PROMPTS, bi_encoder, cross_encoder, needed
from vectorstore.embeddings import load_embedder
from vectorstore.errors import ModelUnavailable
from vectorstore.model_folder import EMBEDDING, Kind
from vectorstore.onnx_models import pooled
from vectorstore.pretrained import Running, open_cross_encoder

TEXTS = ["柑橘补贴每亩八百元", "", "夜间集市" * 40, "龘", "税费"]
ONNX = Running(backend="onnx", batch=2)
RERANKER = Kind("重排模型", "cross-encoder", True, "去掉它")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    pytest.importorskip("onnx")
    model = bi_encoder(tmp_path_factory.mktemp("models") / "bi")
    export(model)
    return model


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "bi"))


def old_style(folder: Path, mode: str) -> None:
    """Pooling as models had it before sentence-transformers 6."""
    names = ("cls_token", "mean_tokens", "max_tokens", "lasttoken")
    stated = {"word_embedding_dimension": 8, **{f"pooling_mode_{name}": name == mode for name in names}}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(stated), encoding="utf-8")


@pytest.mark.parametrize("mode", ["cls_token", "mean_tokens", "max_tokens", "lasttoken"])
def test_vectors_are_those_of_sentence_transformers(copy: Path, mode: str) -> None:
    old_style(copy, mode)
    torch, onnx = load_embedder(str(copy)), load_embedder(str(copy), ONNX)
    for side in ("encode_query", "encode_document"):
        np.testing.assert_allclose(getattr(onnx, side)(TEXTS), getattr(torch, side)(TEXTS), atol=1e-5)
    assert onnx.dimensions == 8
    assert onnx.name.endswith("-onnx") and onnx.name != torch.name


def test_the_prompts_stand_before_the_texts(folder: Path, copy: Path) -> None:
    (copy / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    bare, prompted = load_embedder(str(copy), ONNX), load_embedder(str(folder), ONNX)
    np.testing.assert_allclose(
        prompted.encode_query(["税费"]), bare.encode_query([PROMPTS["query"] + "税费"]), atol=1e-6
    )
    assert np.abs(prompted.encode_query(["税费"]) - prompted.encode_document(["税费"])).max() > 1e-3


def test_scores_order_as_those_of_sentence_transformers(tmp_path: Path) -> None:
    needed()
    pytest.importorskip("onnx")
    model, three = cross_encoder(tmp_path / "ce", seed=3), cross_encoder(tmp_path / "three", labels=3)
    for made in (model, three):
        export(made)
    pairs = [("柑橘补贴", text) for text in TEXTS]
    numbers = open_cross_encoder(model, RERANKER, ONNX).predict(pairs, batch_size=2)
    torch = open_cross_encoder(model, RERANKER, Running()).predict(pairs, batch_size=2)
    np.testing.assert_allclose(1 / (1 + np.exp(-numbers)), torch, atol=1e-5)
    with pytest.raises(ModelUnavailable, match="3 个数"):
        open_cross_encoder(three, RERANKER, ONNX)


def test_neither_torch_nor_sentence_transformers_is_needed(folder: Path) -> None:
    code = (
        "import json, sys; from vectorstore.embeddings import load_embedder; "
        "from vectorstore.pretrained import Running; "
        "sys.modules['sentence_transformers'] = sys.modules['torch'] = None; "
        "print(load_embedder(sys.argv[1], Running(backend='onnx')).encode_query(['税费']).shape)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1, 8)"


def test_only_the_export_is_opened(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    (copy / "pytorch_model.bin").write_bytes(b"never read")
    assert load_embedder(str(copy), ONNX).encode_query(["税费"]).shape == (1, 8)


def test_what_cannot_be_run_is_said(copy: Path) -> None:
    def refusal(running: Running = ONNX) -> str:
        with pytest.raises(ModelUnavailable) as caught:
            load_embedder(str(copy), running).encode_query(["税"])
        return str(caught.value)

    assert "toaster" in refusal(Running(device="toaster", backend="onnx"))
    modules = json.loads((copy / "modules.json").read_text(encoding="utf-8"))
    dense = {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}
    (copy / "modules.json").write_text(json.dumps([*modules, dense]), encoding="utf-8")
    assert "Dense" in refusal()
    (copy / "onnx" / "model.onnx").unlink()
    assert "onnx/model.onnx" in refusal() and EMBEDDING.way_back in refusal()


def test_pooling_looks_at_no_padding() -> None:
    tokens = np.array([[[1.0], [3.0], [9.0]], [[2.0], [-4.0], [6.0]]])
    mask = np.array([[1, 1, 0], [1, 1, 1]])
    found = {mode: pooled(tokens, mask, mode)[:, 0].tolist() for mode in ("cls", "mean", "max", "lasttoken")}
    assert found["cls"] == [1.0, 2.0]
    assert found["mean"] == pytest.approx([2.0, 4 / 3])
    assert found["max"] == [3.0, 6.0]
    assert found["lasttoken"] == [3.0, 6.0]
