"""A small library of invented policies, and an embedder that needs no model."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vectorstore.library import Library
from vectorstore.model import Chunk, Document, Section
from vectorstore.tokens import terms
from vectorstore.writer import Writer


class HashingEmbedder:
    """Adds a fixed random direction for each term: the same text gives the same vector in every process."""

    def __init__(self, name: str = "hashing", dimensions: int = 64) -> None:
        self.name = name
        self.model = name
        self.dimensions = dimensions
        self.batch = 1024

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            for term in terms(text):
                seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:4], "big")
                rows[i] += np.random.default_rng(seed).normal(size=self.dimensions).astype(np.float32)
            if not rows[i].any():
                rows[i, 0] = 1.0
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


EMBEDDER = HashingEmbedder()
Made = tuple[Document, list[Chunk], bytes]


def make(
    title: str,
    text: str,
    *,
    source: str | None = None,
    region: str | None = None,
    issuer: str | None = None,
    day: date | None = None,
    kind: str | None = None,
    regions: Sequence[str | None] = (),
) -> Made:
    """A document with a chunk for each line, as `Writer.put` takes it; `regions` are the chunks' own."""
    source = source or f"/政策/{title}.txt"
    data = text.encode("utf-8", "surrogatepass")
    doc_id = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    spans = [match.span() for match in re.finditer(r"[^\n]+", text)]
    chunks = [
        Chunk(
            id=f"{doc_id}-{ordinal}",
            doc_id=doc_id,
            ordinal=ordinal,
            start=start,
            end=end,
            path=(title, f"第{ordinal + 1}条"),
            text=text[start:end],
            region=regions[ordinal] if regions else None,
        )
        for ordinal, (start, end) in enumerate(spans)
    ]
    document = Document(
        id=doc_id,
        title=title,
        text=text,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        doc_number=f"甲政字〔2021〕{int(doc_id[:4], 16)}号",
        issuer=issuer,
        region=region,
        date=day,
        kind=kind,
        refers_to=("乙政发〔2019〕8号",),
        sections=tuple(Section(chunk.path, chunk.start, chunk.end) for chunk in chunks),
    )
    return document, chunks, data


POLICIES = (
    make(
        "云岭市夜间集市管理办法",
        "为方便市民在晚间消费，制定本办法。\n摊位每晚十八时开放，二十三时关闭。\n摊主应当在收摊后三十分钟内清扫地面。",
        region="南河省云岭市",
        issuer="云岭市商务局",
        day=date(2021, 5, 1),
        kind="办法",
    ),
    make(
        "松江县柑橘种植补贴实施方案",
        "对新种柑橘的农户给予补贴。\n每亩一次性补贴八百元，单户最高两万元。\n申请材料交到乡镇农技站。",
        region="南河省松江县",
        issuer="松江县农业农村局、松江县财政局",
        day=date(2022, 3, 8),
        kind="实施方案",
    ),
    make(
        "三地负责人谈图书馆延时开放",
        "云岭市的图书馆周末开放到二十二时。\n松江县的图书馆增设了儿童阅览区。\n北原省平湖市的图书馆提供盲文读物。",
        day=date(2022, 9, 1),
        kind="报道",
        regions=("南河省云岭市", "南河省松江县", "北原省平湖市"),
    ),
)


def publish(home: Path, *documents: Made, remove: Sequence[str] = ()) -> int:
    """Put and remove in one go; the number of the generation that came of it."""
    with Writer(home, embedding=EMBEDDER) as writer:
        for document in documents:
            writer.put(*document)
        for doc_id in remove:
            writer.remove(doc_id)
        return writer.publish()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the three policies in generation 1; not to be changed."""
    home = tmp_path_factory.mktemp("published") / "home"
    publish(home, *POLICIES)
    return home


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of the published library for one test."""
    return Path(shutil.copytree(published, tmp_path / "home"))


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with Library.open(home, embedding=EMBEDDER) as opened:
        yield opened
