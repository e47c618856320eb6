"""Structure: heading paths of numbered papers, statutes, conversations, digests and annexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import read_document
from ingest.markers import find_marker, lead
from vectorstore.model import Chunk, Document


def read(text: str, suffix: str = ".txt") -> tuple[Document, list[Chunk]]:
    return read_document(Path(f"/政策/文件{suffix}"), text.encode())


def paths(text: str, suffix: str = ".txt") -> list[tuple[str, ...]]:
    return [section.path for section in read(text, suffix)[0].sections]


@pytest.mark.parametrize(
    ("line", "kind", "number", "label"),
    [
        ("一、总体要求", "一、", 1, "一、总体要求"),
        ("十二、附则", "一、", 12, "十二、附则"),
        ("三、2030年目标", "一、", 3, "三、2030年目标"),
        ("(三)加强保护。建立机制。", "(一)", 3, "(三)加强保护"),
        ("（二十一）加强保护", "(一)", 21, "（二十一）加强保护"),
        ("6.推进转化。开展试点。", "1.", 6, "6.推进转化"),
        ("6、推进转化", "1.", 6, "6、推进转化"),
        ("1.2023年底前完成。", "1.", 1, "1.2023年底前完成"),
        ("(2)完善目录;", "(1)", 2, "(2)完善目录"),
        ("③完善目录", "①", 3, "③完善目录"),
        ("第三章　法律责任", "章", 3, "第三章　法律责任"),
        ("第一百零二条　本法自公布之日起施行。", "条", 102, "第一百零二条"),
        ("第六条【适用范围】本办法适用于全县。", "条", 6, "第六条【适用范围】"),
        ("第二部分:深化改革。一是推进。", "部分", 2, "第二部分:深化改革"),
        ("第一千一百一十一条　自成立之日起。", "条", 1111, "第一千一百一十一条"),
        ("第十八条\t数据开放工作", "条", 18, "第十八条"),
        ("第三章法律责任", "章", 3, "第三章法律责任"),
        ("㈢加强保护", "(一)", 3, "㈢加强保护"),
        ("⑿完善目录", "(1)", 12, "⑿完善目录"),
        ("（１２）完善目录", "(1)", 12, "（１２）完善目录"),
        ("3）完善目录", "(1)", 3, "3）完善目录"),
        ("⒈统一入口", "1.", 1, "⒈统一入口"),
        ("１２．统一入口", "1.", 12, "１２．统一入口"),
        ("㉑其他", "①", 21, "㉑其他"),
        ("2.1　市场监测", "1.1", 1, "2.1　市场监测"),
        ("4.2.1　启动条件", "1.1.1", 1, "4.2.1　启动条件"),
    ],
)
def test_markers(line: str, kind: str, number: int, label: str) -> None:
    marker = find_marker(line)
    assert marker is not None
    assert (marker.kind, marker.number, marker.label) == (kind, number, label)


@pytest.mark.parametrize(
    "line",
    [
        "2023年5月6日",
        "1.5亿元投资",
        "3.75万件商标",
        "一是推进改革。",
        "(牵头单位:县数据局)",
        "第三条战线",
        "第一章规定的情形",
        "第十条 旧文\t第十条 新文",
        "十五五时期",
        "1\t数据集\t500",
        "",
    ],
)
def test_what_only_looks_numbered(line: str) -> None:
    assert find_marker(line) is None


def test_a_label_is_at_most_sixty_characters_and_ends_at_a_comma() -> None:
    line = "(三)" + "形成布局合理的专利组合," * 8 + "共二十个。"
    label = lead(line)
    assert line.startswith(label)
    assert len(label) <= 60
    assert label.endswith("专利组合")


def test_a_numbered_paper(plan: str) -> None:
    document, chunks = read(plan)
    assert [section.path for section in document.sections] == [
        ("一、总体要求",),
        ("二、重点任务",),
        ("二、重点任务", "(一)建设开放平台"),
        ("二、重点任务", "(一)建设开放平台", "1.统一入口"),
        ("二、重点任务", "(一)建设开放平台", "2.规范目录"),
        ("二、重点任务", "(二)培育应用"),
        ("三、保障措施",),
    ]
    task = next(chunk for chunk in chunks if chunk.path[-1:] == ("2.规范目录",))
    assert task.text.endswith("(牵头单位:县数据局;责任单位:县统计局)")
    first = next(chunk for chunk in chunks if chunk.path[-1:] == ("1.统一入口",))
    assert first.text.startswith("二、重点任务\n(一)建设开放平台\n1.统一入口。")
    assert chunks[-1].path == ()
    assert chunks[-1].text == "云梦县人民政府\n2023年5月6日"
    whole = document.sections[1]
    assert document.text[whole.start : whole.end].startswith("二、重点任务")
    assert document.text[whole.start : whole.end].endswith("每年评选十个案例。")


STATUTE = """数据开放条例
第一章　总则
第一条　为了开放，制定本条例。
第二条　本条例适用于全县：
（一）机关；
（二）企业。
第二章　附则
第三条　本条例自公布之日起施行。"""


def test_a_statute() -> None:
    assert paths(STATUTE) == [
        ("第一章　总则",),
        ("第一章　总则", "第一条"),
        ("第一章　总则", "第二条"),
        ("第一章　总则", "第二条", "（一）机关"),
        ("第一章　总则", "第二条", "（二）企业"),
        ("第二章　附则",),
        ("第二章　附则", "第三条"),
    ]


def test_numbers_used_in_an_unusual_order_still_nest() -> None:
    assert paths("开放方案\n1、目标\n(一)近期\n起步。\n(二)远期\n建成。\n2、任务\n推进。") == [
        ("1、目标",),
        ("1、目标", "(一)近期"),
        ("1、目标", "(二)远期"),
        ("2、任务",),
    ]


CONFERENCE = """《云梦县数据开放办法》新闻发布会
主持人:大家上午好!
下面请王局长介绍。
王小明:各位记者:
一、出台背景
群众有期盼。
二、主要内容
第一部分:总则。明确目的。
第二部分:平台。统一入口。
主持人:下面请提问。
提问:王局长您好,我是日报记者,数据会收费吗?
王小明:开放数据一律免费。
申请增值服务的另议。
主要目标:方便群众。
主持人:发布会到此结束。"""


def test_a_press_conference() -> None:
    document, chunks = read(CONFERENCE)
    question = "提问:王局长您好,我是日报记者,数据会收费吗"
    assert [section.path for section in document.sections] == [
        ("主持人",),
        ("王小明",),
        ("王小明", "一、出台背景"),
        ("王小明", "二、主要内容"),
        ("王小明", "二、主要内容", "第一部分:总则"),
        ("王小明", "二、主要内容", "第二部分:平台"),
        ("主持人",),
        (question,),
        (question, "王小明"),
        ("主持人",),
    ]
    answer = next(chunk for chunk in chunks if "免费" in chunk.text)
    assert answer.path == (question, "王小明")
    assert answer.text.startswith("提问")


DIGEST = """开放在行动
2022-08-09 来源:某某日报
编者按
近日召开的交流会上,几个地方介绍了各自的做法,本报摘登如下,供各地参考。
统一平台 便民利企
张三丰 四川省数据局局长
我们坚持全省一个平台,群众只进一扇门,各类数据集持续增加,服务不断优化。
深化改革。审批时限压缩一半,群众满意度持续提高,企业办事成本明显下降。
培育产业 激发活力
李四光 青岛市数据局局长
我们围绕重点产业培育数据企业,建设产业园,引进龙头企业,形成了产业集群。"""


def test_a_digest_of_speeches_gives_each_its_region() -> None:
    document, chunks = read(DIGEST)
    assert document.title == "开放在行动"
    assert document.region is None
    assert [(chunk.path, chunk.region) for chunk in chunks] == [
        ((), None),
        (("编者按",), None),
        (("统一平台 便民利企", "张三丰 四川省数据局局长"), "四川省"),
        (("培育产业 激发活力", "李四光 青岛市数据局局长"), "山东省青岛市"),
    ]


def test_short_lines_over_paragraphs_are_headings_and_lists_of_short_lines_are_not() -> None:
    article = """云梦县出台《数据开放实施意见》
来源: 县政府网
近日,该县印发意见,明确了今后几年数据开放工作的目标和任务,自下月起施行。
三大亮点引人关注
开放更全面
这次开放的范围比过去更广,涵盖了民生、交通、环境等各个领域的公共数据资源。
突出便民
群众可以在一个窗口办理全部事项,不必在多个部门之间来回奔波,省时省力。
注重安全
对敏感数据实行分级管理,建立全流程的审计机制,坚决防止泄露和滥用行为。
首批单位名单
县数据局
县财政局
县统计局
县教育局
名单将按年度调整,由县数据局会同有关部门提出意见,报县人民政府批准后公布。"""
    top = ("三大亮点引人关注", "开放更全面")
    assert paths(article) == [top[:1], top, (*top, "突出便民"), (*top, "注重安全")]


def test_an_annex_and_a_table_of_contents() -> None:
    text = """云梦县人民政府关于印发数据开放工作方案的通知
各乡镇:
现印发给你们,请遵照执行。
云梦县人民政府
2023年5月6日
数据开放工作方案
一、总则
二、任务
三、保障
四、附则
一、总则
目的明确。
二、任务
任务具体。
三、保障
保障有力。
四、附则
附则简明。"""
    annex = "数据开放工作方案"
    assert paths(text) == [
        (annex,),
        *((annex, heading) for heading in ("一、总则", "二、任务", "三、保障", "四、附则")),
    ]


def test_headings_of_the_format() -> None:
    text = "# 数据开放问答\n\n开头的话。\n\n## 背景\n\n有需求。\n\n### 依据\n\n有依据。\n\n## 目标\n\n要建成。\n"
    assert paths(text, ".md") == [("背景",), ("背景", "依据"), ("目标",)]
