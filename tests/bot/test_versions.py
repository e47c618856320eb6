"""Questions about a rule of which the library holds several versions and copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.versions import meant, without_edition, without_version
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library
from vectorstore.model import Document

RULE = """云岭市夜间集市管理条例

2010年5月1日 云岭市第三届人民代表大会常务委员会第六次会议通过
{amended}
第一条 为了规范夜间集市的经营活动，保护摊主和顾客的合法权益，根据有关法律，结合本市实际，制定本条例。
第二条 夜间集市由市商务局会同城管局划定范围，报市人民政府批准后向社会公布，并在入口处设置标识。
第三条 摊位每晚十八时开放，{hour}关闭；节假日可以延长一个小时，由市商务局提前三日向社会公告。
第四条 摊主应当在收摊后三十分钟内清扫地面，把垃圾分类投放到指定地点，不得把污水倒入雨水口。
第五条 违反本条例规定的，由城管局责令改正；拒不改正的，处二百元以上一千元以下的罚款。
第六条 本条例自2010年7月1日起施行。
"""
TITLE = "云岭市夜间集市管理条例"


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    amended = "2021年3月5日 云岭市第五届人民代表大会常务委员会第二次会议修正"
    old, new = RULE.format(amended="", hour="二十二时"), RULE.format(amended=amended, hour="二十四时")
    copied = new.replace("，", ",").replace("\n第", "\r\n\r\n第")
    return library_of({"旧.md": old, "新.md": new, "转载": copied})


@pytest.fixture(scope="module")
def documents(home: Path) -> dict[str, Document]:
    with Library.open(home) as library:
        return {Path(document.source).stem: document for document in library.documents()}


def test_the_current_version_answers(home: Path) -> None:
    answer = ask(f"《{TITLE}》规定摊位几时关闭？", home=home)
    assert "二十四时" in answer.text and "二十二时" not in answer.text
    assert len({citation.document.id for citation in answer.citations}) == 1
    assert not any("旧版" in notice for notice in answer.notices)
    assert "二十四时" in ask("夜间集市的摊位几时关闭？", home=home).text


@pytest.mark.parametrize(
    "asked", [f"2010年通过的《{TITLE}》规定摊位几时关闭？", f"《{TITLE}》修正前规定摊位几时关闭？"]
)
def test_a_question_that_names_the_old_version_is_answered_by_it_with_a_notice(home: Path, asked: str) -> None:
    answer = ask(asked, home=home)
    assert "二十二时" in answer.text and "二十四时" not in answer.text
    assert answer.notices == (f"《{TITLE}》（2010年5月1日）是旧版，资料库中的现行版是《{TITLE}》（2021年3月5日）。",)


def test_what_the_library_says_of_them(documents: dict[str, Document]) -> None:
    kinds = {name: found.superseded and found.superseded.kind for name, found in documents.items()}
    assert kinds["旧"] == "older"
    assert sorted(kind or "" for kind in (kinds["新"], kinds["转载"])) == ["", "copy"]
    assert documents["旧"].status == "已有更新"


def test_which_versions_a_question_means(documents: dict[str, Document]) -> None:
    everything = list(documents.values())
    assert {found.date and found.date.year for found in meant("2021年修正的条例怎么说", everything)} == {2021}
    assert meant("2010年版的条例怎么说", everything) == [documents["旧"]]
    assert meant("2015年修订的条例怎么说", everything) == everything  # there is none of that year
    assert meant("条例要求2010年做到什么", everything) == everything  # a year alone names no version


def test_the_words_that_name_a_version_are_no_topic() -> None:
    assert without_version("2010年修正的《条例》怎么规定") == "《条例》怎么规定"
    assert without_version("《条例》（2018年修订）怎么规定") == "《条例》怎么规定"
    assert without_version("到2020年修建多少公里") == "到2020年修建多少公里"
    assert without_edition("云岭市条例（2018年修订）") == "云岭市条例"
    assert without_edition("（2018年）") == "（2018年）"
