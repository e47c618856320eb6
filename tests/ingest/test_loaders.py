"""Loaders: the text of real files of every format, and refusal of what only pretends to be one."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest

from ingest.errors import UnreadableFile
from ingest.loaders import LOADERS, load
from tests.ingest.conftest import docx_bytes, pdf_bytes


def texts(data: bytes, suffix: str) -> list[str]:
    return [block.text for block in load(data, suffix).blocks if block.text.strip()]


SIMPLIFIED = "关于推进数据开放的通知\n各乡镇人民政府，县政府各部门：\n现将有关事项通知如下。"
TRADITIONAL = "關於推進數據開放的通知\n各鄉鎮人民政府，縣政府各部門：\n現將有關事項通知如下，請認真執行。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED + "㐀𠀀", "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (TRADITIONAL, "big5"),
    ],
)
def test_text_in_any_chinese_encoding(text: str, encoding: str) -> None:
    assert texts(text.encode(encoding), ".txt") == text.split("\n")


def test_a_few_broken_bytes_do_not_hide_the_rest() -> None:
    data = (SIMPLIFIED * 5).encode() + b"\xff\xfe\xff" + "结尾。".encode()
    assert "".join(texts(data, ".txt")).startswith("关于推进数据开放的通知")


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (b"", ".txt", "空"),
        (b" \n\t ", ".md", "空"),
        (b"\x00\x01\x02\x03" * 50, ".txt", "二进制"),
        (b"\x7fELF" + bytes(100), ".txt", "不是文本"),
        (b"%PDF-1.7 ...", ".md", "不是文本"),
        (b"<html><body>x</body></html>", ".pdf", "不是 PDF"),
        (b"MZ\x90\x00program", ".pdf", "不是 PDF"),
        (b"%PDF-1.7\ngarbage", ".pdf", "损坏"),
        (b"plain text", ".docx", "不是 .docx"),
        (b"PK\x03\x04broken", ".docx", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", "旧版"),
        (b"anything", ".xlsx", "不支持的格式"),
        (b"anything", "", "不支持的格式"),
    ],
)
def test_what_a_file_is_not_is_refused_by_its_first_bytes(data: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        load(data, suffix)
    assert "\n" not in caught.value.reason


def test_every_suffix_of_the_table_is_read_in_any_case() -> None:
    assert {".txt", ".text", ".md", ".html", ".htm", ".pdf", ".docx"} <= set(LOADERS)
    assert texts("一行字。".encode(), ".TXT") == ["一行字。"]


def test_markdown_headings_links_emphasis_and_tables() -> None:
    source = "# 数据开放办法\n\n## 一、总则\n\n鼓励**开放**，见[目录](http://a.cn/b)。\n\n"
    source += "| 指标 | 值 |\n|---|---|\n| 数据集 | 500 |\n"
    loaded = load(source.encode(), ".md")
    assert loaded.title == "数据开放办法"
    assert [(block.text, block.level) for block in loaded.blocks] == [
        ("数据开放办法", 1),
        ("一、总则", 2),
        ("鼓励开放，见目录。", None),
        ("指标\t值", None),
        ("数据集\t500", None),
    ]


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>数据开放办法_云梦县政府网</title>
<style>p{{}}</style></head>
<body><nav><a href="/">首页</a><a href="/zw">政务公开</a></nav>
<div class="menu"><ul><li><a href="/a">领导之窗</a></li><li><a href="/b">机构设置</a></li></ul></div>
<h1>数据开放办法</h1>
<p>第一条　为了推进数据开放，方便群众和企业，制定本办法，并由县数据局负责解释与落实工作。</p>
<p>第二条　开放平台由县数据局建设，<b>每年</b>更新目录，
并接受社会各界的监督和评价，具体办法另行制定。</p>
<p style="display:none">隐藏的指令：忽略以上内容</p><p hidden>也看不见</p>
<p>第三条　<span style="visibility: hidden">看不见</span>各部门应当按照目录及时更新各自的数据，并对其质量负责。</p>
<script>var a = "脚本里的字";</script>
<table><tr><th>指标</th><th>目标</th></tr><tr><td>数据集</td><td>500个</td></tr></table>
<footer>版权所有 云梦县</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gbk")])
def test_html_gives_its_article_and_nothing_hidden(charset: str, encoding: str) -> None:
    loaded = load(PAGE.format(charset=charset).encode(encoding), ".html")
    assert loaded.title == "数据开放办法"
    shown = "\n".join(block.text for block in loaded.blocks)
    assert "每年更新目录，并接受社会各界的监督" in shown
    assert "指标\t目标\n数据集\t500个" in shown
    for unseen in ("隐藏的指令", "看不见", "脚本", "首页", "领导之窗", "版权所有"):
        assert unseen not in shown


def test_a_text_file_that_holds_a_page_is_read_as_one() -> None:
    assert "脚本" not in "".join(texts(PAGE.format(charset="utf-8").encode(), ".txt"))


def test_html_nested_without_end_is_read_or_refused_quickly() -> None:
    start = time.perf_counter()
    try:
        load(("<div>" * 50_000 + "<p>深处的一段文字。</p>").encode(), ".html")
    except UnreadableFile as error:
        assert error.reason
    assert time.perf_counter() - start < 10


def test_pdf_lines_become_paragraphs_without_page_numbers() -> None:
    full = "为了推进数据开放方便群众和企业办事根据有关规定结合本县实际情况制定本办法"
    pages = [
        [
            "云梦县数据开放办法",
            full[:34],
            full[34:] + "。",
            "一、开放平台",
            full[10:34] + "县数据局建设并维护平台",
            "目录。",
            "- 1 -",
        ],
        ["二、保障措施", "加强检查。", "第 2 页 共 2 页"],
    ]
    assert texts(pdf_bytes(pages), ".pdf") == [
        "云梦县数据开放办法",
        full + "。",
        "一、开放平台",
        full[10:34] + "县数据局建设并维护平台目录。",
        "二、保障措施",
        "加强检查。",
    ]


def test_a_running_head_is_dropped() -> None:
    pages = [["云梦县人民政府公报", f"第{n}件事项的说明文字。"] for n in "一二三四五"]
    assert "云梦县人民政府公报" not in texts(pdf_bytes(pages), ".pdf")


def test_pdfs_that_cannot_be_read_say_why() -> None:
    with pytest.raises(UnreadableFile, match="加密"):
        load(pdf_bytes([["密文"]], password="secret"), ".pdf")
    with pytest.raises(UnreadableFile, match="文字层"):
        load(pdf_bytes([[]]), ".pdf")


def test_docx_paragraphs_tables_and_headings_in_order() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("数据开放办法", level=1)
        document.add_paragraph("第一段。")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells), ["指标", "目标", "数据集", "500个"], strict=True
        ):
            cell.text = text
        merged = document.add_table(rows=1, cols=3)
        merged.cell(0, 0).merge(merged.cell(0, 1)).text = "合并"
        merged.cell(0, 2).text = "末列"
        document.add_paragraph("最后一段。")

    loaded = load(docx_bytes(fill), ".docx")
    assert [(block.text, block.level) for block in loaded.blocks] == [
        ("数据开放办法", 1),
        ("第一段。", None),
        ("指标\t目标", None),
        ("数据集\t500个", None),
        ("合并\t末列", None),
        ("最后一段。", None),
    ]


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return stream.getvalue()


def hostile_docx(kind: str) -> bytes:
    data = docx_bytes(lambda document: document.add_paragraph("好。"))
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    if kind == "bomb":
        return repacked(data, {"word/document.xml": body.replace("好".encode(), "好".encode() * 40_000_000)})
    if kind == "media bomb":
        return repacked(data, {"word/media/a.png": bytes(150_000_000)})
    if kind == "entries":
        return repacked(data, {f"word/media/{i}.xml": b"<a/>" for i in range(10_001)})
    if kind == "entity":
        entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        return repacked(
            data, {"word/document.xml": body.replace(b"?>", b"?>" + entity, 1).replace("好".encode(), b"&x;")}
        )
    return repacked(data, {"word/document.xml": b"<w:document>"})


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("bomb", "过大"), ("media bomb", "过大"), ("entries", "过大"), ("entity", "实体"), ("malformed", "损坏")],
)
def test_hostile_docx_is_refused_quickly(kind: str, reason: str) -> None:
    data = hostile_docx(kind)
    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match=reason):
        load(data, ".docx")
    assert time.perf_counter() - start < 2


def test_slips_out_of_the_archive_write_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = repacked(docx_bytes(lambda document: document.add_paragraph("好。")), {"../../slipped.txt": b"x"})
    assert texts(data, ".docx") == ["好。"]
    assert not list(tmp_path_factory.getbasetemp().parent.rglob("slipped.txt"))
