"""A text saved with blanks for line ends is read as the lines it was."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import read_document
from ingest.lost_lines import restored

NOTICE = (
    "云岭市人民政府办公室 云岭市财政局关于支持小微企业稳定发展的通知 云政办发〔2021〕8号 "
    "各县（市、区）人民政府，市直各部门： 为帮助小微企业度过难关，经市政府同意，现就有关事项通知如下： "
    "一、减免房租。承租国有房屋的小微企业免收两个月租金（记者 李 明 摄）。 "
    "二、稳定岗位。不裁员的企业返还上年度失业保险费的一半。本通知有效期到 2022 年底，由市财政局负责解释。 "
    "云岭市人民政府办公室 2021年3月5日 （此件公开发布）"
)


def test_a_notice_in_one_line_gets_its_lines_back() -> None:
    lines = restored(NOTICE)
    assert lines[1:4] == [
        "云岭市财政局关于支持小微企业稳定发展的通知",
        "云政办发〔2021〕8号",
        "各县（市、区）人民政府，市直各部门：",
    ]
    assert [line[:2] for line in lines if line[1] == "、"] == ["一、", "二、"]
    assert lines[-3:] == ["云岭市人民政府办公室", "2021年3月5日", "（此件公开发布）"]


def test_blanks_within_names_figures_and_brackets_are_no_line_ends() -> None:
    lines = restored(NOTICE)
    assert any("（记者 李 明 摄）" in line for line in lines)
    assert any("到 2022 年底" in line for line in lines)


def test_such_a_notice_has_its_card_and_items() -> None:
    document, chunks = read_document(Path("/n/notice.txt"), NOTICE.encode())
    assert document.title.endswith("关于支持小微企业稳定发展的通知")
    assert document.doc_number == "云政办发〔2021〕8号"
    assert document.date is not None and document.date.isoformat() == "2021-03-05"
    assert {chunk.path[-1] for chunk in chunks if chunk.path} == {"一、减免房租", "二、稳定岗位"}


def test_lines_that_tell_nothing_of_lost_ends_stay() -> None:
    english = "The measures take effect on 1 March. " * 8
    row = "姓名\t单位。 " * 40
    for line in (english, row, "没有空格的长句子。" * 40, "短句。 第二句。"):
        assert restored(line) == [line]


def test_a_file_named_by_a_code_goes_by_its_first_words() -> None:
    text = "本市各区近日开通了服务热线，居民有困难可以随时拨打求助。接线员全天在岗。"
    assert read_document(Path("/n/9f86d081884c7d659a2feaa0c55ad015.txt"), text.encode())[0].title.startswith("本市各区")
    assert read_document(Path("/n/热线.txt"), text.encode())[0].title == "热线"


def test_an_answer_below_a_numbered_question_is_its_text() -> None:
    asked = ("一、如何申请？\n答：在大厅申请。", "二、多久办结？\n答：五个工作日内办结。", "三、收费吗？\n答：不收费。")
    text = "\n".join(("服务问答", *asked))
    _, chunks = read_document(Path("/n/qa.txt"), text.encode())
    assert tuple(chunk.text for chunk in chunks if chunk.path) == asked


@given(st.text(alphabet="市政府一、。： 　（）“”2021年3月5日号〔〕\xa0", max_size=400))
def test_only_blanks_are_ever_changed(text: str) -> None:
    line = text + "为支持企业发展，现将有关事项通知如下。 请遵照执行。" + "具体办法另行通知，" * 16
    assert re.sub(r"\s", "", "".join(restored(line))) == re.sub(r"\s", "", line)
