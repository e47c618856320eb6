"""Switching the embedding: the old generation serves meanwhile, nothing computed is lost, and nobody need be told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.export_onnx import export
from tests.tiny_models import bi_encoder, needed
from tests.vectorstore.conftest import POLICIES, HashingEmbedder, make
from vectorstore.embeddings import Wanted
from vectorstore.errors import EmbeddingMismatch, ModelUnavailable, NoLibrary
from vectorstore.library import Library
from vectorstore.pretrained import Running
from vectorstore.repair import is_outdated, newest, repair, switch
from vectorstore.writer import Writer

_MANY = 800
"""Texts that take some seconds one by one."""
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    return bi_encoder(tmp_path_factory.mktemp("models") / "bi")


@pytest.fixture(scope="module")
def exported(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for onnxruntime; not to be changed."""
    pytest.importorskip("onnx")
    copy = Path(shutil.copytree(model, tmp_path_factory.mktemp("exported") / "bi"))
    export(copy)
    return copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the policies with the embedded model; not to be changed."""
    home = tmp_path_factory.mktemp("built") / "home"
    with Writer(home) as writer:
        for document in POLICIES:
            writer.put(*document)
        writer.publish()
    return home


@pytest.fixture
def shelf(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "shelf"))


def best(library: Library) -> str:
    return library.search("柑橘种植补贴", k=1)[0].document.title


def test_an_open_library_serves_the_old_then_the_new(shelf: Path, model: Path) -> None:
    during: list[tuple[int, str]] = []
    with Library.open(shelf) as library:
        before = library.embedding
        assert best(library) == POLICIES[1][0].title

        def look(done: int, total: int) -> None:
            during.append((done, library.embedding))

        assert switch(shelf, str(model), progress=look) == 2
        assert during[-1] == (9, before)
        assert best(library) == POLICIES[1][0].title
        assert (library.generation, library.notice) == (2, None)
        assert library.embedding.startswith("bi-")
        assert switch(shelf, "embedded") == 3
        assert best(library) == POLICIES[1][0].title
        assert (library.generation, library.embedding) == (3, before)


def test_the_library_remembers_its_model(shelf: Path, model: Path) -> None:
    switch(shelf, Wanted(str(model)))
    assert (newest(shelf).model, newest(shelf).dimensions) == (str(model), 8)
    with Writer(shelf) as writer:
        writer.put(*make("公告", "柑橘收购站周三关闭。"))
        assert writer.publish() == 3
    assert repair(shelf) == 4
    assert newest(shelf).model == str(model)
    assert not is_outdated(shelf)
    with Library.open(shelf, embedding=str(model)) as library:
        assert library.search("柑橘收购站关闭", k=1)[0].document.title == "公告"


def test_a_model_run_by_onnxruntime_is_remembered_so(shelf: Path, model: Path, exported: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(exported, tmp_path / "bi"))
    assert switch(shelf, Wanted(str(copy), Running(backend="onnx"))) == 2
    assert repair(shelf) == 3
    (copy / "model.safetensors").unlink()
    with Library.open(shelf) as library:
        assert best(library) == POLICIES[1][0].title
        assert library.embedding.endswith("-onnx")
    shutil.copyfile(model / "model.safetensors", copy / "model.safetensors")
    by_torch = Library.open(shelf, embedding=Wanted(running=Running(backend="torch")))
    with by_torch as library, pytest.raises(EmbeddingMismatch, match="ZHENGWEN_BACKEND"):
        best(library)
    assert switch(shelf, Wanted(str(copy), Running(backend="torch"))) == 4


def test_the_same_model_again_does_nothing(shelf: Path, model: Path) -> None:
    assert switch(shelf, "embedded") is None
    assert switch(shelf, str(model)) == 2
    assert switch(shelf, str(model)) is None
    assert newest(shelf).generation == 2


def test_another_model_named_is_an_error_with_both_ways_out(shelf: Path, model: Path) -> None:
    with pytest.raises(EmbeddingMismatch, match=rf"embedded.*zhengwen model {model}.*ZHENGWEN_EMBEDDING"):
        Library.open(shelf, embedding=str(model))
    with pytest.raises(EmbeddingMismatch), Writer(shelf, embedding=Wanted("somebody/else")):
        pass
    switch(shelf, str(model))
    with pytest.raises(EmbeddingMismatch, match="zhengwen model embedded"):
        Library.open(shelf, embedding="embedded")


def test_a_model_that_changed_on_disk_is_not_taken_for_the_old_one(shelf: Path, model: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "bi"))
    switch(shelf, str(copy))
    shutil.rmtree(copy)
    bi_encoder(copy, seed=1)
    with Library.open(shelf) as library:
        assert len(library.documents()) == 3
        with pytest.raises(EmbeddingMismatch, match=f"zhengwen model {copy}"):
            best(library)
    with pytest.raises(EmbeddingMismatch), Writer(shelf):
        pass
    assert switch(shelf, str(copy)) == 3
    with Library.open(shelf) as library:
        assert best(library) == POLICIES[1][0].title


def test_a_model_that_is_gone_leaves_the_documents_readable(shelf: Path, model: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "bi"))
    switch(shelf, str(copy))
    copy.rename(tmp_path / "elsewhere")
    with Library.open(shelf) as library:
        assert len(library.documents()) == 3
        with pytest.raises(ModelUnavailable, match=r"不存在.*zhengwen model"):
            best(library)
    assert switch(shelf, "embedded") == 3


def test_a_model_that_cannot_be_used_changes_nothing(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        switch(shelf, str(tmp_path / "nothing"))
    with pytest.raises(NoLibrary):
        switch(tmp_path / "nowhere", "embedded")
    assert newest(shelf).generation == 1
    assert not (tmp_path / "nowhere").exists()


def test_a_reader_that_cannot_load_the_new_model_keeps_the_old_generation(
    shelf: Path, model: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(model, tmp_path / "bi"))
    with Library.open(shelf) as library:
        assert best(library) == POLICIES[1][0].title
        switch(shelf, str(copy))
        shutil.rmtree(copy)
        assert best(library) == POLICIES[1][0].title
        assert library.generation == 1
        assert library.notice is not None and str(copy) in library.notice


class Slow(HashingEmbedder):
    """Computes two texts at a time, and is interrupted when it has done `until`."""

    def __init__(self, until: int | None = None) -> None:
        super().__init__("slow", 16)
        self.batch = 2
        self.until = until
        self.done = 0

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.until is not None and self.done >= self.until:
            raise KeyboardInterrupt
        self.done += len(texts)
        return super().encode_document(texts)


def test_what_was_computed_before_an_interruption_is_not_computed_again(shelf: Path) -> None:
    first, second = Slow(until=5), Slow()
    with pytest.raises(KeyboardInterrupt):
        switch(shelf, first)
    assert [path.name for path in (shelf / "generations").iterdir()] == ["000001"]
    with Library.open(shelf) as library:
        assert best(library) == POLICIES[1][0].title
    seen: list[tuple[int, int]] = []
    assert switch(shelf, second, progress=lambda done, total: seen.append((done, total))) == 2
    tries = 2  # one text that shows whether the model works at all, each time
    assert first.done + second.done == 9 + tries
    assert seen == [(2, 9), (4, 9), (6, 9), (8, 9), (9, 9)]


SERVING = """
import json, sys, time
from pathlib import Path
from vectorstore.library import Library
with Library.open(Path(sys.argv[1])) as library:
    while True:
        hits = library.search("柑橘种植补贴", k=1)
        print(json.dumps([library.generation, library.embedding, hits[0].document.title, library.notice]), flush=True)
        if library.generation > 1:
            break
        time.sleep(0.1)
"""


def test_another_process_moves_to_the_new_model_by_itself(shelf: Path, model: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVING, str(shelf)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert json.loads(child.stdout.readline())[0] == 1
        switch(shelf, str(model))
        lines = [json.loads(line) for line in child.stdout]
    assert child.returncode == 0
    generation, embedding, title, notice = lines[-1]
    assert (generation, title, notice) == (2, POLICIES[1][0].title, None)
    assert embedding.startswith("bi-")


def test_ctrl_c_leaves_the_old_model_and_keeps_the_vectors(shelf: Path, exported: Path) -> None:
    many = "\n".join(f"第{number}号摊位由管理办公室登记，逾期不候。" for number in range(_MANY))
    with Writer(shelf) as writer:
        writer.put(*make("摊位登记", many))
        writer.publish()
    command = [sys.executable, "-m", "ui.cli", "--home", str(shelf), "model", str(exported)]
    # Without torch, which takes its time to load.
    one_by_one = {**os.environ, "ZHENGWEN_BATCH": "1", "ZHENGWEN_BACKEND": "onnx"}
    with subprocess.Popen(command, cwd=REPOSITORY, env=one_by_one, stderr=subprocess.PIPE, text=True) as child:
        while kept(shelf) < 50 and child.poll() is None:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert child.returncode == 130, told
    assert "已中断" in told and f"zhengwen model {exported}" in told
    assert 50 <= kept(shelf) < _MANY
    assert newest(shelf).generation == 2
    assert not list((shelf / "generations").glob("*.building"))
    with Library.open(shelf) as library:
        assert best(library) == POLICIES[1][0].title


def kept(shelf: Path) -> int:
    """How many vectors of the tiny model the cache holds."""
    file = shelf / "cache" / "embeddings.sqlite"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT count(*) FROM embedded WHERE model LIKE 'bi-%'").fetchone()[0]
    return int(found)
