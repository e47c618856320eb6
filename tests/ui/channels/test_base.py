"""What all channels share: a channel in ten lines, messages seen before, text that is cut, a crew that has bounds."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bot.answer import Answer, Answered, AnswerStatus, Event
from bot.conversations import Conversations
from bot.settings import load_settings
from tests.ui.fakes import LAKE, ODD, cite
from tests.ui.paging import elements
from ui.channels import open_channels, seen
from ui.channels.base import Answering, Message
from ui.channels.console import Console
from ui.channels.content import Content, Passage, Source, content_of, itemised, packed, shortened, split
from ui.channels.crew import Crew
from ui.channels.feishu import cards
from ui.channels.seen import Seen
from ui.channels.slack import blocks
from ui.errors import CannotServe

PASSAGES = (
    (1, LAKE, "专利驿站是设在园区里的服务窗口"),
    (2, ODD, "后面还有一句"),
    (3, LAKE, "知识产权服务机构达到120家"),
    (4, ODD, "普通的话"),
)


def test_a_channel_takes_ten_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answering = Answering(load_settings(home=home), Console())
    for number, question in enumerate(("绵阳市每万人拥有数据工程师的目标是多少?", "那临沂呢?")):
        assert answering.take(Message(f"console:{number}", "console:1", "local", question))
    answering.close(patience=30)
    out = capsys.readouterr().out
    assert "9名" in out and "[1]《" in out
    assert Conversations(home).get("console:1", owner="local").length == 2


def test_the_channel_in_the_documentation_works(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The code block of docs/channels.md, as it stands there."""
    page = (Path(__file__).parents[3] / "docs" / "channels.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.S)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)
    answering = Answering(load_settings(home=home), names["Console"]())  # type: ignore[operator]
    answering.take(Message("doc:1", "doc:1", "local", "什么是数据银行?"))
    answering.close(patience=30)
    assert "数据银行" in capsys.readouterr().out
    assert len(code[1].strip().splitlines()) <= 20


def test_a_message_is_taken_once_however_often_it_comes(tmp_path: Path) -> None:
    here, elsewhere = Seen(tmp_path), Seen(tmp_path)
    taken: list[bool] = []
    threads = [threading.Thread(target=lambda s=s: taken.append(s.take("一"))) for s in (here, elsewhere) * 8]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 1
    here.done("一")
    assert not Seen(tmp_path).take("一") and Seen(tmp_path).take("二")


def test_what_a_dead_process_left_is_taken_again_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    assert Seen(tmp_path).take("一")
    assert not Seen(tmp_path).take("一")
    now += seen.LEASE + 1
    again = Seen(tmp_path)
    assert again.take("一")
    again.done("一")
    for jump in (7.1 * 3600, 400 * 24 * 3600, -800 * 24 * 3600):  # as retries come; and a clock that is put right
        now += jump
        assert not again.take("一") and not Seen(tmp_path).take("一")


def test_a_clock_put_forward_meanwhile_answers_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, now = Seen(tmp_path), time.time()
    assert here.take("一")
    monkeypatch.setattr(time, "time", lambda: now + 9 * 3600)
    assert not here.take("一")  # still being answered
    here.done("一")
    assert not here.take("一") and not Seen(tmp_path).take("一")


def test_the_oldest_messages_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "KEPT", 10)
    monkeypatch.setattr(seen, "_OFTEN", 5)
    here = Seen(tmp_path)
    for number in range(30):
        assert here.take(f"m{number}")
        here.done(f"m{number}")
    later = Seen(tmp_path)
    assert not later.take("m29") and later.take("m3")


def test_without_a_disk_this_process_remembers(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").mkdir()
    seen_here = Seen(tmp_path)
    assert seen_here.take("一") and not seen_here.take("一")
    seen_here.done("一")
    assert not seen_here.take("一") and seen_here.take("二")


@given(st.text(alphabet=st.sampled_from("字句。！\n[1]ab"), max_size=300), st.integers(1, 40))
def test_text_is_cut_without_loss(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


def test_text_is_cut_behind_its_sentences() -> None:
    sentence = "企业可以申请补助。[1]"
    assert split(sentence * 5, 35) == [sentence * 2, sentence * 2, sentence]
    assert split(sentence * 2, 22) == [sentence, sentence]  # the sentence would fit, its marker wouldn't
    assert split("没有句号" * 10, 15)[0] == ("没有句号" * 10)[:15]


@given(st.lists(st.integers(0, 20), max_size=40), st.integers(1, 8), st.integers(20, 60))
def test_packing_keeps_the_order_and_the_bounds(sizes: list[int], most: int, heaviest: int) -> None:
    groups = [sizes[group] for group in packed(sizes, most=most, heaviest=heaviest)]
    assert [size for group in groups for size in group] == sizes
    assert all(0 < len(group) <= most and sum(group) <= heaviest for group in groups)


def test_a_crew_takes_no_more_than_agreed_and_survives_its_jobs() -> None:
    crew, gate, done = Crew("test", threads=2, waiting=1), threading.Event(), []
    assert [crew.take(gate.wait) for _ in range(4)] == [True, True, True, False]
    gate.set()
    limit = time.monotonic() + 5
    while not crew.take(lambda: 1 / 0):
        assert time.monotonic() < limit
        time.sleep(0.01)
    while not crew.take(lambda: done.append(1)):
        assert time.monotonic() < limit
        time.sleep(0.01)
    crew.close(patience=5)
    assert done == [1] and not crew.take(gate.wait)


def test_messages_of_a_conversation_are_answered_in_their_order(home: Path) -> None:
    told: list[str] = []

    class Listing(Console):
        def finish(self, content: Content) -> None:
            told.append(content.text)

    def ask(message: Message) -> Iterator[Event]:
        time.sleep(0.02)
        yield Answered(Answer(message.text, message.text, "answered"))

    answering = Answering(load_settings(home=home), Listing(), ask=ask)
    taken = [answering.take(Message(str(n), f"c{n % 2}", "local", str(n))) for n in range(60)]
    answering.close(patience=20)
    assert 0 < taken.count(False) < 30  # twenty of one conversation may wait
    for kind in (0, 1):
        mine = [int(text) for text in told if int(text) % 2 == kind]
        assert mine == sorted(mine) and len(mine) == sum(taken[kind::2])


def test_a_reply_that_fails_leaves_the_others(home: Path) -> None:
    told: list[str] = []

    class Flaky:
        name = "flaky"

        def reply(self, message: Message) -> Flaky:
            self.broken = message.text == "坏"
            return self

        def draft(self, text: str) -> None:
            raise OSError("draft")

        def finish(self, content: Content) -> None:
            if self.broken:
                raise OSError("finish")
            told.append(content.text)

    def ask(message: Message) -> Iterator[Event]:
        yield Answered(Answer(message.text, f"答{message.text}", "answered"))

    answering = Answering(load_settings(home=home), Flaky(), ask=ask, workers=1)
    for text in ("坏", "好"):
        answering.take(Message(text, text, "local", text))
    answering.close(patience=10)
    assert told == ["答好"]


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"slack_signing_secret": "x"}, "ZHENGWEN_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "x"}, "ZHENGWEN_SLACK_APP_TOKEN"),
        ({"slack_bot_token": "xapp-1", "slack_app_token": "xoxb-1"}, "ZHENGWEN_SLACK_BOT_TOKEN 不对"),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xoxb-1"}, "ZHENGWEN_SLACK_APP_TOKEN 不对"),
        ({"feishu_app_id": "x"}, "ZHENGWEN_FEISHU_APP_SECRET"),
        ({"feishu_app_secret": "x"}, "ZHENGWEN_FEISHU_APP_ID"),
        ({"feishu_app_id": "x", "feishu_app_secret": "x", "feishu_encrypt_key": "x"}, "ZHENGWEN_FEISHU_TOKEN"),
    ],
)
def test_a_setting_that_another_needs_is_named(tmp_path: Path, given: dict[str, str], missing: str) -> None:
    with pytest.raises(CannotServe, match=missing):
        open_channels(load_settings(home=tmp_path, **given))


def test_without_settings_there_are_no_channels(tmp_path: Path) -> None:
    with open_channels(load_settings(home=tmp_path)) as channels:
        channels.start()
        assert channels.routes == []


def test_a_link_opens_the_very_passage_on_the_page(page: AppTest) -> None:
    cited = cite(1, LAKE, "专利驿站是设在园区里的服务窗口")
    (source,) = content_of(Answer("?", "答[1]", "answered", (cited,)), turn=None, url="https://a.example/").sources
    (passage,) = source.passages
    assert passage.link is not None
    query = parse_qs(urlsplit(passage.link).query)
    page.query_params.update({name: values[0] for name, values in query.items()})
    page.run()
    assert not page.exception
    (reader,) = elements(page, "reader")
    marked = [segment["text"] for segment in reader["segments"] if segment["kind"] == "mark"]
    assert "".join(marked) == cited.quote
    assert "read" not in page.query_params and "at" not in page.query_params


def test_sources_stand_document_by_document() -> None:
    cited = [cite(number, document, quote) for number, document, quote in PASSAGES]
    text = "；".join(f"第{number}项[{number}]" for number in range(1, 5)) + "。"
    content = content_of(Answer("?", text, "answered", tuple(cited)), turn=None, url=None)
    assert [source.labels for source in content.sources] == ["[1][3]", "[2][4]"]
    assert [passage.quote for passage in content.sources[0].passages] == [PASSAGES[0][2], PASSAGES[2][2]]
    assert content.text.split("\n") == ["第1项[1]；", "第2项[2]；", "第3项[3]；", "第4项[4]。"]
    for made in (blocks.messages(content), cards.cards(content)):
        told = json.dumps(made, ensure_ascii=False)
        assert told.count(content.sources[0].title) == 1 and all(quote in told for _, _, quote in PASSAGES)


@pytest.mark.parametrize("text", ["甲[1]；乙[2]。", "甲；乙；丙；丁[1]。", "甲[1]；\n乙[2]；\n丙[3]。"])
def test_few_items_and_those_on_lines_of_their_own_stay(text: str) -> None:
    assert itemised(text) == text


@given(st.lists(st.text(min_size=1, max_size=700), min_size=1, max_size=30))
def test_every_message_keeps_to_the_limits(quotes: list[str]) -> None:
    passages = tuple(Passage(f"[{i}]", "标题" * 60, shortened(q), "https://a/b") for i, q in enumerate(quotes))
    made = blocks.messages(Content("答", sources=(Source("题" * 400, "据" * 600, None, passages),), turn="t"))
    for message in made:
        assert len(message) <= blocks.BLOCKS
        for block in message:
            shown = [part["text"] for piece in block.get("elements", ()) for part in piece.get("elements", ())]
            assert sum(map(len, shown)) <= blocks.TEXT
    told = [
        part["text"] for m in made for b in m for piece in b.get("elements", ()) for part in piece.get("elements", ())
    ]
    assert all(passage.quote in told for passage in passages)


@pytest.mark.parametrize(("status", "judged"), [("answered", "t"), ("not_found", "t"), ("courtesy", None)])
def test_a_greeting_is_not_to_be_judged(status: AnswerStatus, judged: str | None) -> None:
    assert content_of(Answer("你好", "你好！", status), turn="t", url=None).turn == judged


@pytest.mark.parametrize(
    "query", [{"read": "没有"}, {"read": LAKE.id, "at": "9-99999999"}, {"at": "1-2"}, {"read": ""}]
)
def test_a_link_that_leads_nowhere_breaks_nothing(page: AppTest, query: dict[str, str]) -> None:
    page.query_params.update(query)
    page.run()
    assert not page.exception
