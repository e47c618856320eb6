"""Readers move to a new generation while they search, and close the old one only when nobody uses it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vectorstore.conftest import EMBEDDER, POLICIES, HashingEmbedder, make, publish
from vectorstore.library import Library
from vectorstore.repair import repair


def test_libraries_opened_at_the_same_moment_all_search(home: Path) -> None:
    def asked(ready: threading.Barrier) -> str:
        with Library.open(home, embedding=EMBEDDER) as library:
            ready.wait()
            return library.search("柑橘种植补贴", k=1)[0].document.id

    for _ in range(5):
        ready = threading.Barrier(8)
        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(asked, [ready] * 8)) == {POLICIES[1][0].id}


def test_threads_search_on_while_generations_change(home: Path) -> None:
    failures: list[BaseException] = []
    seen: set[int] = set()
    stop = threading.Event()
    with Library.open(home, embedding=EMBEDDER) as library:

        def search() -> None:
            try:
                while not stop.is_set():
                    hits = library.search("柑橘种植补贴", k=3)
                    assert hits[0].document == POLICIES[1][0]
                    assert hits[0].chunk in library.chunks(hits[0].document.id)
                    seen.add(library.generation)
            except BaseException as error:  # noqa: BLE001 (handed to the test's own thread)
                failures.append(error)

        threads = [threading.Thread(target=search) for _ in range(8)]
        for thread in threads:
            thread.start()
        for i in range(2):
            publish(home, make("公告", f"第{i}次停水公告。"))
        while library.generation < 3 and not failures:
            pass
        stop.set()
        for thread in threads:
            thread.join()
        assert not failures
        assert 1 in seen
        assert library.search("停水公告", k=1)[0].chunk.text == "第1次停水公告。"


class Interrupted(HashingEmbedder):
    """While the first search waits for its vector, a generation is published and another thread moves to it."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = None

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            other = threading.Thread(target=meanwhile)
            other.start()
            other.join()
        return super().encode_query(texts)


def open_files(folder: Path) -> list[str]:
    """Files under the folder that this process has open or mapped."""
    names = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return [line for line in names + Path("/proc/self/maps").read_text().splitlines() if str(folder) in line]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's /proc to see open files")
def test_the_old_generation_stays_open_until_its_last_call_ends(home: Path) -> None:
    old = home / "generations" / "000001"
    embedder = Interrupted()
    with Library.open(home, embedding=embedder) as library:
        library.search("补贴")
        seen: list[tuple[int, bool]] = []

        def move_on() -> None:
            publish(home, make("公告", "柑橘种植补贴停发。"))
            seen.append((library.generation, bool(open_files(old))))

        embedder.meanwhile = move_on
        assert library.search("柑橘种植补贴停发", k=1)[0].document == POLICIES[1][0]  # as the old one knew it
        assert seen == [(2, True)]
        gc.collect()
        assert not open_files(old)
        assert library.search("柑橘种植补贴停发", k=1)[0].document.title == "公告"
    gc.collect()
    assert not open_files(home)


def test_an_index_of_another_embedding_is_not_swapped_in(home: Path) -> None:
    with Library.open(home, embedding=EMBEDDER) as library:
        repair(home, embedding=HashingEmbedder("other", 32))
        assert library.search("柑橘补贴", k=1)[0].document == POLICIES[1][0]
        assert library.generation == 1
        assert library.notice is not None and "other" in library.notice
