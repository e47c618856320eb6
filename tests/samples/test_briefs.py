"""The briefs of samples/ are labelled, in our own words, and written from their sources."""

import re
import unicodedata
from pathlib import Path

import docx
import pypdfium2
import pytest

from scripts import make_samples

REPO = Path(__file__).resolve().parents[2]
POLICIES = REPO.parent / "shared" / "policies"
BRIEFS = sorted((REPO / "samples").iterdir())
LABEL = "政策简报（示例）：据公开信息编写，非政策原文，引用请以原文为准。"
COPIED = 13
"""So many characters in a row, white space aside, that stand in a policy too count as copied."""
NAME = re.compile(
    r"《[^》]+》|\w+〔\d{4}〕\d+号|东丽区知识产权运营服务体系|青岛知识产权维权援助中心|人民银行济宁市中心支行|华明高新区管委会|东丽经济开发区管委会"
    r"|(?:市|区|国家)?(?:知识产权|财政|商务|质监|工商|文广新|国税|地税|教育|科技|金融|人力资源社会保障|公安)局"
    r"|市(?:委组织部|经济和信息化委|法制办|金融办)"
)
"""Names of policies and organisations, and document numbers, are written as they are."""


def text_of(path: Path) -> str:
    """The visible text of a brief, by the file's own library rather than the product's loaders."""
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if path.suffix == ".docx":
        lines = []
        for block in docx.Document(str(path)).iter_inner_content():
            rows = [block.text] if hasattr(block, "text") else ["".join(c.text for c in r.cells) for r in block.rows]
            lines += rows
        return "\n".join(lines)
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", "", text) if path.suffix == ".html" else text


def squash(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def copied_runs(text: str, sources: str) -> list[str]:
    """The runs of COPIED characters of `text`, names of policies and organisations aside, that stand in `sources`."""
    parts = (squash(part) for line in text.splitlines() for part in NAME.split(line))
    runs = (part[i : i + COPIED] for part in parts for i in range(len(part) - COPIED + 1))
    return [run for run in runs if run in sources]


def test_enough_briefs_in_every_format() -> None:
    assert len(BRIEFS) == 10
    assert {brief.suffix for brief in BRIEFS} == {".txt", ".md", ".html", ".docx", ".pdf"}


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda path: path.name)
def test_a_brief_says_that_it_is_one(brief: Path) -> None:
    assert "简报" in brief.stem
    assert squash(LABEL) in squash(text_of(brief))


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda path: path.name)
def test_a_brief_is_in_our_own_words(brief: Path) -> None:
    if not POLICIES.is_dir():
        pytest.skip("../shared/policies is not here")
    sources = squash("".join(path.read_text(encoding="utf-8") for path in POLICIES.glob("*.txt")))
    assert copied_runs(text_of(brief), sources) == []


def test_copying_is_noticed() -> None:
    policy = "建立统一的受理窗口，凡符合条件的申请当日办结并公开结果。"
    assert copied_runs(f"简报说：{policy}", squash(policy))
    assert not copied_runs("设一个窗口受理，条件符合的当天办完，结果公开。", squash(policy))


def test_the_binary_briefs_are_those_of_their_sources(tmp_path: Path) -> None:
    make_samples.main(tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 3
    for path in made:
        assert text_of(path) == text_of(REPO / "samples" / path.name)
        source = (make_samples.SOURCES / f"{path.name}.txt").read_text(encoding="utf-8")
        assert squash(text_of(path)) == squash(re.sub(r"^# |\|", "", source, flags=re.M))
