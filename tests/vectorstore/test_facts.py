"""Facts in a library: stored with their documents, found by kind, region, year and document, read anew by a repair."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, Made, make
from vectorstore.errors import FactsNotRead
from vectorstore.library import Library
from vectorstore.manifest import read_manifest
from vectorstore.model import Document, Fact, FactKind, Person, Reference, Responsibility, Target
from vectorstore.repair import repair
from vectorstore.writer import Writer

EAST = make(
    "东湖市绿色制造意见",
    "到2030年，绿色工厂达到60家。\n市科技局负责。\n贯彻《节能条例》。\n局长张望舒。",
    region="江苏省苏州市",
    day=date(2027, 5, 1),
)
WEST = make("西湖市绿色制造意见", "到2028年，绿色工厂达到40家。", region="浙江省杭州市", day=date(2026, 5, 1))


def read_facts(document: Document) -> Iterator[Fact]:
    """One fact of each kind that the document's lines give; lone surrogates included."""
    for start, end in ((chunk.start, chunk.end) for chunk in (*EAST[1], *WEST[1]) if chunk.doc_id == document.id):
        quote = document.text[start:end]
        stated = {"doc_id": document.id, "start": start, "end": end, "quote": quote, "path": ("一", "二")}
        region = document.region
        if "达到" in quote:
            year, value = int(quote[1:5]), int(quote[-4:-2])
            yield Target(
                **stated, region=region, indicator="绿色工厂", comparator="达到", value=value, unit="家", year=year
            )
            yield Target(
                **stated, region=region, indicator="增幅", comparator="左右", value=1.5, unit="%", planned=False
            )
        elif "负责" in quote:
            yield Responsibility(**stated, region=region, task="绿色\ud800工厂", units=("市科技局",))
        elif "《" in quote:
            yield Reference(**stated, region=region, title="节能条例", relation="贯彻")
        else:
            yield Person(**stated, name="张望舒", office="局长")


def publish(home: Path, *documents: Made, remove: tuple[str, ...] = (), reader: bool = True) -> None:
    with Writer(home, embedding=EMBEDDER, facts=read_facts if reader else None) as writer:
        for document in documents:
            writer.put(*document)
        for doc_id in remove:
            writer.remove(doc_id)
        writer.publish()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of both documents with their facts; not to be changed."""
    home = tmp_path_factory.mktemp("facts") / "home"
    publish(home, EAST, WEST)
    return home


@pytest.fixture
def home(stored: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(stored, tmp_path / "home"))


def test_what_was_read_comes_back_as_it_was(home: Path) -> None:
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.facts() == [*read_facts(EAST[0]), *read_facts(WEST[0])]


@pytest.mark.parametrize(
    ("kinds", "count"),
    [(("target",), 2), (("figure",), 2), (("target", "figure"), 4), (("person",), 1), (("responsibility",), 1)],
)
def test_by_kind(home: Path, kinds: tuple[FactKind, ...], count: int) -> None:
    with Library.open(home, embedding=EMBEDDER) as library:
        found = library.facts(kinds=kinds)
        assert len(found) == count and {fact.kind for fact in found} == set(kinds)


def test_by_region_year_and_document(home: Path) -> None:
    with Library.open(home, embedding=EMBEDDER) as library:
        assert {fact.doc_id for fact in library.facts(regions=["江苏"])} == {EAST[0].id}
        assert library.facts(regions=["海南"]) == []
        assert [fact.doc_id for fact in library.facts(kinds=["target"], years=[2028])] == [WEST[0].id]
        assert {fact.kind for fact in library.facts(years=[2027])} == {"responsibility", "reference", "person"}
        assert {fact.doc_id for fact in library.facts(documents=[WEST[0].id])} == {WEST[0].id}
        assert library.facts(regions=["江苏"], documents=[WEST[0].id]) == []
        assert library.facts(documents=["\ud800"]) == []


def test_facts_go_and_change_with_their_document(home: Path) -> None:
    publish(home, remove=(EAST[0].id,))
    with Library.open(home, embedding=EMBEDDER) as library:
        assert {fact.doc_id for fact in library.facts()} == {WEST[0].id}
    text = WEST[0].text.replace("40家", "75家")
    data = text.encode()
    changed = dataclasses.replace(WEST[0], text=text, sha256=hashlib.sha256(data).hexdigest())
    publish(home, (changed, [dataclasses.replace(chunk, text=text) for chunk in WEST[1]], data))
    with Library.open(home, embedding=EMBEDDER) as library:
        assert [fact.value for fact in library.facts(kinds=["target"]) if isinstance(fact, Target)] == [75]


def test_a_writer_without_a_reader_keeps_what_was_read(home: Path) -> None:
    publish(home, remove=(EAST[0].id,), reader=False)
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.facts() == list(read_facts(WEST[0]))


def of_an_older_version(home: Path) -> None:
    """Make the current generation one of a version that knew no facts."""
    (folder,) = (home / "generations").iterdir()
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as connection, connection:
        connection.execute("DROP TABLE facts")
        connection.execute("DROP TABLE facts_read")
    digest = hashlib.sha256((folder / "catalog.sqlite").read_bytes()).hexdigest()
    manifest = read_manifest(folder)
    dataclasses.replace(manifest, files={**manifest.files, "catalog.sqlite": digest}).write(folder)


def test_a_library_of_an_older_version_is_read_and_says_how_to_get_facts(home: Path) -> None:
    of_an_older_version(home)
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.search("绿色工厂", k=1)
        with pytest.raises(FactsNotRead, match="zhengwen repair"):
            library.facts()
    repair(home, embedding=EMBEDDER, facts=read_facts)
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.facts() == [*read_facts(EAST[0]), *read_facts(WEST[0])]


def test_the_next_ingest_reads_the_facts_of_an_older_version_too(home: Path) -> None:
    of_an_older_version(home)
    publish(home, make("新文件", "一行。"))
    with Library.open(home, embedding=EMBEDDER) as library:
        assert {fact.doc_id for fact in library.facts()} == {EAST[0].id, WEST[0].id}


def test_documents_stored_without_a_reader_are_said_to_be_unread(home: Path) -> None:
    new = make("新文件", "一行。")
    publish(home, new, reader=False)
    with Library.open(home, embedding=EMBEDDER) as library:
        with pytest.raises(FactsNotRead, match="1 份"):
            library.facts()
        assert library.facts(documents=[EAST[0].id])
        with pytest.raises(FactsNotRead):
            library.facts(documents=[new[0].id])


def test_a_reader_that_fails_leaves_the_library_as_it_was(home: Path) -> None:
    def broken(document: Document) -> list[Fact]:
        raise RuntimeError("cannot read")

    with pytest.raises(RuntimeError), Writer(home, embedding=EMBEDDER, facts=broken) as writer:
        writer.put(*make("新文件", "一行。"))
        writer.publish()
    with Library.open(home, embedding=EMBEDDER) as library:
        assert len(library.facts()) == len([*read_facts(EAST[0]), *read_facts(WEST[0])])
