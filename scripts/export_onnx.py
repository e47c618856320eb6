"""Write onnx/model.onnx into a model's folder, so that ZHENGWEN_BACKEND=onnx can run it without torch.

For models of the BERT and RoBERTa families. Run from the repository root: python -m scripts.export_onnx FOLDER
"""

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

TOLERANCE = 1e-3
"""How far the exported model's numbers may be from the model's own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.export_onnx", description=__doc__)
    parser.add_argument("folder", type=Path, help="a sentence-transformers model with model.safetensors")
    folder = parser.parse_args(arguments).folder
    if not (folder / "config.json").is_file():
        parser.error(f"{folder} holds no model: there is no config.json")
    sys.stdout.write(f"{export(folder)}\n")
    return 0


def export(folder: Path) -> Path:
    """The file written. Raises ValueError when it doesn't give what the model gives, and is then not left behind."""
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification

    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    scores = any(name.endswith("ForSequenceClassification") for name in config.architectures or ())
    kind = AutoModelForSequenceClassification if scores else AutoModel
    model = kind.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False, use_safetensors=True, attn_implementation="eager"
    )
    model = model.float().eval()
    names = ["input_ids", "attention_mask", "token_type_ids"][: 3 if getattr(config, "type_vocab_size", 1) > 1 else 2]

    class Plain(torch.nn.Module):
        """The model with its inputs by place, and of its outputs the first."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *given: torch.Tensor) -> torch.Tensor:
            return self.model(**dict(zip(names, given, strict=True)), return_dict=False)[0]

    def example(texts: int, tokens: int) -> tuple[torch.Tensor, ...]:
        ids = torch.randint(5, config.vocab_size, (texts, tokens))
        mask = torch.ones_like(ids)
        mask[0, tokens // 2 :] = 0
        return (ids, mask, torch.zeros_like(ids))[: len(names)]

    axes = {name: {0: "texts", 1: "tokens"} for name in names}
    options = {"input_names": names, "output_names": ["out"], "dynamo": False}
    file = folder / "onnx" / "model.onnx"
    file.parent.mkdir(exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # of an old way to export, which needs nothing but torch and onnx
        axes["out"] = {0: "texts"} if scores else {0: "texts", 1: "tokens"}
        plain = Plain().eval()
        torch.onnx.export(plain, example(2, 6), str(file), dynamic_axes=axes, **options)
        check = example(3, 11)
        wanted = plain(*check).numpy()
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = session.run(None, {name: tensor.numpy() for name, tensor in zip(names, check, strict=True)})[0]
    kept = slice(None) if scores else check[1].numpy().astype(bool)  # what padding gives is never looked at
    if np.abs(found[kept] - wanted[kept]).max() > TOLERANCE:
        file.unlink()
        raise ValueError(f"{folder}: the exported model gives other numbers than the model")
    return file


if __name__ == "__main__":
    sys.exit(main())
