"""What is put into a new library is stored in Chroma before it is published, and only then if it still holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vectorstore.conftest import HashingEmbedder, make
from vectorstore.errors import LibraryError
from vectorstore.library import Library
from vectorstore.model_folder import EMBEDDED_MODEL
from vectorstore.writer import Writer

LONG = make("条目汇编", "\n".join(f"第{i}条 编号{i}的事项由承办单位办理。" for i in range(1100)))
TREES = make("植树办法", "行道树由园林中心种植。\n枯死的树木应当补种。")
PARKS = make("公园办法", "公园每日六时开放。\n夜间不得留宿。")


def handed_over(home: Path) -> list[Path]:
    """The folder of a draft that chunks have been handed over in."""
    return list(home.glob("generations/*.building/handed"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[tuple[int, int]]]]:
    """A library of which most was stored ahead, and what its making told of its progress."""
    home, told = tmp_path_factory.mktemp("ahead"), list[tuple[int, int]]()
    with Writer(home) as writer:
        for document in (LONG, TREES, PARKS):
            writer.put(*document)
        assert handed_over(home)
        writer.publish(progress=lambda done, total: told.append((done, total)))
    yield home, told


def test_it_is_found(library: tuple[Path, list[tuple[int, int]]]) -> None:
    with Library.open(library[0]) as opened:
        assert opened.search("枯死的树木要补种吗", k=1)[0].chunk == TREES[1][1]
        assert opened.search("编号1099的事项由谁办理", k=1)[0].chunk == LONG[1][1099]
        for document, chunks, _ in (LONG, TREES, PARKS):
            assert opened.chunks(document.id) == chunks


def test_progress_counts_what_was_done_before(library: tuple[Path, list[tuple[int, int]]]) -> None:
    assert library[1][0] == (1000, 1104) and library[1][-1] == (1104, 1104)


def test_nothing_is_left_over(library: tuple[Path, list[tuple[int, int]]]) -> None:
    generation = library[0] / "generations" / "000001"
    assert not (generation / "handed").exists()
    with closing(sqlite3.connect(generation / "chroma" / "chroma.sqlite3")) as database:
        assert {row[0] for row in database.execute("SELECT seq_id FROM max_seq_id")} == {1104}  # none in the queue


def test_what_was_replaced_or_removed_is_not_published(tmp_path: Path) -> None:
    newer = make("植树办法", "行道树由街道种植。\n枯死的树木应当补种。")
    assert newer[0].id == TREES[0].id
    for change in ("replace", "remove"):
        home = tmp_path / change
        with Writer(home) as writer:
            writer.put(*TREES)
            if change == "replace":
                writer.put(*newer)
            else:
                writer.remove(TREES[0].id)
            assert not handed_over(home)
            writer.put(*PARKS)
            writer.publish()
        with Library.open(home) as opened:
            found = [hit.chunk.text for hit in opened.search("行道树由谁种植", k=9)]
            assert (newer[1][0].text in found) == (change == "replace")
            assert TREES[1][0].text not in found
            assert PARKS[1][0].text in found


def test_leaving_without_publishing_leaves_nothing(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.put(*TREES)
        assert handed_over(tmp_path)
    assert not list((tmp_path / "generations").iterdir())


class Faltering(HashingEmbedder):
    """Passes for the embedded model, and fails once."""

    def __init__(self) -> None:
        super().__init__("embedded-faltering")
        self.model = EMBEDDED_MODEL
        self.fails = True

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails:
            self.fails = False
            raise OSError("the disk")
        return super().encode_document(texts)


def test_what_could_not_be_stored_is_not_staged(tmp_path: Path) -> None:
    embedder = Faltering()
    with Writer(tmp_path, embedding=embedder) as writer:
        writer.put(*TREES)
        with pytest.raises(LibraryError, match="the disk"):
            writer.put(*LONG)
        assert not handed_over(tmp_path)
        writer.put(*PARKS)
        writer.publish()
    with Library.open(tmp_path, embedding=embedder) as opened:
        assert [document.title for document in opened.documents()] == ["公园办法", "植树办法"]
        assert opened.search("行道树由园林中心种植", k=1)[0].chunk == TREES[1][0]
