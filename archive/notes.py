"""Portals and runs, from the notes in the archive; what a portal's captures say of its reach."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.database import insert
from archive.model import Note

KNOWN = ("started", "finished", "reason", "status", "results")
ERRORS = ("robots", "timeout", "dns", "tls")
TRUSTING = """SELECT DISTINCT url FROM captures WHERE run_id = ?
  AND (status IN (404, 410) OR outcome IN ('same', 'not_modified'))"""  # what counts only once the run ended well
ORDER = "fetched_at DESC, warc_file DESC, warc_offset DESC, id DESC"


def settle(conn: sqlite3.Connection, noted: Sequence[Note], captures: Sequence[str]) -> set[str]:
    """Brings portals and runs in line with the notes; the addresses of runs whose end was told or taken back."""
    urls: set[str] = set()
    for run in sorted({n.id for n in noted if n.kind == "run"}):
        _save_run(conn, run)
        urls |= {row[0] for row in conn.execute(TRUSTING, (run,))}
    portals = {n.id for n in noted if n.kind == "portal"}
    for i in range(0, len(captures), 500):
        some = captures[i:i + 500]
        marks = ", ".join("?" * len(some))
        portals |= {row[0] for row in conn.execute(
            f"SELECT DISTINCT portal_id FROM captures WHERE id IN ({marks}) AND portal_id <> ''", some)}
    for portal in sorted(portals):
        _save_portal(conn, portal)
    return urls


def _notes(conn: sqlite3.Connection, kind: str, subject: str) -> Iterable[Mapping[str, Any]]:
    """What the notes say, oldest first."""
    sql = "SELECT data FROM notes WHERE kind = ? AND subject = ? ORDER BY noted_at, warc_file, warc_offset, id"
    return [json.loads(data) for (data,) in conn.execute(sql, (kind, subject))]


def _save_run(conn: sqlite3.Connection, run: str) -> None:
    told: dict[str, Any] = {}
    for data in _notes(conn, "run", run):
        told |= data
    is_whole = told.get("reason") == "finished"
    status = told.get("status") or ("ok" if is_whole else "failed" if "reason" in told else "open")
    conn.execute("DELETE FROM runs WHERE id = ?", (run,))
    insert(conn, "runs", [(run, told.get("started"), told.get("finished"), told.get("reason"), status,
                           _json({k: v for k, v in told.items() if k not in KNOWN}))])
    conn.execute("DELETE FROM run_portals WHERE run_id = ?", (run,))
    insert(conn, "run_portals", [_result(run, portal, data, is_whole)
                                 for portal, data in sorted(told.get("results", {}).items())])


def _result(run: str, portal: str, data: Mapping[str, Any], is_whole: bool) -> tuple[object, ...]:
    status = "ok" if is_whole and not data.get("failed") else "failed"
    reason = data.get("reason") or ("" if is_whole else "the run ended early")
    rest = {k: v for k, v in data.items() if k not in ("failed", "reason", "requests", "reports", "portal_id")}
    return run, portal, status, reason, data.get("requests"), data.get("reports"), _json(rest)


def _save_portal(conn: sqlite3.Connection, portal: str) -> None:
    told: Mapping[str, Any] = {}
    for data in _notes(conn, "portal", portal):
        told = data
    conn.execute("DELETE FROM portals WHERE id = ?", (portal,))
    insert(conn, "portals", [(
        portal, told.get("name"), told.get("region"), told.get("level"), told.get("home"), told.get("cms") or None,
        *_reach(conn, portal), told.get("min_reports"), told.get("max_reports"))])


def _reach(conn: sqlite3.Connection, portal: str) -> tuple[str | None, str | None, str | None]:
    """Reach by the portal's latest run: ok where anything answered with content, else what its last capture shows."""
    latest = conn.execute(f"SELECT run_id, status, error, fetched_at, id FROM captures WHERE portal_id = ? "
                          f"AND reason <> 'robots' ORDER BY {ORDER} LIMIT 1", (portal,)).fetchone()
    if latest is None:
        return None, None, None
    sql = ("SELECT fetched_at, id FROM captures WHERE portal_id = ? AND run_id = ? AND reason <> 'robots' "
           f"AND status BETWEEN 200 AND 399 AND status <> 202 ORDER BY {ORDER} LIMIT 1")
    good = conn.execute(sql, (portal, latest[0])).fetchone()
    return ("ok", *good) if good else (reach(latest[1], latest[2]), latest[3], latest[4])


def reach(status: int | None, error: str) -> str:
    """Reach by a capture that brought no content.

    >>> reach(403, ""), reach(412, ""), reach(None, "dns: no such name"), reach(502, "")
    ('forbidden', 'challenge:412', 'dns', 'error')
    """
    if status is None:
        kind = error.partition(":")[0].strip().lower()
        return kind if kind in ERRORS or kind == "challenge" else "error"
    if status in (202, 412, 521):
        return f"challenge:{status}"
    return "forbidden" if status in (401, 403, 429) else "error"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
