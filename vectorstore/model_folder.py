"""Finds the folder of a pretrained model, on disk or by way of the hub, and says whether it is safe to open."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from vectorstore.errors import ModelUnavailable

EMBEDDED_MODEL = "embedded"
"""What users call the model that ships."""
HUB_TIMEOUT = 5.0
"""Seconds to wait for the hub to answer at all, before a download is begun."""
READ = ("*.json", "*.safetensors", "*.txt", "*.model", "*.vocab", "*.tiktoken", "*.jinja")
"""Files of a model that are fetched, and that can change what it gives: never a pickle, never a program."""
_ONNX = ("onnx/model.onnx", "onnx/model.onnx_data", "model.onnx", "model.onnx_data")
_PICKLED = re.compile(r"(pytorch_model.*|adapter_model)\.(bin|pt|pth)")
_WEIGHTS = re.compile(r"(model|adapter_model).*\.safetensors(\.index\.json)?")
_CLASSIFIER = "ForSequenceClassification"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a model is for."""

    noun: str
    organisation: str
    """Where the hub keeps such models when their name has no slash."""
    scores_pairs: bool
    """Whether it reads two texts at once and gives a number, not one text and gives a vector."""
    way_back: str
    """What its user does to go on without it."""


EMBEDDING = Kind(
    "向量模型",
    "sentence-transformers",
    False,
    "运行 zhengwen model 名称或文件夹 换一个（embedded 是内置的）",
)


def canonical(model: str) -> str:
    """The model's name as it is kept: the absolute path where it is a folder, else the hub's name unchanged."""
    if model == EMBEDDED_MODEL:
        return model
    folder = Path(model).expanduser()
    return str(folder.resolve()) if folder.is_dir() or _is_path(model) else model


def folder_of(model: str, kind: Kind, *, onnx: bool = False) -> Path:
    """The folder of a model that is safe to open: a path as it is, a name from the hub's cache or else from the hub.

    Raises ModelUnavailable.
    """
    needed = "onnxruntime" if onnx else "sentence_transformers"
    if find_spec(needed) is None:
        command = "pip install onnxruntime，或不设 ZHENGWEN_BACKEND" if onnx else "pip install 'zhengwen[models]'"
        raise ModelUnavailable(
            f"{kind.noun}“{model}”需要 {needed.replace('_', '-')}：请运行 {command}；或{kind.way_back}"
        )
    folder = Path(model).expanduser()
    if folder.is_dir():
        check(folder, model, kind, onnx=onnx)
        return folder.resolve()
    if _is_path(model):
        raise ModelUnavailable(f"{kind.noun}的文件夹 {model} 不存在。请改正路径；或{kind.way_back}")
    return _from_hub(model, kind, onnx=onnx)


def check(folder: Path, model: str, kind: Kind, *, onnx: bool) -> None:
    """Raise ModelUnavailable unless the folder holds a model of this kind whose weights are all safetensors."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    if "modules.json" not in names and "config.json" not in names:
        raise ModelUnavailable(
            f"{model} 不是 sentence-transformers 的{kind.noun}：里面没有 modules.json，也没有 config.json。"
            f"请改正名称或路径；或{kind.way_back}"
        )
    if "adapter_config.json" in names:
        raise ModelUnavailable(f"{model} 只是适配器（LoRA），要先与原模型合并存成一个文件夹；或{kind.way_back}")
    check_names(names, model, kind, onnx=onnx)
    if _scores_pairs(folder) != kind.scores_pairs:
        other = "重排模型，要设在 ZHENGWEN_RERANKER" if _scores_pairs(folder) else "向量模型，要用 zhengwen model 换上"
        raise ModelUnavailable(f"{model} 不是{kind.noun}：它是{other}；或{kind.way_back}")


def check_names(names: Collection[str], model: str, kind: Kind, *, onnx: bool) -> None:
    """Raise ModelUnavailable when some part of the model has pickled weights and no safe ones, or there is no export.

    A pickle is a program: whoever wrote the file runs it on the machine that opens it.
    """
    if onnx:  # then nothing else is opened
        if not set(names) & set(_ONNX):
            raise ModelUnavailable(
                f"{kind.noun}“{model}”里没有 onnx/model.onnx。请不设 ZHENGWEN_BACKEND；或{kind.way_back}"
            )
        return
    for part in {PurePosixPath(name).parent for name in names}:
        here = [PurePosixPath(name).name for name in names if PurePosixPath(name).parent == part]
        pickled = next((name for name in here if _PICKLED.fullmatch(name)), None)
        if pickled and not any(map(_WEIGHTS.fullmatch, here)):
            raise ModelUnavailable(
                f"{kind.noun}“{model}”只有 pickle 格式的权重（{part / pickled}），打开它等于运行它里面的程序，"
                f"所以不读。请换一个带 model.safetensors 的模型；或{kind.way_back}"
            )


def patterns(*, onnx: bool) -> list[str]:
    """What of a model is fetched and makes its fingerprint."""
    return [pattern for pattern in READ if not (onnx and pattern == "*.safetensors")] + [*(_ONNX if onnx else ())]


def fingerprint(folder: Path, *, onnx: bool = False) -> str:
    """Eight hex digits of every file that can change what the model gives, its prompts included."""
    digest = hashlib.sha256(b"encode_query/encode_document")  # vectors made in another way are other vectors
    for path in _read(folder, onnx=onnx):
        digest.update(path.relative_to(folder).as_posix().encode() + _digest(path))
    return digest.hexdigest()[:8]


def _read(folder: Path, *, onnx: bool) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and any(fnmatch(path.relative_to(folder).as_posix(), pattern) for pattern in patterns(onnx=onnx))
        and (onnx or path.relative_to(folder).parts[0] not in ("onnx", "openvino"))
    )


def _digest(path: Path) -> bytes:
    stored = path.resolve().name if path.is_symlink() else ""
    if re.fullmatch(r"[0-9a-f]{64}", stored):  # the hub's cache calls a large file by its SHA-256
        return bytes.fromhex(stored)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _scores_pairs(folder: Path) -> bool:
    """Whether the folder's own words make it a CrossEncoder: their classes would open each other's without a word."""
    stated = _json(folder / "config_sentence_transformers.json").get("model_type")
    if stated is not None or (folder / "modules.json").exists():
        return bool(stated == "CrossEncoder")
    return any(name.endswith(_CLASSIFIER) for name in _json(folder / "config.json").get("architectures") or ())


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # opening the model will say what is wrong with it
        return {}
    return found if isinstance(found, dict) else {}


def _is_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


def _from_hub(model: str, kind: Kind, *, onnx: bool) -> Path:
    from huggingface_hub import model_info, snapshot_download
    from huggingface_hub.errors import GatedRepoError, LocalEntryNotFoundError, RepositoryNotFoundError

    repository = model if "/" in model else f"{kind.organisation}/{model}"
    wanted = patterns(onnx=onnx)
    try:
        return _checked(snapshot_download(repository, allow_patterns=wanted, local_files_only=True), model, kind, onnx)
    except (LocalEntryNotFoundError, ModelUnavailable, ValueError):
        pass  # not there, or not all of it: the hub may have the rest
    try:
        there = model_info(repository, timeout=HUB_TIMEOUT)  # one request with a limit: a download would retry for long
        check_names([file.rfilename for file in there.siblings or ()], model, kind, onnx=onnx)
        return _checked(snapshot_download(repository, allow_patterns=wanted), model, kind, onnx)
    except ModelUnavailable:
        raise
    except GatedRepoError as error:
        raise ModelUnavailable(
            f"{kind.noun}“{model}”要先在网站上同意它的条款，再运行 hf auth login；或{kind.way_back}"
        ) from error
    except (RepositoryNotFoundError, ValueError) as error:
        raise ModelUnavailable(
            f"没有名为“{model}”的{kind.noun}，本机也没有这个文件夹。请改正名称或路径；或{kind.way_back}"
        ) from error
    except Exception as error:  # the hub's client lets through what the layers below it raise
        raise ModelUnavailable(
            f"{kind.noun}“{model}”不在本机，也下载不到（{first_line(error)}）。请检查网络，"
            f"或在能上网的机器上下载后改用文件夹的路径；或{kind.way_back}"
        ) from error


def _checked(folder: str, model: str, kind: Kind, onnx: bool) -> Path:
    check(Path(folder), model, kind, onnx=onnx)
    return Path(folder)


def first_line(error: Exception) -> str:
    """What an error of another library says, on one short line."""
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return first[:120] or type(error).__name__
