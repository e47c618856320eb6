"""The table of docs/quality.md, made from a small invented corpus by the very command that makes the real one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ui.evaluation import main

CORPUS = {
    "a1": ("云岭市夜间集市管理办法", "摊位每晚十八时开放，二十三时关闭。摊主应当在收摊后清扫地面。"),
    "b2": ("松江县柑橘种植补贴方案", "对新种柑橘的农户，每亩一次性补贴八百元，单户最高两万元。"),
    "c3": ("", "平湖市的图书馆周末开放到二十二时，并提供盲文读物。"),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "cmrc_corpus.jsonl.gz", "wt", encoding="utf-8") as lines:
        for name, (title, text) in CORPUS.items():
            lines.write(json.dumps({"id": name, "title": title, "text": text}, ensure_ascii=False) + "\n")
    questions = [
        {"question": "柑橘每亩补贴多少钱？", "docs": ["b2"], "answers": ["八百元"]},
        {"question": "图书馆周末开放到几点？", "docs": ["c3"], "answers": ["二十二时"]},
    ]
    text = "\n".join(json.dumps(question, ensure_ascii=False) for question in questions)
    (tmp_path / "cmrc_queries.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_holds_a_table_for_each_set_at_hand(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "quality.md"
    assert main(["--all", "--data", str(data), "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "CMRC 2018" in page
    assert "NCPPolicies" not in page
    assert "| 融合 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in page
    said = capsys.readouterr().err
    assert "跳过 ncp" in said
    assert "跳过 stard" in said


def test_without_data_nothing_is_written_and_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "quality.md"
    assert main(["--all", "--data", str(tmp_path / "absent"), "--out", str(out)]) == 0
    assert not out.exists()
    assert "没有可以检验的题集" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nosuch"]])
def test_wrong_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "题集" in capsys.readouterr().err
