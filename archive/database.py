"""The one SQLite file: opened, made, written report by report. Only this module and its neighbours know SQL."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from parsers.clones import fingerprint
from parsers.errors import NianbaoError
from parsers.model import Cell, Kind, Problem, Report
from sqlite_utils import Database

from archive import gist, leaves, schema
from archive.history import host, is_root
from archive.model import Capture, Fault, Note
from archive.reading import Reading
from archive.tables import BY_NAME, TABLES

WAIT = 10.0  # seconds to wait for another process that writes
CHILDREN = ("parts", "cells", "leftovers", "sections", "checks", "figures", "problems", "evidence", "changes",
            "tombstones")
MOVE = "WHERE (excluded.warc_file, excluded.warc_offset) < (warc_file, warc_offset)"


def iso(moment: datetime) -> str:
    """A moment as the database writes it: 2026-01-02T03:04:05Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def opened(path: Path) -> Database:
    """The database, made if it is not there. NianbaoError where it is locked, damaged or of another version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with clear(path):
        conn = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        db = Database(conn)
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, schema.VERSION):
            conn.close()
            raise NianbaoError(f"{path} is of version {version}, this program writes version {schema.VERSION}; "
                               "make it anew with: scrapy load --rebuild")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        if not version:
            with transaction(db):
                schema.create(db)
    return db


@contextmanager
def clear(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into one line that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise NianbaoError(f"{path} is locked: another program writes to it; wait for it or close it, then run "
                               "`scrapy load` again") from None
        raise NianbaoError(f"cannot use database {path}: {error}; check the folder and its free space") from None
    except sqlite3.DatabaseError as error:
        raise NianbaoError(f"{path} is no database that can be read: {error}; make it anew with: "
                           "scrapy load --rebuild") from None


@contextmanager
def transaction(db: Database) -> Iterator[sqlite3.Connection]:
    """All or nothing, with the write lock taken at once."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db.conn
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")


def insert(conn: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]], conflict: str = "") -> None:
    """Rows in the order of the table's columns; `conflict` is an ON CONFLICT clause."""
    names = BY_NAME[table].names
    places = ", ".join("?" * len(names))
    conn.executemany(f'INSERT INTO {table} ({", ".join(names)}) VALUES ({places}) {conflict}', rows)


def save_capture(conn: sqlite3.Connection, read: Reading) -> None:
    """The capture's row. Of a record that stands in two files the first place counts."""
    c, f = read.capture, read.capture.facts
    row = (c.id, c.url, iso(c.fetched_at), c.status, "", c.payload_digest, c.header("content-type"), c.fidelity,
           c.location.warc_file, c.location.offset, c.location.length, f.portal_id, f.via, f.anchor, f.run_id, f.reason,
           f.depth, c.record_type, c.revisit_profile, c.refers_to, c.truncated, c.error, c.header("etag"),
           c.header("last-modified"), read.redirect_to, read.digest, read.holds, int(read.is_suspended), host(c.url),
           int(is_root(c.url)), read.challenge, None)
    move = "warc_file = excluded.warc_file, warc_offset = excluded.warc_offset, warc_length = excluded.warc_length"
    insert(conn, "captures", [row], f"ON CONFLICT (id) DO UPDATE SET {move} {MOVE}")
    save_problems(conn, None, c.id, read.problems)
    if read.part:
        insert(conn, "leaves", leaves.rows(c.id, c.url, read.part), "ON CONFLICT DO NOTHING")


def save_note(conn: sqlite3.Connection, note: Note) -> None:
    """The note's row."""
    place = note.location
    data = json.dumps(note.data, ensure_ascii=False, sort_keys=True)
    row = (note.record_id, note.kind, note.id, iso(note.noted_at), data, place.warc_file, place.offset)
    move = "warc_file = excluded.warc_file, warc_offset = excluded.warc_offset"
    insert(conn, "notes", [row], f"ON CONFLICT (id) DO UPDATE SET {move} {MOVE}")


def save_fault(conn: sqlite3.Connection, fault: Fault) -> None:
    """A place of the archive that cannot be read, as a problem of no capture."""
    place = f"{fault.location.warc_file}:{fault.location.offset}"
    save_problems(conn, None, None, [Problem(fault.code, fault.detail, place)])


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
        return cls(capture.id, capture.url, capture.facts.portal_id, iso(capture.fetched_at))


def save_reports(conn: sqlite3.Connection, reports: Iterable[Report], head: Head) -> None:
    """The reports of a capture with all that hangs on them."""
    for position, report in enumerate(reports):
        _save(conn, report, position, head)


def _save(conn: sqlite3.Connection, report: Report, position: int, head: Head) -> None:
    id = gist.number(*(head.key or (head.capture_id, str(position))))
    figures = sum(c.kind is Kind.NUMBER for c in report.cells)
    insert(conn, "reports", [(
        id, head.capture_id, head.url, head.portal_id, report.issuer, report.region_code, report.report_year,
        report.edition, report.scope, report.title, report.published and report.published.isoformat(), report.text,
        int(report.is_clone), None, 1, 1, position, head.fetched_at, id, None,
        gist.said([report]), figures, fingerprint(report.cells, report.text) or None)])
    insert(conn, "cells", [(id, c.table, row, c.column, number(c.value), c.raw, c.kind.value, c.unit, c.place)
                           for row, c in _unique(report.cells)])
    insert(conn, "leftovers", [(id, i, c.table, c.row, c.column, number(c.value), c.raw, c.kind.value, c.unit, c.place)
                               for i, c in enumerate(report.leftovers)])
    insert(conn, "sections", [(id, i, s.key, s.title, s.text) for i, s in enumerate(report.sections)])
    insert(conn, "checks", [(id, i, c.rule, c.scope, c.status, number(c.left_value), number(c.right_value), c.mode)
                            for i, c in enumerate(report.checks)])
    insert(conn, "figures", [(id, i, f.key, number(f.value), f.raw, f.quote, f.place)
                             for i, f in enumerate(report.figures)])
    insert(conn, "evidence", [(id, i, e.fact, e.rule, e.quote) for i, e in enumerate(report.evidence)])
    save_problems(conn, id, head.capture_id, report.problems)


def save_problems(conn: sqlite3.Connection, report: int | None, capture: str | None,
                  problems: Iterable[Problem]) -> None:
    """Problems; the same one twice is one row."""
    about = str(report), capture or ""
    rows = [(gist.number(*about, p.code, p.detail, p.place), report, capture, p.code, p.detail, p.place)
            for p in problems]
    insert(conn, "problems", rows, "ON CONFLICT (id) DO NOTHING")


def forget(conn: sqlite3.Connection, reports: Iterable[int]) -> None:
    """Takes reports out with all that hangs on them."""
    ids = [(r,) for r in reports]
    for table in CHILDREN:
        conn.executemany(f"DELETE FROM {table} WHERE report_id = ?", ids)
    conn.executemany("DELETE FROM reports WHERE id = ?", ids)


def number(value: Decimal | None) -> int | float | None:
    """A value as SQLite holds it: whole numbers as integers, others as floating point (cells keep the printed text)."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 1 << 63 else float(value)


def _unique(cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Row keys, told apart by a number where a local table has one label twice."""
    seen: dict[tuple[str, str, str], int] = {}
    for cell in cells:
        count = seen[cell.table, cell.row, cell.column] = seen.get((cell.table, cell.row, cell.column), 0) + 1
        yield (cell.row if count == 1 else f"{cell.row} ({count})"), cell




def dump(path: Path) -> Iterator[str]:
    """Every row of every table as one line of JSON, in the order of the keys: equal databases give equal lines."""
    with clear(path):
        conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        for table in TABLES:
            for row in conn.execute(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.pk)}"):
                yield json.dumps([table.name, *row], ensure_ascii=False)
        conn.close()
