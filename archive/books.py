"""Reports that are printed over several addresses: their pages found, ordered and followed through time.

All of it follows from the captures. Pages belong together that name each other and have the same title; what one visit
shows (one run, or one day) is one version; the latest page says which pages there are. A page that is gone keeps its
last content, as whole reports do; `pages` tells its state.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import gist
from archive.database import forget, insert
from archive.derive import ORDER, Lost, origin
from archive.leaves import Sheet, Shelf, order

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One numbered page of a book; without a sheet it is missing."""

    number: int
    url: str
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """One version of such a report: its pages in order, and when it was first seen."""

    seen: str
    leaves: tuple[Leaf, ...]

    @property
    def sheets(self) -> tuple[tuple[int, Sheet], ...]:
        """The pages that are there, numbered."""
        return tuple((leaf.number, leaf.sheet) for leaf in self.leaves if leaf.sheet)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the pages that are not."""
        return tuple(leaf.number for leaf in self.leaves if not leaf.sheet)

    @property
    def key(self) -> tuple[str, ...]:
        """What its id is made of: captures, and pages that are missing."""
        return (*(sheet.capture_id for _, sheet in self.sheets), "without", *map(str, self.missing))

    @property
    def id(self) -> int:
        """Of its row in `reports`."""
        return gist.number(*self.key)

    @property
    def said(self) -> tuple[tuple[int, str], ...]:
        """What two versions of it are told apart by."""
        return tuple((leaf.number, leaf.sheet.content if leaf.sheet else "") for leaf in self.leaves)


def books(conn: sqlite3.Connection, urls: Iterable[str]) -> tuple[list[Book], list[Lost]]:
    """Every version of every such report that has a page at one of these addresses; and the rows that were taken out.

    The addresses' outcomes have to be settled before (`derive`).
    """
    shelf = Shelf(conn)
    found: list[Book] = []
    lost: list[Lost] = []
    done: set[str] = set()
    for url in sorted(urls):
        members = set() if url in done else shelf.together(url) - done
        if members:
            done |= members
            versions = _versions(conn, shelf, members)
            lost += _dropped(conn, members, {book.id for book in versions})
            found += versions
    return found, lost


def align(conn: sqlite3.Connection, found: Iterable[Book]) -> None:
    """Makes the pages of a report due together, on the earliest of their days: a correction may touch several."""
    latest = {leaf.url: book for book in found for leaf in book.leaves if leaf.sheet}
    for book in {book.id: book for book in latest.values()}.values():
        urls = [sheet.url for _, sheet in book.sheets]
        marks = ", ".join("?" * len(urls))
        due = f"(SELECT min(next_visit) FROM pages WHERE url IN ({marks}) AND state = 'active')"
        conn.execute(f"UPDATE pages SET next_visit = {due} WHERE url IN ({marks}) AND state = 'active'", [*urls, *urls])


def siblings(conn: sqlite3.Connection, urls: Iterable[str]) -> set[str]:
    """The addresses of the reports that have a page at one of these."""
    shelf = Shelf(conn)
    found: set[str] = set()
    for url in urls:
        found |= set() if url in found else shelf.together(url)
    return found


def is_there(conn: sqlite3.Connection, book: Book) -> bool:
    """Whether the version has its row."""
    return conn.execute("SELECT 1 FROM reports WHERE id = ?", (book.id,)).fetchone() is not None


def save(conn: sqlite3.Connection, book: Book) -> None:
    """The rows of `parts`."""
    insert(conn, "parts", [(book.id, leaf.number, leaf.url, leaf.sheet.capture_id if leaf.sheet else None)
                           for leaf in book.leaves])


def bury(conn: sqlite3.Connection, found: Sequence[Book]) -> None:
    """Tombstones of the reports whose first page is no longer at its address; after they were saved."""
    latest = {book.sheets[0][1].url: book for book in found}
    for url, book in latest.items():
        sql = "SELECT state, evidence_id, moved_to, c.fetched_at FROM pages JOIN captures c ON c.id = evidence_id " \
              "WHERE pages.url = ?"
        row = conn.execute(sql, (url,)).fetchone()
        if row and is_there(conn, book):
            manner = row[0] if row[0] in ("gone", "moved") else "replaced"
            insert(conn, "tombstones", [(book.id, url, row[3], row[1], manner, row[2])], "ON CONFLICT DO NOTHING")


def _dropped(conn: sqlite3.Connection, members: set[str], kept: set[int]) -> list[Lost]:
    marks = ", ".join("?" * len(members))
    sql = ("SELECT DISTINCT r.id, r.series, r.issuer, r.report_year, r.fingerprint FROM parts p "
           f"JOIN reports r ON r.id = p.report_id WHERE p.capture_id IS NOT NULL AND p.url IN ({marks}) ORDER BY r.id")
    extra = [row for row in conn.execute(sql, sorted(members)).fetchall() if row[0] not in kept]
    forget(conn, [id for id, *_ in extra])
    return [Lost(*rest) for _, *rest in extra]


def _versions(conn: sqlite3.Connection, shelf: Shelf, members: set[str]) -> list[Book]:
    """What each visit left in force, where it says something else than before."""
    found: list[Book] = []
    force: dict[str, Sheet] = {}
    for visit in _visits(_sheets(conn, shelf, members)):
        force |= {sheet.url: sheet for sheet in visit}
        book = Book(visit[0].fetched_at, _leaves(shelf, force, visit[-1]))
        if not found or found[-1].said != book.said:
            found.append(book)
    return found


def _sheets(conn: sqlite3.Connection, shelf: Shelf, members: set[str]) -> list[Sheet]:
    """The captures that begin a content of these addresses, in order of time."""
    marks = ", ".join("?" * len(members))
    sql = (f"SELECT id, url, fetched_at, run_id, record_type, status, payload_digest FROM captures "
           f"WHERE url IN ({marks}) AND outcome IN ('new', 'changed') ORDER BY {ORDER}")
    found: list[Sheet] = []
    for id, url, moment, run, kind, status, payload in conn.execute(sql, sorted(members)).fetchall():
        of = origin(conn, {"id": id, "url": url, "record_type": kind, "status": status, "payload_digest": payload})
        view = shelf.view(of)
        if view.names:
            found.append(Sheet(len(found), url, id, of, moment, run, view, shelf.content(of)))
    return found


def _visits(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets parted where a page comes again, or another run on another day."""
    found: list[list[Sheet]] = []
    for sheet in sheets:
        now = found[-1] if found else []
        if now and sheet.url not in {s.url for s in now} and _is_one_visit(now[0], sheet):
            now.append(sheet)
        else:
            found.append([sheet])
    return found


def _is_one_visit(first: Sheet, later: Sheet) -> bool:
    if first.run_id and first.run_id == later.run_id:
        return True
    return datetime.fromisoformat(later.fetched_at) - datetime.fromisoformat(first.fetched_at) < DAY


def _leaves(shelf: Shelf, force: dict[str, Sheet], latest: Sheet) -> tuple[Leaf, ...]:
    """The pages that the latest sheet leads to, numbered; what a list's pager names and is no part is not one."""
    there = {sheet.view.own: sheet for sheet in force.values()}
    reached, todo = {latest.view.own: latest}, [latest]
    while todo:
        for name in todo.pop().view.names:
            if name.key in there and name.key not in reached:
                reached[name.key] = there[name.key]
                todo.append(there[name.key])
    for sheet in force.values():
        if sheet.view.names[0].key == sheet.view.own and any(name.key in reached for name in sheet.view.names):
            reached[sheet.view.own] = sheet  # a cover, which its chapters need not name
    sheets = sorted(reached.values(), key=lambda s: -s.at)
    sure = any(sheet.view.is_sure for sheet in sheets)
    return tuple(Leaf(number, reached[name.key].url if name.key in reached else name.url, reached.get(name.key))
                 for number, name in order([sheet.view for sheet in sheets])
                 if name.key in reached or sure or not shelf.is_other(name.url))
