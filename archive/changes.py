"""What is new, changed, moved, removed or out of reach since a day: as text, JSON or an Atom feed."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from parsers.errors import NianbaoError
from parsers.forms import FormCell, forms

from archive.connection import read_only
from archive.moments import stamp
from archive.monitors import SUMS_FAILED

KINDS = ("new", "changed", "moved", "removed", "unreachable")
ATOM = "http://www.w3.org/2005/Atom"
UNFIT = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 §2.2 leaves out
SHOWN = 12  # changed cells named in a text line; the rest is counted


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell or field before and after, as printed."""

    table: str
    row: str
    column: str
    before: str | None
    after: str | None

    @property
    def label(self) -> str:
        """As the form prints it."""
        cell = _cells().get((self.table, self.row, self.column))
        return f"{cell.row_label} · {cell.column_label}" if cell else f"{self.row} {self.column}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `kind` is one of `KINDS`; `capture_id` is its evidence."""

    kind: str
    at: str
    subject: str          # issuer and year, or the portal's name
    url: str
    portal_id: str
    capture_id: str
    report_id: int | None = None
    previous_report_id: int | None = None
    detail: str = ""      # manner of removal, kind of unreachability
    failed_before: int | None = None
    failed_after: int | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def sums(self) -> str:
        """Whether the sums got better or worse with a change."""
        if self.failed_before is None or self.failed_after is None or self.failed_before == self.failed_after:
            return "as before" if self.failed_after is not None else ""
        return "better" if self.failed_after < self.failed_before else "worse"


NEW = """SELECT 'new', r.fetched_at, r.issuer, r.report_year, r.title, r.url, r.portal_id, r.capture_id, r.id, NULL, ''
FROM reports r WHERE r.version = 1 AND r.same_as IS NULL AND r.fetched_at >= :since"""
CHANGED = """SELECT 'changed', r.fetched_at, r.issuer, r.report_year, r.title, r.url, r.portal_id, r.capture_id, r.id,
  (SELECT previous_report_id FROM changes WHERE report_id = r.id LIMIT 1), 'version ' || r.version
FROM reports r WHERE r.version > 1 AND r.same_as IS NULL AND r.fetched_at >= :since"""
_BURIED = "SELECT d.series FROM tombstones x JOIN reports d ON d.id = x.report_id WHERE x.url = {}.url"
REMOVED = f"""SELECT iif(manner = 'moved' OR still IS NOT NULL, 'moved', 'removed'), removed_at, issuer, report_year,
  title, url, portal_id, capture_id, id, NULL, manner || coalesce(' to ' || moved_to, '; still at ' || still, '')
FROM (SELECT t.*, r.id, r.issuer, r.report_year, r.title, r.portal_id,
    (SELECT min(o.url) FROM reports o JOIN pages p ON p.url = o.url WHERE o.series = r.series AND o.url <> t.url
     AND p.state = 'active' AND o.series NOT IN ({_BURIED.format("o")})) AS still
  FROM tombstones t JOIN reports r ON r.id = t.report_id WHERE t.removed_at >= :since)"""
UNREACHABLE = f"""SELECT 'unreachable', p.last_visit, r.issuer, r.report_year, r.title, p.url, p.portal_id, c.id, r.id,
  NULL, p.last_outcome || coalesce(': ' || nullif(c.error, ''), ': HTTP ' || c.status, '')
FROM pages p JOIN captures c ON c.id = (SELECT id FROM captures WHERE url = p.url
  ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC LIMIT 1)
JOIN reports r ON r.id = (SELECT id FROM reports WHERE url = p.url ORDER BY fetched_at DESC, id LIMIT 1)
WHERE p.state = 'active' AND p.last_outcome IN ('failed', 'soft_404', 'truncated') AND p.last_visit >= :since
AND r.series NOT IN ({_BURIED.format("p")})"""
BLOCKED = """SELECT 'unreachable', reach_checked, name, NULL, id, home, id, reach_capture, NULL, NULL, reach
FROM portals WHERE reach <> 'ok' AND reach_checked >= :since"""
FAILED = f"SELECT count(*) FROM checks WHERE report_id = ? AND {SUMS_FAILED}"


def since(text: str) -> str:
    """A day or moment as the database writes it; NianbaoError for what is none.

    >>> since("2024-03-01")
    '2024-03-01T00:00:00Z'
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NianbaoError(f"{text!r} is no date; write it as 2024-03-01") from None
    return stamp(moment.replace(tzinfo=moment.tzinfo or UTC))


def read(path: Path, start: str = "") -> list[Entry]:
    """The events of a database from `start` on, oldest first; NianbaoError where there is no database."""
    if not path.exists():
        raise NianbaoError(f"no database {path}; make it with: scrapy crawl portals, or scrapy load")
    with read_only(path) as conn:
        return entries(conn, start)


def entries(conn: sqlite3.Connection, start: str = "") -> list[Entry]:
    """The events from `start` on, oldest first."""
    rows = [row for sql in (NEW, CHANGED, REMOVED, UNREACHABLE, BLOCKED) for row in conn.execute(sql, {"since": start})]
    return sorted((_entry(conn, *row) for row in rows),
                  key=lambda e: (e.at, KINDS.index(e.kind), e.url, e.report_id or 0))


def _entry(conn: sqlite3.Connection, kind: str, at: str, issuer: str | None, year: int | None, title: str, url: str,
           portal: str, capture: str, report: int | None, previous: int | None, detail: str) -> Entry:
    subject = f"{issuer} {year}" if issuer and year else issuer or title or url
    if kind != "changed":
        return Entry(kind, at, subject, url, portal, capture, report, None, detail)
    sql = "SELECT table_key, row_key, column_key, before, after FROM changes WHERE report_id = ?"
    differences = tuple(Difference(*row) for row in conn.execute(sql, (report,)))
    before, after = (conn.execute(FAILED, (id,)).fetchone()[0] for id in (previous, report))
    return Entry(kind, at, subject, url, portal, capture, report, previous, detail, before, after, differences)


def _cells() -> dict[tuple[str, str, str], FormCell]:
    return {(c.table, c.row, c.column): c for form in forms() for c in form.cells}


def as_text(found: list[Entry]) -> Iterator[str]:
    """One line an event, indented lines for the cells of a change."""
    for e in found:
        yield f"{e.at[:10]} {e.kind:<11} {e.subject}  {e.url}" + (f"  ({e.detail})" if e.detail else "")
        for d in e.differences[:SHOWN]:
            yield f"    {d.label}: {_short(d.before)} → {_short(d.after)}"
        if len(e.differences) > SHOWN:
            yield f"    and {len(e.differences) - SHOWN} more"
        if e.kind == "changed":
            yield f"    sums: {e.sums} ({e.failed_before} failed before, {e.failed_after} now)"
    if not found:
        yield "nothing new, changed, moved, removed or out of reach"


def _short(text: str | None) -> str:
    text = " ".join(text.split()) if text else "(nothing)"
    return text if len(text) <= 60 else text[:57] + "…"


def as_json(found: list[Entry]) -> Iterator[str]:
    """One JSON object an event and line."""
    for e in found:
        yield json.dumps(asdict(e) | {"sums": e.sums}, ensure_ascii=False)


def as_atom(found: list[Entry], base: str = "http://127.0.0.1:8001", query: str = "") -> str:
    """The events as an Atom feed (RFC 4287), latest first; links lead to `base`, where the database is browsed.

    `query` is that of the feed's own address there.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", "Annual reports: new, changed, moved, removed, out of reach")
    _add(feed, "id", "urn:nianbao:changes")
    _add(feed, "updated", max((e.at for e in found), default="1970-01-01T00:00:00Z"))
    _add(_add(feed, "author"), "name", "nianbao")
    _add(feed, "link", rel="self", href=f"{base}/changes.atom" + (f"?{query}" if query else ""))
    for e in reversed(found):
        item = _add(feed, "entry")
        _add(item, "title", f"{e.kind}: {e.subject}")
        _add(item, "id", f"urn:nianbao:changes:{e.kind}:{e.report_id or quote(e.portal_id)}:{e.at}")
        _add(item, "updated", e.at)
        _add(item, "link", rel="alternate", href=f"{base}/report/{e.report_id}" if e.report_id else e.url)
        _add(item, "link", rel="via", href=f"{base}/capture/{e.capture_id}")
        _add(item, "summary", "\n".join(as_text([e])))
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = UNFIT.sub("\ufffd", text) or None
    return child
