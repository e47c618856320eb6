"""`zhengwen conversations` and what it exports: everything there, and nothing of it markup."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.answer import Answer
from bot.conversations import LOCAL, Conversation, Conversations, Turn
from bot.feedback import Feedback
from bot.settings import load_settings
from tests.ui.conftest import Run
from tests.ui.fakes import HOSTILE, LAKE, ODD, FakeDesk
from ui.desk import LibraryDesk
from ui.exporting import Format, exported, filename

Zhengwen = Callable[..., Run]
_EVIL = (
    "=cmd|' /C calc'!A0\n1. 一\n- 二\n# 三\n> 四\n```\n| a | b |\n|---|---|\n<img src=x onerror=alert(1)>\n"
    "![图](http://evil.example/x.png) https://evil.example/ www.evil.example @channel &lt;b&gt; \\[x](y) :smile:\n---\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a conversation of three answers and another of one."""
    desk, kept = FakeDesk(tmp_path), Conversations(tmp_path)
    for owner, questions in ((LOCAL, ("什么是专利驿站？", "怪文里写了什么？", "没有的事？")), ("乙", ("别人的？",))):
        talk = kept.create(owner=owner)
        for question in questions:
            kept.append(talk.id, desk._answer(question), owner=owner)
    return tmp_path


def the_one(home: Path) -> str:
    return Conversations(home).list(owner=LOCAL)[0].id


def test_the_list_shows_ones_own(zhengwen: Zhengwen, home: Path) -> None:
    run = zhengwen("conversations", "--home", home)
    assert run.code == 0 and "什么是专利驿站？" in run.out and "3 个问答" in run.out and "别人的" not in run.out
    assert [talk["length"] for talk in zhengwen("conversations", "--json", "--home", home).json] == [3]
    assert zhengwen("conversations", "--search", "驿站是设在园区", "--home", home).code == 0
    assert zhengwen("conversations", "--search", "没有这个词", "--home", home).code == 3


def test_one_is_read_renamed_and_deleted(zhengwen: Zhengwen, home: Path) -> None:
    id = the_one(home)
    read = zhengwen("conversations", id[:6], "--home", home)
    assert "问：什么是专利驿站？" in read.out and "依据" in read.out and "资料里没有能回答" in read.out
    assert "标题现在是：驿站" in zhengwen("conversations", id, "--rename", "驿站", "--home", home).err
    assert zhengwen("conversations", "驿站", "--delete", "--home", home).code == 0
    assert zhengwen("conversations", id, "--home", home).code == 3
    assert zhengwen("conversations", "--home", home).code == 3


@pytest.mark.parametrize("arguments", [("--delete",), ("--rename", "x"), ("--export", "md")])
def test_which_one_must_be_said(zhengwen: Zhengwen, home: Path, arguments: tuple[str, ...]) -> None:
    assert zhengwen("conversations", *arguments, "--home", home).code == 2
    assert Conversations(home).list(owner=LOCAL)[0].length == 3


def test_every_format_holds_every_source(
    zhengwen: Zhengwen, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = the_one(home)
    monkeypatch.chdir(tmp_path)
    record = json.loads(zhengwen("conversations", id, "--export", "json", "--home", home).out)
    first = record["turns"][0]["citations"][0]
    assert first["quote"] == "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。"
    assert first["document"]["doc_number"] == "清政发〔2028〕6号"
    assert first["document"]["source"] == "清湖市培育知识产权服务业实施方案.txt"  # the server's folders stay its own
    text = zhengwen("conversations", id, "--export", "md", "--home", home).out
    assert "清政发〔2028〕6号" in text and "> 专利驿站是设在园区里的服务窗口" in text and "/政策/" not in text
    run = zhengwen("conversations", id, "--export", "docx", "--home", home)
    assert run.code == 0
    paper = docx.Document(str(tmp_path / "什么是专利驿站.docx"))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert HOSTILE in texts and any("清政发〔2028〕6号" in text for text in texts)
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 1"] == [
        "1. 什么是专利驿站？",
        "2. 怪文里写了什么？",
        "3. 没有的事？",
    ]
    assert zhengwen("conversations", id, "--export", "docx", "--home", home).code == 2  # what stands isn't overwritten
    assert zhengwen("conversations", id, "--export", "pdf", "--home", home).code == 2


def rendered(format: Format, answer: Answer) -> bytes:
    now = datetime.now(UTC)
    talk = Conversation("id", answer.question, now, now, 1)
    return exported(format, talk, [Turn("t", now, answer)])


def _markup(text: str) -> set[str]:
    parsed = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    every = [token for block in parsed for token in (block, *(block.children or ()))]
    return {token.type for token in every}


_ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
    "blockquote_open", "blockquote_close", "strong_open", "strong_close", "hardbreak", "softbreak",
}  # fmt: skip


@given(st.text(alphabet=st.sampled_from("*_`~[]()<>#!|\\-+=1.) \n\ta中$&:@/\"'"), max_size=60))
def test_markdown_holds_no_markup_of_the_documents(text: str) -> None:
    cited = replace(FakeDesk(Path())._answer("怪"), text=f"{text}文[1]", question=f"{text}问")
    quote = f"始{text}终"
    document = replace(ODD, text=quote, title=f"{text}题")
    citation = replace(cited.citations[0], document=document, start=0, end=len(quote), quote=quote)
    out = rendered("md", replace(cited, citations=(citation,), notices=(f"{text}告",))).decode()
    assert _markup(out) <= _ALLOWED


def test_the_worst_of_documents_is_literal_everywhere() -> None:
    quote = f"始{_EVIL}终"
    citation = replace(FakeDesk(Path())._answer("怪").citations[0], quote=quote, start=0, end=len(quote),
                       document=replace(ODD, text=quote, title=_EVIL))  # fmt: skip
    answer = Answer(_EVIL, f"{_EVIL}[1]", "answered", (citation,), notices=(_EVIL,))
    out = rendered("md", answer).decode()
    assert (
        _markup(out) <= _ALLOWED
        and "://" not in out.replace("\\://", "")
        and "@channel" not in out.replace("\\@channel", "")
    )
    paper = docx.Document(io.BytesIO(rendered("docx", answer)))
    assert any("<img src=x onerror=alert(1)>" in paragraph.text for paragraph in paper.paragraphs)
    broken = replace(answer, text="坏\x00\x0b\ud800字[1]")
    assert "坏�字[1]" in [p.text for p in docx.Document(io.BytesIO(rendered("docx", broken))).paragraphs]
    assert json.loads(rendered("json", answer))["turns"][0]["text"] == answer.text


@pytest.mark.parametrize("title", ["../../etc/passwd", "C:\\x\\y", "a\nb\x00", "‮gpj.exe", "", "长" * 300])
def test_a_files_name_is_harmless(title: str) -> None:
    name = filename("docx", Conversation("id", title, datetime.now(UTC), datetime.now(UTC), 0))
    assert name.endswith(".docx") and len(name) < 60 and name.split(".")[0].replace("-", "").replace("_", "").isalnum()


def test_feedback_is_listed_and_its_csv_runs_nothing(zhengwen: Zhengwen, home: Path) -> None:
    assert zhengwen("feedback", "--home", home).code == 3
    answer = FakeDesk(home)._answer("什么是专利驿站？")
    said = Feedback(home)
    said.give("useless", answer=replace(answer, question="=1+1"), turn="a", owner="甲", reason="@SUM(A1)")
    said.give("useful", answer=answer, turn="b", owner="甲", face="slack")
    listed = zhengwen("feedback", "--home", home)
    assert "理由：@SUM(A1)" in listed.out and "有用 1 条，无用 1 条" in listed.err
    lines = zhengwen("feedback", "--csv", "--home", home).out
    assert lines.startswith("\ufeff时间,评价,理由,问题") and "'=1+1" in lines and "'@SUM(A1)" in lines
    assert LAKE.title in lines
    first, second = zhengwen("feedback", "--json", "--home", home).json
    assert first["verdict"] == "useless" and second["face"] == "slack"
    assert (
        second["answer"]["citations"][0]["document"]["id"] == LAKE.id and second["versions"]["writer"] == "extractive"
    )


def test_the_doctor_looks_at_what_is_remembered(zhengwen: Zhengwen, home: Path) -> None:
    assert "对话和反馈：命令行的对话 1 个" in zhengwen("doctor", "--home", home).out
    for file in home.glob("state.sqlite*"):
        file.unlink()
    (home / "state.sqlite").write_bytes(b"garbage" * 999)
    told = next(line for line in zhengwen("doctor", "--home", home).out.splitlines() if "对话和反馈" in line)
    assert told.startswith("✗ 对话和反馈：记着对话和反馈的文件损坏过，已改名为 state.sqlite.damaged-")


def test_the_desk_tells_visitors_of_conversations_that_were_lost(library: Path, tmp_path: Path) -> None:
    home = tmp_path / "library"
    shutil.copytree(library, home)
    (home / "state.sqlite").write_bytes(b"garbage" * 999)
    desk = LibraryDesk(load_settings(home=home))
    assert desk.notice() is None
    assert desk.conversations().list(owner=LOCAL) == []
    assert "已改名为 state.sqlite.damaged-" in (desk.notice() or "")
