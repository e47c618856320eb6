"""The training of the embedded model, run for real on a handful of invented articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="training needs pip install 'zhengwen[models,train]'")
pytest.importorskip("opencc", reason="training needs pip install 'zhengwen[models,train]'")

from vectorstore.embedded_model import corpus, pairs, refine, tokenizer, train
from vectorstore.embeddings import StaticEmbedder, load_embedder

TOPICS = {
    "夜间集市": "摊位每晚十八时开放，二十三时关闭，摊主在收摊后清扫地面，占用盲道的责令改正，罚款二百元",
    "柑橘种植": "新种柑橘的农户按面积领取补贴，每亩八百元，申请材料交到农技站，验收合格后拨付",
    "图书馆延时": "图书馆周末开放到二十二时，增设儿童阅览区，提供盲文读物，志愿者轮流值守",
    "充电设施": "小区新建充电桩应当预留电力容量，物业不得阻挠安装，接入电网的费用由供电企业承担",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("train")

    def write(name: str, records: list[dict[str, Any]]) -> None:
        with gzip.open(folder / name, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    articles = [
        {
            "law": f"{topic}管理办法",
            "head": [f"第{n}章\u3000{topic}"],
            "no": "第一条",
            "text": f"第{n}类情形下，{text}。",
        }
        for topic, text in TOPICS.items()
        for n in "一二三四五六七八九十"
    ]
    write(corpus.ARTICLES, [*articles, articles[0]])
    bodies = [
        "。".join([f"{topic}在{n}月有了新办法", *text.split("，")]) for topic, text in TOPICS.items() for n in range(12)
    ]
    write(corpus.NEWS, [{"text": f"2031-02-03 08:00，正文：广告 某某家具 ×原标题：{body}。"} for body in bodies])
    asked = {"title": "圖書館", "text": "圖書館週末開放到二十二時。", "questions": [{"question": "圖書館開放到幾時？"}]}
    write(corpus.QUESTIONS, [asked])
    return folder


def test_the_training_texts_are_tidied(data: Path) -> None:
    assert next(corpus.news(data)).startswith("夜间集市在0月有了新办法。")
    read = list(corpus.articles(data))
    assert len(read) == 40  # the repeated one came once
    assert read[0].headings == ("第一章 夜间集市",)
    assert next(corpus.paragraphs(data)).questions == ("图书馆开放到几时？",)


def test_sentences_leave_nothing_out() -> None:
    text = "一句。两句！“引语；”三句\n四句"
    assert "".join(corpus.sentences(text)) == text.replace("\n", "")
    assert corpus.sentences(" \n ") == []


def test_pairs_are_the_same_for_the_same_seed(data: Path) -> None:
    made = pairs.make_pairs(data, seed=3)
    assert made == pairs.make_pairs(data, seed=3) != pairs.make_pairs(data, seed=4)
    assert ("图书馆开放到几时？", "图书馆周末开放到二十二时。") in made
    assert all(asked.strip() and len(passage) <= 2 * pairs.PASSAGE for asked, passage in made)


def test_the_vocabulary_holds_words_and_characters_and_cuts_like_a_dictionary(data: Path) -> None:
    made = tokenizer.build_tokenizer((article.text for article in corpus.articles(data)), pieces=200)
    assert made.get_vocab_size() <= 200
    assert made.encode("充电桩，安装 龘！").tokens[-1] not in made.get_vocab()
    assert "".join(made.encode("农户领取补贴。").tokens) == "农户领取补贴"
    assert len(made.encode("农户领取补贴").tokens) < 6


def test_a_trained_model_tells_its_topics_apart_in_both_readers(data: Path, tmp_path: Path) -> None:
    made = tokenizer.build_tokenizer((article.text for article in corpus.articles(data)), pieces=300)
    model = train.train(pairs.make_pairs(data, seed=1), made, dimensions=32, epochs=20, seed=1)
    train.save(model, tmp_path)
    light = StaticEmbedder(tmp_path, name="light")
    questions = light.encode_document(["摊主几点收摊", "柑橘补贴怎么申请", "儿童在哪里读书", "充电桩的电费"])
    passages = light.encode_document(list(TOPICS.values()))
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert np.allclose(passages, load_embedder(str(tmp_path)).encode_document(list(TOPICS.values())), atol=2e-3)


def test_questions_on_statutes_are_read_with_their_articles(tmp_path: Path) -> None:
    held = [{"id": "a", "title": "集市法第一条", "text": "摊主应当清扫。"}, {"id": "b", "text": "物业不得阻挠。"}]
    with gzip.open(tmp_path / corpus.STATUTES, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in held)
    asked = [{"question": "谁扫地？", "docs": ["b", "a", "z"]}, {"question": "谁付？", "docs": ["z"]}]
    (tmp_path / corpus.STATUTE_QUESTIONS).write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in asked), encoding="utf-8"
    )
    articles, questions = corpus.statute_questions(tmp_path)
    assert articles == ["集市法第一条\n摊主应当清扫。", "物业不得阻挠。"]
    assert questions == [corpus.Asked("谁扫地？", (1, 0))]  # the other one's article is not there
    folds = {corpus.fold(f"第{n}问") for n in range(100)}
    assert folds == set(range(corpus.FOLDS))


def test_questions_teach_which_words_of_statutes_answer_which_lay_words(data: Path) -> None:
    made = tokenizer.build_tokenizer(
        [*(article.text for article in corpus.articles(data)), *["老板跑路工钱拖欠劳动报酬经营者"] * 20], pieces=300
    )
    before = pairs.make_pairs(data, seed=1)
    model = train.train(before, made, dimensions=32, epochs=20, seed=1)
    rules = ["经营者应当按时足额支付劳动报酬。", *TOPICS.values()]
    lay = [corpus.Asked(text, (0,)) for text in ("老板跑路了怎么办", "老板拖着工钱", "工钱拖了怎么要", "老板不给工钱")]
    settled = [corpus.Asked(text, (n,)) for n, text in enumerate(TOPICS, 1)]

    def nearest(table: np.ndarray[Any, np.dtype[np.float32]], question: str) -> int:
        def vector(text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
            mean = table[made.encode(text).ids].mean(axis=0)
            return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

        return int(np.argmax([vector(rule) @ vector(question) for rule in rules]))

    table = model.embedding.weight.detach().numpy().copy()
    refined = refine.refine(table, made, articles=rules, asked=[*lay, *settled] * 20, pairs=before[:100], seed=1)
    assert nearest(refined, "老板欠工钱") == 0  # not one of the questions, and no character in common with the rule
    assert nearest(table, "老板欠工钱") != 0
    assert [nearest(refined, topic) for topic in TOPICS] == [1, 2, 3, 4]
    again = refine.refine(table, made, articles=rules, asked=[*lay, *settled] * 20, pairs=before[:100], seed=1)
    assert np.array_equal(refined, again)
