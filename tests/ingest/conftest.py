"""Files of every format made on the spot, from policies that were never issued."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

PLAN = """云梦县人民政府关于推进数据开放的实施意见
云政发〔2023〕8号
各乡镇人民政府,县政府各部门:
为落实《孝感市数据开放办法》(孝政规〔2022〕3号)精神,现提出以下意见。
一、总体要求
坚持便民利企,分步推进。到2035年,开放数据集超过500个。
二、重点任务
(一)建设开放平台
1.统一入口。建成全县统一的开放平台,避免重复建设。(县数据局、县财政局按职责分工负责)
2.规范目录。编制开放目录,每年更新一次。
(牵头单位:县数据局;责任单位:县统计局)
(二)培育应用
鼓励企业开发应用,每年评选十个案例。
三、保障措施
加强督促检查。
云梦县人民政府
2023年5月6日"""


@pytest.fixture
def plan() -> str:
    return PLAN


@pytest.fixture
def shared() -> Path:
    """The measurement data beside the repository, which a checkout need not have."""
    if not SHARED.is_dir():
        pytest.skip("measurement data (../shared) is not here")
    return SHARED


def docx_bytes(fill: Callable[[docx.document.Document], None]) -> bytes:
    """A Word file filled by `fill`."""
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_bytes(pages: Sequence[Sequence[str]], *, password: str | None = None) -> bytes:
    """A PDF with these lines on its pages, 34 characters to a full line, in a Chinese font that isn't embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    for lines in pages:
        canvas.setFont("STSong-Light", 14)
        for i, line in enumerate(lines):
            canvas.drawString(60, 780 - 22 * i, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
