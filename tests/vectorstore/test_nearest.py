"""A small library's vectors are looked through in memory, and give what the index's own search gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.conftest import EMBEDDER
from vectorstore.chroma import VectorIndex
from vectorstore.filters import Allowed
from vectorstore.library import Library
from vectorstore.nearest import Nearest

QUERIES = ("柑橘补贴", "图书馆几点开门", "摊位费", "与此无关的问题")


@pytest.fixture(scope="module")
def index(published: Path) -> Iterator[VectorIndex]:
    with VectorIndex(published / "generations" / "000001" / "chroma") as opened:
        yield opened


def wheres(home: Path) -> list[Allowed]:
    with Library.open(home, embedding=EMBEDDER) as library:
        documents = library.documents()
    regions = sorted({document.region for document in documents if document.region})
    return [
        {},
        *({"region": [region]} for region in regions),
        {"doc_id": [document.id for document in documents[:2]]},
        {"doc_id": [documents[0].id], "region": regions},
        {"region": ["没有这个地方"]},
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_is_found_in_memory_as_in_the_index(published: Path, index: VectorIndex, query: str) -> None:
    in_memory, in_graph = Nearest(index), Nearest(index, few=0)
    vector = EMBEDDER.encode_query([query])[0]
    for where in wheres(published):
        for n in (1, 4, index.count()):
            own, graph = in_memory(vector, n, where), in_graph(vector, n, where)
            assert len(own) == len(graph)
            assert [cosine for _, cosine in own] == pytest.approx([cosine for _, cosine in graph], abs=1e-5)
            assert [cosine for _, cosine in own] == sorted((cosine for _, cosine in own), reverse=True)
            if n == index.count():  # of equally near ones either may be left out
                assert {chunk_id for chunk_id, _ in own} == {chunk_id for chunk_id, _ in graph}


def test_a_vector_s_length_counts_nothing(index: VectorIndex) -> None:
    nearest, vector = Nearest(index), EMBEDDER.encode_query(["柑橘补贴"])[0]
    assert dict(nearest(3 * vector, 5, {})) == pytest.approx(dict(nearest(vector, 5, {})), abs=1e-6)
    assert all(cosine == 0 for _, cosine in nearest(np.zeros_like(vector), 5, {}))


def test_nothing_is_near_in_an_empty_index(tmp_path: Path) -> None:
    with VectorIndex(tmp_path / "chroma", new=True) as empty:
        assert Nearest(empty)(EMBEDDER.encode_query(["补贴"])[0], 5, {}) == []
