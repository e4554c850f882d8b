"""A report as DOCX and as PDF, byte for byte the same at every run."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from lxml import html
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

Span = tuple[int, int, int, int, str]  # row, column, height, width, text
Part = str | list[Span]
FONT = "STSong-Light"


def spans(table: str) -> list[Span]:
    """The cells of an HTML table with the places that they cover."""
    taken: set[tuple[int, int]] = set()
    out: list[Span] = []
    for y, tr in enumerate(html.fromstring(table).iter("tr")):
        x = 0
        for td in tr.iter("td"):
            while (y, x) in taken:
                x += 1
            height, width = int(td.get("rowspan", 1)), int(td.get("colspan", 1))
            taken |= {(y + dy, x + dx) for dy in range(height) for dx in range(width)}
            out.append((y, x, height, width, str(td.xpath("string()"))))
    return out


def size(cells: Sequence[Span]) -> tuple[int, int]:
    """Rows and columns of a table."""
    return max(y + h for y, _, h, _, _ in cells), max(x + w for _, x, _, w, _ in cells)


def docx(title: str, parts: Sequence[Part]) -> bytes:
    """A Word file: title, paragraphs and tables with merged cells, in order."""
    document = Document()
    document.core_properties.title = title
    document.add_heading(title, 1)
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(*size(part), style="Table Grid")
        cells = [row.cells for row in table.rows]  # asked for one by one they are counted through each time
        for y, x, height, width, text in part:
            cells[y][x].merge(cells[y + height - 1][x + width - 1]).text = text
    out = BytesIO()
    document.save(out)
    return dated(out.getvalue())


def dated(package: bytes) -> bytes:
    """The same ZIP with one date for all its members."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2023, 1, 13, 9, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def pdf(title: str, parts: Sequence[Part]) -> bytes:
    """A PDF with a text layer and ruled tables that run over pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=16, wordWrap="CJK")
    small = ParagraphStyle("cell", parent=style, fontSize=8, leading=10)
    story: list[Flowable] = [
        Paragraph(title, ParagraphStyle("title", parent=style, fontSize=15, leading=24)),
        Spacer(0, 8),
    ]
    story += [Paragraph(part, style) if isinstance(part, str) else ruled(part, small) for part in parts]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, invariant=1, leftMargin=40, rightMargin=40).build(story)
    return out.getvalue()


def ruled(cells: Sequence[Span], style: ParagraphStyle) -> Table:
    """A table with all its lines drawn."""
    height, width = size(cells)
    grid: list[list[Paragraph | str]] = [[""] * width for _ in range(height)]
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for y, x, down, across, text in cells:
        grid[y][x] = Paragraph(text, style)
        look.append(("SPAN", (x, y), (x + across - 1, y + down - 1)))
    total = A4[0] - 92
    columns = [total / width] * width
    if width == 10:  # table 3: wide labels, narrow figures
        columns = [total * share for share in (0.06, 0.12, 0.26, *[0.08] * 7)]
    return Table(grid, columns, style=look, spaceBefore=6, spaceAfter=6)
