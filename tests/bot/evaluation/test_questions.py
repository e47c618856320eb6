"""Files of questions and of texts: what is read from each form, and how hostile ones are refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.lines import BadFile
from bot.evaluation.questions import Evidence, Question, Text, read_questions, read_texts


def lines(path: Path, *records: Any) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n\n", encoding="utf-8")
    return path


def test_every_form_is_read(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "补贴多少？", "docs": ["柑橘"], "answers": ["八百元"], "answerable": True},
        {
            "question": "那周末呢？", "history": ["几时收摊？"], "kind": "time", "must": [["二十三时", "23时"], "周末"],
            "evidence": [{"doc": "集市.txt", "quote": "二十三时"}, {"doc": "集市.txt", "quote": "周末"}],
        },
        {"question": "今天天气怎么样？", "answerable": False, "docs": ["集市"]},
    )  # fmt: skip
    assert read_questions([path]).questions == (
        Question("a", "补贴多少？", documents=("柑橘",), answers=("八百元",)),
        Question(
            "2",
            "那周末呢？",
            kind="time",
            documents=("集市.txt",),
            must=(("二十三时", "23时"), ("周末",)),
            evidence=(Evidence("集市.txt", "二十三时"), Evidence("集市.txt", "周末")),
            history=("几时收摊？",),
        ),
        Question("3", "今天天气怎么样？", answerable=False),
    )
    asked = read_questions([path], within=True).questions
    assert [question.within for question in asked] == [("柑橘",), (), ("集市",)]
    assert len(read_questions([path], limit=2).questions) == 2


def test_a_question_with_its_own_passages_is_asked_of_all_and_of_the_wrong_ones(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "query": "死亡几人？",
        "answer": [["12人", "十二人"], "三天"],
        "positive": ["甲"],
        "negative": ["乙"],
    }
    read = read_questions([lines(tmp_path / "q.jsonl", record)])
    assert read.texts == (Text("7+1", "", "甲"), Text("7-1", "", "乙"))
    told, untold = read.questions
    assert (told.documents, told.within, told.must) == (("7+1",), ("7+1", "7-1"), (("12人", "十二人"), ("三天",)))
    assert (untold.answerable, untold.within, untold.id != told.id) == (False, ("7-1",), True)


def test_files_are_joined_and_an_id_stands_once(tmp_path: Path) -> None:
    one = lines(tmp_path / "one.jsonl", {"id": "a", "question": "问甲", "docs": ["x"]})
    two = lines(tmp_path / "two.jsonl", {"id": "b", "question": "问乙", "answerable": False})
    assert [question.id for question in read_questions([one, two]).questions] == ["a", "b"]
    with pytest.raises(BadFile, match=r"one\.jsonl 第 1 行：编号 a 已在 .*one\.jsonl 第 1 行|编号 a"):
        read_questions([one, lines(tmp_path / "three.jsonl", {"id": "a", "question": "又问", "docs": ["x"]})])


GOOD = '{"id": "a", "question": "问甲", "docs": ["x"]}'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("不是 JSON", "不是 JSON"),
        ('{"question": "断了', "不是 JSON"),
        ("[1]", "JSON 对象"),
        ("null", "JSON 对象"),
        ('{"docs": ["甲"]}', "缺少 question"),
        ('{"question": ["甲"], "docs": ["甲"]}', "question 应为字符串"),
        ('{"question": true, "docs": ["甲"]}', "question 应为字符串"),
        ('{"question": "  ？", "docs": ["甲"]}', "问题是空的"),
        ('{"question": "' + "长" * 2000 + '", "docs": ["甲"]}', "超过上限"),
        ('{"question": "\\ud800半个", "docs": ["甲"]}', "残缺的字符"),
        ('{"question": "没说怎样算对"}', "没有说怎样算对"),
        ('{"question": "问", "docs": "甲"}', "docs 应为"),
        ('{"question": "问", "docs": [["甲"]]}', "docs 应为字符串"),
        ('{"question": "问", "must": [[]]}', "must 里有空的一组"),
        ('{"question": "问", "evidence": ["甲"]}', "evidence"),
        ('{"question": "问", "evidence": [{"doc": "甲"}]}', "缺少 quote"),
        ('{"question": "问", "answerable": "no"}', "answerable"),
        ('{"question": "问", "docs": ["甲"], "history": [""]}', "问题是空的"),
        ('{"query": "问", "answer": ["1"], "positive": []}', "不能为空"),
        (GOOD, "编号 a 已在"),
        ("[" * 100_000, "嵌套太深"),
        ("\udcff\udcfe", "不是 UTF-8"),
    ],
)
def test_a_bad_line_is_named_with_its_file(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "题集.jsonl"
    path.write_bytes(f"{GOOD}\n\n{line}\n".encode("utf-8", "surrogateescape"))
    with pytest.raises(BadFile) as refused:
        read_questions([path])
    message = str(refused.value)
    assert "题集.jsonl 第 3 行" in message and told in message and "\n" not in message


@pytest.mark.parametrize("data", [b"", b"\n \n\n", b"\xef\xbb\xbf"])
def test_an_empty_set_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "题集.jsonl"
    path.write_bytes(data)
    with pytest.raises(BadFile, match="没有题"):
        read_questions([path])


def test_what_is_no_file_of_lines_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="没有这个文件"):
        read_questions([tmp_path / "没有.jsonl"])
    with pytest.raises(BadFile, match="文件夹"):
        read_questions([tmp_path])
    packed = tmp_path / "c.jsonl.gz"
    packed.write_bytes(b"not gzipped at all")
    with pytest.raises(BadFile, match=r"c\.jsonl\.gz"):
        read_texts(packed)
    packed.write_bytes(gzip.compress(json.dumps({"id": "a", "text": "政策" * 999}).encode())[:-9])
    with pytest.raises(BadFile, match=r"c\.jsonl\.gz"):
        read_texts(packed)


def test_a_corpus_is_read_and_its_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    one, two = b'{"id": 1, "text": "a"}\n', b'{"id": "b", "title": "t", "text": ""}\n'
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + one + two + one))
    assert read_texts(path) == [Text("1", "", "a"), Text("b", "t", "")]
    for bad, told in (
        ('{"text": "a"}', "缺少 id"),
        ('{"id": "b"}', "缺少 text"),
        ('{"id": "a", "text": "c"}', "编号 a"),
    ):
        plain = tmp_path / "c.jsonl"
        plain.write_text('{"id": "a", "text": "b"}\n' + bad, encoding="utf-8")
        with pytest.raises(BadFile, match=f"第 2 行：{told}"):
            read_texts(plain)
    (tmp_path / "c.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(BadFile, match="没有文件"):
        read_texts(tmp_path / "c.jsonl")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from(
    ["id", "question", "kind", "docs", "answers", "must", "evidence", "history", "answerable", "query", "answer",
     "positive", "negative"]
)  # fmt: skip


@given(st.lists(st.dictionaries(_FIELDS, _JSON, max_size=6), max_size=3))
def test_any_json_gives_questions_or_a_line_that_says_why(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    try:
        read = read_questions([path]).questions
    except BadFile as error:
        assert "any.jsonl" in str(error) and "\n" not in str(error)
    else:
        assert read and all(question.text.strip() for question in read)
