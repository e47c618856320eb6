"""What the command line shows of copies, old versions and the time a document holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from tests.ui.conftest import Run
from vectorstore.library import Library
from vectorstore.model import Document

Zhengwen = Callable[..., Run]
BODY = "\n".join(
    f"第{number}条 夜间集市第{number}项工作由市商务局会同城管局办理，办理结果报市人民政府并向社会公布，接受监督。"
    for number in "一二三四五六七八九"
)
TITLE = "云岭市夜间集市管理办法"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    ending = "第十条 本办法自{0}年5月1日起施行，有效期五年。\n云岭市人民政府\n{0}年4月2日\n"
    for year in (2015, 2019):
        text = f"{TITLE}\n发布时间：{year}-04-09 来源：云岭日报\n{BODY}\n" + ending.format(year)
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    copied = (folder / "2019.txt").read_text(encoding="utf-8").replace("，", ",").replace("来源：云岭日报", "")
    (folder / "转载.txt").write_text(copied, encoding="utf-8")
    assert not ingest([folder], home=folder / "home").failed
    return folder / "home"


@pytest.fixture(scope="module")
def by_name(home: Path) -> dict[str, Document]:
    with Library.open(home) as library:
        return {Path(document.source).stem: document for document in library.documents()}


def test_documents_says_which_are_copies_and_which_old(
    zhengwen: Zhengwen, home: Path, by_name: dict[str, Document]
) -> None:
    lines = {line.split()[0]: line for line in zhengwen("documents", "--home", home).out.splitlines()}
    current = by_name["2019"].id
    assert f"旧版，现行版为 {current} 《{TITLE}》（2019年4月2日）" in lines[by_name["2015"].id]
    assert f"与 {current} 《{TITLE}》（2019年4月2日）相同" in lines[by_name["转载"].id]
    assert "旧版" not in lines[current] and "相同" not in lines[current]
    rows = {row["id"]: row for row in zhengwen("documents", "--json", "--home", home).json}
    assert rows[by_name["2015"].id]["superseded"] == {
        "kind": "older",
        "doc_id": current,
        "title": TITLE,
        "date": "2019-04-02",
    }


def test_show_gives_every_date_the_source_and_why_the_status_is_what_it_is(
    zhengwen: Zhengwen, home: Path, by_name: dict[str, Document]
) -> None:
    out = zhengwen("show", by_name["2019"].id, "--home", home).out
    for line in (
        "日期：2019-04-02",
        "发布日期：2019-04-09",
        "施行日期：2019-05-01",
        "有效期至：2024-04-30",
        "状态：有效期已过（有效期至2024年4月30日，已过）",
        "原载：云岭日报",
    ):
        assert line in out.splitlines()
    old = zhengwen("show", by_name["2015"].id, "--home", home).out
    assert f"状态：已有更新（资料库中有更新的版本：《{TITLE}》（2019年4月2日））" in old


def test_removing_the_current_one_makes_the_next_best_current(zhengwen: Zhengwen, tmp_path: Path) -> None:
    texts = {
        "a": f"{TITLE}\n{BODY}\n云岭市人民政府\n2015年4月2日",
        "b": f"{TITLE}\n{BODY}\n云岭市人民政府\n2019年4月2日",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    ingest([tmp_path / "a.txt"], home=home)
    ingest([tmp_path / "b.txt"], home=home)
    rows = {Path(row["source"]).stem: row for row in zhengwen("documents", "--json", "--home", home).json}
    assert (rows["a"]["superseded"]["doc_id"], rows["b"]["superseded"]) == (rows["b"]["id"], None)
    assert zhengwen("remove", rows["b"]["id"], "--home", home).code == 0
    (left,) = zhengwen("documents", "--json", "--home", home).json
    assert (left["id"], left["superseded"]) == (rows["a"]["id"], None)
