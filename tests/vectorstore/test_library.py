"""What a reader gets from a published library."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES, HashingEmbedder, make, publish
from vectorstore.errors import DocumentNotFound, EmbeddingMismatch, NoLibrary
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.repair import repair
from vectorstore.writer import Writer


def test_search_finds_the_passage_that_answers(library: Library) -> None:
    best = library.search("夜间集市的摊位几点关闭")[0]
    assert best.document.title == "云岭市夜间集市管理办法"
    assert "二十三时关闭" in best.chunk.text


def test_hits_keep_the_invariants(library: Library) -> None:
    hits = library.search("图书馆和柑橘的补贴", k=20)
    assert len(hits) == len({hit.chunk.id for hit in hits}) == 9
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.document.text[hit.chunk.start : hit.chunk.end] == hit.chunk.text
        assert hit.chunk.doc_id == hit.document.id
        assert hit.chunk in library.chunks(hit.document.id)
        assert 0 <= hit.score <= 1
        assert hit.scores.keys() <= {"lexical", "dense", "document"}
        assert -1.001 <= hit.scores["dense"] <= 1.001
    assert library.search("图书馆和柑橘的补贴", k=20) == hits
    assert library.search("图书馆和柑橘的补贴", k=2) == hits[:2]


def test_what_is_read_is_what_was_put(library: Library) -> None:
    assert library.documents() == sorted((document for document, _, _ in POLICIES), key=lambda found: found.title)
    for document, chunks, original in POLICIES:
        assert library.document(document.id) == document
        assert library.chunks(document.id) == chunks
        assert library.original(document.id).read_bytes() == original


def test_a_document_that_was_listed_is_not_read_a_second_time(library: Library) -> None:
    listed = {document.id: document for document in library.documents()}
    assert all(library.document(id) is document for id, document in listed.items())
    assert all(hit.document is listed[hit.document.id] for hit in library.search("夜间集市", k=9))
    assert library.documents() == list(listed.values())


def test_title_and_heading_path_are_searched(home: Path) -> None:
    document, chunks, original = make("柚溪镇河长制工作方案", "每月巡查一次。\n发现问题当日上报。")
    publish(home, (document, chunks, original))
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.search("柚溪镇", k=1)[0].document == document


@pytest.mark.parametrize("query", ["", "   ", "？！…", "\x00", "🙂🙂"])
def test_a_query_without_words_finds_nothing(library: Library, query: str) -> None:
    assert library.search(query) == []


@pytest.mark.parametrize(
    "query", ["AND OR NOT", '"text:补贴" +(', "补贴\x00补贴", "补贴\ud800", "补贴" * 50_000, "a" * 100_000]
)
def test_a_query_is_only_ever_words(library: Library, query: str) -> None:
    assert len(library.search(query)) <= 10


def test_a_query_as_long_as_a_book_costs_no_more_than_a_page(library: Library) -> None:
    book = "柑橘补贴" + "".join(chr(0x4E00 + i * 7 % 20_000) for i in range(1_000_000))
    library.search("先打开")
    start = time.process_time()
    assert library.search(book, k=1)[0].document == POLICIES[1][0]
    assert time.process_time() - start < 1


def test_idf_counts_chunks(library: Library) -> None:
    assert library.idf(["图书馆", "没有的词"]) == pytest.approx(
        {"图书馆": math.log(1 + (9 - 3 + 0.5) / 3.5), "没有的词": math.log(1 + 9.5 / 0.5)}
    )


def test_no_such_document(library: Library) -> None:
    with pytest.raises(DocumentNotFound, match="zhengwen documents"):
        library.document("000000000000")
    with pytest.raises(DocumentNotFound):
        library.chunks("000000000000")


def test_no_library_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match=r"还没有资料库。先运行：zhengwen ingest"):
        Library.open(tmp_path / "nothing", embedding=EMBEDDER)
    assert not (tmp_path / "nothing").exists()


def test_another_embedding_is_refused_until_repair(home: Path) -> None:
    other = HashingEmbedder("other", 32)
    with pytest.raises(EmbeddingMismatch, match=r"hashing.*other.*zhengwen model other"):
        Library.open(home, embedding=other)
    with pytest.raises(EmbeddingMismatch), Writer(home, embedding=other):
        pass
    assert repair(home, embedding=other) == 2
    with Library.open(home, embedding=other) as library:
        assert library.search("柑橘补贴", k=1)[0].document.title == "松江县柑橘种植补贴实施方案"
        assert library.notice is None


def test_a_relative_home_works(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)
    with Library.open(Path("home"), embedding=EMBEDDER) as library:
        monkeypatch.chdir("/")
        assert library.search("柑橘")


def test_any_chroma_client_can_open_the_collection(home: Path) -> None:
    script = """
import chromadb, json, sys
collection = chromadb.PersistentClient(sys.argv[1]).get_collection("chunks", embedding_function=None)
found = collection.get(where={"$and": [{"year": 2021}, {"region": "南河省云岭市"}, {"ordinal": 1}]},
                       include=["documents", "metadatas", "embeddings"])
print(json.dumps({"count": collection.count(), "space": collection.configuration["hnsw"]["space"], "ids": found["ids"],
                  "documents": found["documents"], "metadata": found["metadatas"][0],
                  "nearest": collection.query(query_embeddings=found["embeddings"], n_results=1)["ids"][0]}))
"""
    folder = home / "generations" / "000001" / "chroma"
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    document, chunks, _ = POLICIES[0]
    assert found["count"] == 9 and found["space"] == "cosine"
    assert found["ids"] == found["nearest"] == [chunks[1].id]
    assert found["documents"] == [chunks[1].text]
    assert found["metadata"] == {
        "doc_id": document.id,
        "ordinal": 1,
        "start": chunks[1].start,
        "end": chunks[1].end,
        "title": document.title,
        "path": f"{document.title} / 第2条",
        "source": document.source,
        "doc_number": document.doc_number,
        "issuer": "云岭市商务局",
        "region": "南河省云岭市",
        "date": "2021-05-01",
        "year": 2021,
        "kind": "办法",
    }


def test_filters_apply_before_ranking(home: Path) -> None:
    """Hundreds of better matches elsewhere don't crowd out the one that is admitted."""
    crowd = make("柑橘补贴汇编", "\n".join(f"柑橘补贴第{i}类，柑橘补贴照常发放。" for i in range(600)))
    publish(home, crowd)
    with Library.open(home, embedding=EMBEDDER) as library:
        hits = library.search("柑橘补贴", k=5, filters=Filters(years=(2022,)))
        assert hits[0].document.title == "松江县柑橘种植补贴实施方案"
        assert {hit.document.date.year for hit in hits if hit.document.date} == {2022}
