"""The index held against the records."""

from collections.abc import Iterator

from archive.audit import short
from archive.cdxj import Entry, entry
from archive.folder import Folder
from archive.index import path
from archive.measure import Measure
from archive.model import Fault, Location


class Lines:
    """The lines of the index, struck off one by one as their records are seen."""

    def __init__(self, folder: Folder) -> None:
        self._path = path(folder)
        self._left: dict[int, tuple[int, Location]] = {}
        self.count = 0

    def faults(self) -> Iterator[Fault]:
        """Reads the index; lines that cannot be read, or stand out of order."""
        if not self._path.exists():
            yield Fault("index_missing", "there is no index; any crawl, or scrapy wacz, makes it anew", self._at(0, 0))
            return
        last, offset = b"", 0
        with self._path.open("rb") as file:
            for line in file:
                yield from self._line(line, last, offset)
                last, offset = line, offset + len(line)

    def _line(self, line: bytes, last: bytes, offset: int) -> Iterator[Fault]:
        self.count += 1
        found = entry(line.decode("utf-8", "replace")) if line.endswith(b"\n") else None
        if found is None:
            yield Fault("index_line", f"not a line of an index: {line[:60]!r}", self._at(offset, len(line)))
            return
        if line < last:
            yield Fault("index_order", "the line is out of order; searching the index misses it",
                        self._at(offset, len(line)))
        self._left[_place(found.location)] = (_content(found), found.location)

    def strike(self, measure: Measure, place: Location) -> Iterator[Fault]:
        """Takes the record's line off the list."""
        raw = measure.raw
        if not raw.is_indexed or not self._path.exists():
            return
        line = self._left.pop(_place(place), None)
        told = Entry(raw.type, raw.id, raw.url, raw.header("warc-date"), str(measure.head.status or ""), "",
                     measure.payload_digest, place)
        if line is None:
            yield Fault("index_line_missing", f"no index line for {raw.url}", place)
        elif line[0] != _content(told):
            yield Fault("index_line_wrong", f"the index line differs from the record of {raw.url}", place)

    def left(self) -> Iterator[Fault]:
        """Lines for which there was no record."""
        for _, place in self._left.values():
            yield Fault("index_line_stray", "an index line, but no record starts here", place)

    def _at(self, offset: int, length: int) -> Location:
        return Location(self._path.name, offset, length)


def _place(location: Location) -> int:
    return short(location.warc_file, location.offset)


def _content(found: Entry) -> int:
    return short(found.type, found.id, found.url, found.date, found.status, found.payload_digest, found.location.length)
