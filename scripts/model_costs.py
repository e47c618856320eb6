"""Say what pretrained models cost on this machine: speed, memory and disk of models of the same shape, random weights.

What a model computes doesn't depend on its weights, so nothing need be downloaded; how good its answers are does, and
is not measured here. Run from the repository root: python -m scripts.model_costs [SHAPE …] [--device cuda]
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.cross_encoder import CrossEncoderReranker
from ingest.pipeline import ingest
from scripts.export_onnx import export
from vectorstore.embeddings import EMBEDDED_FOLDER, Embedder, load_embedder
from vectorstore.library import Library
from vectorstore.model import Chunk, Document
from vectorstore.pretrained import Running
from vectorstore.writer import Writer

REPO = Path(__file__).resolve().parents[1]
ENOUGH = 20.0
"""Seconds after which no further batch is timed."""
PAIRS = 20
"""Chunks reranked for a question, as many as by default."""
STORED = 4000
"""Chunks of the library whose index is weighed."""
QUESTION = "新引进的高新技术企业可以申请哪些补贴？"
_BERT = {"vocab_size": 21128, "hidden_size": 512, "num_hidden_layers": 4, "num_attention_heads": 8}
_ROBERTA = {"vocab_size": 250002, "max_position_embeddings": 514, "type_vocab_size": 2}
_BASE = {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072}
_LARGE = {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096}
_QWEN = {"vocab_size": 151669, "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16}
_QWEN_REST = {"num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 3072}
SHAPES: dict[str, tuple[str, str, dict[str, int]]] = {
    "embedded": ("", "", {}),
    "bge-small-zh": ("Bert", "cls", {**_BERT, "intermediate_size": 2048}),
    "bge-small-zh onnx": ("Bert", "cls", {**_BERT, "intermediate_size": 2048}),
    "bge-m3": ("XLMRoberta", "cls", {**_ROBERTA, **_LARGE}),
    "qwen3-embedding-0.6b": ("Qwen3", "lasttoken", {**_QWEN, **_QWEN_REST}),
    "bge-reranker-base": ("XLMRoberta", "", {**_ROBERTA, **_BASE}),
    "bge-reranker-v2-m3": ("XLMRoberta", "", {**_ROBERTA, **_LARGE}),
}
"""Architecture, pooling ("" for a reranker) and sizes, as the models' published configurations have them."""


@dataclass(frozen=True)
class Cost:
    """What was measured of one shape; None where it doesn't apply."""

    shape: str
    parameters: float | None
    """Millions."""
    disk: float
    """MB of the model's files."""
    first: float
    """Seconds to load it, libraries included, and to compute one vector or score."""
    chunks: float | None
    """A second, while indexing."""
    question: float
    """Seconds that a question takes longer: its vector, or the scores of its chunks."""
    memory: float
    """MB of the whole process at its peak."""
    index: float | None
    """KB of the vector index for a chunk."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.model_costs", description=__doc__)
    parser.add_argument("shapes", nargs="*", help=f"the shapes to measure, else all: {', '.join(SHAPES)}")
    parser.add_argument("--device", default="cpu", help="as torch names it, default cpu")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)  # of the process that measures one
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.shapes) - set(SHAPES)):
        parser.error(f"no such shape: {', '.join(unknown)}")
    if options.folder is not None:
        sys.stdout.write(json.dumps(asdict(measure(options.shapes[0], options.folder, options.device))) + "\n")
        return 0
    costs = []
    for shape in options.shapes or SHAPES:
        with tempfile.TemporaryDirectory() as folder:
            if shape != "embedded":
                make(shape, Path(folder))
            command = [sys.executable, "-m", "scripts.model_costs", shape, "--device", options.device]
            done = subprocess.run(
                [*command, "--folder", folder], cwd=REPO, stdout=subprocess.PIPE, text=True, check=True
            )
        costs.append(Cost(**json.loads(done.stdout.splitlines()[-1])))
        sys.stderr.write(f"{shape}: done\n")
    sys.stdout.write(table(costs, options.device))
    return 0


def make(shape: str, folder: Path) -> None:
    """Save a model of this shape with random weights, as users have theirs."""
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    architecture, pooling, sizes = SHAPES[shape]
    suffix = "Model" if pooling else "ForSequenceClassification"
    config = getattr(transformers, f"{architecture}Config")(**sizes, pad_token_id=0, num_labels=1)
    raw = folder / "raw" if pooling else folder
    getattr(transformers, f"{architecture}{suffix}")(config).save_pretrained(raw)
    # A token a character, as in a Chinese BERT; the others' tokens are longer, so they are somewhat faster than this.
    text = "".join(path.read_text(encoding="utf-8") for path in (REPO / "samples").glob("*.md"))
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({*text} - {*" \n\t"})]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    transformers.BertTokenizer(vocab=vocabulary, model_max_length=512).save_pretrained(raw)
    if pooling:
        modules = [Transformer(str(raw), max_seq_length=512), Pooling(sizes["hidden_size"], pooling)]
        SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"), create_model_card=False)
        shutil.rmtree(raw)
    if shape.endswith("onnx"):
        export(folder / "model" if pooling else folder)


def measure(shape: str, folder: Path, device: str) -> Cost:
    """The cost of the model in `folder`, of this process alone."""
    running = Running(device=device, batch=8, backend="onnx" if shape.endswith("onnx") else "torch")
    texts = _chunks()
    began = time.perf_counter()
    _, pooling, _ = SHAPES[shape]
    if pooling or shape == "embedded":
        place = folder / "model" if pooling else EMBEDDED_FOLDER
        embedder = load_embedder(str(place), running) if pooling else load_embedder()
        embedder.encode_query([QUESTION])
        first = time.perf_counter() - began
        speed = _rate(embedder.encode_document, texts)
        question = statistics.median(_seconds(lambda: embedder.encode_query([QUESTION])) for _ in range(9))
        memory = _peak()
        return Cost(shape, _parameters(place), _size(place, running), first, speed, question, memory, _index(embedder))
    reranker = CrossEncoderReranker(str(folder), running=running)
    reranker.scores(QUESTION, texts[:1])
    first = time.perf_counter() - began
    question = _seconds(lambda: reranker.scores(QUESTION, texts[:PAIRS]))
    return Cost(shape, _parameters(folder), _size(folder, running), first, None, question, _peak(), None)


def _chunks() -> list[str]:
    """The chunks of the sample briefs, in an order that has nothing to do with their length."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "library"
        ingest([REPO / "samples"], home=home)
        with Library.open(home) as library:
            texts = [chunk.text for document in library.documents() for chunk in library.chunks(document.id)]
    return [texts[i] for i in np.random.default_rng(0).permutation(len(texts))]


def _rate(encode: Callable[[list[str]], Any], texts: list[str]) -> float:
    began = time.perf_counter()
    done = 0
    while time.perf_counter() - began < ENOUGH and done < 40 * len(texts):
        at = done % len(texts)
        done += len(encode(texts[at : at + 16]))
    return done / (time.perf_counter() - began)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # where rusage would count what the parent had when it started this process
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _size(folder: Path, running: Running | None = None) -> float:
    """MB of the files; of a model's, those that are read."""
    left_out = () if running is None else ("*.safetensors",) if running.backend == "onnx" else ("onnx/*",)
    files = [path for path in folder.rglob("*") if path.is_file() and not any(map(path.match, left_out))]
    return sum(path.stat().st_size for path in files) / 1e6


def _parameters(folder: Path) -> float | None:
    from safetensors import safe_open

    total = 0
    for path in folder.glob("*.safetensors"):
        with safe_open(path, "numpy") as weights:
            total += sum(int(np.prod(weights.get_slice(name).get_shape())) for name in weights.keys())  # noqa: SIM118
    return total / 1e6


class _Random:
    """Vectors of a length, made up: how much room they take doesn't depend on what they mean."""

    def __init__(self, dimensions: int) -> None:
        self.model = self.name = "random"
        self.dimensions = dimensions
        self.batch = 1024

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.random.default_rng(len(texts)).normal(size=(len(texts), self.dimensions)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _index(embedder: Embedder) -> float:
    """KB of Chroma's folder for a chunk of 200 characters, in a library of `STORED`."""
    import hashlib

    lines = [f"第{number:06d}号：" + "补贴" * 95 for number in range(STORED)]
    text = "\n".join(lines)
    data = text.encode()
    document = Document("0" * 12, "长表", text, "/长表.txt", hashlib.sha256(data).hexdigest())
    chunks, start = [], 0
    for number, line in enumerate(lines):
        chunks.append(Chunk(f"{document.id}-{number}", document.id, number, start, start + len(line), (), line))
        start += len(line) + 1
    with tempfile.TemporaryDirectory() as folder:
        with Writer(Path(folder), embedding=_Random(embedder.dimensions)) as writer:
            writer.put(document, chunks, data)
            writer.publish()
        return _size(Path(folder) / "generations" / "000001" / "chroma") * 1e3 / STORED


def table(costs: Sequence[Cost], device: str) -> str:
    """The costs in Markdown, with what they were measured on."""
    heads = "shape", "parameters", "on disk", "loading", "indexing", "a question", "memory", "index"
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for cost in costs:
        speed = "—" if cost.chunks is None else f"{cost.chunks:,.{0 if cost.chunks >= 10 else 1}f} chunks/s"
        index = "—" if cost.index is None else f"{cost.index:.1f} KB a chunk"
        question = f"{cost.question * 1000:,.1f} ms" if cost.question < 1 else f"{cost.question:.1f} s"
        cells = (
            cost.shape,
            f"{cost.parameters:,.0f} M",
            f"{cost.disk:,.0f} MB",
            f"{cost.first:.1f} s",
            speed,
            question,
            f"{cost.memory:,.0f} MB",
            index,
        )
        lines.append(f"| {' | '.join(cells)} |")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in ("sentence-transformers", "torch"))
    lines.append(
        f"\n{platform.machine()}, {cores} cores, device {device}, Python {platform.python_version()}, {versions}."
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
