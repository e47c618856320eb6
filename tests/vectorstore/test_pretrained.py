"""Pretrained models as users have them: prompts reach them, unsafe ones are never opened, every error is a line."""

from __future__ import annotations

import json
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.tiny_models import Bomb, bi_encoder, cross_encoder, needed, with_own_code
from vectorstore.embeddings import Embedder, PretrainedEmbedder, load_embedder
from vectorstore.errors import ModelUnavailable
from vectorstore.model_folder import canonical, fingerprint
from vectorstore.pretrained import Running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    return bi_encoder(tmp_path_factory.mktemp("models") / "bi")


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "bi"))


def refusal(model: object, running: Running | None = None) -> str:
    """What is said when the model is used."""
    with pytest.raises(ModelUnavailable) as caught:
        load_embedder(str(model), running or Running()).encode_query(["税费"])
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_prompts_of_the_model_stand_before_questions_and_documents(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder(str(folder))
    plain = SentenceTransformer(str(folder), device="cpu")
    asked, told = plain.encode(["问：柑橘补贴", "文：柑橘补贴"], prompt="", normalize_embeddings=True)
    np.testing.assert_allclose(embedder.encode_query(["柑橘补贴"])[0], asked, atol=1e-6)
    np.testing.assert_allclose(embedder.encode_document(["柑橘补贴"])[0], told, atol=1e-6)
    assert np.abs(asked - told).max() > 1e-3


def test_vectors_keep_the_embedders_promise(folder: Path) -> None:
    embedder = load_embedder(str(folder), Running(batch=2))
    texts = ["柑橘", "", "\ud800", "夜间集市" * 100, "龘", "税费"]
    vectors = embedder.encode_document(texts)
    assert (vectors.shape, vectors.dtype) == ((6, embedder.dimensions), np.float32)
    np.testing.assert_allclose((vectors**2).sum(axis=1), 1.0, atol=1e-5)
    alone = np.concatenate([embedder.encode_document([text]) for text in texts])
    np.testing.assert_allclose(vectors, alone, atol=1e-5)
    assert embedder.encode_query([]).shape == (0, 8)
    assert embedder.batch == 16


def weights(copy: Path) -> None:
    file = copy / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")


def prompt(copy: Path) -> None:
    file = copy / "config_sentence_transformers.json"
    file.write_text(file.read_text(encoding="utf-8").replace("query", "frage"), encoding="utf-8")


def length(copy: Path) -> None:
    (copy / "sentence_bert_config.json").write_text('{"max_seq_length": 16}', encoding="utf-8")


def pooling(copy: Path) -> None:
    file = next(copy.glob("*_Pooling/config.json"))
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")


@pytest.mark.parametrize("change", [weights, prompt, length, pooling])
def test_the_name_changes_with_whatever_may_change_a_vector(
    folder: Path, copy: Path, change: Callable[[Path], None]
) -> None:
    assert load_embedder(str(copy)).name == load_embedder(str(folder)).name
    change(copy)
    assert load_embedder(str(copy)).name != load_embedder(str(folder)).name


def test_the_name_stays_when_only_what_is_never_read_changes(folder: Path, copy: Path) -> None:
    (copy / "README.md").write_text("另一种说明", encoding="utf-8")
    (copy / ".cache").mkdir()
    (copy / ".cache" / "state.json").write_text("{}", encoding="utf-8")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "model.onnx").write_bytes(b"?")
    assert fingerprint(copy) == fingerprint(folder)
    assert fingerprint(copy, onnx=True) != fingerprint(folder)


def test_a_large_file_of_the_hubs_cache_need_not_be_read(folder: Path, copy: Path) -> None:
    """The cache's snapshots are links to files called by their SHA-256: the name is the fingerprint."""
    import hashlib

    file = copy / "model.safetensors"
    blob = copy.parent / hashlib.sha256(file.read_bytes()).hexdigest()
    file.rename(blob)
    file.symlink_to(blob)
    assert fingerprint(copy) == fingerprint(folder)


def test_a_pickle_is_refused_before_it_is_opened(folder: Path, copy: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    (copy / "model.safetensors").unlink()
    (copy / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(marker)))
    assert "pickle" in refusal(copy) and "model.safetensors" in refusal(copy)
    assert not marker.exists()
    pickle.loads((copy / "pytorch_model.bin").read_bytes())
    assert marker.exists(), "the bomb is a real one"
    shutil.copyfile(folder / "model.safetensors", copy / "model.safetensors")
    assert load_embedder(str(copy)).encode_query(["税"]).shape == (1, 8)


def test_a_pickle_in_a_part_of_the_model_is_refused_too(copy: Path) -> None:
    (copy / "2_Dense").mkdir()
    (copy / "2_Dense" / "pytorch_model.bin").write_bytes(b"")
    assert "2_Dense/pytorch_model.bin" in refusal(copy)


def test_a_model_saved_without_safetensors_is_refused(tmp_path: Path) -> None:
    needed()
    assert "pytorch_model.bin" in refusal(bi_encoder(tmp_path / "old", safe=False))


def test_a_program_of_the_models_is_never_run(copy: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    assert "trust_remote_code" in refusal(with_own_code(copy, marker))
    assert not marker.exists()


def test_a_module_from_elsewhere_is_never_imported(copy: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    (copy / "own.py").write_text(f"open({str(marker)!r}, 'w').close()\n", encoding="utf-8")
    modules = json.loads((copy / "modules.json").read_text(encoding="utf-8"))
    modules[1]["type"] = "own.Pooling"
    (copy / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    assert "trust_remote_code" in refusal(copy)
    assert not marker.exists()


def test_what_is_no_such_model_is_named(copy: Path, tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "nothing")
    assert "不存在" in refusal("./nothing")
    (tmp_path / "papers").mkdir()
    assert "modules.json" in refusal(tmp_path / "papers")
    assert "ZHENGWEN_RERANKER" in refusal(cross_encoder(tmp_path / "ce"))
    (copy / "model.safetensors").write_bytes(b"not weights")
    assert str(copy) in refusal(copy)
    (copy / "adapter_config.json").write_text("{}", encoding="utf-8")
    assert "LoRA" in refusal(copy)


def test_a_model_that_computes_no_numbers_is_refused(tmp_path: Path) -> None:
    needed()
    assert "NaN" in refusal(bi_encoder(tmp_path / "nan", nan=True))


def test_a_device_that_is_not_there_is_named(folder: Path) -> None:
    assert "ZHENGWEN_DEVICE" in refusal(folder, Running(device="cuda:99"))
    assert "ZHENGWEN_DEVICE" in refusal(folder, Running(device="toaster"))


def test_onnx_that_is_not_installed_is_named_with_its_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # what the import system sees when it is absent
    assert "pip install onnxruntime" in refusal(folder, Running(backend="onnx"))


class Exhausted:
    """A model that asks for more memory than there is."""

    def encode_query(self, texts: list[str], **_: object) -> object:
        raise RuntimeError("CUDA out of memory. Tried to allocate 40.00 GiB")


def test_too_little_memory_says_what_to_make_smaller(folder: Path) -> None:
    embedder = PretrainedEmbedder(str(folder), Running(batch=64))
    embedder._loaded = Exhausted()  # type: ignore[assignment]
    with pytest.raises(ModelUnavailable, match=r"ZHENGWEN_BATCH 调小（现在是 64）"):
        embedder.encode_query(["税"])


def test_a_model_is_kept_by_its_place_or_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(folder.parent)
    assert canonical("bi") == canonical("./bi") == str(folder.resolve())
    (tmp_path / "embedded").mkdir()
    monkeypatch.chdir(tmp_path)
    assert canonical("embedded") == "embedded"
    assert canonical("BAAI/bge-small-zh-v1.5") == "BAAI/bge-small-zh-v1.5"
    embedder: Embedder = load_embedder("BAAI/bge-small-zh-v1.5")  # nothing is looked at yet
    assert embedder.model == "BAAI/bge-small-zh-v1.5"
