"""Reports as attachments: whatever program printed them, every cell is read back, none is invented."""

from pathlib import Path
from random import Random

import pytest

from parsers import read
from parsers.forms import form
from parsers.model import Kind, Report, Source
from tests.libreoffice import batch, needed
from tests.papers import Paper, expected, paper
from tests.printing import Style, as_pdf, style
from tests.renderings import as_docx, as_xls, as_xlsx

EDITIONS = ("local", "2014", "2019", "2021")
LAYOUTS = ("strokes", "fills", "none", "docx", "numbered docx", "xlsx", "xls")


def rendered(one: Paper, layout: str, random: Random) -> Source:
    """The paper as a file of that kind; PDF layouts are named by their rules."""
    office = {"docx": as_docx, "xlsx": as_xlsx, "xls": as_xls}
    if layout == "numbered docx":
        return Source(as_docx(one, is_numbered=True), name="report.docx")
    if layout in office:
        return Source(office[layout](one), name=f"report.{layout}")
    return Source(as_pdf(one, style(random, layout)), name="report.pdf")


def faults(one: Paper, report: Report) -> list[str]:
    """Every cell of the report that is not what the paper prints."""
    cells = {(c.table, c.row, c.column): c for c in report.cells}
    units = {(c.table, c.row, c.column): c.unit for c in form(one.edition).cells} if one.edition != "local" else {}
    found = [f"{name}: {got!r} is not {wanted!r}" for name, got, wanted in (
        ("edition", report.edition, one.edition), ("year", report.report_year, one.year),
        ("issuer", report.issuer, one.issuer), ("cells", sorted(set(cells) ^ set(one.raw)), []))
        if got != wanted]
    for key in one.raw.keys() & cells.keys():
        value = expected(one.raw[key], units.get(key, "元" if "万元" in key[1] else ""))
        kind = Kind.BLANK if value is None else Kind.NUMBER
        if key[2] == "代码":
            value, kind = None, Kind.TEXT
        if (cells[key].value, cells[key].kind) != (value, kind):
            found.append(f"{key}: {cells[key].raw!r} ({cells[key].kind}) is not {one.raw[key]!r}")
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_report_is_read_from_every_kind_of_file(edition: str, layout: str) -> None:
    random = Random(f"{edition} {layout}")
    one = paper(random, edition)
    (report,) = read(rendered(one, layout, random))
    assert faults(one, report) == []
    assert not report.leftovers


@pytest.mark.parametrize("look", [
    Style(offset=300.0), Style(offset=300.0, repeat=True), Style(offset=420.0, broken_rows=True, narrow=0.6, size=10.5),
    Style("fills", landscape=True, broken_rows=True), Style("none", offset=250.0, narrow=0.6),
    Style("none", offset=400.0, repeat=True, landscape=True),
])
def test_tables_over_page_ends_are_whole(look: Style) -> None:
    one = paper(Random(5), "2021")
    (report,) = read(Source(as_pdf(one, look)))
    assert faults(one, report) == []


@pytest.mark.slow
def test_264_random_attachments_without_a_wrong_cell() -> None:
    wrong = []
    for number in range(264):
        random = Random(number)
        one = paper(random, EDITIONS[number % 4])
        layout = LAYOUTS[number // 4 % len(LAYOUTS)]
        (report,) = read(rendered(one, layout, random))
        wrong += [f"paper {number}, {layout}: {fault}" for fault in faults(one, report)]
    assert wrong == []


@needed
@pytest.mark.slow
def test_36_attachments_that_libreoffice_wrote_without_a_wrong_cell(tmp_path: Path) -> None:
    """DOC and RTF, turned into DOCX as `parsers.convert` does, but all in one run; XLS as it writes them."""
    papers = {str(number): paper(Random(1000 + number), EDITIONS[number % 4]) for number in range(12)}
    words = {f"{number}.docx": as_docx(one, is_numbered=int(number) % 8 > 3) for number, one in papers.items()}
    found: list[tuple[str, bytes]] = []
    for into in ("doc", "rtf"):
        old = batch(tmp_path, words, into)
        found += batch(tmp_path / into, {f"{number}.{into}": body for number, body in old.items()}, "docx").items()
    found += batch(tmp_path, {f"{number}.xlsx": as_xlsx(one) for number, one in papers.items()}, "xls").items()
    wrong = []
    for number, body in found:
        (report,) = read(Source(body))
        wrong += [f"paper {number}: {fault}" for fault in faults(papers[number], report)]
    assert len(found) == 36
    assert wrong == []
