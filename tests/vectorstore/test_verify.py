"""The check before publishing sees what a broken index lacks, and survives one that kills its reader."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES, make, publish
from vectorstore.chroma import VectorIndex, entries_of
from vectorstore.crew import Crew
from vectorstore.errors import GenerationDamaged
from vectorstore.library import Library


def verify(folder: Path) -> None:
    with Crew() as crew:
        crew.check(folder)


LOST = POLICIES[1][1][1]


@pytest.fixture
def incomplete(home: Path) -> Path:
    """A library whose vector index lacks one chunk, which no file's checksum tells."""
    with VectorIndex(home / "generations" / "000001" / "chroma") as vectors:
        vectors.remove([LOST.id])
    return home


def test_a_whole_generation_passes(home: Path) -> None:
    verify(home / "generations" / "000001")


def test_a_missing_vector_is_seen(incomplete: Path) -> None:
    with pytest.raises(GenerationDamaged, match=r"片段数不一致：.*8"):
        verify(incomplete / "generations" / "000001")


def test_a_vector_of_another_chunk_is_seen(incomplete: Path) -> None:
    document, chunks, _ = make("别的文件", "别的内容。")
    with VectorIndex(incomplete / "generations" / "000001" / "chroma") as vectors:
        vectors.add(entries_of([(document, chunks[0])]), EMBEDDER.encode_document([chunks[0].text]))
    with pytest.raises(GenerationDamaged, match="编号不一致"):
        verify(incomplete / "generations" / "000001")


def test_what_is_no_generation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenerationDamaged, match=r"MANIFEST.json"):
        verify(tmp_path)


def test_a_publish_on_a_broken_index_makes_it_whole(incomplete: Path, caplog: pytest.LogCaptureFixture) -> None:
    notice = make("公告", "周三停水。")
    assert publish(incomplete, notice) == 2
    assert "改为重建索引" in caplog.text
    with Library.open(incomplete, embedding=EMBEDDER) as library:
        assert library.search(LOST.text, k=1)[0].chunk == LOST
        assert library.search("停水", k=1)[0].document == notice[0]
        assert len(library.search("图书馆柑橘摊位停水", k=50)) == 10


def test_nothing_waits_in_chromas_queue(tmp_path: Path) -> None:
    """What a build leaves there, every open would put into the graph anew."""
    home = tmp_path / "home"
    publish(home, make("两千一百条", "\n".join(f"第{i}条 编号{i}的事项由承办单位办理。" for i in range(2100))))
    with closing(sqlite3.connect(home / "generations" / "000001" / "chroma" / "chroma.sqlite3")) as database:
        persisted = {row[0] for row in database.execute("SELECT seq_id FROM max_seq_id")}
    assert persisted == {2100}
