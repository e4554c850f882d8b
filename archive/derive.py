"""Applies history to the rows: outcomes, pages and the versions that addresses had. Derived from captures alone."""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.addresses import host, is_root
from archive.database import forget, insert
from archive.echoes import neighbours, saying
from archive.history import History, history
from archive.outcome import HELD, MOVED, Page, Visit
from archive.redirects import is_astray, senders

ORDER = "fetched_at, warc_file, warc_offset, id"
# What links to a column of annual reports say; a year in it would name one report.
COLUMN = re.compile(r"\D{0,12}(?:信息公开|政务公开)\D{0,6}年(?:度报告|报)(?:专栏|栏目|汇总)?|年报|年度报告|历年年报")
OF_ONE_PAGE = "id NOT IN (SELECT report_id FROM parts)"  # those of several pages are made by `books`


@dataclass(frozen=True, slots=True)
class Wanted:
    """A capture whose reports have to be read (again), and the capture that has its bytes if it is a revisit."""

    capture_id: str
    origin_id: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A report that was taken out because its capture starts no version after all."""

    series: int
    issuer: str | None
    report_year: int | None
    fingerprint: str | None


def derive(conn: sqlite3.Connection, urls: Iterable[str]) -> tuple[list[Wanted], list[Lost]]:
    """Brings the rows of these addresses in line with their captures.

    Gives the captures that start a version and have no reports yet, and the reports that were taken out.
    """
    wanted: list[Wanted] = []
    lost: list[Lost] = []
    for url in sorted(set(urls)):
        more, out = _derive(conn, url)
        wanted += more
        lost += out
    return wanted, lost


def affected(conn: sqlite3.Connection, captures: Sequence[str]) -> set[str]:
    """The addresses whose history these new captures can change: their own and those that are judged beside them."""
    urls: set[str] = set()
    seen: set[tuple[str, str, bool]] = set()
    for some in _batches(captures):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT url, via, payload_digest FROM captures WHERE id IN ({marks})"
        for url, via, payload in conn.execute(sql, some).fetchall():
            urls |= {url, via}
            if payload and (about := (payload, host(url), is_root(url))) not in seen:
                seen.add(about)
                urls |= _alike(conn, url, payload)
    urls |= {sender for url in urls for sender in senders(conn, url)}
    return {url for url in urls if url}


def _alike(conn: sqlite3.Connection, url: str, payload: str) -> set[str]:
    """The addresses that answered the same: in the same bytes, or on one host in other bytes that say the same."""
    sql = "SELECT DISTINCT url, content_digest, holds FROM captures WHERE payload_digest = ?"
    found = conn.execute(sql, (payload,)).fetchall()
    said = {content for _, content, holds in found if holds == "html"}
    near = {other for other, *_ in found}
    some = {url, *{host(other): other for other in sorted(near)}.values(), *filter(is_root, near)}
    return near | {more for content in said for other in some for more in saying(conn, other, content)}


def _derive(conn: sqlite3.Connection, url: str) -> tuple[list[Wanted], list[Lost]]:
    captures = _captures(conn, url)
    if not captures:
        return [], []
    origins = {c["id"]: origin(conn, c) for c in captures}
    visits = [_visit(conn, c, origins[c["id"]]) for c in captures]
    told = history(visits, _kind(conn, url, captures, visits), url, _is_parent(conn, url))
    found = [(told.outcomes[c["id"]], told.due[c["id"]], c["id"]) for c in captures]
    conn.executemany("UPDATE captures SET outcome = ?, due = ? WHERE id = ?",
                     [new for new, c in zip(found, captures, strict=True) if new[:2] != (c["outcome"], c["due"])])
    portal = next((c["portal_id"] for c in reversed(captures) if c["portal_id"]), "")
    versions = _versions(conn, url, told, origins)
    _save_page(conn, url, portal, told.page)
    return versions


def _captures(conn: sqlite3.Connection, url: str) -> list[dict[str, Any]]:
    rows = conn.execute(f"SELECT * FROM captures WHERE url = ? ORDER BY {ORDER}", (url,))
    names = [d[0] for d in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _versions(conn: sqlite3.Connection, url: str, told: History,
              origins: dict[str, str]) -> tuple[list[Wanted], list[Lost]]:
    """Drops reports of captures that start no version; names those that start one and are not there."""
    sql = ("SELECT capture_id, id, series, issuer, report_year, fingerprint FROM reports "
           f"WHERE url = ? AND {OF_ONE_PAGE}")
    there = conn.execute(sql, (url,)).fetchall()
    extra = [row[1:] for row in there if row[0] not in told.heads]
    forget(conn, [id for id, *_ in extra])
    known = {capture for capture, *_ in there}
    wanted = [Wanted(head, origins[head]) for head in told.heads if head not in known]
    return wanted, [Lost(*rest) for _, *rest in extra]


def origin(conn: sqlite3.Connection, capture: Mapping[str, Any]) -> str:
    """The capture that has the bytes: itself, or for an identical-payload revisit one with the same payload digest."""
    if capture["record_type"] != "revisit" or capture["status"] == 304 or not capture["payload_digest"]:
        return str(capture["id"])
    sql = (f"SELECT id FROM captures WHERE payload_digest = ? AND content_digest <> '' "
           f"ORDER BY url = ? DESC, {ORDER} LIMIT 1")
    row = conn.execute(sql, (capture["payload_digest"], capture["url"])).fetchone()
    return str(row[0]) if row else str(capture["id"])


def _visit(conn: sqlite3.Connection, c: dict[str, Any], origin: str) -> Visit:
    content, holds, suspended, challenge = conn.execute(
        "SELECT content_digest, holds, suspended, challenge FROM captures WHERE id = ?", (origin,)).fetchone()
    if c["redirect_to"]:
        content, holds = f"{MOVED}{c['redirect_to']}", ""
    content = content or f"payload:{c['payload_digest']}"
    is_home, is_echo = neighbours(conn, c["url"], content) if holds == "html" else (False, False)
    return Visit(
        c["id"], c["fetched_at"], c["status"], content, holds, c["revisit_profile"], c["truncated"], c["redirect_to"],
        c["etag"], c["last_modified"], bool(suspended), is_home, is_echo,
        bool(c["redirect_to"]) and is_astray(conn, c["redirect_to"], c["status"]), _is_trusted(conn, c),
        c["record_type"] == "metadata" or bool(challenge))


def _is_trusted(conn: sqlite3.Connection, c: dict[str, Any]) -> bool:
    """Captures of no run of ours are; ours once the run ended well for that portal."""
    if not c["run_id"]:
        return True
    sql = ("SELECT r.status, p.status FROM runs r "
           "LEFT JOIN run_portals p ON p.run_id = r.id AND p.portal_id = ? WHERE r.id = ?")
    row = conn.execute(sql, (c["portal_id"], c["run_id"])).fetchone()
    return row is not None and (row[1] or row[0]) == "ok"


def _kind(conn: sqlite3.Connection, url: str, captures: Sequence[dict[str, Any]], visits: Sequence[Visit]) -> str:
    if any(visit.holds == "file" for visit in visits):
        return "attachment"
    held = [c for c, visit in zip(captures, visits, strict=True) if visit.holds in HELD]
    if held:
        return "report" if all(map(_is_markup, held)) else "attachment"
    sql = "SELECT 1 FROM captures WHERE via = ? AND holds IN ('report', 'part') LIMIT 1"
    led = conn.execute(sql, (url,)).fetchone()
    return "list" if led or any(COLUMN.fullmatch(c["anchor"] or "") for c in captures) else "other"


def _is_parent(conn: sqlite3.Connection, url: str) -> bool:
    """Whether other addresses were found there; robots.txt is asked for on behalf of the first page, not linked."""
    sql = "SELECT 1 FROM captures WHERE via = ? AND url <> via AND reason NOT IN ('robots', 'redirect') LIMIT 1"
    return conn.execute(sql, (url,)).fetchone() is not None


def _is_markup(capture: dict[str, Any]) -> bool:
    declared = str(capture["content_type"]).lower()
    return not declared or "html" in declared or "text" in declared or "xml" in declared


def _save_page(conn: sqlite3.Connection, url: str, portal: str, page: Page) -> None:
    row = (url, page.kind, page.first_seen, page.last_seen or None, page.state, page.next_visit, page.visits,
           page.changes, portal, page.last_visit, page.last_outcome, page.interval, page.capture_id or None,
           page.evidence_id or None, page.moved_to or None, page.content, page.etag, page.last_modified)
    conn.execute("DELETE FROM pages WHERE url = ?", (url,))
    insert(conn, "pages", [row])
    _save_tombstones(conn, url, page)


def _save_tombstones(conn: sqlite3.Connection, url: str, page: Page) -> None:
    conn.execute("DELETE FROM tombstones WHERE url = ?", (url,))
    if not page.removed:
        return
    here = f"FROM reports WHERE url = :url AND {OF_ONE_PAGE}"
    sql = (f"SELECT id {here} AND capture_id = "
           f"(SELECT capture_id {here} ORDER BY fetched_at DESC, capture_id DESC LIMIT 1)")
    moment = conn.execute("SELECT fetched_at FROM captures WHERE id = ?", (page.removed_id,)).fetchone()[0]
    insert(conn, "tombstones", [(id, url, moment, page.removed_id, page.removed, page.moved_to or None)
                                for (id,) in conn.execute(sql, {"url": url}).fetchall()])


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[i:i + 500] for i in range(0, len(ids), 500))
