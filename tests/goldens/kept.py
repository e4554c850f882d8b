"""Goldens as they are kept: an input as it came, and report.json with all that must be read in it."""

from pathlib import Path

from archive.golden import expected
from archive.warc import captures
from parsers import read
from parsers.model import Report, Source

GOLDEN = Path(__file__).parents[1] / "golden"


def inputs() -> list[Path]:
    """The input of each golden."""
    return sorted([*GOLDEN.glob("*/input.*"), *GOLDEN.glob("*/capture.warc")])


def source(path: Path) -> Source:
    """An input as the parser gets it; a file bears the name of its folder."""
    if path.name == "capture.warc":
        return next(captures(path)).source
    return Source(path.read_bytes(), name=path.parent.name + path.suffix)


def reports(path: Path) -> tuple[Report, ...]:
    """What the parser reads in an input."""
    return read(source(path))


def write(path: Path) -> bool:
    """Keeps what is read now as what must be read; whether that is something else than before."""
    target = path.with_name("report.json")
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(now := expected(source(path)), encoding="utf-8")
    return now != before
