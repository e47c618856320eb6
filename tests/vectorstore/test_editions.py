"""Copies and versions of documents: found among others, told apart from what is merely alike, and stepping aside."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, Made, make
from vectorstore import catalog
from vectorstore.catalog import Catalog
from vectorstore.library import Library
from vectorstore.likeness import stem
from vectorstore.model import Document, Filters
from vectorstore.relations import update_relations
from vectorstore.writer import Writer

ARTICLES = (
    "为了规范夜间集市的经营活动，保护摊主和顾客的合法权益，根据有关法律，结合本市实际，制定本条例。",
    "夜间集市由市商务局会同城管局划定范围，报市人民政府批准后向社会公布，并在入口处设置标识。",
    "摊位每晚十八时开放，二十三时关闭；节假日可以延长一个小时，由市商务局提前三日公告。",
    "摊主应当在收摊后三十分钟内清扫地面，把垃圾分类投放到指定地点，不得把污水倒入雨水口。",
    "销售食品的摊主应当公示健康证明和进货凭证，使用符合标准的餐具，接受市场监管部门的检查。",
    "违反本条例规定的，由城管局责令改正；拒不改正的，处二百元以上一千元以下的罚款，并暂停经营。",
)
TITLE = "南河省云岭市夜间集市条例"


def rule(
    source: str,
    *,
    title: str = TITLE,
    day: date | None = date(2015, 5, 1),
    articles: Sequence[str] = ARTICLES,
    region: str | None = "南河省云岭市",
    number: str | None = None,
    **fields: object,
) -> Made:
    document, chunks, data = make(title, "\n".join((title, *articles)), source=source, region=region, day=day)
    return dataclasses.replace(document, doc_number=number, **fields), chunks, data  # type: ignore[arg-type]


OLD = rule("/a/2015.txt", day=date(2015, 5, 1))
NEW = rule(
    "/a/2021.txt",
    day=date(2021, 3, 1),
    articles=[*ARTICLES[:2], ARTICLES[2].replace("二十三", "二十四"), *ARTICLES[3:]],
)
COPY = rule(
    "/b/2021.html", day=date(2021, 3, 1), articles=[part.replace("，", ",") for part in NEW[0].text.split("\n")[1:]]
)


def states(made: Sequence[Made], tmp_path: Path, name: str = "catalog") -> dict[str, tuple[str, str] | None]:
    """What each document gives way to, by the sources, in a catalog of these."""
    file = tmp_path / f"{name}.sqlite"
    with catalog.editing(file) as connection:
        for document, chunks, _ in made:
            catalog.put(connection, document, chunks)
        update_relations(connection, gone=(), afresh=False)
    return read(file)


def read(file: Path) -> dict[str, tuple[str, str] | None]:
    opened = Catalog(file)
    documents = opened.documents()
    opened.close()
    sources = {document.id: document.source for document in documents}
    return {
        document.source: document.superseded and (document.superseded.kind, sources[document.superseded.doc_id])
        for document in documents
    }


def test_an_old_version_and_a_copy_name_the_current_one_in_whatever_order_they_came(tmp_path: Path) -> None:
    expected = {"/a/2015.txt": ("older", "/a/2021.txt"), "/a/2021.txt": None, "/b/2021.html": ("copy", "/a/2021.txt")}
    for number, order in enumerate(permutations((OLD, NEW, COPY))):
        assert states(order, tmp_path, f"at-once-{number}") == expected
        file = tmp_path / f"one-by-one-{number}.sqlite"
        for document, chunks, _ in order:
            with catalog.editing(file) as connection:
                catalog.put(connection, document, chunks)
                update_relations(connection, gone=(), afresh=False)
        assert read(file) == expected


def test_they_are_judged_anew_when_one_is_removed(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    states((OLD, NEW, COPY), tmp_path)
    for gone, left in (
        (NEW, {"/a/2015.txt": ("older", "/b/2021.html"), "/b/2021.html": None}),
        (COPY, {"/a/2015.txt": None}),
    ):
        with catalog.editing(file) as connection:
            catalog.remove(connection, gone[0].id)
            update_relations(connection, gone=(gone[0].id,), afresh=False)
        assert read(file) == left


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            rule("/c", region="北原省平湖市", title="北原省平湖市夜间集市条例"), id="another city copied the text"
        ),
        pytest.param(rule("/c", title="南河省云岭市夜间集市条例（二）"), id="the second of a series"),
        pytest.param(rule("/c", day=date(2021, 3, 1), articles=ARTICLES[:1]), id="too short to tell"),
        pytest.param(rule("/c", day=None, articles=ARTICLES[:5]), id="nothing says which is newer"),
        pytest.param(rule("/c", title="南河省云岭市夜间集市条例实施细则", day=date(2021, 3, 1)), id="another paper"),
    ],
)
def test_what_is_merely_alike_is_left_alone(other: Made, tmp_path: Path) -> None:
    assert states((OLD, other), tmp_path) == {"/a/2015.txt": None, "/c": None}


def test_notices_of_one_name_are_versions_only_where_most_of_the_text_is_kept(tmp_path: Path) -> None:
    title = "云岭市商务局关于夜间集市安全检查的通知"
    first = rule("/2020", title=title, day=date(2020, 1, 5), number="云商〔2020〕1号")
    again = rule(
        "/2021", title=title, day=date(2021, 1, 5), number="云商〔2021〕2号", articles=[*ARTICLES[:5], "另行公告。"]
    )
    other = rule(
        "/2022",
        title=title,
        day=date(2022, 1, 5),
        articles=[f"第{n}处集市的消防通道要保持畅通，不得堆放第{n}类杂物。" for n in range(30)],
    )
    assert states((first, again, other), tmp_path) == {"/2020": ("older", "/2021"), "/2021": None, "/2022": None}


def test_one_document_under_two_names(tmp_path: Path) -> None:
    passed_on = rule("/notice", title=f"云岭市人民政府关于印发《{TITLE}》的通知", day=None)
    same_number = rule("/number", title="云岭市政务公开", day=None, number="云政发〔2015〕3号")
    numbered = dataclasses.replace(OLD[0], doc_number="云政发〔2015〕3号"), *OLD[1:]
    assert states((numbered, passed_on, same_number), tmp_path) == {
        "/a/2015.txt": None,
        "/notice": ("copy", "/a/2015.txt"),
        "/number": ("copy", "/a/2015.txt"),
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("中华人民共和国统计法（2009年修订）", "统计法"),
        ("云岭市夜间集市办法(试行)", "云岭市夜间集市办法"),
        ("云岭市数据方案（2019—2022年）", "云岭市数据方案"),
        ("若干问题的解释（二）", "若干问题的解释二"),
        ("云岭市标准清单（第三批）", "云岭市标准清单第三批"),
        ("《云岭市夜间集市办法》_云岭市政府网", "云岭市夜间集市办法"),
        ("（2019年）", "2019年"),
    ],
)
def test_what_editions_are_called_alike(title: str, name: str) -> None:
    assert stem(title) == name


def test_a_search_passes_over_what_is_not_current_unless_the_filters_leave_that_out(tmp_path: Path) -> None:
    with Writer(tmp_path, embedding=EMBEDDER) as writer:
        for made in (OLD, NEW, COPY):
            writer.put(*made)
        writer.publish()
    with Library.open(tmp_path, embedding=EMBEDDER) as library:

        def found(**restricted: tuple[str, ...] | tuple[int, ...]) -> set[str]:
            filters = Filters(**restricted)  # type: ignore[arg-type]
            return {hit.document.source for hit in library.search("摊位几时关闭", k=20, filters=filters)}

        assert found() == {"/a/2021.txt", "/b/2021.html"}  # one copy crowds nothing out
        assert found(documents=(OLD[0].id, NEW[0].id)) == {"/a/2021.txt"}
        assert found(documents=(OLD[0].id,)) == found(years=(2015,)) == {"/a/2015.txt"}
        assert found(documents=(COPY[0].id,)) == {"/b/2021.html"}
        assert len(library.search("摊位几时关闭", k=20)) == len(NEW[1]) + len(COPY[1])
        old = library.document(OLD[0].id)
        assert (old.status, old.status_reason) == ("已有更新", f"资料库中有更新的版本：《{TITLE}》（2021年3月1日）")
        assert {d.source: d.status for d in library.documents()}["/b/2021.html"] == "未知"


def test_a_short_rule_is_a_version_of_another(tmp_path: Path) -> None:
    old = rule("/short/2015", articles=ARTICLES[:2])
    new = rule("/short/2021", day=date(2021, 3, 1), articles=(ARTICLES[0], ARTICLES[3]))
    assert len("".join(old[0].text.split())) < 200
    assert states([old, new], tmp_path) == {"/short/2015": ("older", "/short/2021"), "/short/2021": None}


def test_a_single_article_is_no_version(tmp_path: Path) -> None:
    articles = [
        make(TITLE, f"第一条 {line}", source=f"/article/{day.year}", region="南河省云岭市", day=day)
        for line, day in ((ARTICLES[0], date(2015, 5, 1)), (ARTICLES[0] + ARTICLES[3], date(2021, 3, 1)))
    ]
    assert set(states(articles, tmp_path).values()) == {None}


def test_many_copies_do_not_crowd_out_the_rest(tmp_path: Path) -> None:
    other = make("云岭市图书馆办法", "图书馆周末开放到二十二时，摊位几时关闭不归它管。", day=date(2020, 1, 1))
    lines = [f"{line}第{n}段。" for n in range(40) for line in ARTICLES]
    with Writer(tmp_path, embedding=EMBEDDER) as writer:
        for n in range(8):
            writer.put(*rule(f"/copies/{n}", day=date(2021, 3, 1), articles=lines))
        writer.put(*other)
        writer.publish()
    with Library.open(tmp_path, embedding=EMBEDDER) as library:
        hits = library.search("摊位几时关闭", k=200)
        found = {hit.document.source for hit in hits}
        assert {"/copies/0", other[0].source} < found and len(
            found
        ) == 7  # the document, five of its copies, and the other


def test_a_catalog_of_old_has_no_relations(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with catalog.editing(file) as connection:
        catalog.put(connection, *OLD[:2])
    assert read(file) == {"/a/2015.txt": None}
    with catalog.editing(file) as connection:  # the next publish takes in what was there before
        catalog.put(connection, *NEW[:2])
        update_relations(connection, gone=(), afresh=False)
    assert read(file)["/a/2015.txt"] == ("older", "/a/2021.txt")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM keyed").fetchone() == (2,)


def test_a_document_of_no_library_gives_way_to_nothing() -> None:
    assert all(isinstance(made[0], Document) and made[0].superseded is None for made in (OLD, NEW, COPY))
