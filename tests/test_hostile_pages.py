"""Pages that are broken, huge or meant to hurt: always an answer, within seconds, and nothing invented."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import read
from parsers.model import Source
from parsers.reading import document

TITLE = "沙河子市水务局2020年政府信息公开工作年度报告"


def _page(inner: str) -> bytes:
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{inner}</body></html>".encode()


HEAD = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
HOSTILE = {
    "empty": b"",
    "white space": b" \r\n\t\n",
    "rubbish": bytes(range(256)) * 4000,
    "rubbish in a page": b"<html><body>" + "年度报告".encode() + bytes(range(256)) * 4000,
    "a cell of five million digits": _page(
        f"<table>{HEAD}<tr><td>规章</td><td>{'9' * 5_000_000}</td><td>1</td><td>2</td></tr></table>"
    ),
    "a row span of a million": _page(
        f"<table>{HEAD}<tr><td rowspan=1000000 colspan=1000000>规章</td><td>1</td></tr></table>"
    ),
    "spans that multiply": _page(
        "<table>" + ("<tr>" + "<td rowspan=5000 colspan=60>规章</td>" * 60 + "</tr>") * 200 + "</table>"
    ),
    "a hundred thousand divisions deep": _page("<div>" * 100_000 + "规章" + "</div>" * 100_000),
    "three thousand tables deep": _page("<table><tr><td>" * 3000 + "规章" + "</td></tr></table>" * 3000),
    "two thousand lists deep": _page("<ul><li>一、总体情况" * 2000),
    "twenty thousand tables": _page("<table><tr><td>规章</td><td>1</td></tr></table>" * 20_000),
    "a million pipes": f"{TITLE}\n{'|' * 1_000_000}".encode(),
    "700,000 blank lines": f"{TITLE}\n规章\n{chr(10) * 700_000}行政许可\n0\n".encode(),
    "rows without end": f"{TITLE}\n{'规章 | 1 | 2 | 3 |' + chr(10)}".encode() * 50_000,
    "an unclosed table": _page("<table>" + HEAD + "<tr><td>规章<td>1<td>2<td>3"),
    "a string without its end": _page('<script>document.write("' + r'<td class=\"a\">1</td>' * 20_000 + "</script>"),
    "zero bytes": _page("规\0章\0") * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_within_seconds(name: str) -> None:
    start = time.process_time()
    reports = read(Source(HOSTILE[name]))
    assert reports
    assert time.process_time() - start < 8


def test_a_number_beyond_all_counting_is_text() -> None:
    (grid,) = document(Source(HOSTILE["a cell of five million digits"])).grids
    assert len(grid.rows) == 2
    (report,) = read(Source(HOSTILE["a cell of five million digits"]))
    assert all(cell.value in (None, 1, 2) for cell in report.cells)


def test_spans_are_clamped_to_the_table() -> None:
    (grid,) = document(Source(HOSTILE["a row span of a million"])).grids
    assert {len(row) for row in grid.rows} == {5}  # four columns, and the cell pushed out behind them


def test_an_unclosed_table_is_read() -> None:
    (report,) = read(Source(HOSTILE["an unclosed table"]))
    assert [c.value for c in report.cells if c.row == "regulations"] == [1, 2, 3]


spans = st.integers(0, 9)
cells = st.tuples(st.sampled_from(("规章", "0", "", "本年制发件数", "合计")), spans, spans)


@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_an_expanded_grid_is_a_rectangle(rows: list[list[tuple[str, int, int]]]) -> None:
    body = "".join(
        "<tr>" + "".join(f"<td colspan={w} rowspan={h}>{t}</td>" for t, w, h in row) + "</tr>" for row in rows
    )
    for grid in document(Source(_page(f"<table>{body}</table>"))).grids:
        assert len({len(row) for row in grid.rows}) == 1
        assert sum(s.span == "" for row in grid.rows for s in row) <= sum(map(len, rows))


@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 400))
@settings(max_examples=150)
def test_a_page_with_bytes_overwritten_is_still_answered(noise: bytes, at: int, cut: int) -> None:
    page = HOSTILE["an unclosed table"] * 2
    at %= len(page)
    for report in read(Source(page[:at] + noise + page[at + cut :])):
        assert len({(c.table, c.row, c.column) for c in report.cells}) == len(report.cells)
