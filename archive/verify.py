"""The archive held against itself: records, digests, revisits, index lines and database rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive import rows
from archive.audit import Trail, revisits, walk
from archive.folder import Folder
from archive.lines import Lines
from archive.model import Fault, Location
from archive.salvage import TORN
from archive.stream import OPEN


@dataclass(slots=True)
class Summary:
    """What was looked at."""

    files: int = 0
    records: int = 0
    captures: int = 0
    lines: int = 0
    rows: int = 0
    tails: int = 0
    faults: int = 0

    def __str__(self) -> str:
        tails = f", {self.tails} torn tails kept aside" if self.tails else ""
        return (f"{self.files} files, {self.records} records, {self.captures} captures, {self.lines} index lines, "
                f"{self.rows} rows{tails}; {self.faults or 'no'} fault{'' if self.faults == 1 else 's'}")


def verify(folder: Folder, summary: Summary) -> Iterator[Fault]:
    """Every fault, file by file, then what holds between files; `summary` counts as it goes."""
    for fault in _faults(folder, summary):
        summary.faults += 1
        yield fault


def _faults(folder: Folder, summary: Summary) -> Iterator[Fault]:
    trail, lines, count = Trail(), Lines(folder), list[int]()
    summary.tails = len(list(folder.warc.glob("*" + TORN)))
    yield from _unfinished(folder)
    yield from lines.faults()
    for path in folder.files():
        summary.files += 1
        for found in walk(path, trail):
            yield from [found] if isinstance(found, Fault) else lines.strike(*found)
    yield from lines.left()
    yield from revisits(trail)
    yield from rows.faults(folder, trail, count)
    summary.records, summary.captures = trail.records, len(trail.captures)
    summary.lines, summary.rows = lines.count, len(count)


def _unfinished(folder: Folder) -> Iterator[Fault]:
    for path in sorted(folder.warc.glob("*" + OPEN)):
        detail = "not finished: a crawl is running, or one was killed; the next crawl finishes it"
        yield Fault("file_open", detail, Location(path.name, 0, path.stat().st_size))


def line(fault: Fault) -> str:
    """A fault on one line: file, offset, code, what is wrong."""
    return f"{fault.location.warc_file}:{fault.location.offset}: {fault.code}: {' '.join(fault.detail.split())}"
