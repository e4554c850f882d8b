"""PDF files as programs make them: turned pages, missing sides, dashes, frames, pictures instead of text."""

import io
from collections.abc import Callable
from random import Random

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from parsers import read
from parsers.attachments import document
from parsers.model import Source
from tests.papers import paper
from tests.printing import FONT, Style, as_pdf
from tests.test_attachments import faults
from tests.test_office import problem, texts


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A one-page PDF that `draw` has drawn; the canvas measures from the bottom."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


CELLS = {(0, 0): "规章", (0, 1): "3", (0, 2): "-8", (1, 0): "行政许可", (1, 1): "12", (1, 2): "6603610.09"}


def table(canvas: Canvas, sides: bool = True, dashed: bool = False) -> None:
    """Two rows, three columns of 80 points."""
    if dashed:
        canvas.setDash(3, 2)
    xs = (100, 180, 260, 340) if sides else (180, 260)
    for y in (700, 680, 660):
        canvas.line(100, y, 340, y)
    for x in xs:
        canvas.line(x, 660, x, 700)
    for (row, column), text in CELLS.items():
        canvas.drawCentredString(140 + 80 * column, 685 - 20 * row, text)


WANTED = [["规章", "3", "-8"], ["行政许可", "12", "6603610.09"]]


@pytest.mark.parametrize("options", [{}, {"sides": False}, {"dashed": True}])
def test_ruled_table(options: dict[str, bool]) -> None:
    (grid,) = document(Source(drawn(lambda canvas: table(canvas, **options)))).grids
    assert texts(grid) == WANTED
    assert grid.place == "page 1, table 1"


def test_table_cut_open_at_the_top_of_a_page() -> None:
    def cut(canvas: Canvas) -> None:
        for y in (680, 660):
            canvas.line(100, y, 340, y)
        for x in (100, 180, 260, 340):
            canvas.line(x, 660, x, 700)
        for (row, column), text in CELLS.items():
            canvas.drawCentredString(140 + 80 * column, 685 - 20 * row, text)

    assert [texts(grid) for grid in document(Source(drawn(cut))).grids] == [WANTED]


def test_figures_that_touch_over_a_line_are_two_and_one_that_runs_over_it_is_one() -> None:
    def narrow(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            canvas.line(100, y, 340, y)
        for x in (100, 180, 220, 340):
            canvas.line(x, 660, x, 700)
        canvas.drawRightString(179.5, 685, "7894")
        canvas.drawString(180.5, 685, "21300")
        canvas.drawCentredString(200, 665, "123456789012")

    (grid,) = document(Source(drawn(narrow))).grids
    assert texts(grid) == [["7894", "21300", ""], ["", "123456789012", ""]]


def test_watermark_across_the_page_is_no_part_of_its_cells() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.translate(110, 655)
        canvas.rotate(12)
        canvas.drawString(0, 0, "2023" * 12)

    (grid,) = document(Source(drawn(draw))).grids
    assert texts(grid) == WANTED


NARROW = {
    90: ("1.信访举报投诉类申请", "102", "103", ""),
    105: ("2.重复申请", "", "", "7"),
    120: ("3.要求提供公开出版物", "45", "", "8"),
}


def test_columns_without_lines_that_stand_close() -> None:
    """Headings on two lines run into each other, figures stand a space apart, a label reaches up to its figure."""
    def draw(canvas: Canvas) -> None:
        for offset, line in ((700, ("商业", "科研", "总")), (688, ("企业", "机构", "计"))):
            for left, text in zip((163, 188, 213), line, strict=True):
                canvas.drawString(left, offset, text)
        for down, (label, *figures) in NARROW.items():
            canvas.drawString(30, 768 - down, label)
            for left, text in zip((163, 188, 213), figures, strict=True):
                canvas.drawString(left, 768 - down, text)

    (grid,) = document(Source(drawn(draw))).grids
    assert texts(grid) == [["", "商业企业", "科研机构", "总计"], *(list(row) for row in NARROW.values())]


def test_frame_around_text_is_no_table() -> None:
    def frame(canvas: Canvas) -> None:
        canvas.rect(80, 600, 400, 150)
        canvas.drawString(100, 720, "一、总体情况")
        table(canvas)

    found = document(Source(drawn(frame)))
    assert [texts(grid) for grid in found.grids] == [WANTED]
    assert found.text == "一、总体情况"


def test_shaded_cells_and_double_lines_make_no_rows() -> None:
    def shaded(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(101, 681, 78, 18, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.rect(98, 658, 244, 44)
        table(canvas)

    assert [texts(grid) for grid in document(Source(drawn(shaded))).grids] == [WANTED]


def test_letters_printed_twice_to_look_bold_count_once() -> None:
    def bold(canvas: Canvas) -> None:
        table(canvas)
        canvas.translate(0.3, 0)
        table(canvas)

    assert [texts(grid) for grid in document(Source(drawn(bold))).grids] == [WANTED]


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("flagged", [True, False])
def test_turned_page_is_read_upright(quarters: int, flagged: bool) -> None:
    """`flagged`: the page says that it is turned, so that viewers show it upright."""
    source = pdfium.PdfDocument(as_pdf(paper(Random(7), "2021"), Style(landscape=True)))
    target = pdfium.PdfDocument.new()
    for index in range(len(source)):
        width, height = source.get_page_size(index)
        side = target.new_page(*((height, width) if quarters % 2 else (width, height)))
        form = source.page_as_xobject(index, target).as_pageobject()
        form.set_matrix(pdfium.PdfMatrix().rotate(90 * quarters, ccw=True).translate(
            *{1: (height, 0), 2: (width, height), 3: (0, width)}[quarters]))
        side.insert_obj(form)
        side.gen_content()
        if flagged:
            side.set_rotation(90 * quarters)
    buffer = io.BytesIO()
    target.save(buffer)
    (report,) = read(Source(buffer.getvalue()))
    assert faults(paper(Random(7), "2021"), report) == []


def test_scan_is_listed_for_people() -> None:
    picture = ImageReader(Image.new("RGB", (200, 300), "grey"))
    scan = drawn(lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842))
    assert problem(document(Source(scan)))[0] == "table_is_image"


def test_table_as_a_picture_between_prose_is_listed_for_people() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 800, "三、收到和处理政府信息公开申请情况")
        canvas.drawImage(ImageReader(Image.new("RGB", (200, 300), "grey")), 100, 300, 400, 400)

    found = document(Source(drawn(page)))
    assert [one.code for one in found.problems] == ["table_is_image"]
    assert found.text == "三、收到和处理政府信息公开申请情况"


def test_table_whose_letters_are_drawn_is_listed_for_people() -> None:
    def outlined(canvas: Canvas) -> None:
        canvas.drawString(100, 800, "三、收到和处理政府信息公开申请情况")
        for y in (700, 680, 660, 640):
            canvas.line(100, y, 340, y)
        for x in (100, 180, 260, 340):
            canvas.line(x, 640, x, 700)
        shape = canvas.beginPath()
        shape.moveTo(130, 685)
        shape.curveTo(132, 690, 135, 690, 137, 685)
        canvas.drawPath(shape, fill=1)

    found = document(Source(drawn(outlined)))
    assert [(one.code, one.place) for one in found.problems] == [("table_is_image", "page 1, table 1")]


def test_font_that_tells_wrong_letters_is_told_and_gives_no_cell() -> None:
    one = paper(Random(8), "2021")
    shifted = {ord(c): chr(0x4E00 + ord(c) % 97 * 3) for sheet in one.sheets for r in sheet.regions for c in r.text
               if not c.isascii()}

    def garbled(canvas: Canvas) -> None:
        for index, region in enumerate(one.sheets[1].regions[:40]):
            canvas.drawString(100, 640 - 14 * index, region.text.translate(shifted))

    (report,) = read(Source(drawn(garbled)))
    assert "decoding_lossy" in {found.code for found in report.problems}
    assert report.cells == ()


def test_encrypted_and_broken_files_say_so() -> None:
    locked = drawn(lambda canvas: canvas.drawString(1, 1, "a"), encrypt=StandardEncryption("secret"))
    assert "encrypted" in problem(document(Source(locked)))[1]
    assert "broken" in problem(document(Source(b"%PDF-1.4 and nothing else")))[1]


def test_file_that_only_forbids_printing_is_read() -> None:
    guarded = drawn(table, encrypt=StandardEncryption("", "owner", canPrint=0))
    assert [texts(grid) for grid in document(Source(guarded)).grids] == [WANTED]


def test_paragraphs_are_whole_and_page_numbers_gone() -> None:
    found = document(Source(as_pdf(paper(Random(3), "2021"), Style(offset=500.0))))
    assert "—1—" not in found.text.replace(" ", "")
    assert any(block.startswith("本报告依据") and block.endswith("队伍培训。")
               for block in found.blocks if isinstance(block, str))
    assert found.title == paper(Random(3), "2021").title
