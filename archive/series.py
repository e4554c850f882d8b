"""Versions of a report over all its addresses, what differs between them, and which are clones of which."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive import diff, displaced
from archive.derive import Lost

LONG = 200  # characters of text that are enough to know a report again without figures
FIELDS = "id, url, position, issuer, report_year, content_digest, fingerprint, is_clone, length(text)"


@dataclass(frozen=True, slots=True)
class Version:
    """What a report is known by."""

    id: int
    url: str
    position: int
    issuer: str | None
    year: int | None
    content: str
    fingerprint: str | None
    is_clone: bool
    length: int

    @property
    def address(self) -> tuple[str, int]:
        """Where it stands."""
        return self.url, self.position


def settle(conn: sqlite3.Connection, urls: set[str], lost: Sequence[Lost]) -> set[int]:
    """Numbers versions anew around these addresses and lost reports; the reports that may have changed."""
    start = {row[0] for url in urls for row in conn.execute("SELECT id FROM reports WHERE url = ?", (url,))}
    for series in {gone.series for gone in lost}:
        start |= {row[0] for row in conn.execute("SELECT id FROM reports WHERE series = ?", (series,))}
    done: set[int] = set()
    for id in sorted(start):
        if id not in done:
            done |= _component(conn, id)
    near = {row[0] for id in done for row in conn.execute("SELECT url FROM reports WHERE id = ?", (id,))}
    displaced.settle(conn, urls | near)
    marks = {row[0] for id in done for row in conn.execute("SELECT fingerprint FROM reports WHERE id = ?", (id,))}
    _clones(conn, marks | {gone.fingerprint for gone in lost})
    return done


def _component(conn: sqlite3.Connection, id: int) -> set[int]:
    """All reports of one series, old members included; numbers them."""
    found: dict[int, Version] = {}
    todo = {id}
    while todo:
        version = _version(conn, todo.pop())
        found[version.id] = version
        todo |= set(_linked(conn, version)) - found.keys()
    ordered = [found[i] for i in _in_order(conn, found)]
    _number(conn, ordered)
    return set(found)


def _version(conn: sqlite3.Connection, id: int) -> Version:
    row = conn.execute(f"SELECT {FIELDS} FROM reports WHERE id = ?", (id,)).fetchone()
    return Version(*row)


def _linked(conn: sqlite3.Connection, v: Version) -> Iterator[int]:
    """Reports at the same place, and genuine ones of the same body and year that say the same elsewhere."""
    here = "url = :url AND position = :position"
    pages = "SELECT url FROM parts WHERE report_id = :id AND capture_id IS NOT NULL"
    others = f"SELECT report_id FROM parts WHERE capture_id IS NOT NULL AND url IN ({pages})"
    for row in conn.execute(f"SELECT {FIELDS} FROM reports WHERE ({here}) OR id IN ({others})",
                            {"url": v.url, "position": v.position, "id": v.id}):
        if _is_one(v, Version(*row)):
            yield row[0]
    if v.is_clone:
        return
    same = "issuer IS ? AND report_year IS ? AND is_clone = 0"
    if v.fingerprint:
        for (id,) in conn.execute(f"SELECT id FROM reports WHERE fingerprint = ? AND {same}",
                                  (v.fingerprint, v.issuer, v.year)):
            yield id
    if v.length >= LONG:
        for (id,) in conn.execute(f"SELECT id FROM reports WHERE content_digest = ? AND {same}",
                                  (v.content, v.issuer, v.year)):
            yield id
    moved = "(SELECT moved_to FROM pages WHERE url = ? UNION SELECT url FROM pages WHERE moved_to = ?)"
    for (id,) in conn.execute(f"SELECT id FROM reports WHERE url IN {moved} AND position = ? AND {same}",
                              (v.url, v.url, v.position, v.issuer, v.year)):
        yield id


def _is_one(a: Version, b: Version) -> bool:
    """Whether two reports at one place are versions of one: not of two years or two bodies, with figures of their own.

    A slip in a title that is put right changes no figure; a body's name may be given in full later.
    """
    if a.content == b.content or (a.fingerprint and a.fingerprint == b.fingerprint):
        return True
    years, bodies = (a.year, b.year), (a.issuer or "", b.issuer or "")
    return (None in years or years[0] == years[1]) and (bodies[0] in bodies[1] or bodies[1] in bodies[0])


def _in_order(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    sql = ("SELECT r.id, r.fetched_at, c.warc_file, c.warc_offset "
           "FROM reports r JOIN captures c ON c.id = r.capture_id WHERE r.id = ?")
    rows = [conn.execute(sql, (id,)).fetchone() for id in ids]
    return [row[0] for row in sorted(rows, key=lambda row: (*row[1:], row[0]))]


def _number(conn: sqlite3.Connection, versions: list[Version]) -> None:
    """Sets version, series, same_as and is_current; writes what differs from version to version."""
    told: list[tuple[Version, int, int | None]] = []
    current: Version | None = None
    count = 0
    for v in versions:
        twin = _twin(v, [(w, n) for w, n, same in told if same is None], current)
        conn.execute("DELETE FROM changes WHERE report_id = ?", (v.id,))
        if twin:
            told.append((v, twin[1], twin[0].id))
            continue
        count += 1
        if current:
            diff.save(conn, current.id, v.id)
        told.append((v, count, None))
        current = v
    assert current is not None
    conn.executemany("UPDATE reports SET version = ?, series = ?, same_as = ?, is_current = ? WHERE id = ?",
                     [(n, versions[0].id, same, int(v is current), v.id) for v, n, same in told])


def _twin(v: Version, told: list[tuple[Version, int]], current: Version | None) -> tuple[Version, int] | None:
    """An earlier version that says the same: at another address, or the current one."""
    return next(((w, n) for w, n in reversed(told)
                 if (w.address != v.address or w is current) and _says_the_same(w, v)), None)


def _says_the_same(a: Version, b: Version) -> bool:
    if a.content == b.content:
        return True
    return a.address != b.address and a.fingerprint is not None and a.fingerprint == b.fingerprint


def _clones(conn: sqlite3.Connection, marks: set[str | None]) -> None:
    """Ties each clone to the earliest genuine report with the same figures."""
    for mark in marks - {None}:
        row = conn.execute("SELECT id FROM reports WHERE fingerprint = ? AND is_clone = 0 "
                           "ORDER BY same_as IS NOT NULL, fetched_at, id LIMIT 1", (mark,)).fetchone()
        conn.execute("UPDATE reports SET clone_of = ? WHERE fingerprint = ? AND is_clone = 1", (row and row[0], mark))
