"""Loads WARC files into the database, whole files at a time."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from parsers.errors import NianbaoError
from sqlite_utils import Database

from archive import database, schema
from archive.code import mark
from archive.connection import WAIT, clear
from archive.database import opened
from archive.folder import Folder
from archive.loader import Loader
from archive.model import Capture, Note
from archive.pool import Pool
from archive.reading import is_readable, reading
from archive.summary import Counts, Summary, counts, summary
from archive.warc import records

Progress = Callable[[int, int], None]
"""Told bytes read so far and bytes in all."""
LOG = logging.getLogger(__name__)
TOGETHER = 16  # captures that are written at once
NEW = ".new"  # ending of the file that a rebuild writes
MANY = 0.1    # share of new reports from which the full-text index is built anew, which packs it


def load(folder: Folder, paths: Sequence[Path] | None = None, *, workers: int = 1, rebuild: bool = False,
         progress: Progress | None = None, before: Counts | None = None) -> Summary:
    """Makes the rows of these WARC files, or of all in DATA. Loading a file twice makes no row twice.

    `rebuild` starts from nothing in a new file, which takes the old one's place at the end. Raises NianbaoError for a
    file that is not there or cannot be read, and for a database that is locked.
    """
    files = _files(folder, paths)
    path = folder.database.with_name(folder.database.name + NEW) if rebuild else folder.database
    if rebuild:
        _remove(path)
    started = time.monotonic()
    db = opened(path)
    if rebuild:
        schema.unindexed(db.conn)
    elif db.conn.execute("PRAGMA application_id").fetchone()[0] != mark():
        LOG.warning("%s was made by other code; make it anew with scrapy load --rebuild, or what is read better now "
                    "may be told as a change", path)
    with clear(path), Pool(folder, workers) as pool:
        before = before or ({} if rebuild else counts(db))
        loader = Loader(db, pool.again)
        total = sum(file.stat().st_size for file, _ in files)
        done = 0
        for file, name in files:
            _load(loader, pool, file, name, partial(_tell, progress, done, total))
            done += file.stat().st_size
        loader.settle()
        _index(db, before)
        told = summary(db, str(folder.database), before, time.monotonic() - started)
        if rebuild:
            db.conn.execute("PRAGMA journal_mode = DELETE")
        db.close()
    if rebuild:
        _swap(path, folder.database)
    return told


def _tell(progress: Progress | None, base: int, total: int, at: int) -> None:
    if progress:
        progress(base + at, total)


def _files(folder: Folder, paths: Sequence[Path] | None) -> list[tuple[Path, str]]:
    """Each file with the name that its rows give: inside DATA/warc the file name, elsewhere the whole path."""
    found = folder.files() if paths is None else list(paths)
    for path in found:
        if not path.is_file():
            raise NianbaoError(f"no WARC file {path}; check the name")
    inside = folder.warc.resolve()
    named = {p: p.name if p.resolve().parent == inside else str(p.resolve()) for p in found}
    return sorted(named.items(), key=lambda pair: pair[1])


def _load(loader: Loader, pool: Pool, file: Path, name: str, tell: Callable[[int], None]) -> None:
    """One file: bodies go to the pool as places, everything else is written at once."""
    conn, size = loader.db.conn, file.stat().st_size
    if conn.execute("SELECT 1 FROM warc_files WHERE name = ? AND bytes = ?", (name, size)).fetchone():
        return
    seen = 0

    def readable() -> Iterator[Capture]:
        nonlocal seen
        for item in records(file):
            item = replace(item, location=replace(item.location, warc_file=name))
            seen += isinstance(item, Capture)
            tell(item.location.offset)
            if isinstance(item, Capture | Note) and loader.is_known(item):
                continue
            if not isinstance(item, Capture):
                loader.tell(item)
            elif is_readable(item):
                yield item
            else:
                loader.add(reading(item))

    readings = pool.readings(readable())
    while some := list(islice(readings, TOGETHER)):
        loader.add(*some)
    with database.transaction(loader.db):
        conn.execute("DELETE FROM warc_files WHERE name = ?", (name,))
        database.insert(conn, "warc_files", [(name, size, seen)])
    tell(size)


def _index(db: Database, before: Counts) -> None:
    """Builds the full-text index anew after a large load."""
    total = db.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
    if not total or total - before.get("reports", 0) > MANY * total:
        with database.transaction(db) as conn:
            schema.indexed(conn)


def _swap(new: Path, old: Path) -> None:
    """Puts the new file in the old one's place; readers of the old one keep it until they close."""
    conn = sqlite3.connect(old, timeout=WAIT, isolation_level=None)
    try:
        with clear(old), _damage_mended():
            conn.execute("BEGIN IMMEDIATE")
        _companions(old)
        new.replace(old)
    finally:
        conn.close()
    opened(old).close()


@contextmanager
def _damage_mended() -> Iterator[None]:
    """A file that is no database has no writers to wait for: the rebuild mends it."""
    try:
        yield
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        LOG.warning("the old database could not be read (%s); the new one takes its place", error)


def _companions(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _companions(path)


