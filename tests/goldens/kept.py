"""Goldens as they are kept: what is read in an input, as the JSON of `python -m parsers` without what the form implies.

Cells that the form has and the source does not, and checks that these leave without answer, are not written out: they
follow from the edition and would be most of each file.
"""

from dataclasses import replace
from pathlib import Path

from archive.warc import captures
from parsers import read
from parsers.__main__ import line
from parsers.model import Kind, Report, Source

GOLDEN = Path(__file__).parents[1] / "golden"


def inputs() -> list[Path]:
    """The input of each golden."""
    return sorted([*GOLDEN.glob("*/input.*"), *GOLDEN.glob("*/capture.warc")])


def reports(path: Path) -> tuple[Report, ...]:
    """What the parser reads in an input."""
    if path.name == "capture.warc":
        return read(next(captures(path)).source)
    return read(Source(path.read_bytes(), name=path.name))


def printed(path: Path) -> list[str]:
    """One JSON object for each report of an input."""
    return [line(_short(report), path.parent.name) for report in reports(path)]


def write(path: Path) -> Path:
    """Keeps what is read now as what must be read."""
    target = path.with_name("report.json")
    target.write_text("[\n" + ",\n".join(printed(path)) + "\n]\n", encoding="utf-8")
    return target


def _short(report: Report) -> Report:
    return replace(
        report,
        cells=tuple(c for c in report.cells if c.kind is not Kind.MISSING),
        checks=tuple(c for c in report.checks if c.status != "not_assessable"),
    )
