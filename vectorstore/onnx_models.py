"""The room of onnxruntime: runs exported models without torch, with their folder's tokenizer, pooling and prompts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
FILES = ("onnx/model.onnx", "model.onnx")
"""Where the export of a model is looked for in its folder."""
_POOLING = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_lasttoken": "lasttoken",
}
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
_LONGEST = 512
"""Tokens read of a text when the folder states no number that a text could reach."""


class OnnxEncoder:
    """Stands in for SentenceTransformer where a model is a transformer and a pooling, as nearly all are."""

    def __init__(self, folder: Path, *, device: str | None) -> None:
        """Raises ValueError for a model of other parts, and whatever onnxruntime raises."""
        settings = _json(folder / "config_sentence_transformers.json")
        self._prompts: dict[str, str] = settings.get("prompts") or {}
        self._dimensions: int | None = settings.get("truncate_dim")
        self._pooling = _pooling(folder)
        self._graph = _Graph(folder, device)

    def encode_query(self, texts: Sequence[str], *, batch_size: int, show_progress_bar: bool = False) -> Array:
        return self._encode(texts, self._prompts.get("query") or "", batch_size)

    def encode_document(self, texts: Sequence[str], *, batch_size: int, show_progress_bar: bool = False) -> Array:
        prompt = next((self._prompts[name] for name in _DOCUMENT_PROMPTS if name in self._prompts), "")
        return self._encode(texts, prompt or "", batch_size)

    def _encode(self, texts: Sequence[str], prompt: str, batch_size: int) -> Array:
        rows: list[Array] = [np.empty(0)] * len(texts)
        for numbers, tokens, mask in self._graph.run([prompt + text for text in texts], batch_size):
            for number, row in zip(numbers, pooled(tokens, mask, self._pooling), strict=True):
                rows[number] = row[: self._dimensions]
        return np.stack(rows)


class OnnxCrossEncoder:
    """Stands in for CrossEncoder; its numbers are the model's own, before any function brings them to 0…1."""

    def __init__(self, folder: Path, *, device: str | None) -> None:
        self._graph = _Graph(folder, device)
        self.num_labels = int(self._first([("", "")], 1).shape[1])

    def predict(self, pairs: Sequence[tuple[str, str]], *, batch_size: int, show_progress_bar: bool = False) -> Array:
        return np.asarray(self._first(pairs, batch_size)[:, 0])

    def _first(self, pairs: Sequence[tuple[str, str]], batch_size: int) -> Array:
        rows: list[Array] = [np.empty(0)] * len(pairs)
        for numbers, logits, _ in self._graph.run(pairs, batch_size):
            for number, row in zip(numbers, logits, strict=True):
                rows[number] = row
        return np.stack(rows)


def pooled(tokens: Array, mask: Array, mode: str) -> Array:
    """One row a text, of vectors of its tokens (texts, tokens, dimensions) and which of them are no padding."""
    weights = mask[:, :, None].astype(tokens.dtype)
    match mode:
        case "cls":
            return np.asarray(tokens[:, 0])
        case "max":
            return np.asarray(np.where(weights > 0, tokens, -np.inf).max(axis=1))
        case "lasttoken":
            return np.asarray(tokens[np.arange(len(tokens)), mask.sum(axis=1) - 1])
        case _:
            return np.asarray((tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9))


class _Graph:
    """The exported transformer with its tokenizer."""

    def __init__(self, folder: Path, device: str | None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        quiet = onnxruntime.SessionOptions()
        quiet.log_severity_level = 3
        file = next(folder / name for name in FILES if (folder / name).is_file())
        self._session = onnxruntime.InferenceSession(str(file), quiet, providers=_providers(device))
        self._inputs = [wanted.name for wanted in self._session.get_inputs()]
        unknown = set(self._inputs) - {"input_ids", "attention_mask", "token_type_ids", "position_ids"}
        if unknown:
            raise ValueError(f"the exported model asks for {'、'.join(sorted(unknown))}")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_longest(folder))
        padding = _json(folder / "tokenizer_config.json").get("pad_token") or "[PAD]"
        token = padding["content"] if isinstance(padding, dict) else padding
        self._tokenizer.enable_padding(pad_id=self._tokenizer.token_to_id(token) or 0, pad_token=token)
        self._lower = bool(_json(folder / "sentence_bert_config.json").get("do_lower_case"))

    def run(self, texts: Sequence[Any], batch_size: int) -> Iterator[tuple[list[int], Array, Array]]:
        """For each batch the numbers of its texts, the model's first output, and which tokens are no padding."""
        order = sorted(range(len(texts)), key=lambda number: len("".join(texts[number])))  # less to pad
        for start in range(0, len(order), batch_size):
            numbers = order[start : start + batch_size]
            given = [texts[number] for number in numbers]
            if self._lower:
                given = [text.lower() if isinstance(text, str) else tuple(map(str.lower, text)) for text in given]
            encoded = self._tokenizer.encode_batch(given)
            mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
            all_inputs = {
                "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
                "attention_mask": mask,
                "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
                "position_ids": np.maximum(mask.cumsum(axis=1) - 1, 0),
            }
            found = self._session.run(None, {name: all_inputs[name] for name in self._inputs})
            yield numbers, np.asarray(found[0]), mask


def _pooling(folder: Path) -> str:
    """How the folder's modules make one vector of many; raises ValueError when they do anything else too."""
    modules = json.loads(text) if (text := _text(folder / "modules.json")) else []
    kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]
    if not set(kinds) <= {"Transformer", "Pooling", "Normalize"}:
        raise ValueError(f"with ONNX only a transformer and its pooling can be run, this model has {', '.join(kinds)}")
    if "Pooling" not in kinds:
        return "mean"
    stated = _json(folder / modules[kinds.index("Pooling")]["path"] / "config.json")
    if stated.get("include_prompt") is False:
        raise ValueError("with ONNX a model that leaves its prompt out of the pooling can't be run")
    modes = [mode for name, mode in _POOLING.items() if stated.get(name)] or [stated.get("pooling_mode", "mean")]
    if len(modes) != 1 or modes[0] not in _POOLING.values():
        raise ValueError(f"with ONNX the pooling {modes} can't be run")
    return str(modes[0])


def _longest(folder: Path) -> int:
    files = {"sentence_bert_config.json": "max_seq_length", "tokenizer_config.json": "model_max_length"}
    stated = [_json(folder / file).get(key) for file, key in files.items()]
    return min((int(number) for number in stated if number and number < 1_000_000), default=_LONGEST)


def _providers(device: str | None) -> list[Any]:
    import onnxruntime

    cuda = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    name, _, number = (device or ("cuda" if cuda else "cpu")).partition(":")
    if name not in ("cpu", "cuda") or (name == "cuda" and not cuda):
        raise ValueError(f"onnxruntime has no device {device}")
    if name == "cpu":
        return ["CPUExecutionProvider"]
    return [("CUDAExecutionProvider", {"device_id": number or "0"}), "CPUExecutionProvider"]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _json(path: Path) -> dict[str, Any]:
    found = json.loads(_text(path) or "{}")
    return found if isinstance(found, dict) else {}
