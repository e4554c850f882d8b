"""What pages of split reports say of each other, from the table `leaves`; and in which order they stand."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from parsers.model import Part

from archive.addresses import key


@dataclass(frozen=True, slots=True)
class Name:
    """A page as another names it; `number` from 1, 0 where none is told."""

    number: int
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class View:
    """What one capture says: the pages in order, its own key, the title of the whole."""

    names: tuple[Name, ...]
    own: str = ""
    stem: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A capture that begins a content of a page; `at` is its place in time, `origin_id` has the bytes."""

    at: int
    url: str
    capture_id: str
    origin_id: str
    fetched_at: str
    run_id: str
    view: View
    content: str


def rows(capture: str, url: str, part: Part) -> Iterator[tuple[object, ...]]:
    """The table's rows for a capture that shows a part of a report."""
    leaf = part.leaf
    for position, (number, named) in enumerate(leaf.pages if leaf else ()):
        is_own, is_sure = key(named) == key(url), leaf is not None and leaf.is_sure
        yield capture, position, number, named, key(named), int(is_own), part.stem, int(is_sure)


def order(views: Sequence[View]) -> Iterator[tuple[int, Name]]:
    """All pages that the views name, put into one order and numbered; earlier views decide."""
    names: list[Name] = []
    for view in views:
        _merge(names, view.names)
    told = {name.key: name.number for view in reversed(views) for name in view.names if name.number}
    number = 0
    for name in names:
        number = max(number + 1, told.get(name.key, 0))
        yield number, name


def _merge(names: list[Name], more: Iterable[Name]) -> None:
    """Puts names that are not there behind the one that stands before them, else before the one behind them."""
    ahead: list[Name] = []
    at = -1
    for name in more:
        place = next((n for n, other in enumerate(names) if other.key == name.key), -1)
        if place >= 0:
            names[place:place] = ahead
            at, ahead = place + len(ahead), []
        elif at >= 0:
            at += 1
            names.insert(at, name)
        else:
            ahead.append(name)
    names += ahead


@dataclass(slots=True)
class Shelf:
    """Reads the table; each capture, address and key once."""

    conn: sqlite3.Connection
    _views: dict[str, View] = field(default_factory=dict)
    _shown: dict[str, list[View]] = field(default_factory=dict)           # by address
    _tellers: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)  # by key: addresses

    def view(self, capture: str) -> View:
        """What a capture names; nothing where it shows no part."""
        if capture not in self._views:
            sql = "SELECT number, url, key, is_own, stem, is_sure FROM leaves WHERE capture_id = ? ORDER BY position"
            rows = self.conn.execute(sql, (capture,)).fetchall()
            names = tuple(Name(number, url, key) for number, url, key, *_ in rows)
            own = next((name.key for name, row in zip(names, rows, strict=True) if row[3]), "")
            self._views[capture] = View(names, own, rows[0][4], bool(rows[0][5])) if rows else View(())
        return self._views[capture]

    def content(self, capture: str) -> str:
        """Digest of what it says."""
        return str(self.conn.execute("SELECT content_digest FROM captures WHERE id = ?", (capture,)).fetchone()[0])

    def is_other(self, url: str) -> bool:
        """Whether an address shows something that is no part of a report."""
        sql = "SELECT 1 FROM captures WHERE url = ? AND holds NOT IN ('', 'part') LIMIT 1"
        return self.conn.execute(sql, (url,)).fetchone() is not None

    def together(self, url: str) -> set[str]:
        """The addresses of the report that has a page at this one, or names it; empty where there is none."""
        todo = [url] if self._of(url) else sorted(self._naming(url))
        found = set(todo)
        while todo:
            one = todo.pop()
            near = {n for n in (self._named(one) | self._naming(one)) - found if self._belongs(one, n)}
            found |= near
            todo += sorted(near)
        return found

    def _of(self, url: str) -> list[View]:
        if url not in self._shown:
            sql = ("SELECT c.id FROM captures c WHERE c.url = ? AND EXISTS "
                   "(SELECT 1 FROM leaves l WHERE l.capture_id = c.id) ORDER BY c.id")
            self._shown[url] = [self.view(id) for (id,) in self.conn.execute(sql, (url,)).fetchall()]
        return self._shown[url]

    def _named(self, url: str) -> set[str]:
        keys = {name.key for view in self._of(url) for name in view.names}
        return {other for key in keys for other in self._telling(key)[0]}

    def _naming(self, url: str) -> set[str]:
        return self._telling(key(url))[1]

    def _telling(self, key: str) -> tuple[set[str], set[str]]:
        """The addresses that are a page, and those whose captures name it."""
        if key not in self._tellers:
            sql = "SELECT DISTINCT c.url, l.is_own FROM leaves l JOIN captures c ON c.id = l.capture_id WHERE l.key = ?"
            rows = self.conn.execute(sql, (key,)).fetchall()
            self._tellers[key] = {url for url, is_own in rows if is_own}, {url for url, _ in rows}
        return self._tellers[key]

    def _belongs(self, one: str, other: str) -> bool:
        """By one title; where a page has none, by naming each other."""
        here, there = self._of(one), self._of(other)
        titles, others = ({view.stem for view in views} for views in (here, there))
        if titles & others - {""}:
            return True
        return "" in titles | others and _names(here, other) and _names(there, one)


def _names(views: Iterable[View], url: str) -> bool:
    return any(name.key == key(url) for view in views for name in view.names)
