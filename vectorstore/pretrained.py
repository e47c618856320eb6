"""The room of sentence-transformers: opens pretrained models safely and tells in a line what went wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vectorstore.errors import ModelUnavailable
from vectorstore.model_folder import Kind, first_line
from vectorstore.onnx_models import OnnxCrossEncoder, OnnxEncoder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Backend = Literal["torch", "onnx"]
_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


@dataclass(frozen=True, slots=True)
class Running:
    """How a pretrained model is run."""

    device: str | None = None
    """As torch names it (cpu, cuda, cuda:1, mps); None is the best there is."""
    batch: int = 32
    """Texts computed at once."""
    backend: Backend | None = None
    """None is what a library's vectors were made with, else torch."""


DEFAULT = Running()


def open_encoder(folder: Path, kind: Kind, running: Running) -> SentenceTransformer | OnnxEncoder:
    """The model that turns a text into a vector. Raises ModelUnavailable."""
    if running.backend == "onnx":
        with told(str(folder), kind, running):
            return OnnxEncoder(folder, device=running.device)
    with told(str(folder), kind, running), _quietly():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), **_options(kind, running))


def open_cross_encoder(folder: Path, kind: Kind, running: Running) -> CrossEncoder | OnnxCrossEncoder:
    """The model that turns two texts into one number. Raises ModelUnavailable."""
    model = _open_cross_encoder(folder, kind, running)
    if model.num_labels != 1:
        raise ModelUnavailable(
            f"{folder} 给每对文字 {model.num_labels} 个数，而{kind.noun}只给一个。请换一个模型；或{kind.way_back}"
        )
    return model


def _open_cross_encoder(folder: Path, kind: Kind, running: Running) -> CrossEncoder | OnnxCrossEncoder:
    if running.backend == "onnx":
        with told(str(folder), kind, running):
            return OnnxCrossEncoder(folder, device=running.device)
    with told(str(folder), kind, running), _quietly():
        from sentence_transformers import CrossEncoder

        model: CrossEncoder = CrossEncoder(str(folder), **_options(kind, running))
        return model


@contextmanager
def told(model: str, kind: Kind, running: Running) -> Iterator[None]:
    """Whatever the libraries raise while a model is opened or computes, as ModelUnavailable."""
    try:
        yield
    except ModelUnavailable:
        raise
    except Exception as error:  # each library below has kinds of its own
        said = str(error)
        if isinstance(error, MemoryError) or any(words in said.lower() for words in _NO_MEMORY):
            reason = f"内存或显存不够。请把 ZHENGWEN_BATCH 调小（现在是 {running.batch}），或换一个小一些的模型"
        elif "trust_remote_code" in said:
            reason = "它要运行自带的程序（trust_remote_code），这里从不允许。请换一个不需要的模型"
        elif "requires the following" in said or isinstance(error, ImportError):
            reason = f"缺少它需要的程序包：{first_line(error)}"
        else:
            device = "" if running.device is None else f"（ZHENGWEN_DEVICE={running.device}）"
            reason = f"{first_line(error)}{device}。请检查它是不是完整的 sentence-transformers 模型"
        raise ModelUnavailable(f"{kind.noun} {model} 不能用：{reason}；或{kind.way_back}") from error


@contextmanager
def _quietly() -> Iterator[None]:
    """No bar of transformers' own for weights that are read from the disk."""
    logging: Any = import_module("transformers.utils.logging")
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _options(kind: Kind, running: Running) -> dict[str, Any]:
    """What both classes are opened with: nothing fetched, no program of the model's run, no pickle read."""
    import torch

    device = _device(running, kind)
    # A processor computes half precision slower than whole.
    weights = {"use_safetensors": True, "dtype": torch.float32 if device == "cpu" else "auto"}
    return {"local_files_only": True, "trust_remote_code": False, "device": device, "model_kwargs": weights}


def _device(running: Running, kind: Kind) -> str:
    import torch
    from sentence_transformers.util import get_device_name

    if running.device is None:
        return str(get_device_name())
    try:
        torch.zeros(1, device=running.device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise ModelUnavailable(
            f"设备 {running.device} 用不了（{first_line(error)}）。请改正 ZHENGWEN_DEVICE，或不设它；或{kind.way_back}"
        ) from error
    return running.device
