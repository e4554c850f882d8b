"""The writing side of a load: readings go in one transaction each, then history, versions and years are settled."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.model import Problem, Report, Source
from sqlite_utils import Database

from archive import aggregates, database, notes, series, years
from archive.books import Book, align, books, bury, is_there, save, siblings
from archive.derive import Wanted, affected, derive
from archive.entries import Head, entries
from archive.model import Capture, Fault, Location, Note
from archive.reading import Reading

# A payload that was not there when its revisit was read, and came with a later file.
RESOLVED = """DELETE FROM problems WHERE code = 'revisit_unresolved' AND EXISTS (
  SELECT 1 FROM captures r JOIN captures o ON o.id = r.refers_to WHERE r.id = problems.capture_id)"""
BATCH = 1000  # captures after which rows are brought in line


@dataclass(frozen=True, slots=True)
class Again:
    """Where the bytes of a report are, and what else the parsers have to know; the sources' own bodies are empty.

    `numbers`: those of its pages, where it is printed over several addresses.
    """

    sources: tuple[tuple[Location, Source], ...]
    numbers: tuple[int, ...] = ()


@dataclass(slots=True)
class Loader:
    """Writes readings; `again` reads captures a second time. What has not been settled waits in memory as ids."""

    db: Database
    again: Callable[[list[Again]], Iterator[tuple[Report, ...]]]
    pending: list[str] = field(default_factory=list)
    noted: list[Note] = field(default_factory=list)

    def is_known(self, item: Capture | Note) -> bool:
        """Whether the record is there already, at this place or an earlier one."""
        table, id = ("notes", item.record_id) if isinstance(item, Note) else ("captures", item.id)
        row = self.db.conn.execute(f"SELECT warc_file, warc_offset FROM {table} WHERE id = ?", (id,)).fetchone()
        return row is not None and tuple(row) <= (item.location.warc_file, item.location.offset)

    def add(self, *readings: Reading) -> None:
        """Captures with their reports, all or nothing."""
        with database.transaction(self.db) as conn:
            for read in readings:
                known = conn.execute("SELECT 1 FROM captures WHERE id = ?", (read.capture.id,)).fetchone()
                database.save_capture(conn, read)
                if read.reports and not known:
                    database.save_reports(conn, read.reports)
        self.pending += [read.capture.id for read in readings]
        if len(self.pending) >= BATCH:
            self.settle()

    def tell(self, item: Note | Fault) -> None:
        """A note or a fault."""
        with database.transaction(self.db) as conn:
            if isinstance(item, Note):
                database.save_note(conn, item)
                self.noted.append(item)
            else:
                database.save_fault(conn, item)

    def settle(self) -> None:
        """Brings outcomes, pages, versions, changes, clones and checks between years in line with the captures."""
        if not (self.pending or self.noted):
            return
        with database.transaction(self.db) as conn:
            urls = affected(conn, self.pending) | notes.settle(conn, self.noted, self.pending)
            urls |= siblings(conn, urls)
            wanted, lost = derive(conn, urls)
            if wanted:
                self._read(conn, wanted)
                derive(conn, urls)
            found, gone = books(conn, urls)
            self._bind(conn, [book for book in found if not is_there(conn, book)])
            bury(conn, found)
            align(conn, found)
            urls |= {book.sheets[0][1].url for book in found}
            lost += gone
            changed = series.settle(conn, urls, lost)
            years.settle(conn, changed, lost)
            aggregates.settle(conn, changed, lost)
            conn.execute(RESOLVED)
        self.pending.clear()
        self.noted.clear()

    def _read(self, conn: sqlite3.Connection, wanted: Iterable[Wanted]) -> None:
        heads = [(w.capture_id, w.origin_id) for w in wanted]
        reread = self.again([Again((_place(conn, *head),)) for head in heads])
        for (id, _), reports in zip(heads, reread, strict=True):
            database.save_reports(conn, entries((r for r in reports if r.is_report), _head(conn, id)))

    def _bind(self, conn: sqlite3.Connection, found: Sequence[Book]) -> None:
        """Reads split reports as a whole, from their pages."""
        wanted = [Again(tuple(_place(conn, sheet.capture_id, sheet.origin_id) for _, sheet in book.sheets),
                        tuple(n for n, _ in book.sheets) if len(book.leaves) > 1 else ()) for book in found]
        for book, (report,) in zip(found, self.again(wanted), strict=True):
            if report.is_report:
                head = replace(_head(conn, book.sheets[0][1].capture_id), fetched_at=book.seen, key=book.key)
                database.save_reports(conn, entries((_told(book, report),), head))
                save(conn, book)


def _told(book: Book, report: Report) -> Report:
    """The report with the pages that are missing told."""
    if not book.missing:
        return report
    numbers = ", ".join(map(str, book.missing))
    problem = Problem("pages_missing", f"page {numbers} of {book.leaves[-1].number}: not in the archive as parts of it",
                      next(leaf.url for leaf in book.leaves if not leaf.sheet))
    return replace(report, problems=(*report.problems, problem))


def _head(conn: sqlite3.Connection, capture: str) -> Head:
    sql = "SELECT id, url, portal_id, fetched_at FROM captures WHERE id = ?"
    return Head(*conn.execute(sql, (capture,)).fetchone())


def _place(conn: sqlite3.Connection, capture: str, origin: str) -> tuple[Location, Source]:
    """Where a capture's bytes are and what the parsers have to know of it beside them."""
    sql = "SELECT warc_file, warc_offset, warc_length FROM captures WHERE id = ?"
    location = Location(*conn.execute(sql, (origin,)).fetchone())
    sql = "SELECT url, coalesce(nullif(content_type, ''), (SELECT content_type FROM captures WHERE id = ?)), anchor " \
          "FROM captures WHERE id = ?"
    url, content_type, anchor = conn.execute(sql, (origin, capture)).fetchone()
    return location, Source(b"", url, content_type, "", anchor)
