"""Office files: merged cells, nested tables, text boxes, and everything that only calls itself an office file."""

import io
import zipfile
from random import Random
from typing import Any

import docx
import openpyxl
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from PIL import Image

from parsers import read
from parsers.attachments import document
from parsers.model import Document, Grid, Source
from tests.papers import Paper, paper
from tests.renderings import as_docx
from tests.test_attachments import faults


def texts(grid: Grid) -> list[list[str]]:
    """A grid as text, continuations marked < and ^."""
    marks = {"": "", "left": "<", "above": "^"}
    return [[slot.text + marks[slot.span] for slot in row] for row in grid.rows]


def problem(found: Document) -> tuple[str, str]:
    assert len(found.problems) == 1
    return found.problems[0].code, found.problems[0].detail


def saved(file: Any) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def test_merged_cells_of_word_are_spans() -> None:
    file = docx.Document()
    table = file.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "角"
    table.cell(0, 2).text, table.cell(2, 0).text, table.cell(2, 2).text = "总计", "规章", "5"
    (grid,) = document(Source(saved(file))).grids
    assert texts(grid) == [["角", "角<", "总计"], ["角^", "角^", ""], ["规章", "", "5"]]


def test_prose_and_tables_keep_their_order() -> None:
    file = docx.Document()
    file.add_paragraph("一、总体情况")
    file.add_table(1, 2).cell(0, 0).text = "甲"
    file.add_paragraph("二、主动公开")
    found = document(Source(saved(file)))
    assert [type(block).__name__ for block in found.blocks] == ["str", "Grid", "str"]
    assert found.title == "一、总体情况"


def test_layout_table_is_walked_through() -> None:
    file = docx.Document()
    outer = file.add_table(1, 1).cell(0, 0)
    outer.paragraphs[0].text = "前言"
    inner = outer.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "规章", "3"
    found = document(Source(saved(file)))
    assert found.text == "前言"
    assert [texts(grid) for grid in found.grids] == [[["规章", "3"]]]


def test_text_box_is_read_once_and_deleted_text_never() -> None:
    file = docx.Document()
    box = ('<w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>')
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    file.element.body.insert(0, parse_xml(
        f'<w:p {nsdecls("w")} {mc}><w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"))
    assert document(Source(saved(file))).blocks[:2] == ("新", "框中")


def test_text_box_and_table_of_one_cell_inside_a_cell_are_its_text() -> None:
    file = docx.Document()
    table = file.add_table(1, 3)
    table.cell(0, 0).text = "规章"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "3"
    box = "<w:txbxContent><w:p><w:r><w:t>4</w:t></w:r></w:p></w:txbxContent>"
    run = f'<w:r {nsdecls("w")}><w:pict>{box}</w:pict></w:r>'
    table.cell(0, 2).paragraphs[0]._p.append(parse_xml(run))
    assert [texts(grid) for grid in document(Source(saved(file))).grids] == [[["规章", "3", "4"]]]


def cell(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


def test_hidden_struck_and_raised_words_of_word_are_no_part_of_a_value() -> None:
    file = docx.Document()
    printed = [
        cell("88", "<w:vanish/>") + cell("5"),
        cell("77", "<w:strike/>") + cell("6"),
        cell("66", "<w:dstrike/>"),
        cell("7", '<w:vanish w:val="0"/><w:strike w:val="false"/>') + cell("1", '<w:vertAlign w:val="superscript"/>'),
        cell("8", '<w:vertAlign w:val="superscript"/>'),
    ]
    table = file.add_table(2, len(printed))
    for place, runs in zip(table.rows[0].cells, printed, strict=True):
        for run in parse_xml(f'<w:p {nsdecls("w")}>{runs}</w:p>'):
            place.paragraphs[0]._p.append(run)
    deleted = table.rows[1]._tr.get_or_add_trPr()
    deleted.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="甲"/>'))
    (grid,) = document(Source(saved(file))).grids
    assert texts(grid) == [["5", "6", "66", "7[1]", "8"]]


def test_sheet_cuts_titles_from_tables_and_shows_numbers_as_printed() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["政府信息公开情况统计表"])
    page.merge_cells("A1:C1")
    page.append([])
    for row in (["指标", "单位", "统计数"], ["收到申请数", "件", 25], ["费用", "万元", 0.1 + 0.2], ["其他", "件", "/"]):
        page.append(row)
    book.create_sheet("草稿").sheet_state = "hidden"
    book["草稿"].append(["去年", "的", "数"])
    found = document(Source(saved(book)))
    assert found.text == "政府信息公开情况统计表"
    (grid,) = found.grids
    assert texts(grid)[1:] == [["收到申请数", "件", "25"], ["费用", "万元", "0.3"], ["其他", "件", "/"]]
    assert grid.place == "sheet Sheet, rows 3-6"


def test_struck_words_of_a_sheet_are_no_part_of_a_value() -> None:
    struck, rest = TextBlock(InlineFont(strike=True), "77"), TextBlock(InlineFont(b=True), "5")
    book = openpyxl.Workbook()
    book.active.append(["规章", CellRichText(struck, rest), CellRichText(struck), CellRichText(struck, rest)])
    (grid,) = document(Source(saved(book))).grids
    assert texts(grid) == [["规章", "5", "77", "5"]]


def test_merged_ranges_of_old_excel_are_spans() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    page.write_merge(0, 1, 0, 0, "不予公开")
    page.write(0, 1, "1.属于国家秘密")
    page.write(0, 2, 4)
    page.write(1, 1, "2.其他")
    page.write(1, 2, -8)
    (grid,) = document(Source(saved(book))).grids
    assert texts(grid) == [["不予公开", "1.属于国家秘密", "4"], ["不予公开^", "2.其他", "-8"]]


def test_excel_2003_xml() -> None:
    xml = ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
           '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
           'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>'
           '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">合并</Data></Cell><Cell><Data>3</Data></Cell></Row>'
           '<Row ss:Index="2"><Cell ss:Index="3"><Data>5</Data></Cell><Cell><Data>6</Data></Cell></Row>'
           "</Table></Worksheet></Workbook>")
    (grid,) = document(Source(xml.encode(), name="a.xls")).grids
    assert texts(grid) == [["合并", "合并<", "3", ""], ["", "", "5", "6"]]


def test_word_2003_xml() -> None:
    xml = ('<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
           "<w:body><w:p><w:r><w:t>年报</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
           "<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:wordDocument>")
    found = document(Source(xml.encode(), name="a.doc"))
    assert (found.text, [texts(grid) for grid in found.grids]) == ("年报", [[["甲", "甲<"]]])


def page(one: Paper) -> str:
    """The paper as a web page."""
    rows = []
    for sheet in one.sheets:
        own = {(r.top, r.left): r for r in sheet.regions}
        rows.append(f"<p>{sheet.caption}</p><table>" + "".join("<tr>" + "".join(
            f'<td rowspan="{own[r, c].bottom - r}" colspan="{own[r, c].right - c}">{own[r, c].text}</td>'
            for c in range(sheet.width) if (r, c) in own) + "</tr>" for r in range(sheet.height)) + "</table>")
    intro = f"<p>一、总体情况</p><p>{one.issuer}统计期限{one.year}年1月1日至{one.year}年12月31日。</p>"
    body = f"<h1>{one.title}</h1>{intro}{''.join(rows)}"
    return f"<html><head><title>{one.title}</title></head><body>{body}</body></html>"


def test_web_page_saved_as_word_or_excel_is_a_web_page() -> None:
    one = paper(Random(11), "2021")
    for name, media in (("a.doc", "application/msword"), ("a.xls", "application/vnd.ms-excel")):
        (report,) = read(Source(page(one).encode("gb18030"), content_type=media, name=name))
        assert faults(one, report) == []


def test_saved_page_with_its_pictures() -> None:
    one = paper(Random(12), "2019")
    mht = ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--b\"\r\n\r\n----b\r\n"
           "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
           f"{page(one)}\r\n----b--\r\n")
    (report,) = read(Source(mht.encode(), name="a.doc"))
    assert faults(one, report) == []


def test_zip_with_one_report_is_that_report() -> None:
    one = paper(Random(13), "2021")
    for name, body in (("年报.html", page(one).encode()), ("年报.docx", as_docx(one))):
        (report,) = read(Source(zipped(**{name: body, "图.png": b"\x89PNG\r\n\x1a\n"})))
        assert faults(one, report) == []


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def test_zip_with_several_reports_is_left_to_people() -> None:
    both = zipped(**{"a.html": b"<html>a", "b.html": b"<html>b"})
    code, detail = problem(document(Source(both)))
    assert code == "attachment_unreadable"
    assert "2 files" in detail


def test_the_only_report_in_a_zip_is_read_also_among_others_or_in_a_zip_inside() -> None:
    one, other = paper(Random(5), "2021"), docx.Document()
    other.add_paragraph("关于报送材料的通知")
    inner = zipped(**{"年报.docx": as_docx(one)})
    for members in ({"通知.docx": saved(other), "年报.docx": as_docx(one)}, {"年报.zip": inner},
                    {"通知.docx": saved(other), "年报.zip": inner}):
        (report,) = read(Source(zipped(**members)))
        assert faults(one, report) == []


def test_zip_with_two_reports_names_them() -> None:
    both = zipped(**{"a.docx": as_docx(paper(Random(5), "2021")), "b.docx": as_docx(paper(Random(6), "2021"))})
    code, detail = problem(document(Source(both)))
    assert (code, "2 of them reports (a.docx, b.docx)" in detail) == ("attachment_unreadable", True)


def test_zips_inside_of_each_other_are_opened_as_deep_as_two() -> None:
    deep = zipped(**{"a.html": b"<html>a"})
    for _ in range(3):
        deep = zipped(**{"b.zip": deep})
    assert "0 files" in problem(document(Source(deep)))[1]


def test_picture_is_listed_for_people() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    assert problem(document(Source(picture.getvalue(), name="图片版.png")))[0] == "table_is_image"
    file = docx.Document()
    file.add_picture(io.BytesIO(picture.getvalue()), width=docx.shared.Cm(12), height=docx.shared.Cm(18))
    assert problem(document(Source(saved(file))))[0] == "table_is_image"


def test_encrypted_office_file_says_so() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "encrypted" in problem(document(Source(body, name="a.docx")))[1]


def test_unknown_files_say_what_to_do() -> None:
    assert "PDF" in problem(document(Source(zipped(**{"OFD.xml": b"<x/>"}))))[1]
    assert "RAR" in problem(document(Source(b"Rar!\x1a\x07\x00")))[1]
