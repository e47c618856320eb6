"""Texts to vectors: the model that ships with the product, or any sentence-transformers model by name or path."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import EMBEDDED, EmbeddingUnavailable
from vectorstore.tokens import replace_surrogates

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

EMBEDDED_FOLDER = Path(__file__).parent / "embedded_model" / "model"
HUB_TIMEOUT = 5.0
"""Seconds to wait for a model hub to answer at all, before a download is begun."""


class Embedder(Protocol):
    """Whatever turns texts into vectors of one length."""

    @property
    def name(self) -> str:
        """What the vectors are filed under: it differs whenever the vectors may. Known without loading the model."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text, of shape (n, dimensions) and length 1, never NaN; may be called by any thread.

        A text that says nothing to the model (empty, or of unknown characters only) gets one fixed direction.
        """


def load_embedder(name: str | None = None) -> Embedder:
    """The embedder called `name`: None or "embedded" for the one that ships, else a sentence-transformers model.

    A path is read from disk; a name is looked for on disk first and fetched from the hub once. Nothing is loaded
    before the first text or the question for dimensions, so errors of a model that can't be read come then.
    Raises EmbeddingUnavailable, also for the lack of the package.
    """
    if name is None or name == "embedded":
        return StaticEmbedder(EMBEDDED_FOLDER, name=f"{EMBEDDED}{_fingerprint(EMBEDDED_FOLDER)}")
    if find_spec("sentence_transformers") is None:
        raise EmbeddingUnavailable(
            f"向量模型“{name}”需要 sentence-transformers。请运行 pip install 'zhengwen[models]'，"
            "或取消 ZHENGWEN_EMBEDDING 以使用内置模型。"
        )
    folder = Path(name).expanduser()
    if folder.is_dir():
        return TransformerEmbedder(str(folder), name=f"{folder.resolve().name}-{_fingerprint(folder)}")
    return TransformerEmbedder(name, name=name)


class StaticEmbedder:
    """A folder of token vectors, averaged by model2vec: no torch, a few megabytes, thousands of chunks a second."""

    def __init__(self, folder: Path, *, name: str) -> None:
        self.name = name
        self._folder = folder
        self._lock = Lock()  # model2vec sets its tokenizer's truncation on every call
        self._model: StaticModel | None = None

    @property
    def dimensions(self) -> int:
        return len(self.encode([""])[0])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._lock:
            vectors = self._loaded().encode(
                [replace_surrogates(text) for text in texts] or [""], use_multiprocessing=False
            )
        return _unit(vectors)[: len(texts)]

    def _loaded(self) -> StaticModel:
        if self._model is None:
            from model2vec import StaticModel
            from safetensors.numpy import load_file
            from tokenizers import Tokenizer

            # StaticModel.from_pretrained reads the same two files, but imports a hub's client: twice the time.
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            weights = load_file(self._folder / "model.safetensors")["embedding.weight"]
            # In float32, or the mean of the vectors would be rounded to the three digits of the weights.
            self._model = StaticModel(weights.astype(np.float32), tokenizer, max_length=None)
        return self._model


class TransformerEmbedder:
    """Any sentence-transformers model; the package and torch are imported when the first text comes."""

    def __init__(self, model: str, *, name: str) -> None:
        self.name = name
        self._wanted = model
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def dimensions(self) -> int:
        return len(self.encode([""])[0])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._lock:
            vectors = self._loaded().encode(
                [replace_surrogates(text) for text in texts] or [""], show_progress_bar=False, convert_to_numpy=True
            )
        return _unit(vectors)[: len(texts)]

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            self._model = _open_transformer(self._wanted)
        return self._model


def _open_transformer(wanted: str) -> SentenceTransformer:
    """Opens the model from disk, or fetches it if a hub answers."""
    from huggingface_hub import model_info
    from sentence_transformers import SentenceTransformer

    on_disk = Path(wanted).is_dir()
    try:
        return SentenceTransformer(wanted, local_files_only=True)
    except Exception as error:  # every library below raises kinds of its own
        if on_disk:
            raise EmbeddingUnavailable(f"文件夹 {wanted} 里的向量模型读不出来（{_line(error)}）。") from error
    try:
        model_info(wanted, timeout=HUB_TIMEOUT)  # one request with a limit: opening would retry many times
        return SentenceTransformer(wanted)
    except Exception as error:
        raise EmbeddingUnavailable(
            f"向量模型“{wanted}”不在本机，也下载不到（{_line(error)}）。请检查名称和网络，"
            "或把 ZHENGWEN_EMBEDDING 设为模型文件夹的路径；不设则用内置模型。"
        ) from error


def _line(error: Exception) -> str:
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return first[:120] or type(error).__name__


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32), posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    silent = lengths[:, 0] < 1e-9
    rows[silent, 0] = lengths[silent, 0] = 1.0
    unit: NDArray[np.float32] = rows / lengths
    return unit


def _fingerprint(folder: Path) -> str:
    """Eight hex digits of everything in the folder that can change a vector."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        with path.open("rb") as file:
            digest.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:8]
