"""The one SQLite file: opened, made, written report by report. Only this module and its neighbours know SQL."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from parsers.model import Problem
from sqlite_utils import Database

from archive import leaves, schema
from archive.addresses import host, is_root
from archive.connection import WAIT, clear, read_only, version
from archive.entries import Entry, problem_rows
from archive.model import Fault, Note
from archive.moments import stamp
from archive.reading import Reading
from archive.tables import BY_NAME, TABLES

CHILDREN = ("parts", "cells", "leftovers", "sections", "checks", "figures", "problems", "evidence", "changes",
            "tombstones")
ONCE = "ON CONFLICT (id) DO NOTHING"
MOVE = "WHERE (excluded.warc_file, excluded.warc_offset) < (warc_file, warc_offset)"


def opened(path: Path) -> Database:
    """The database, made if it is not there. NianbaoError where it is locked, damaged or of another version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with clear(path):
        conn = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        db = Database(conn)
        is_new = not version(path, conn)
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA cache_size = -65536")  # KB: reports come in no order of their ids
        if is_new:
            with transaction(db):
                schema.create(db)
    return db


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
    row = (c.id, c.url, stamp(c.fetched_at), c.status, "", c.payload_digest, c.header("content-type"), c.fidelity,
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
    row = (note.record_id, note.kind, note.id, stamp(note.noted_at), data, place.warc_file, place.offset)
    move = "warc_file = excluded.warc_file, warc_offset = excluded.warc_offset"
    insert(conn, "notes", [row], f"ON CONFLICT (id) DO UPDATE SET {move} {MOVE}")


def save_fault(conn: sqlite3.Connection, fault: Fault) -> None:
    """A place of the archive that cannot be read, as a problem of no capture."""
    place = f"{fault.location.warc_file}:{fault.location.offset}"
    save_problems(conn, None, None, [Problem(fault.code, fault.detail, place)])


def save_reports(conn: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """The reports of a capture with all that hangs on them."""
    for entry in entries:
        for table, rows in entry.rows:
            insert(conn, table, rows, ONCE if table == "problems" else "")


def save_problems(conn: sqlite3.Connection, report: int | None, capture: str | None,
                  problems: Iterable[Problem]) -> None:
    """Problems; the same one twice is one row."""
    insert(conn, "problems", problem_rows(report, capture, problems), ONCE)


def forget(conn: sqlite3.Connection, reports: Iterable[int]) -> None:
    """Takes reports out with all that hangs on them."""
    ids = [(r,) for r in reports]
    for table in CHILDREN:
        conn.executemany(f"DELETE FROM {table} WHERE report_id = ?", ids)
    conn.executemany("DELETE FROM reports WHERE id = ?", ids)


def dump(path: Path) -> Iterator[str]:
    """Every row of every table as one line of JSON, in the order of the keys: equal databases give equal lines."""
    with read_only(path) as conn:
        for table in TABLES:
            for row in conn.execute(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.pk)}"):
                yield json.dumps([table.name, *row], ensure_ascii=False)
