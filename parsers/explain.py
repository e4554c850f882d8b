"""For people: each table as it was read, cell by cell with its place, what was left over, the checks and doubts."""

from collections.abc import Iterator

from parsers.editions import edition
from parsers.forms import EDITIONS, by_key
from parsers.model import Cell, Document, Grid, Kind, Report
from parsers.recognise import page_kind

_WIDTH = 24  # characters of a cell shown


def explained(opened: Document, reports: tuple[Report, ...], source: str) -> str:
    """The printed grids, then for each report its facts with their reasons, its cells, leftovers, checks, problems."""
    lines = [f"# {source}", *(line for grid in opened.grids for line in _grid(grid))]
    for report in reports:
        lines += _report(report) if report.is_report else _other(opened, report)
    return "\n".join(lines)


def _other(opened: Document, report: Report) -> Iterator[str]:
    """What a page is that is no report, and by which words."""
    found = page_kind(opened, edition(opened.grids)[0] is not None)
    words = f": {_short(found.quote)!r}" if found.quote else ""
    yield f"\nnot an annual report but {found.kind}: {found.rule}{words}"
    yield from _problems(report)


def _grid(grid: Grid) -> Iterator[str]:
    kind = "aligned" if grid.aligned else "from flattened text"
    yield f"\n## {grid.place} ({kind}, {len(grid.rows)} rows)"
    for number, row in enumerate(grid.rows, 1):
        shown = (
            _short(slot.text) if slot.span == "" else {"left": "←", "above": "↑"}.get(slot.span, "∅") for slot in row
        )
        yield f"{number:4}  " + " | ".join(shown)


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _report(report: Report) -> Iterator[str]:
    yield f"\n## {report.title or 'no title'}"
    yield f"edition {report.edition}, year {report.report_year}, {report.issuer} ({report.region_code})"
    yield f"scope {report.scope}, published {report.published}" + ", a copy" * report.is_clone
    yield from (f"  {e.fact}: {e.rule}: {_short(e.quote)!r}" for e in report.evidence)
    yield from _cells(report)
    yield from (f"told {f.key}: {f.raw} in {_short(f.quote)!r}  [{f.place}]" for f in report.figures)
    yield from _checks(report)
    yield from _problems(report)


def _problems(report: Report) -> Iterator[str]:
    yield from (f"problem {p.code}: {p.detail}" + (f" ({p.place})" if p.place else "") for p in report.problems)


def _cells(report: Report) -> Iterator[str]:
    known = by_key(report.edition) if report.edition in EDITIONS else {}
    for cell in report.cells:
        of = known.get((cell.table, cell.row, cell.column))
        label = f"{of.row_label} × {of.column_label}" if of else f"{cell.row} × {cell.column}"
        yield f"{cell.table}/{cell.row}/{cell.column}  {_value(cell)}  {label}  [{cell.place or 'nowhere'}]"
    yield from (f"left over: {cell.row} × {cell.column}: {_value(cell)}  [{cell.place}]" for cell in report.leftovers)


def _value(cell: Cell) -> str:
    if cell.kind is not Kind.NUMBER:
        return f"{cell.kind.value} {cell.raw!r}" if cell.raw else cell.kind.value
    return f"{cell.value:f} {cell.unit} from {cell.raw!r}"


def _checks(report: Report) -> Iterator[str]:
    for check in report.checks:
        if check.status == "fail" or (check.mode == "strict" and check.status == "pass"):
            sides = f"{check.left_value} ~ {check.right_value}"
            yield f"check {check.status} {check.rule} {check.scope}: {sides} ({check.mode})"
