"""`zhengwen eval` over real libraries: what it reports, writes and compares, and what it refuses."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Run
from tests.ui.fakes import LAKE

Zhengwen = Callable[..., Run]
SCRIPT = "<script>alert('偷')</script>"
TEXTS: list[dict[str, Any]] = [
    {
        "id": "a1",
        "title": "云岭市夜间集市管理办法",
        "text": "摊位每晚十八时开放，二十三时关闭。摊主应当在收摊后清扫地面。",
    },
    {
        "id": "b/2",
        "title": "松江县柑橘种植补贴方案",
        "text": "对新种柑橘的农户，每亩一次性补贴800元，单户最高2万元。",
    },
    {"id": "c3", "text": f"平湖市的图书馆周末开放到二十二时，并提供盲文读物。{SCRIPT}借书证当场办理。"},
    {"id": "d4", "text": "   "},
]
ASKED: list[dict[str, Any]] = [
    {"id": "q1", "question": "柑橘每亩补贴多少钱？", "docs": ["b/2"], "answers": ["800元"]},
    {"id": "q2", "question": "平湖市的图书馆周末开放到几点？", "docs": ["c3"], "answers": ["二十二时"]},
    {"id": "q3", "question": "图书馆提供什么读物？", "docs": ["c3"], "must": [["没有写过的话"]], "kind": "fact"},
    {"id": "q4", "question": "航天飞机的发射场在哪里？", "answerable": False},
    {"id": "q5", "question": "那图书馆呢？", "history": ["云岭市的摊位几点关闭？"],
     "evidence": [{"doc": "c3", "quote": "周末开放到二十二时"}]},
]  # fmt: skip


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus.jsonl.gz", TEXTS)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write(tmp_path / "题集.jsonl", ASKED)


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def test_a_corpus_is_measured_and_leaves_nothing_behind(
    zhengwen: Zhengwen, questions: Path, corpus: Path, tmp_path: Path
) -> None:
    run = zhengwen("eval", "--questions", questions, "--corpus", corpus)
    assert run.code == 0
    assert "题集：5 个问题，3 份文件" in run.out
    for shown in ("融合", "关键词", "向量", "hit@1", "MRR@10", "answer@5", "引文与原文一字不差", "95% 的题"):
        assert shown in run.out
    assert "跳过：d4：文件是空的" in run.err
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (tmp_path / "home").exists()  # the user's own library isn't touched


def test_a_reader_that_leaves_ends_it_quietly(questions: Path, library: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "eval", "--questions", questions, "--home", library, "--limit", "1"],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 0


def test_json_holds_figures_and_every_question(zhengwen: Zhengwen, questions: Path, corpus: Path) -> None:
    result = zhengwen("eval", "--questions", questions, "--corpus", corpus, "--json").json
    assert (result["documents"], result["answered"], result["baseline"], result["unknown"]) == (3, True, None, [])
    figures = result["figures"]
    assert figures["hit@5"] == {"value": 1.0, "questions": 4}
    assert figures["refused_rightly"] == {"value": 1.0, "questions": 1}
    assert figures["exact"]["value"] == 1.0
    assert {"bm25:hit@1", "dense:MRR@10", "F1", "ROUGE-L", "evidence_precision", "AUC", "answer_p95"} <= set(figures)
    by_id = {outcome["id"]: outcome for outcome in result["outcomes"]}
    assert list(by_id) == ["q1", "q2", "q3", "q4", "q5"]
    assert by_id["q1"]["faults"] == [] and "800元" in by_id["q1"]["answer"]
    assert by_id["q1"]["values"]["contained"] == by_id["q1"]["values"]["evidence_recall"] == 1.0
    assert by_id["q1"]["found"][0]["right"] and "柑橘" in by_id["q1"]["found"][0]["text"]
    assert by_id["q3"]["faults"]
    assert by_id["q5"]["question"] == "云岭市的摊位几点关闭？ → 那图书馆呢？"
    points = result["curve"]
    assert (points[0]["right"], points[-1]["right"], points[-1]["wrong"]) == (0.0, 1.0, 1.0)


def test_the_search_alone_and_a_limit(zhengwen: Zhengwen, questions: Path, corpus: Path) -> None:
    arguments = ("eval", "--questions", questions, "--corpus", corpus, "--limit", 2, "--no-answers")
    result = zhengwen(*arguments, "--json").json
    assert [outcome["id"] for outcome in result["outcomes"]] == ["q1", "q2"]
    assert all(outcome["answer"] is None and outcome["refused"] is None for outcome in result["outcomes"])
    assert "F1" not in result["figures"] and result["figures"]["hit@1"]["value"] == 1.0
    run = zhengwen(*arguments)
    assert run.code == 0 and "题没有找好" in run.out and "F1" not in run.out


class _Page(HTMLParser):
    """The tags of a page, what they refer to, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.references: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.references += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_every_failure_and_runs_nothing(
    zhengwen: Zhengwen, corpus: Path, questions: Path, tmp_path: Path
) -> None:
    write(
        questions,
        [*ASKED, {"id": SCRIPT, "question": f"借书证{SCRIPT}在哪里办？", "docs": [SCRIPT], "must": [[SCRIPT]]}],
    )
    html = tmp_path / "页.html"
    run = zhengwen("eval", "--questions", questions, "--corpus", corpus, "--html", html)
    assert run.code == 0
    page = _Page()
    page.feed(html.read_text(encoding="utf-8"))
    assert {"svg", "details", "table"} <= page.tags
    assert not page.tags & {"script", "link", "img", "iframe", "object", "embed", "form"} and page.references == []
    assert "@import" not in page.text and "url(" not in page.text and "http" not in page.text
    assert f"{SCRIPT} 借书证{SCRIPT}在哪里办？" in page.text  # the question, literally
    assert f"提供盲文读物。{SCRIPT}借书证当场办理" in page.text  # the document, literally
    assert "缺少“没有写过的话”" in page.text and "柑橘每亩补贴多少钱" not in page.text  # only failures are listed
    assert "拒答的门槛" in page.text


def test_a_baseline_shows_what_changed(zhengwen: Zhengwen, questions: Path, corpus: Path, tmp_path: Path) -> None:
    first = zhengwen("eval", "--questions", questions, "--corpus", corpus, "--json")
    before = tmp_path / "before.json"
    before.write_text(first.out, encoding="utf-8")
    write(corpus, [record for record in TEXTS if record["id"] != "b/2"])
    html = tmp_path / "page.html"
    arguments = ("eval", "--questions", questions, "--corpus", corpus, "--baseline", before)
    run = zhengwen(*arguments, "--html", html)
    assert run.code == 0
    assert "5 道相同的题" in run.out and "由对变错 1 题（q1）" in run.out
    assert "题集里有 1 个文件不在资料库里" in run.err and "b/2" in run.err
    assert "由对变错 1 题（q1）" in html.read_text(encoding="utf-8")
    told = zhengwen(*arguments, "--json").json
    assert told["baseline"]["lost"] == ["q1"] and told["unknown"] == ["b/2"]
    change = next(change for change in told["baseline"]["changes"] if change["key"] == "right")
    assert change["interval"]["low"] <= change["interval"]["mean"] <= change["interval"]["high"] <= 0
    assert change["verdict"] == "even"  # one of five may be chance


def test_without_a_corpus_the_library_is_measured(zhengwen: Zhengwen, library: Path, tmp_path: Path) -> None:
    question = {"question": "什么是专利驿站？", "docs": [LAKE.title], "answers": ["设在园区里的服务窗口"]}
    result = zhengwen("eval", "--questions", write(tmp_path / "q.jsonl", [question]), "--home", library, "--json").json
    assert result["documents"] == 2 and result["outcomes"][0]["faults"] == []


def test_a_folder_of_documents_is_a_corpus(zhengwen: Zhengwen, tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "集市.txt").write_text("云岭市集市办法\n摊位每晚十八时开放，二十三时关闭。\n", encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"no pdf")
    asked = write(tmp_path / "q.jsonl", [{"question": "摊位几点关闭？", "docs": ["集市.txt"]}])
    run = zhengwen("eval", "--questions", asked, "--corpus", folder, "--json")
    assert run.code == 0 and run.json["figures"]["hit@1"]["value"] == 1.0
    assert "坏.pdf" in run.err
    (folder / "集市.txt").unlink()
    run = zhengwen("eval", "--questions", asked, "--corpus", folder)
    assert run.code == 1 and run.out == "" and "没有一份能读的文件" in run.err.splitlines()[-1]


def test_questions_may_bring_their_passages(zhengwen: Zhengwen, tmp_path: Path) -> None:
    record = {
        "id": "0",
        "query": "青禾镇的龙舟赛有几支队伍参加？",
        "answer": ["十二支"],
        "positive": ["青禾镇龙舟赛昨日开桨，共有十二支队伍参加。"],
        "negative": ["白水乡的灯会办了三天，游客很多。"],
    }
    result = zhengwen("eval", "--questions", write(tmp_path / "q.jsonl", [record]), "--json").json
    told, untold = result["outcomes"]
    assert result["documents"] == 2 and told["faults"] == [] and "十二支" in told["answer"]
    assert [found["text"] for found in untold["found"]] == record["negative"]  # asked of those alone
    assert untold["refused"] is True


def test_within_asks_a_question_of_its_own_documents(zhengwen: Zhengwen, corpus: Path, tmp_path: Path) -> None:
    asked = write(tmp_path / "q.jsonl", [{"question": "开放到几点？", "docs": ["c3"], "answerable": True}])
    result = zhengwen("eval", "--questions", asked, "--corpus", corpus, "--within", "--json").json
    assert {found["right"] for found in result["outcomes"][0]["found"]} == {True}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "--questions"),
        (("--questions", "Q", "--limit", "0"), 2, "--limit"),
        (("--questions", "Q", "--html", "没有/页.html"), 2, "--html"),
        (("--questions", "Q", "--html", "."), 2, "--html"),
        (("--questions", "没有.jsonl"), 1, "没有.jsonl"),
        (("--questions", "Q", "--corpus", "没有.jsonl"), 1, "没有.jsonl"),
        (("--questions", "Q", "--corpus", "没有的文件夹"), 1, "没有的文件夹"),
        (("--questions", "Q", "--corpus", "Q"), 1, "第 1 行：缺少 text"),
        (("--questions", "Q", "--baseline", "Q"), 1, "--json"),
        (("--questions", "Q"), 1, "zhengwen ingest"),
    ],
)
def test_what_cannot_be_measured_is_one_line(
    zhengwen: Zhengwen, questions: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    run = zhengwen("eval", *(questions if argument == "Q" else argument for argument in arguments))
    assert (run.code, run.out) == (code, "")
    last = run.err.strip().splitlines()[-1]
    assert told in last and "Traceback" not in run.err


def test_help_names_every_option(zhengwen: Zhengwen) -> None:
    told = zhengwen("eval", "--help").out
    options = set(re.findall(r"--[a-z-]+", told))
    assert {
        "--questions",
        "--corpus",
        "--no-answers",
        "--within",
        "--limit",
        "--baseline",
        "--html",
        "--json",
    } <= options
