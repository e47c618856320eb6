"""A damaged generation steps aside for its predecessor, and repair makes a whole one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES, make, publish
from vectorstore.errors import LibraryDamaged, NoLibrary
from vectorstore.library import Library
from vectorstore.repair import repair
from vectorstore.writer import Writer

NEW = make("骑行头盔发放通知", "骑行头盔按成本价发放。\n每户限领两顶。")


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for i in range(0, len(data), 7):
        data[i] ^= 0x5A
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


HARM: list[Callable[[Path], None]] = [garble, truncate, empty, Path.unlink]
FILES = ["MANIFEST.json", "catalog.sqlite", "chroma/chroma.sqlite3", "chroma/*/data_level0.bin", "lexical/chunks/*.idx"]


@pytest.fixture(scope="module")
def two_generations(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(published, tmp_path_factory.mktemp("two") / "home"))
    publish(home, NEW)
    return home


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("harm", HARM)
def test_the_predecessor_serves_with_a_notice(
    two_generations: Path, tmp_path: Path, pattern: str, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    home = Path(shutil.copytree(two_generations, tmp_path / "home"))
    for path in (home / "generations" / "000002").glob(pattern):
        harm(path)
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.search("柑橘补贴", k=1)[0].document == POLICIES[1][0]
        assert library.generation == 1
        assert library.notice is not None and "zhengwen repair" in library.notice
        assert "已损坏" in caplog.text or "读取失败" in caplog.text


@pytest.mark.parametrize("pattern", FILES[2:])
def test_the_next_publish_indexes_anew_what_is_damaged(two_generations: Path, tmp_path: Path, pattern: str) -> None:
    home = Path(shutil.copytree(two_generations, tmp_path / "home"))
    for path in (home / "generations" / "000002").glob(pattern):
        garble(path)
    with Library.open(home, embedding=EMBEDDER) as library:
        library.search("补贴")
        assert publish(home, make("公告", "周三停水。")) == 3
        assert library.search("头盔", k=1)[0].document == NEW[0]
        assert library.search("停水", k=1)[0].document.title == "公告"
        assert (library.generation, library.notice) == (3, None)


def test_a_damaged_predecessor_does_not_hinder_the_next_publish(two_generations: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(two_generations, tmp_path / "home"))
    garble(home / "generations" / "000001" / "catalog.sqlite")
    assert publish(home, make("公告", "周三停水。")) == 3
    with Library.open(home, embedding=EMBEDDER) as library:
        assert len(library.documents()) == 5


def test_repair_makes_a_whole_generation(home: Path) -> None:
    shutil.rmtree(home / "generations" / "000001" / "chroma")
    garble(home / "cache" / "embeddings.sqlite")
    with pytest.raises(LibraryDamaged, match="zhengwen repair"):
        Library.open(home, embedding=EMBEDDER)
    assert repair(home, embedding=EMBEDDER) == 2
    with Library.open(home, embedding=EMBEDDER) as library:
        assert len(library.search("图书馆柑橘摊位", k=50)) == 9
        assert library.notice is None


def test_a_lost_current_file_is_noticed_and_survived(home: Path) -> None:
    (home / "CURRENT").write_text("../../etc")
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.generation == 1
        assert library.notice is not None


def test_when_no_catalog_can_be_read_all_say_so(home: Path) -> None:
    garble(home / "generations" / "000001" / "catalog.sqlite")
    with pytest.raises(LibraryDamaged):
        Library.open(home, embedding=EMBEDDER)
    with pytest.raises(LibraryDamaged, match="originals"):
        repair(home, embedding=EMBEDDER)
    with pytest.raises(LibraryDamaged), Writer(home, embedding=EMBEDDER):
        pass
    assert all((home / "originals" / document.sha256).exists() for document, _, _ in POLICIES)


def test_repair_needs_a_library(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        repair(tmp_path, embedding=EMBEDDER)


def test_a_reader_survives_the_damage_of_what_it_has_open(two_generations: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(two_generations, tmp_path / "home"))
    with Library.open(home, embedding=EMBEDDER) as library:  # vectors are opened by the first search
        shutil.rmtree(home / "generations" / "000002" / "chroma")
        assert library.search("柑橘补贴", k=1)[0].document == POLICIES[1][0]
        assert library.generation == 1
        assert library.notice
