"""What documents of a library mean for one another: who repeals whom, who has another's number."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from vectorstore import catalog
from vectorstore.catalog import Catalog
from vectorstore.doubts import update_doubts
from vectorstore.facts import update_facts
from vectorstore.model import Document, Fact, Reference, Relation
from vectorstore.mutual import update_mutual
from vectorstore.relations import update_relations

CITY = "南河省云岭市"


def made(
    title: str,
    *,
    number: str | None = None,
    day: date | None = None,
    region: str | None = CITY,
    effective: date | None = None,
    issuer: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    return Document(
        id=hashlib.sha256(title.encode()).hexdigest()[:12],
        title=title,
        text=f"{title}\n全文只有这一句。",
        source=f"/政策/{title}.txt",
        sha256="0" * 64,
        doc_number=number,
        issuer=issuer,
        region=region,
        date=day,
        effective=effective,
        warnings=warnings,
    )


OLD = made("云岭市夜间集市管理暂行办法", number="云政发〔2015〕7号", day=date(2015, 3, 1))
NEW = made("云岭市夜间集市管理条例", day=date(2021, 5, 1))


def says(
    by: Document, *, title: str | None = None, number: str | None = None, relation: Relation = "废止"
) -> tuple[str, Reference]:
    return by.id, Reference(
        doc_id=by.id, start=0, end=1, quote=by.text[:1], region=by.region, title=title, number=number, relation=relation
    )


def stored(folder: Path, documents: Iterable[Document], facts: Iterable[tuple[str, Fact]]) -> dict[str, Document]:
    """The documents as a library gives them back, by title."""
    stated = list(facts)
    file = folder / "catalog.sqlite"
    with catalog.editing(file) as connection:
        for document in documents:
            catalog.put(connection, document, [])
        _update(connection, stated)
    with closing(Catalog(file)) as held:
        return {document.title: document for document in held.documents()}


def _update(connection: sqlite3.Connection, stated: list[tuple[str, Fact]], gone: tuple[str, ...] = ()) -> None:
    update_facts(
        connection,
        lambda document: [fact for doc_id, fact in stated if doc_id == document.id],
        gone=gone,
        afresh=False,
    )
    update_relations(connection, gone=gone, afresh=False)
    update_mutual(connection, gone=gone, afresh=False)


@pytest.mark.parametrize("name", [{"number": "云政发〔2015〕7号"}, {"number": "云政发[2015]7号"}, {"title": OLD.title}])
def test_what_another_document_repeals_is_repealed_and_says_by_which(tmp_path: Path, name: dict[str, str]) -> None:
    held = stored(tmp_path, [OLD, NEW], [says(NEW, **name)])
    old = held[OLD.title]
    assert (old.status, old.status_reason, old.repealed_by) == (
        "废止",
        "《云岭市夜间集市管理条例》（2021年5月1日）写明废止",
        NEW.id,
    )
    assert held[NEW.title].status == "未知"


@pytest.mark.parametrize(
    "wrong",
    [
        says(NEW, number="云政发〔2015〕8号"),
        says(NEW, title=OLD.title, relation="依据"),
        says(made("云岭市夜间集市管理条例"), title=OLD.title),  # nobody knows which of the two is older
        says(made("外省夜间集市管理条例", day=date(2021, 5, 1), region="北原省平湖市"), title=OLD.title),
        says(made("云岭市更早的条例", day=date(2010, 5, 1)), number="云政发〔2015〕7号"),
    ],
)
def test_no_document_is_repealed_that_may_not_be_meant(tmp_path: Path, wrong: tuple[str, Fact]) -> None:
    others = [
        made("外省夜间集市管理条例", day=date(2021, 5, 1), region="北原省平湖市"),
        made("云岭市更早的条例", day=date(2010, 5, 1)),
    ]
    undated = made("云岭市夜间集市管理条例")
    by = NEW if wrong[1].relation != "废止" or wrong[1].title is None else undated  # type: ignore[union-attr]
    assert stored(tmp_path, [OLD, by, *others], [wrong])[OLD.title].repealed is None


def test_a_repeal_waits_until_the_document_that_says_so_is_in_force(tmp_path: Path) -> None:
    coming = made("云岭市夜间集市管理条例", day=date(2021, 5, 1), effective=date(date.today().year + 2, 1, 1))
    assert stored(tmp_path, [OLD, coming], [says(coming, title=OLD.title)])[OLD.title].repealed is None


def test_a_repeal_is_gone_with_the_document_that_says_so(tmp_path: Path) -> None:
    stored(tmp_path, [OLD, NEW], [says(NEW, title=OLD.title)])
    with catalog.editing(tmp_path / "catalog.sqlite") as connection:
        catalog.remove(connection, NEW.id)
        _update(connection, [], gone=(NEW.id,))
    with closing(Catalog(tmp_path / "catalog.sqlite")) as held:
        assert held.document(OLD.id).repealed is None


def test_two_documents_with_one_number_are_told_of_each_other(tmp_path: Path) -> None:
    other = made("云岭市集贸市场收费标准", number="云政发[2015]7号", warnings=("编号不连续：…",))
    held = stored(tmp_path, [OLD, other], [])
    assert held[OLD.title].warnings == (
        f"文号“云政发〔2015〕7号”与 {other.id}《{other.title}》相同，内容却不同，请核对",
    )
    assert len(held[other.title].warnings or ()) == 2


def test_one_code_of_two_cities_is_no_conflict(tmp_path: Path) -> None:
    other = made("平湖市集贸市场收费标准", number="云政发〔2015〕7号", region="北原省平湖市")
    assert stored(tmp_path, [OLD, other], [])[OLD.title].warnings == ()


def test_a_library_of_old_is_looked_through_once(tmp_path: Path) -> None:
    stored(tmp_path, [OLD, NEW], [])
    file = tmp_path / "catalog.sqlite"
    with catalog.editing(file) as connection:
        connection.execute("UPDATE documents SET record = json_remove(record, '$.warnings')")
    with closing(Catalog(file)) as held:
        assert [document.warnings for document in held.documents()] == [None, None]
    asked: list[str] = []

    def doubts(document: Document) -> list[str]:
        asked.append(document.title)
        return [f"{document.title}的编号不连续"]

    for _ in range(2):
        with catalog.editing(file) as connection:
            update_doubts(connection, doubts, afresh=False)
    assert sorted(asked) == sorted([OLD.title, NEW.title])
    with closing(Catalog(file)) as held:
        assert [document.warnings for document in held.documents()] == [
            (f"{title}的编号不连续",) for title in sorted(asked)
        ]
