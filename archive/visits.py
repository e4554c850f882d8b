"""What the database knows of the addresses of a portal: when each is due, and the capture that shows it. Read only."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive import refusals
from archive.connection import read_only
from archive.folder import Folder
from archive.model import Location


@dataclass(frozen=True, slots=True)
class Known:
    """One address as the last run left it; times as in the database, "" for none."""

    url: str
    kind: str            # list, report, attachment, other
    state: str           # active, gone, moved
    next_visit: str
    last_visit: str
    last_outcome: str
    etag: str
    last_modified: str
    location: Location | None  # of the capture that holds the content; a 304 only confirms it
    via: str
    anchor: str
    depth: int
    is_report: bool      # a report was read there
    is_parent: bool      # other addresses were found there
    interval: float      # days between visits at present
    series: str = ""     # of the report that is there now: two addresses of one report have the same


@dataclass(frozen=True, slots=True)
class Standing:
    """One portal as the database has it."""

    portal_id: str
    reach: str
    last_run: str
    reports: int


PAGES = """
    SELECT p.url, p.kind, p.state, p.next_visit, p.last_visit, p.last_outcome, p.etag, p.last_modified,
           o.warc_file, o.warc_offset, o.warc_length, c.via, c.anchor, c.depth,
           EXISTS (SELECT 1 FROM reports r WHERE r.url = p.url), EXISTS (SELECT 1 FROM captures v WHERE v.via = p.url),
           p.interval_days, (SELECT max(r.series) FROM reports r WHERE r.url = p.url AND r.series NOT IN (
             SELECT d.series FROM tombstones t JOIN reports d ON d.id = t.report_id WHERE t.url = p.url))
    FROM pages p LEFT JOIN captures c ON c.id = p.capture_id
    LEFT JOIN captures o ON o.id = CASE c.status WHEN 304 THEN c.refers_to ELSE c.id END
    WHERE p.url {} ORDER BY p.url"""
STATUS = "SELECT status FROM captures WHERE url = ? ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC LIMIT 1"
LEFT = """
    SELECT url, reason FROM left_out l
    WHERE portal_id = ? AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url = l.url)"""
STANDINGS = """
    SELECT p.id, p.reach, (SELECT max(fetched_at) FROM captures c WHERE c.portal_id = p.id),
           (SELECT count(*) FROM reports r WHERE r.portal_id = p.id AND r.is_current) FROM portals p ORDER BY p.id"""


def known(folder: Folder, portal_ids: Iterable[str]) -> dict[str, tuple[Known, ...]]:
    """The addresses of each portal; nothing where no database is there yet."""
    with _opened(folder.database) as database:
        sql = PAGES.format("IN (SELECT url FROM captures WHERE portal_id = ?)")
        return {i: tuple(map(_known, database.execute(sql, (i,)))) if database else () for i in portal_ids}


def latest(folder: Folder, url: str) -> tuple[Known, int] | None:
    """One address and the status of its latest answer, 0 where none came; None where nothing is known of it."""
    with _opened(folder.database) as database:
        row = database.execute(PAGES.format("= ?"), (url,)).fetchone() if database else None
        return (_known(row), database.execute(STATUS, (url,)).fetchone()[0] or 0) if database and row else None


def left(folder: Folder, portal_ids: Iterable[str]) -> dict[str, frozenset[tuple[str, str]]]:
    """Address and reason of what earlier runs left of each portal and no run ever visited."""
    with _opened(folder.database) as database:
        return {i: frozenset(database.execute(LEFT, (i,))) if database else frozenset() for i in portal_ids}


def answers(folder: Folder, since: str) -> list[tuple[str, str, str, str]]:
    """Host, run, moment and reach of each answer since then, in order, of the hosts that refused one."""
    with _opened(folder.database) as database:
        return list(refusals.answers(database, since)) if database else []


def standings(folder: Folder) -> tuple[Standing, ...]:
    """Every portal that the database has; nothing where no database is there yet."""
    with _opened(folder.database) as database:
        rows = database.execute(STANDINGS).fetchall() if database else []
    return tuple(Standing(name, reach or "", run or "", count) for name, reach, run, count in rows)


def _known(row: tuple[object, ...]) -> Known:
    url, kind, state, due, visited, outcome, etag, modified, file, offset, length, via, anchor, depth, *is_ = (
        str(value) if value is not None else "" for value in row
    )
    at = Location(file, int(offset), int(length)) if file else None
    return Known(url, kind, state, due, visited, outcome, etag, modified, at, via, anchor, int(depth or 0),
                 is_[0] == "1", is_[1] == "1", float(is_[2] or 0), is_[3])


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    if not path.exists():
        yield None
        return
    with read_only(path) as database:
        yield database
