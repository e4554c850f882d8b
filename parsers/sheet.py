"""Opens sheets: XLSX, XLSB, XLS and ODS by calamine, Excel 2003 XML by its elements."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from parsers.crossed import uncrossed
from parsers.formats import Marks, marks
from parsers.kinds import members
from parsers.layout import Region, spread
from parsers.model import Document, Grid, Problem, Slot, Source
from parsers.packages import tree, verified
from parsers.runs import name

MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 256
PLAIN: Final = Marks({}, {}, (), ())
CAPTION: Final = re.compile(r"第.{1,4}条")  # a caption inside the official table, no prose


def document(source: Source) -> Document:
    """Prose and tables of the visible sheets, in order. Raises for packages that must not or cannot be opened."""
    problems: tuple[Problem, ...] = ()
    if source.body.lstrip()[:5] == b"<?xml":
        sheets = _xml_sheets(tree(source.body))
    else:
        if source.body[:2] == b"PK":
            verified(source.body, "xl/" if b"xl/" in source.body else "")
        is_xml = "xl/workbook.xml" in members(source.body)
        book = CalamineWorkbook.from_filelike(io.BytesIO(uncrossed(source.body) if is_xml else source.body))
        known = marks(source.body, MAX_ROWS) if is_xml else {}
        sheets, problems = _sheets(book, known), tuple(_problems(book, known))
    blocks = tuple(block for title, whole in sheets for block in parts(whole, title))
    return Document(next((block for block in blocks if isinstance(block, str)), ""), blocks, {}, problems)


def _sheets(workbook: CalamineWorkbook, known: Mapping[str, Marks]) -> Iterator[tuple[str, Grid]]:
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.visible == SheetVisibleEnum.Visible:
            yield meta.name, _grid(workbook.get_sheet_by_index(index), known.get(meta.name, PLAIN))


def _problems(workbook: CalamineWorkbook, known: Mapping[str, Marks]) -> Iterator[Problem]:
    """What a person does not see in the sheets, and what the file does not say."""
    for index, meta in enumerate(workbook.sheets_metadata):
        sheet, own = workbook.get_sheet_by_index(index), known.get(meta.name, PLAIN)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        if meta.visible != SheetVisibleEnum.Visible:
            if height:
                yield Problem("hidden_cells", "the sheet is hidden and was not read", f"sheet {meta.name}")
            continue
        if height > MAX_ROWS or width > MAX_COLUMNS:
            yield Problem("attachment_unreadable", f"{height} rows and {width} columns: only the first {MAX_ROWS} and "
                          f"{MAX_COLUMNS} are read", f"sheet {meta.name}")
        for kind, hidden, size in (("row", own.rows, height), ("column", own.columns, width)):
            if used := [n for n in hidden if n < size]:
                yield Problem("hidden_cells", f"hidden {kind}s: {len(used)}, read like the others",
                              f"sheet {meta.name}, {kind} {used[0] + 1}")
        if own.formulas:
            (row, column), formula = next(iter(own.formulas.items()))
            yield Problem("not_calculated", f"formulas whose result the file does not hold: {len(own.formulas)}, "
                          f"as {formula[:60]}", f"sheet {meta.name}, row {row + 1}, column {column + 1}")


def _grid(sheet: CalamineSheet, known: Marks) -> Grid:
    """A whole sheet from A1 on, merged ranges expanded."""
    values = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    rows = [[_printed_at(value, (r, c), known) for c, value in enumerate(row[:MAX_COLUMNS])]
            for r, row in enumerate(values)]
    height, width = len(rows), max(map(len, rows), default=0)
    merged = [Region(top, left, bottom + 1, right + 1, rows[top][left])
              for (top, left), (bottom, right) in sheet.merged_cell_ranges or () if top < height and left < width]
    single = [Region(r, c, r + 1, c + 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return spread(merged + single, height, width, "")


def _printed_at(value: object, place: tuple[int, int], known: Marks) -> str:
    """A cell as it is printed: its value with the unit of its format, its formula where it has no value."""
    unit = known.suffixes.get(place, "") if isinstance(value, (int, float)) else ""
    if unit == "%" and isinstance(value, (int, float)):
        value *= 100
    return known.formulas.get(place) or shown(value) + unit


def shown(value: object) -> str:
    """A cell's value as a person sees it, as far as the value alone tells.

    >>> shown(3.0), shown(0.1 + 0.2), shown(6603610.09), shown("  /"), shown(True)
    ('3', '0.3', '6603610.09', '/', '1')
    """
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, float):
        exact = Decimal(f"{value:.15g}")
        return format(exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact, "f")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip(" \t\r\n\u3000")


def parts(whole: Grid, title: str) -> Iterator[str | Grid]:
    """A sheet cut at its empty rows; a row that holds one cell alone is prose where it begins or ends a part."""
    for first, rows in _runs(whole.rows):
        start, end = 0, len(rows)
        while start < end and _is_prose(rows[start]):
            yield _printed(rows[start])[0]
            start += 1
        while end > start and _is_prose(rows[end - 1]):
            end -= 1
        if start < end:
            place = f"sheet {title}, rows {first + start + 1}-{first + end}"
            yield Grid(_trimmed(rows[start:end]), place)
        yield from (_printed(row)[0] for row in rows[end:])


def _runs(rows: tuple[tuple[Slot, ...], ...]) -> Iterator[tuple[int, list[tuple[Slot, ...]]]]:
    """Runs of rows that hold something, each with the index of its first row."""
    run: list[tuple[Slot, ...]] = []
    for index, row in enumerate((*rows, ())):
        if any(slot.text for slot in row):
            run.append(row)
        elif run:
            yield index - len(run), run
            run = []


def _printed(row: Iterable[Slot]) -> list[str]:
    return [slot.text for slot in row if slot.text and not slot.span]


def _is_prose(row: tuple[Slot, ...]) -> bool:
    printed = _printed(row)
    spanned = any(slot.span == "above" and slot.text for slot in row)
    return len(printed) == 1 and not spanned and not CAPTION.search(printed[0]) and not printed[0].isdigit()


def _trimmed(rows: list[tuple[Slot, ...]]) -> tuple[tuple[Slot, ...], ...]:
    """The rows without the columns at both sides in which nothing stands."""
    used = [c for c in range(len(rows[0])) if any(row[c].text for row in rows)]
    return tuple(row[used[0] : used[-1] + 1] for row in rows)


def _xml_sheets(root: etree._Element) -> Iterator[tuple[str, Grid]]:
    for sheet in (e for e in root.iter() if name(e) == "Worksheet"):
        regions = list(_xml_regions(e for e in sheet.iter() if name(e) == "Row"))
        height = min(MAX_ROWS, max((r.bottom for r in regions), default=0))
        width = min(MAX_COLUMNS, max((r.right for r in regions), default=0))
        yield _attribute(sheet, "Name") or "1", spread(regions, height, width, "")


def _xml_regions(rows: Iterator[etree._Element]) -> Iterator[Region]:
    top = 0
    for row in rows:
        top = _integer(row, "Index", top + 1)
        left = 0
        for cell in (e for e in row if name(e) == "Cell"):
            left = _integer(cell, "Index", left + 1)
            across, down = _integer(cell, "MergeAcross", 0), _integer(cell, "MergeDown", 0)
            text = "".join(str(t) for e in cell if name(e) == "Data" for t in e.itertext())
            yield Region(top - 1, left - 1, top + down, left + across, text.strip())
            left += across


def _attribute(element: etree._Element, wanted: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == wanted), "")


def _integer(element: etree._Element, wanted: str, default: int) -> int:
    value = _attribute(element, wanted)
    return int(value) if value.isdigit() and len(value) < 6 else default
