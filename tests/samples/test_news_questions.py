"""Questions made of news leave their answer out, and know which passages hold it and what else is on the topic."""

import gzip
import json
from pathlib import Path

import pytest

from scripts.news_questions import news

TOWNS = ("云岭", "青溪", "白塔", "石桥", "南湾", "东坪", "柳河", "望江", "松原", "梅村", "竹山", "月湖")


def article(number: int, town: str) -> str:
    return (
        f"2023-05-{number + 1:02d} 09:00，正文：{town}县丝绸博览会近日举行。"
        f"《{town}纪行》作者、馆长何青{town[0]}介绍，博览会展出丝绸。"
        f"{town}县丝绸博览会成交金额达到{number + 3}20万元，参展企业增长明显。"
        f"《{town}纪行》于2023年6月{number + 1}日举行首发仪式，{town}县居民排队购买。"
        f"丝绸博览会在{town}会展中心举行，{town}县组织企业参展。居民参观丝绸博览会，企业展示丝绸产品，居民购买丝绸产品。"
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "train").mkdir()
    with gzip.open(folder / "train" / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, town in enumerate(TOWNS):
            file.write(json.dumps({"text": article(number, town)}, ensure_ascii=False) + "\n")
    return folder


def test_a_question_leaves_its_answer_out_and_names_what_holds_it(data: Path) -> None:
    corpus, questions = news(data)
    texts = {record["id"]: record["text"] for record in corpus}
    assert len(questions) >= len(TOWNS)
    for question in questions:
        (answer,) = question["answers"]
        assert answer not in question["question"]
        assert question["docs"]
        assert set(question["docs"]) <= set(question["near"]) <= set(texts)
        assert set(question["own"]) & set(question["docs"])
        told = {name for name in question["near"] if answer.replace(" ", "") in texts[name].replace(" ", "")}
        assert told == set(question["docs"])


def test_the_same_news_makes_the_same_questions(data: Path) -> None:
    assert news(data) == news(data)
