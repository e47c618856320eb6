"""The room of sentence-transformers: opens pretrained models safely and tells in a line what went wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vectorstore.errors import ModelUnavailable
from vectorstore.model_folder import Kind, first_line

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Backend = Literal["torch", "onnx"]
_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


@dataclass(frozen=True, slots=True)
class Running:
    """How a pretrained model is run. It changes what the model gives by rounding only."""

    device: str | None = None
    """As torch names it (cpu, cuda, cuda:1, mps); None is the best there is."""
    batch: int = 32
    """Texts computed at once."""
    backend: Backend = "torch"


DEFAULT = Running()


def open_encoder(folder: Path, kind: Kind, running: Running) -> SentenceTransformer:
    """The model that turns a text into a vector. Raises ModelUnavailable."""
    with told(str(folder), kind, running), _quietly():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), **_options(kind, running))


def open_cross_encoder(folder: Path, kind: Kind, running: Running) -> CrossEncoder:
    """The model that turns two texts into one number. Raises ModelUnavailable."""
    with told(str(folder), kind, running), _quietly():
        from sentence_transformers import CrossEncoder

        model: CrossEncoder = CrossEncoder(str(folder), **_options(kind, running))
    if model.num_labels != 1:
        raise ModelUnavailable(
            f"{folder} 给每对文字 {model.num_labels} 个数，而{kind.noun}只给一个。请换一个模型；或{kind.way_back}"
        )
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
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False, "device": device}
    if running.backend == "onnx":
        _check_onnx(kind)
        return options | {"backend": "onnx"}
    # A processor computes half precision slower than whole.
    dtype = torch.float32 if device == "cpu" else "auto"
    return options | {"model_kwargs": {"use_safetensors": True, "dtype": dtype}}


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


def _check_onnx(kind: Kind) -> None:
    try:
        found = find_spec("optimum.onnxruntime") is not None and find_spec("onnxruntime") is not None
    except ModuleNotFoundError:  # of the parent package
        found = False
    if not found:
        raise ModelUnavailable(
            f"用 ONNX 运行{kind.noun}需要 optimum 和 onnxruntime：请运行 pip install 'zhengwen[onnx]'，"
            "或不设 ZHENGWEN_BACKEND"
        )
