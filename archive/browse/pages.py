"""What our pages show, read from the database."""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from parsers.forms import EDITIONS, form

from archive import changes
from archive.browse.metadata import QUERIES
from archive.browse.printed import Figure, printed
from archive.summary import COUNTS

MOST = 200    # events on the page of changes
RECENT = 8    # events on the start page
KIND_LABELS = {"blank": "空白", "not_applicable": "不适用", "missing": "缺失", "text": "非数字"}
SCOPES = {"body": "本机关", "government": "本级政府", "jurisdiction": "本行政区域"}


def database(datasette: Datasette) -> Database:
    """Our database."""
    return next(db for name, db in datasette.databases.items() if not name.startswith("_"))


def start(conn: sqlite3.Connection) -> dict[str, Any]:
    """Counts, portals by reach, the latest events and the example queries."""
    counts = {name: conn.execute(sql).fetchone()[0] for name, sql in COUNTS.items()}
    years = conn.execute("SELECT report_year, count(*) FROM latest_reports WHERE report_year IS NOT NULL "
                         "GROUP BY 1 ORDER BY 1").fetchall()
    sql = "SELECT coalesce(reach, 'unknown'), count(*) FROM portals GROUP BY 1 ORDER BY 2 DESC, 1"
    reach = conn.execute(sql).fetchall()
    sql = "SELECT id, issuer, report_year, title FROM latest_reports ORDER BY fetched_at DESC, id LIMIT ?"
    latest = conn.execute(sql, (RECENT,)).fetchall()
    events = [e for e in changes.entries(conn) if e.kind != "new"][-RECENT:]
    events.reverse()
    return {"counts": counts, "years": years, "most": max((n for _, n in years), default=1), "reach": reach,
            "latest": latest, "events": events, "queries": QUERIES}


def report(id: int) -> Callable[[sqlite3.Connection], dict[str, Any] | None]:
    """A report with its tables as the form prints them, checks, problems, evidence and other versions."""
    def read(conn: sqlite3.Connection) -> dict[str, Any] | None:
        found = _one(conn, "SELECT * FROM reports WHERE id = ?", id)
        if found is None:
            return None
        return {
            "report": found, "tables": _tables(conn, found), "scope": SCOPES.get(found["scope"] or ""),
            "capture": _one(conn, "SELECT * FROM captures WHERE id = ?", found["capture_id"]),
            "checks": _rows(conn, "SELECT * FROM checks WHERE report_id = ? AND status = 'fail' ORDER BY position", id),
            "passed": _count(conn, "SELECT count(*) FROM checks WHERE report_id = ? AND status = 'pass'", id),
            "problems": _rows(conn, "SELECT * FROM problems WHERE report_id = ? ORDER BY code, detail", id),
            "leftovers": _rows(conn, "SELECT * FROM leftovers WHERE report_id = ? ORDER BY position", id),
            "evidence": _rows(conn, "SELECT * FROM evidence WHERE report_id = ? ORDER BY position", id),
            "sections": _rows(conn, "SELECT * FROM sections WHERE report_id = ? ORDER BY position", id),
            "changes": _differences(conn, id),
            "versions": _rows(conn, "SELECT * FROM reports WHERE series = ? ORDER BY version, fetched_at, id",
                              found["series"]),
            "tombstone": _one(conn, "SELECT * FROM tombstones WHERE report_id = ?", id),
            "kinds": KIND_LABELS,
        }

    return read


def capture(id: str) -> Callable[[sqlite3.Connection], dict[str, Any] | None]:
    """A capture, what was read from it, and all captures of its address."""
    def read(conn: sqlite3.Connection) -> dict[str, Any] | None:
        found = _one(conn, "SELECT * FROM captures WHERE id = ?", id)
        if found is None:
            return None
        return {
            "capture": found, "page": _one(conn, "SELECT * FROM pages WHERE url = ?", found["url"]),
            "reports": _rows(conn, "SELECT id, issuer, report_year, title FROM reports WHERE capture_id = ?", id),
            "problems": _rows(conn, "SELECT * FROM problems WHERE capture_id = ? AND report_id IS NULL", id),
            "visits": _rows(conn, "SELECT id, fetched_at, status, outcome, fidelity FROM captures WHERE url = ? "
                                  "ORDER BY fetched_at, warc_file, warc_offset", found["url"]),
        }

    return read


def _tables(conn: sqlite3.Connection, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Label and rows of each table of the report's form; for a local form the cells as they were labelled."""
    cells = _rows(conn, "SELECT * FROM cells WHERE report_id = ?", found["id"])
    if found["edition"] not in EDITIONS:
        return [{"label": "", "rows": [], "cells": cells}] if cells else []
    by_table: dict[str, dict[tuple[str, str], Figure]] = {}
    for c in cells:
        value = "" if c["value"] is None else f"{c['value']:,} {c['unit']}"
        figure = Figure(c["raw"], c["kind"], value, c["place"])
        by_table.setdefault(c["table_key"], {})[c["row_key"], c["column_key"]] = figure
    return [{"label": t.label, "rows": printed(t, by_table.get(t.key, {})), "cells": []}
            for t in form(found["edition"]).tables]


def _differences(conn: sqlite3.Connection, id: int) -> list[changes.Difference]:
    sql = "SELECT table_key, row_key, column_key, before, after FROM changes WHERE report_id = ?"
    return [changes.Difference(*row) for row in conn.execute(sql, (id,))]


def _rows(conn: sqlite3.Connection, sql: str, key: object) -> list[dict[str, Any]]:
    found = conn.execute(sql, (key,))
    names = [d[0] for d in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _one(conn: sqlite3.Connection, sql: str, key: object) -> dict[str, Any] | None:
    return next(iter(_rows(conn, sql, key)), None)


def _count(conn: sqlite3.Connection, sql: str, key: object) -> int:
    return int(conn.execute(sql, (key,)).fetchone()[0])
