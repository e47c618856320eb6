"""docs/quality.md, made by the command that makes the real one from the sets at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scripts.quality import main


def test_the_page_has_a_part_for_each_set_at_hand_and_names_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out, pages = tmp_path / "data" / "eval", tmp_path / "quality.md", tmp_path / "pages"
    data.mkdir(parents=True)
    text = {"id": "a1", "title": "云岭市集市办法", "text": "云岭市的摊位每晚十八时开放，23时关闭。"}
    (data / "cmrc_corpus.jsonl.gz").write_bytes(gzip.compress(json.dumps(text).encode()))
    question = {"id": "1", "question": "云岭市的摊位每晚几时关闭？", "docs": ["a1"], "answers": ["23时"]}
    (data / "cmrc_queries.jsonl").write_text(json.dumps(question), encoding="utf-8")
    arguments = ["cmrc", "ncp", "--data", str(data.parent), "--out", str(out), "--pages", str(pages)]
    assert main(arguments) == 0
    page = out.read_text(encoding="utf-8")
    assert "## cmrc" in page and "1 questions, 1 documents" in page
    assert "| **fused and reranked** | 1.000 | 1.000 |" in page
    assert "zhengwen eval --questions cmrc_queries.jsonl --corpus cmrc_corpus.jsonl.gz" in page
    assert "## Not at hand" in page and "- ncp: 599 policy documents" in page and "eval/ncp_queries.jsonl" in page
    assert "{" not in page
    assert "cmrc: 0 of 1 went wrong" in capsys.readouterr().err
    assert main(arguments) == 0
    assert "1 道相同的题" in (pages / "cmrc.html").read_text(encoding="utf-8")  # compared with the run before


def test_without_any_set_no_page_is_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "quality.md"
    assert main(["ncp", "--data", str(tmp_path), "--out", str(out), "--pages", str(tmp_path)]) == 0
    assert not out.exists()


def test_an_unknown_set_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["nosuch"])
    assert left.value.code == 2 and "nosuch" in capsys.readouterr().err
