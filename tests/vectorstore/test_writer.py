"""Staging and publishing: what ends up in the next generation, and when there is none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES, make, publish
from vectorstore.errors import DocumentNotFound
from vectorstore.layout import Layout
from vectorstore.library import Library
from vectorstore.writer import KEPT_GENERATIONS, Writer

NEW = make("骑行头盔发放通知", "骑行头盔按成本价发放。\n每户限领两顶。")


def test_documents_are_added_replaced_and_removed(home: Path) -> None:
    (market, _, _), (oranges, _, _), (libraries, _, _) = POLICIES
    changed = make(market.title, "摊位改为每晚十七时开放。", source=market.source)
    with Writer(home, embedding=EMBEDDER) as writer:
        writer.put(*NEW)
        writer.put(*changed)
        writer.remove(oranges.id)
        staged = writer.documents()
        assert staged == sorted([NEW[0], changed[0], libraries], key=lambda document: document.title)
        assert writer.publish() == 2
        assert writer.documents() == staged
        assert writer.publish() == 2
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.documents() == staged
        assert library.search("头盔", k=1)[0].document == NEW[0]
        found = {hit.chunk.text for hit in library.search("摊位关闭、柑橘补贴", k=50)}
        assert "摊位改为每晚十七时开放。" in found
        assert not any("二十三时关闭" in text or "八百元" in text for text in found)
    names = {path.name for path in (home / "originals").iterdir()}
    assert names == {document.sha256 for document, _, _ in (*POLICIES, NEW, changed)}  # generation 1 still has them


def test_a_draft_that_is_left_changes_nothing(home: Path) -> None:
    with Writer(home, embedding=EMBEDDER) as writer:
        writer.put(*NEW)
    with pytest.raises(KeyboardInterrupt), Writer(home, embedding=EMBEDDER) as writer:
        writer.put(*NEW)
        raise KeyboardInterrupt
    with Library.open(home, embedding=EMBEDDER) as library:
        assert (library.generation, len(library.documents())) == (1, 3)


def test_an_interrupted_publish_changes_nothing_and_can_be_repeated(home: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Writer(home, embedding=EMBEDDER) as writer:
        writer.put(*NEW)
        with pytest.raises(KeyboardInterrupt):
            writer.publish(progress=interrupt)
        assert [path.name for path in (home / "generations").iterdir()] == ["000001"]
        seen: list[tuple[int, int]] = []
        assert writer.publish(progress=lambda done, total: seen.append((done, total))) == 2
        assert seen == [(2, 2)]


def test_nothing_staged_makes_no_generation(home: Path, tmp_path: Path) -> None:
    with Writer(home, embedding=EMBEDDER) as writer:
        assert writer.publish() == 1
        writer.put(*NEW)
        writer.remove(NEW[0].id)
        assert writer.publish() == 1
    with Writer(tmp_path / "fresh", embedding=EMBEDDER) as writer:
        assert (writer.publish(), writer.documents()) == (0, [])


def test_what_is_not_there_cannot_be_removed(home: Path) -> None:
    with Writer(home, embedding=EMBEDDER) as writer:
        with pytest.raises(DocumentNotFound):
            writer.remove("000000000000")
        writer.remove(POLICIES[0][0].id)
        with pytest.raises(DocumentNotFound):
            writer.remove(POLICIES[0][0].id)


def test_a_library_can_be_emptied_and_filled_again(home: Path) -> None:
    publish(home, remove=[document.id for document, _, _ in POLICIES])
    with Library.open(home, embedding=EMBEDDER) as library:
        assert (library.documents(), library.search("图书馆")) == ([], [])
        publish(home, NEW)
        assert library.search("图书馆头盔")[0].document == NEW[0]


def test_chunks_must_be_the_documents_own(home: Path) -> None:
    document, chunks, original = NEW
    wrong = [
        [replace(chunks[0], text="别的话"), chunks[1]],
        [replace(chunks[0], doc_id="x"), chunks[1]],
        [chunks[1], chunks[0]],
        [chunks[0], replace(chunks[0], ordinal=1)],
    ]
    with Writer(home, embedding=EMBEDDER) as writer:
        for bad in wrong:
            with pytest.raises(ValueError, match=document.id):
                writer.put(document, bad, original)
        with pytest.raises(ValueError, match="sha256"):
            writer.put(document, chunks, original + b" ")
        assert len(writer.documents()) == 3


def test_lone_surrogates_survive(home: Path) -> None:
    odd = make(
        "坏\ud800字", "头盔\udc80发放\ud800。\n第二段。", source="/政策/\udcff.txt", region="某\ud800地", kind="\ud800"
    )
    publish(home, odd)
    with Library.open(home, embedding=EMBEDDER) as library:
        hit = library.search("头盔", k=1)[0]
        assert (hit.document, hit.chunk) == (odd[0], odd[1][0])


def test_a_document_may_have_more_chunks_than_chroma_takes_at_once(tmp_path: Path) -> None:
    long = make("五千六百条", "\n".join(f"第{i}条 编号{i}的事项由承办单位办理。" for i in range(5600)))
    home = tmp_path / "home"
    assert publish(home, long) == 1
    with Library.open(home, embedding=EMBEDDER) as library:
        assert len(library.chunks(long[0].id)) == 5600
        assert library.search("编号5599的事项", k=1)[0].chunk.ordinal == 5599


def test_old_generations_and_their_originals_go(home: Path) -> None:
    """As after many publishes: copies of generation 1 stand in for them."""
    layout = Layout(home)
    for number in (2, 3, 4):
        shutil.copytree(layout.folder(1), layout.folder(number))
    layout.current_file.write_text("000004\n")
    orphan = layout.original("0" * 64)
    orphan.write_bytes(b"left by a draft that was dropped")
    assert publish(home, NEW) == 5
    assert layout.numbers() == [3, 4, 5]
    assert len(layout.numbers()) == KEPT_GENERATIONS
    assert {path.name for path in layout.originals.iterdir()} == {policy[0].sha256 for policy in (*POLICIES, NEW)}
