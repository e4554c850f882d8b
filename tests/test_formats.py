"""Sheets print more than their values: units in number formats; and hide rows, or leave formulas open."""

import datetime
import io
from decimal import Decimal
from random import Random

import openpyxl
import xlwt

from parsers import read
from parsers.attachments import document
from parsers.model import Source
from tests.papers import paper
from tests.renderings import as_xlsx
from tests.test_attachments import faults
from tests.test_office import problem, saved, texts


def book(*rows: tuple[object, str]) -> openpyxl.Workbook:
    """A workbook of labels and values, each with its number format."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for index, (value, code) in enumerate(rows, 1):
        page.cell(index, 1, f"指标{index}")
        page.cell(index, 2, value).number_format = code
    return made


def test_units_of_number_formats_are_printed() -> None:
    made = book((25.11, '0.00"万元"'), (1234, '#,##0"件"'), (123000, '0!.0,"万元"'), (0.125, "0.0%"), (7, "General"),
                ("无", '0"件"'), (datetime.date(2022, 3, 1), "yyyy-mm-dd"))
    (grid,) = document(Source(saved(made))).grids
    assert [row[1] for row in texts(grid)] == ["25.11万元", "1234件", "123000元", "12.5%", "7", "无", "2022-03-01"]


def test_unit_of_a_number_format_reaches_the_cell() -> None:
    one = paper(Random(21), "2021")
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(one)))
    cell = next(c for row in made.active.iter_rows() for c in row if c.value == "行政许可").offset(column=1)
    cell.value, cell.number_format = 2.5, '0.0"万件"'
    (report,) = read(Source(saved(made)))
    found = {(c.table, c.row): (c.value, c.raw) for c in report.cells}
    assert found["disclosure", "administrative_licensing"] == (Decimal(25_000), "2.5万件")
    assert len(faults(one, report)) == 1


def test_unit_of_an_old_sheet_is_printed_too() -> None:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("表")
    page.write(0, 0, "专项经费")
    page.write(0, 1, 2.5, xlwt.easyxf(num_format_str='0.00"万元"'))
    page.write(1, 0, "申请")
    page.write(1, 1, 3)
    (grid,) = document(Source(saved(made), name="a.xls")).grids
    assert texts(grid) == [["专项经费", "2.5万元"], ["申请", "3"]]


def test_formula_without_a_result_is_no_zero() -> None:
    made = book((2, "0"), (3, "0"), ("=SUM(B1:B2)", "0"))
    found = document(Source(saved(made)))
    assert texts(found.grids[0])[2] == ["指标3", "=SUM(B1:B2)"]
    assert problem(found) == ("not_calculated", "formulas whose result the file does not hold: 1, as =SUM(B1:B2)")


def test_total_that_was_never_calculated_is_text() -> None:
    one = paper(Random(22), "2021")
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(one)))
    next(c for row in made.active.iter_rows() for c in row if c.value == "行政许可").offset(column=1).value = "=1+1"
    (report,) = read(Source(saved(made)))
    assert {str(c.kind) for c in report.cells if c.row == "administrative_licensing"} == {"text"}
    assert "not_calculated" in {p.code for p in report.problems}


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    made = book((2, "0"), (3, "0"))
    page = made.active
    page.row_dimensions[2].hidden = True
    page.column_dimensions["A"].hidden = True
    draft = made.create_sheet("草稿")
    draft.append(["去年"])
    draft.sheet_state = "hidden"
    made.create_sheet("空").sheet_state = "hidden"
    found = document(Source(saved(made)))
    assert texts(found.grids[0]) == [["指标1", "2"], ["指标2", "3"]]
    assert [(p.code, p.detail, p.place) for p in found.problems] == [
        ("hidden_cells", "hidden rows: 1, read like the others", "sheet Sheet, row 2"),
        ("hidden_cells", "hidden columns: 1, read like the others", "sheet Sheet, column 1"),
        ("hidden_cells", "the sheet is hidden and was not read", "sheet 草稿"),
    ]


def test_sheet_that_is_cut_off_says_so() -> None:
    made = book(*[(n, "0") for n in range(5100)])
    found = document(Source(saved(made)))
    assert problem(found) == ("attachment_unreadable", "5100 rows and 2 columns: only the first 5000 and 256 are read")
    assert len(found.grids[0].rows) == 5000
