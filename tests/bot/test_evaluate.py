"""The measures of retrieval: ranks of documents and of answers' words, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.evaluate import BadQuestions, Question, evaluate, read_questions, score, squash
from vectorstore.model import Chunk, Document, Hit


def hit(name: str, text: str, ordinal: int = 0) -> Hit:
    document = Document(id=name, title=f"{name}管理办法", text=text, source=f"/政策/{name}.txt", sha256="0" * 64)
    chunk = Chunk(f"{name}-{ordinal}", name, ordinal, 0, len(text), (), text)
    return Hit(chunk, document, 1.0)


FOUND: Sequence[Hit] = (
    hit("集市", "摊位每晚开放。"),
    hit("集市", "收摊后清扫地面。", 1),
    hit("柑橘", "每亩一次性补贴 800 元，\n单户最高两万元。"),
    hit("图书馆", "周末开放到二十二时。"),
)


def scores_of(*questions: Question) -> dict[str, float | None]:
    found = score(questions, lambda _: FOUND)
    return {name: getattr(found, name) for name in ("hit1", "hit5", "hit10", "mrr10", "answer1", "answer5")}


def test_documents_are_ranked_once_however_many_chunks_they_have() -> None:
    assert scores_of(Question("补贴多少", frozenset({"柑橘"}))) == {
        "hit1": 0.0, "hit5": 1.0, "hit10": 1.0, "mrr10": 0.5, "answer1": None, "answer5": None,
    }  # fmt: skip


def test_a_document_goes_by_its_id_title_or_file_name() -> None:
    named = [Question("何时开放", frozenset({name})) for name in ("集市", "集市管理办法", "集市.txt", "/政策/集市.txt")]
    assert scores_of(*named, Question("何时开放", frozenset({"集"})))["hit1"] == 0.8


def test_an_answer_counts_where_its_words_stand_whatever_the_punctuation() -> None:
    found = scores_of(
        Question("补贴多少", frozenset({"柑橘"}), ("一次性补贴８００元；单户",)),
        Question("几时开放", frozenset({"集市"}), ("没有这句", "每晚开放")),
        Question("太长", frozenset({"集市"}), ("每晚开放" * 60,)),
    )
    assert (found["answer1"], found["answer5"]) == (0.5, 1.0)


def test_nothing_found_scores_nothing() -> None:
    found = score([Question("什么", frozenset({"柑橘"}), ("补贴",))], lambda _: ())
    assert (found.hit10, found.mrr10, found.answer10) == (0.0, 0.0, 0.0)


def test_squashed_text_keeps_what_is_read_aloud() -> None:
    assert squash("《办法》（２０２１）第 3 条\n，ABC！") == "办法2021第3条abc"


def test_questions_are_read_in_both_forms_and_follow_ups_left_out(tmp_path: Path) -> None:
    lines = [
        {"question": "补贴多少？", "docs": ["柑橘"], "answers": ["八百元"]},
        {"question": "几时收摊？", "evidence": [{"doc": "集市.txt", "quote": "二十三时"}]},
        {"question": "那周末呢？", "history": ["几时收摊？"], "docs": ["集市"]},
        {"question": "今天天气怎么样？", "answerable": False},
    ]
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", encoding="utf-8")
    assert read_questions(path) == [
        Question("补贴多少？", frozenset({"柑橘"}), ("八百元",)),
        Question("几时收摊？", frozenset({"集市.txt"}), ("二十三时",)),
    ]


@pytest.mark.parametrize("text", ["", "不是 JSON", '{"question": "没有文件"}', '{"docs": ["甲"]}', "[1]", "\udcff"])
def test_a_file_of_other_lines_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "题集.jsonl"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadQuestions, match=r"题集\.jsonl"):
        read_questions(path)


def test_a_library_is_scored_by_each_engine_and_by_their_fusion(policies_home: Path, tmp_path: Path) -> None:
    from vectorstore.library import Library

    with Library.open(policies_home) as library:
        documents = library.documents()
        lines = [
            {"question": document.title, "docs": [document.id], "answers": [library.chunks(document.id)[0].text[:20]]}
            for document in documents
        ]
    path = tmp_path / "titles.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    found = evaluate(path, home=policies_home)
    assert (found.questions, found.documents) == (len(documents), len(documents))
    assert all(scores.hit5 == 1.0 for scores in found.scores.values())
    assert found.scores["融合"].hit1 == 1.0
    assert str(found).count("\n| ") == 1 + len(found.scores)
