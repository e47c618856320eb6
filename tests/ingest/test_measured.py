"""The five policies and sixty State Council pages beside the repository, against what is known of them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from ingest.document import read_document
from tests.ingest.test_chunker import check
from vectorstore.model import Chunk, Document

TODAY = date(2026, 11, 21)


def squash(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


@pytest.fixture
def policies(shared: Path) -> list[tuple[Document, list[Chunk]]]:
    files = sorted((shared / "policies").glob("*.txt"))
    return [read_document(file, file.read_bytes(), today=TODAY) for file in files]


def test_the_five_policies_have_their_true_titles_and_metadata(policies: list[tuple[Document, list[Chunk]]]) -> None:
    stated = [
        (found.title, found.doc_number, found.region, found.date, found.kind, found.status) for found, _ in policies
    ]
    assert stated == [
        (
            "《青岛市人民政府关于加快知识产权强市建设的实施意见》新闻发布会",
            None,
            "山东省青岛市",
            None,
            "新闻发布会",
            "目标期已过",
        ),
        (
            "济宁市人民政府关于加快知识产权强市建设的实施意见",
            "济政字〔2017〕27号",
            "山东省济宁市",
            date(2017, 4, 12),
            "实施意见",
            "目标期已过",
        ),
        ("答好“两张卷” 奋进新征程", None, None, date(2022, 8, 9), "报道", "未知"),
        (
            "巴中市出台《深入实施知识产权战略促进创新发展的实施意见》",
            None,
            "四川省巴中市",
            date(2017, 8, 16),
            "报道",
            "目标期已过",
        ),
        (
            "天津市东丽区知识产权运营服务体系建设实施方案(2019-2022年)",
            None,
            "天津市东丽区",
            None,
            "实施方案",
            "目标期已过",
        ),
    ]
    assert "青政字〔2016〕115号" in policies[0][0].refers_to
    for document, chunks in policies:
        check(document, chunks)


def test_their_structure(policies: list[tuple[Document, list[Chunk]]]) -> None:
    conference, opinion, digest, page, plan = policies
    assert len({section.path for section in opinion[0].sections if len(section.path) == 3}) == 17
    assert len({chunk.region for chunk in digest[1]} - {None}) == 5
    assert {"北京市", "重庆市", "江苏省", "浙江省", "山东省青岛市"} <= {chunk.region for chunk in digest[1]}
    parents = [section.path[0] for section in page[0].sections if len(section.path) == 3]
    assert [parents.count(parent) for parent in dict.fromkeys(parents)] == [3, 5, 8]
    assert any(chunk.path[0].startswith("提问") and chunk.path[-1] == "杨爱民" for chunk in conference[1] if chunk.path)
    tasks = [chunk for chunk in plan[1] if len(chunk.path) == 3]
    assert len(tasks) == 16
    assert all("牵头单位" in chunk.text.splitlines()[-1] for chunk in tasks)


def test_page_furniture_and_the_second_copy_are_gone(
    shared: Path, policies: list[tuple[Document, list[Chunk]]]
) -> None:
    page = policies[3][0].text
    assert page.count(page.splitlines()[-1]) == 1
    for document, _ in policies:
        for unseen in (
            "责任编辑",
            "扫一扫",
            "ICP备",
            "字体",
            "浏览次数",
            "开发者中心",
            "本文网址",
            "手机版",
            "主办单位",
        ):
            assert unseen not in document.text


def test_sixty_pages(shared: Path) -> None:
    truths = [json.loads(line) for line in (shared / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    right = {"title": 0, "issuer": 0, "doc_number": 0, "date": 0, "text": 0}
    for truth in truths:
        file = shared / "pages" / truth["file"]
        document, chunks = read_document(file, file.read_bytes(), today=TODAY)
        check(document, chunks)
        for name in ("title", "issuer", "doc_number"):
            right[name] += squash(getattr(document, name)) == squash(truth[name])
        right["date"] += document.date is not None
        right["text"] += squash(document.text) in squash(truth["text"]) or squash(truth["text"]) in squash(
            document.text
        )
    assert len(truths) == 60
    assert right["title"] >= 57
    assert right["issuer"] >= 57
    assert right["doc_number"] >= 57
    assert right["date"] >= 57
    assert right["text"] >= 57, right
