"""Write the .docx and .pdf briefs of samples/ from their sources in scripts/sample_sources/.

The sources are plain text: a first line `# title`, lines between bars are table rows, every other line is a paragraph.
Run with the `dev` extra installed: python scripts/make_samples.py [FOLDER]. The same sources give the same bytes.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

REPO = Path(__file__).resolve().parents[1]
SOURCES = REPO / "scripts" / "sample_sources"
WRITTEN = datetime(2026, 11, 16)
FONT = "STSong-Light"  # one of the fonts every PDF reader brings for Chinese, so none has to be embedded


def blocks(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield ("title" | "paragraph" | "table", rows) in order; titles and paragraphs have one row of one cell."""
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            yield "table", [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            continue
        for line in filter(None, lines):
            yield ("title", [[line[2:]]]) if line.startswith("# ") else ("paragraph", [[line]])


def chinese(run: Run) -> None:
    """Let the run show in a Chinese font; python-docx alone sets only the Western one."""
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def docx(text: str) -> bytes:
    document = Document()
    for kind, rows in blocks(text):
        if kind == "title":
            chinese(document.add_heading(level=0).add_run(rows[0][0]))
            document.core_properties.title = rows[0][0]
        elif kind == "paragraph":
            chinese(document.add_paragraph().add_run(rows[0][0]))
        else:
            table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
            for row in rows:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    chinese(cell.paragraphs[0].add_run(value))
    properties = document.core_properties
    properties.author, properties.language = "政问示例", "zh-CN"
    properties.created = properties.modified = WRITTEN
    written, stable = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():  # again, without the time of writing
            target.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def pdf(text: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("paragraph", fontName=FONT, fontSize=11, leading=18, spaceAfter=4, wordWrap="CJK")
    title = ParagraphStyle("title", plain, fontSize=18, leading=28, spaceAfter=12, alignment=1)
    parts = list(blocks(text))
    if any(kind == "table" for kind, _ in parts):
        raise SystemExit("Tables are written to .docx only.")
    story: list[Flowable] = [Paragraph(rows[0][0], title if kind == "title" else plain) for kind, rows in parts]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=parts[0][1][0][0], author="政问示例", invariant=1).build(story)
    return out.getvalue()


def main(folder: Path) -> None:
    for source in sorted(SOURCES.glob("*.txt")):
        target = folder / source.stem
        target.write_bytes({".docx": docx, ".pdf": pdf}[target.suffix](source.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "samples")
