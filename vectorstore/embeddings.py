"""Texts to vectors: the model that ships with the product, or any sentence-transformers model by name or path."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import EMBEDDED, ModelUnavailable
from vectorstore.model_folder import EMBEDDED_MODEL, EMBEDDING, canonical, fingerprint, folder_of
from vectorstore.pretrained import DEFAULT, Running, open_encoder, told
from vectorstore.tokens import replace_surrogates

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    from vectorstore.onnx_models import OnnxEncoder

EMBEDDED_FOLDER = Path(__file__).parent / "embedded_model" / "model"
ONNX = "-onnx"
"""How the names of embeddings end that onnxruntime computes: a model's export may be another than its weights."""
_BATCHES = 8  # handed over at once: sorted by length, they need less padding


class Embedder(Protocol):
    """Whatever turns texts into vectors of one length.

    Vectors have the shape (number of texts, dimensions) and length 1, never NaN; any thread may ask. A text that says
    nothing to the model (empty, or of unknown characters only) gets one fixed direction. Asking for anything but
    `model` and `batch` may raise ModelUnavailable.
    """

    @property
    def model(self) -> str:
        """What `load_embedder` takes to give this one again."""

    @property
    def name(self) -> str:
        """What the vectors are filed under: it differs whenever the vectors may. Known without loading the model."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def batch(self) -> int:
        """How many texts to hand over at once: what an interruption loses at most."""

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions."""

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of what questions are answered from; some models want to know."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which embedding a library is opened or written with, and how it is run."""

    model: str | None = None
    """A name or path; None is the one that the library was built with, for a new library the embedded one."""
    running: Running = DEFAULT


Embedding = str | Wanted | Embedder | None
"""What may be said for an embedding; a string or None as in Wanted."""


def load_embedder(model: str = EMBEDDED_MODEL, running: Running = DEFAULT) -> Embedder:
    """The embedder called `model`: "embedded" for the one that ships, else a sentence-transformers model.

    A path is read from disk; a name is looked for on disk first and fetched from the hub once. Nothing is looked at
    before it is needed, so errors of a model that can't be found or read come then.
    """
    if model == EMBEDDED_MODEL:
        return StaticEmbedder(EMBEDDED_FOLDER, name=f"{EMBEDDED}{_fingerprint(EMBEDDED_FOLDER)}")
    return PretrainedEmbedder(canonical(model), running)


class StaticEmbedder:
    """A folder of token vectors, averaged by model2vec: no torch, a few megabytes, thousands of chunks a second."""

    model = EMBEDDED_MODEL
    batch = 1024

    def __init__(self, folder: Path, *, name: str) -> None:
        self.name = name
        self._folder = folder
        self._lock = Lock()  # model2vec sets its tokenizer's truncation on every call
        self._model: StaticModel | None = None

    @property
    def dimensions(self) -> int:
        return len(self._encode([""])[0])

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
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


class PretrainedEmbedder:
    """Any sentence-transformers model; the package and torch are imported when the first text comes."""

    def __init__(self, model: str, running: Running) -> None:
        self.model = model
        self.batch = running.batch * _BATCHES
        self._running = running
        self._lock = Lock()  # a GPU's memory is reckoned for one batch at a time
        self._loaded: SentenceTransformer | OnnxEncoder | None = None

    @cached_property
    def name(self) -> str:
        onnx = self._running.backend == "onnx"
        label = Path(self.model).name if Path(self.model).is_absolute() else self.model
        return f"{label}-{fingerprint(self._folder, onnx=onnx)}{ONNX if onnx else ''}"

    @cached_property
    def dimensions(self) -> int:
        return len(self._encode("document", [""])[0])

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode("query", texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode("document", texts)

    @cached_property
    def _folder(self) -> Path:
        return folder_of(self.model, EMBEDDING, onnx=self._running.backend == "onnx")

    def _encode(self, side: Literal["query", "document"], texts: Sequence[str]) -> NDArray[np.float32]:
        with self._lock, told(self.model, EMBEDDING, self._running):
            if self._loaded is None:
                self._loaded = open_encoder(self._folder, EMBEDDING, self._running)
            encode = self._loaded.encode_query if side == "query" else self._loaded.encode_document
            given = [replace_surrogates(text) for text in texts] or [""]
            vectors = encode(given, batch_size=self._running.batch, show_progress_bar=False)
        if not np.isfinite(vectors).all():
            raise ModelUnavailable(
                f"向量模型 {self.model} 算出的向量里有不是数的值（NaN），不能用来检索。请检查模型文件是否完整，"
                f"或换一个设备（ZHENGWEN_DEVICE）；或{EMBEDDING.way_back}"
            )
        return _unit(vectors)[: len(texts)]


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
