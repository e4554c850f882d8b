"""Papers as real office files: DOCX, XLSX and XLS."""

import io
from xml.sax.saxutils import escape

import docx
import docx.document
import openpyxl
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parsers.layout import Region
from tests.papers import Paper, Sheet, prose

LIST = """<w:abstractNum {spaces} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>"""


def as_docx(paper: Paper, is_numbered: bool = False) -> bytes:
    """Word with merged cells: gridSpan and vMerge. `is_numbered`: Word counts the chapters by itself."""
    file = docx.Document()
    if is_numbered:
        numbers = file.part.numbering_part.element
        numbers.insert(0, parse_xml(LIST.format(spaces=nsdecls("w"))))
        numbers.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    file.add_paragraph(paper.title)
    _heading(file, "一、总体情况", is_numbered)
    file.add_paragraph(prose(paper, "一、总体情况"))
    for sheet in paper.sheets:
        _heading(file, sheet.caption, is_numbered)
        file.element.body.insert_element_before(parse_xml(_table(sheet)), "w:sectPr")
    for heading in ("五、存在的主要问题及改进情况", "六、其他需要报告的事项"):
        _heading(file, heading, is_numbered)
        file.add_paragraph(prose(paper, heading))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _heading(file: docx.document.Document, text: str, is_numbered: bool) -> None:
    if not is_numbered or text[1] != "、":
        file.add_paragraph(text)
        return
    properties = file.add_paragraph(text[2:])._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr>'))


def _table(sheet: Sheet) -> str:
    owner = {(r, region.left): (region, r) for region in sheet.regions for r in range(region.top, region.bottom)}
    rows = ("".join(_cell(*owner[row, column]) for column in range(sheet.width) if (row, column) in owner)
            for row in range(sheet.height))
    grid = '<w:gridCol w:w="900"/>' * sheet.width
    return (f'<w:tbl {nsdecls("w")}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>'
            + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")


def _cell(region: Region, row: int) -> str:
    merge = "" if region.bottom - region.top == 1 else (
        '<w:vMerge w:val="restart"/>' if row == region.top else "<w:vMerge/>")
    text = escape(region.text) if row == region.top else ""
    return (f'<w:tc><w:tcPr><w:gridSpan w:val="{region.right - region.left}"/>{merge}</w:tcPr>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")


def as_xlsx(paper: Paper) -> bytes:
    """One sheet, the tables below each other, numbers as numbers, merged ranges."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row, region in _rows(paper):
        cell = page.cell(row + 1, region.left + 1, _value(region.text))
        cell.number_format = "General"
        if region.bottom - region.top > 1 or region.right - region.left > 1:
            page.merge_cells(start_row=row + 1, start_column=region.left + 1,
                             end_row=row + region.bottom - region.top, end_column=region.right)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_xls(paper: Paper) -> bytes:
    """The same in the binary format of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("年报")
    for row, region in _rows(paper):
        page.write_merge(row, row + region.bottom - region.top - 1, region.left, region.right - 1, _value(region.text))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(paper: Paper) -> list[tuple[int, Region]]:
    """Every cell of a one-sheet report with the row that it starts in."""
    cells = [(0, Region(0, 0, 1, 10, paper.title))]
    row = 2
    for sheet in paper.sheets:
        cells.append((row, Region(0, 0, 1, sheet.width, sheet.caption)))
        cells += [(row + 1 + region.top, region) for region in sheet.regions]
        row += sheet.height + 3
    return cells


def _value(text: str) -> str | float | None:
    plain = text.removeprefix("-")
    if plain.replace(".", "", 1).isdigit():
        return float(text) if "." in text else int(text)
    return text or None
