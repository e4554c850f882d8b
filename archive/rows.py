"""The database's rows held against the records that they name."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from parsers.errors import NianbaoError

from archive.audit import Trail, short
from archive.connection import read_only
from archive.folder import Folder
from archive.model import Fault, Location
from archive.posted import asked

CAPTURES = "SELECT id, url, payload_digest, warc_file, warc_offset, warc_length FROM captures ORDER BY id"
ORPHANS = (
    ("report_without_capture", "SELECT id, capture_id FROM reports WHERE capture_id NOT IN (SELECT id FROM captures)"),
    ("part_without_capture",
     "SELECT DISTINCT report_id, capture_id FROM parts WHERE capture_id NOT IN (SELECT id FROM captures)"),
    ("cell_without_report", "SELECT DISTINCT report_id, '' FROM cells WHERE report_id NOT IN (SELECT id FROM reports)"),
)


def faults(folder: Folder, trail: Trail, count: list[int]) -> Iterator[Fault]:
    """Rows without their record, rows that say otherwise, records of loaded files without a row.

    `count` gets the number of capture rows. No database is no fault: it can be made at any time.
    """
    if not folder.database.exists():
        return
    try:
        with read_only(folder.database) as db:
            yield from _captures(folder, db, trail, count)
            for code, query in ORPHANS:
                for id, other in db.execute(query):
                    told = f"names {other}, which is not there" if other else "is gone"
                    yield _fault(folder, code, f"row {id} {told}")
    except NianbaoError as error:
        yield _fault(folder, "database_unreadable", str(error))


def _captures(folder: Folder, db: sqlite3.Connection, trail: Trail, count: list[int]) -> Iterator[Fault]:
    files = {path.name for path in folder.files()}
    seen: set[int] = set()
    for id, url, digest, file, offset, length in db.execute(CAPTURES):
        count.append(1)
        key, place = short(id), Location(file, offset, length)
        seen.add(key)
        known = trail.captures.get(key)
        if known is None:
            if file in files or not Path(file).exists():
                yield Fault("row_without_record", f"row {id} ({url}): no such record", place)
        elif known[:3] != (file, offset, length):
            detail = f"row {id} ({url}), but the record is at {known[0]}:{known[1]}, {known[2]} bytes"
            yield Fault("row_place_wrong", detail, place)
        elif known[3] not in (short(asked(url), digest or ""), short(asked(url), "")):
            yield Fault("row_differs", f"row {id}: URL or digest is not what the record says", place)
    for key in trail.captures.keys() - seen:
        file, offset, length, _ = trail.captures[key]
        if file in _loaded(db):
            yield Fault("record_without_row", "a capture, but no row of it in a file that was loaded",
                        Location(file, offset, length))


def _loaded(db: sqlite3.Connection) -> set[str]:
    """Files that are said to be in the database as a whole."""
    is_told = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'warc_files'").fetchone()
    return {name for (name,) in db.execute("SELECT name FROM warc_files")} if is_told else set()


def _fault(folder: Folder, code: str, detail: str) -> Fault:
    return Fault(code, detail, Location(folder.database.name, 0, 0))
