"""Tables that came through a text extractor: each cell again where blanks are kept, none wrong where they are gone."""

import html
import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from parsers import read
from parsers.forms import form
from parsers.model import Kind, Report, Source
from tests import flattened, rendering
from tests.rendering import Key, Sheet

REPORTS = 8


def _read(shape: flattened.Shape, way: str = "", reports: int = REPORTS) -> Iterator[tuple[Sheet, Report]]:
    for seed in range(reports):
        rng = random.Random(seed)
        edition = ("2014", "2019", "2021", "2021")[seed % 4]
        sheet = rendering.report(rng, edition)
        parts = [(table.key, shape(rng, rendering.boxes(sheet, table))) for table in form(edition).tables]
        (report,) = read(Source(_page(rendering.plain_text(parts), way).encode()))
        assert report.edition == edition
        yield sheet, report


def _page(text: str, way: str) -> str:
    """A text, or the page that a copyist made of it in one of some ways."""
    lines = html.escape(text).split("\n")
    inner = {
        "": text,
        "pre": f"<pre>{html.escape(text)}</pre>",
        "preserved": f"<div style='white-space: pre-wrap'>{html.escape(text)}</div>",
        "breaks": "<p>" + "<br>\n".join(lines) + "</p>",
        "paragraphs": "".join(f"\n\t<p>{line}</p>" for line in lines),
    }[way]
    return f"<html><head><title>公开</title></head><body>{inner}</body></html>" if way else text


def _values(report: Report) -> dict[Key, Decimal | None]:
    return {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}


@pytest.mark.parametrize("shape", flattened.WHOLE, ids=lambda shape: shape.__name__)
def test_every_cell_comes_back_where_blank_cells_show(shape: flattened.Shape) -> None:
    for sheet, report in _read(shape):
        assert _values(report) == sheet.values


@pytest.mark.parametrize("shape", [flattened.tabbed, flattened.lines, flattened.rows_spread], ids=lambda s: s.__name__)
@pytest.mark.parametrize("way", ["pre", "preserved", "breaks", "paragraphs"])
def test_text_that_a_page_shows_line_by_line(shape: flattened.Shape, way: str) -> None:
    for sheet, report in _read(shape, way, 3):
        assert _values(report) == sheet.values


@pytest.mark.parametrize("shape", flattened.WITHOUT_BLANKS, ids=lambda shape: shape.__name__)
def test_rows_with_blanks_that_do_not_show_are_told_and_never_guessed(shape: flattened.Shape) -> None:
    whole = 0
    for sheet, report in _read(shape):
        found = _values(report)
        assert {key: value for key, value in found.items() if value is not None}.items() <= sheet.values.items()
        lost = any(cell.kind is Kind.MISSING for cell in report.cells)
        assert lost == any(problem.code == "missing_cell" for problem in report.problems)
        whole += found == sheet.values
    assert whole >= REPORTS // 2, "reports without blanks are read whole"


def test_a_broken_label_is_no_heading() -> None:
    """四、结转下年度… is a row of the form, also where its second half stands in the next paragraph."""
    sheet = rendering.report(random.Random(3), "2021")
    text = rendering.plain_text(
        [(t.key, flattened.lines(random.Random(0), rendering.boxes(sheet, t))) for t in form("2021").tables]
    ).replace("四、结转下年度继续办理", "四、结转下年\n度继续办理")
    (report,) = read(Source(text.encode()))
    assert _values(report) == sheet.values
