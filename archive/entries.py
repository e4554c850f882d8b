"""A report as the rows of its tables, made where it is read, so that the writer has only to insert them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.clones import fingerprint
from parsers.model import Cell, Kind, Problem, Report

from archive import gist
from archive.model import Capture
from archive.moments import stamp

Row = tuple[object, ...]
"""Values in the order of a table's columns."""


@dataclass(frozen=True, slots=True)
class Head:
    """The capture that starts a version. `key`: what the report's id is made of, where it has several pages."""

    capture_id: str
    url: str
    portal_id: str
    fetched_at: str
    key: tuple[str, ...] = ()

    @classmethod
    def of(cls, capture: Capture) -> "Head":
        """From the archive's own value."""
        return cls(capture.id, capture.url, capture.facts.portal_id, stamp(capture.fetched_at))


@dataclass(frozen=True, slots=True)
class Entry:
    """One report's rows by table, and the digest of what it says."""

    content: str
    rows: tuple[tuple[str, list[Row]], ...]


def entries(reports: Iterable[Report], head: Head) -> tuple[Entry, ...]:
    """The reports of a capture with all that hangs on them."""
    return tuple(_entry(report, position, head) for position, report in enumerate(reports))


def _entry(report: Report, position: int, head: Head) -> Entry:
    id, content = gist.number(*(head.key or (head.capture_id, str(position)))), gist.said([report])
    numbers = sum(c.kind is Kind.NUMBER for c in report.cells)
    own = (
        id, head.capture_id, head.url, head.portal_id, report.issuer, report.region_code, report.report_year,
        report.edition, report.scope, report.title, report.published and report.published.isoformat(), report.text,
        int(report.is_clone), None, 1, 1, position, head.fetched_at, id, None, content, numbers,
        fingerprint(report.cells, report.text) or None)
    return Entry(content, (
        ("reports", [own]),
        ("cells", [(id, c.table, row, c.column, *_value(c)) for row, c in _unique(report.cells)]),
        ("leftovers", [(id, i, c.table, c.row, c.column, *_value(c)) for i, c in enumerate(report.leftovers)]),
        ("sections", [(id, i, s.key, s.title, s.text) for i, s in enumerate(report.sections)]),
        ("checks", [(id, i, c.rule, c.scope, c.status, number(c.left_value), number(c.right_value), c.mode)
                    for i, c in enumerate(report.checks)]),
        ("figures", [(id, i, f.key, number(f.value), f.raw, f.quote, f.place) for i, f in enumerate(report.figures)]),
        ("evidence", [(id, i, e.fact, e.rule, e.quote) for i, e in enumerate(report.evidence)]),
        ("problems", problem_rows(id, head.capture_id, report.problems)),
    ))


def problem_rows(report: int | None, capture: str | None, problems: Iterable[Problem]) -> list[Row]:
    """Problems of a report, of a capture or of neither; the same one twice has the same key."""
    about = str(report), capture or ""
    return [(gist.number(*about, p.code, p.detail, p.place), report, capture, p.code, p.detail, p.place)
            for p in problems]


def number(value: Decimal | None) -> int | float | None:
    """A value as SQLite holds it: whole numbers as integers, others as floating point (cells keep the printed text)."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 1 << 63 else float(value)


def _value(cell: Cell) -> Row:
    return number(cell.value), cell.raw, cell.kind.value, cell.unit, cell.place


def _unique(cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Row keys, told apart by a number where a local table has one label twice."""
    seen: dict[tuple[str, str, str], int] = {}
    for cell in cells:
        count = seen[cell.table, cell.row, cell.column] = seen.get((cell.table, cell.row, cell.column), 0) + 1
        yield (cell.row if count == 1 else f"{cell.row} ({count})"), cell
