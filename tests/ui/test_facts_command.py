"""`zhengwen facts` over a library filled by `zhengwen ingest`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.ui.conftest import Run
from ui.factsheet import as_csv, demand

Zhengwen = Callable[..., Run]

OPINION = """清湖市人民政府关于加快绿色制造的实施意见

清政发〔2027〕4号

为贯彻落实《东省绿色制造条例》和《明湖市绿色制造办法》(明政发〔2026〕9号)精神，提出如下意见。

一、发展目标
到2030年，规模以上绿色工厂达到120家以上，绿色产业产值年均增长10%—15%。

二、重点任务
(一)建设绿色工厂。支持企业改造。（牵头单位：市工业和信息化局；责任单位：市财政局、各县（市、区）人民政府）
(二)=开展宣传。由市科技局局长张望舒负责联络。（市委宣传部负责）

清湖市人民政府
2027年3月1日
"""
OTHER = """明湖市绿色制造办法

明政发〔2026〕9号

第一条 为促进绿色制造，制定本办法。

明湖市人民政府
2026年5月1日
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ui.cli import main

    folder = tmp_path_factory.mktemp("policies")
    (folder / "opinion.txt").write_text(OPINION, encoding="utf-8")
    (folder / "other.txt").write_text(OTHER, encoding="utf-8")
    home = tmp_path_factory.mktemp("facts") / "home"
    assert main(["ingest", str(folder), "--home", str(home)]) == 0
    return home


def cells(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def test_a_table_fits_eighty_columns(zhengwen: Zhengwen, home: Path) -> None:
    run = zhengwen("facts", "--home", home)
    assert run.code == 0
    assert max(cells(line) for line in run.out.splitlines()) <= 80
    for words in (
        "目标（2 条）",
        "不低于120家",
        "年均增长10—15%",
        "牵头：市工业和信息化局",
        "张望舒",
        "《东省绿色制造条例》",
    ):
        assert words in run.out
    assert "引用的文件有 1 份不在资料库里" in run.err


def test_json_has_every_field_and_where_it_stands(zhengwen: Zhengwen, home: Path) -> None:
    run = zhengwen("facts", "--targets", "--json", "--home", home)
    first = run.json[0]
    assert (first["kind"], first["value"], first["unit"], first["year"]) == ("target", 120, "家", 2030)
    shown = zhengwen("show", first["doc_id"], "--at", f"{first['start']}:{first['end']}", "--json", "--home", home)
    assert shown.json["quote"] == first["quote"]


def test_references_say_which_document_of_the_library_is_meant(zhengwen: Zhengwen, home: Path) -> None:
    rows = zhengwen("facts", "--references", "--json", "--home", home).json
    other = next(row["id"] for row in zhengwen("documents", "--json", "--home", home).json if "明湖市" in row["title"])
    assert [(row["number"], row["relation"], row["cited"]) for row in rows] == [
        (None, "贯彻", None),
        ("明政发〔2026〕9号", "贯彻", other),
    ]


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(zhengwen: Zhengwen, home: Path) -> None:
    run = zhengwen("facts", "--units", "--csv", "--home", home)
    assert run.out.startswith("\ufeff类别,")
    rows = list(csv.DictReader(io.StringIO(run.out.removeprefix("\ufeff"))))
    assert rows[0]["牵头单位"] == "市工业和信息化局"
    assert rows[0]["责任单位"] == "市财政局、各县（市、区）人民政府"
    assert rows[1]["任务"] == "'=开展宣传"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row.values())


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "＝1"])
def test_every_sign_that_begins_a_formula_is_disarmed(cell: str) -> None:
    assert f",'{cell},".encode() in as_csv([{"kind": "person", "name": cell, "path": []}]).encode()


def test_the_columns_are_the_same_whatever_is_listed(zhengwen: Zhengwen, home: Path) -> None:
    heads = {zhengwen("facts", *kind, "--csv", "--home", home).out.splitlines()[0] for kind in ((), ("--persons",))}
    assert len(heads) == 1


def test_what_an_old_version_states_is_listed_only_when_asked_for(zhengwen: Zhengwen, tmp_path: Path) -> None:
    def rule(factories: int, year: int) -> str:
        return f"清湖市节能奖励办法\n\n第一条 {text.replace('{}', str(factories))}\n\n清湖市人民政府\n{year}年3月1日\n"

    text = "全市到2030年建成节能示范工厂{}家以上。各区县应当按季度报送进度，结果由市工业和信息化局负责。" * 6
    (tmp_path / "old.txt").write_text(rule(20, 2020), encoding="utf-8")
    (tmp_path / "new.txt").write_text(rule(30, 2026), encoding="utf-8")
    home = tmp_path / "home"
    assert zhengwen("ingest", tmp_path / "old.txt", tmp_path / "new.txt", "--home", home).code == 0
    current = zhengwen("facts", "--units", "--json", "--home", home).json
    every = zhengwen("facts", "--units", "--all", "--json", "--home", home).json
    assert current and len(every) == 2 * len(current)
    old = next(row for row in every if row["doc_id"] != current[0]["doc_id"])
    assert zhengwen("facts", "--units", "--document", old["doc_id"], "--json", "--home", home).json


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        (("--targets",), {"target"}),
        (("--units", "--persons"), {"responsibility", "person"}),
        (("--year", "2030"), {"target"}),
        (("--year", "2027"), {"responsibility", "reference", "person"}),
        (("--document", "清湖市"), {"target", "responsibility", "reference", "person"}),
    ],
)
def test_what_is_asked_for(zhengwen: Zhengwen, home: Path, arguments: tuple[str, ...], kinds: set[str]) -> None:
    run = zhengwen("facts", *arguments, "--json", "--home", home)
    assert {row["kind"] for row in run.json} == kinds


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_nothing_found_is_code_three(zhengwen: Zhengwen, home: Path, form: tuple[str, ...]) -> None:
    header = as_csv([]).strip("\ufeff\n")
    run = zhengwen("facts", "--region", "海南", *form, "--home", home)
    assert run.code == 3
    assert run.out.strip("\ufeff\n []") in ("", header)


def test_one_format_at_a_time(zhengwen: Zhengwen, home: Path) -> None:
    run = zhengwen("facts", "--json", "--csv", "--home", home)
    assert (run.code, run.out) == (2, "") and len(run.err.splitlines()) == 1


def test_a_document_that_is_none_is_code_three(zhengwen: Zhengwen, home: Path) -> None:
    assert zhengwen("facts", "--document", "没有这份", "--home", home).code == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("达到", 12, None, "家", None), "12家"),
        (("不低于", 15, None, "%", "年均增长"), "年均增长不低于15%"),
        (("左右", 500, None, "个", None), "500个左右"),
        (("达到", 10, 15, "%", "增长"), "增长10—15%"),
        (("达到", 2, None, "番", "翻番"), "翻2番"),
    ],
)
def test_a_demand_in_words(row: tuple[str, int, int | None, str, str | None], words: str) -> None:
    names = ("comparator", "value", "upper", "unit", "change")
    assert demand(dict(zip(names, row, strict=True))) == words
