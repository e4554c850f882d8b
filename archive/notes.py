"""Portals and runs, from the notes in the archive; what a portal's captures say of its reach."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive import reach
from archive.addresses import host
from archive.database import insert
from archive.model import Note
from archive.refusals import REFUSED, SHOWN, judged

KNOWN = ("started", "finished", "reason", "status", "results")
# What counts only once the run ended well.
TRUSTING = """SELECT DISTINCT url FROM captures WHERE run_id = ?
  AND (status IN (404, 410) OR outcome IN ('same', 'not_modified', 'soft_404'))"""
ORDER = "fetched_at DESC, warc_file DESC, warc_offset DESC, id DESC"
ASKED = "portal_id = :portal AND host = :host AND reason <> 'robots'"
LATEST = f"""SELECT fetched_at, id, run_id, status, error, url, redirect_to, {SHOWN} FROM captures c
  WHERE {ASKED} AND run_id = (SELECT run_id FROM captures WHERE {ASKED} ORDER BY {ORDER} LIMIT 1)
  ORDER BY {ORDER} LIMIT {reach.WINDOW}"""
GOOD = f"""SELECT fetched_at, id FROM captures c WHERE {ASKED} AND run_id = :run AND status BETWEEN 200 AND 499
  AND NOT {REFUSED} AND redirect_to <> url
  AND {SHOWN} = '' ORDER BY {ORDER} LIMIT 1"""
HOSTS = """SELECT h.reach, h.checked, h.capture_id FROM hosts h JOIN captures c ON c.id = h.capture_id
  WHERE h.portal_id = :portal AND c.run_id = (SELECT o.run_id FROM hosts l JOIN captures o ON o.id = l.capture_id
    WHERE l.portal_id = :portal ORDER BY o.fetched_at DESC, o.run_id DESC LIMIT 1)
  ORDER BY h.host = :host DESC, h.reach = 'ok' DESC, h.host"""


def settle(conn: sqlite3.Connection, noted: Sequence[Note], captures: Sequence[str]) -> set[str]:
    """Brings portals and runs in line with the notes; the addresses of runs whose end was told or taken back."""
    urls: set[str] = set()
    for run in sorted({n.id for n in noted if n.kind == "run"}):
        _save_run(conn, run)
        urls |= {row[0] for row in conn.execute(TRUSTING, (run,))}
    for subject in sorted({n.id for n in noted if n.kind == "left"}):
        _save_left(conn, subject)
    portals = {n.id for n in noted if n.kind == "portal"}
    hosts: set[tuple[str, str]] = set()
    for i in range(0, len(captures), 500):
        some = captures[i:i + 500]
        marks = ", ".join("?" * len(some))
        hosts |= set(conn.execute(
            f"SELECT DISTINCT portal_id, host FROM captures WHERE id IN ({marks}) AND portal_id <> ''", some))
        hosts |= set(conn.execute(
            "SELECT DISTINCT r.portal_id, r.host FROM captures o JOIN captures r USING (payload_digest) "
            f"WHERE o.id IN ({marks}) AND o.challenge <> '' AND r.record_type = 'revisit' AND r.portal_id <> ''", some))
    for portal, name in sorted(hosts):
        _save_host(conn, portal, name)
    for portal in sorted(portals | {portal for portal, _ in hosts}):
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


def _save_left(conn: sqlite3.Connection, subject: str) -> None:
    for data in _notes(conn, "left", subject):
        run, portal = data.get("run"), data.get("portal")
        conn.execute("DELETE FROM left_out WHERE run_id = ? AND portal_id = ?", (run, portal))
        rows = [(run, portal, url, reason, via, anchor) for reason, url, via, anchor in data.get("left", ())]
        insert(conn, "left_out", rows, "ON CONFLICT DO NOTHING")


def _save_portal(conn: sqlite3.Connection, portal: str) -> None:
    told: Mapping[str, Any] = {}
    for data in _notes(conn, "portal", portal):
        told = data
    conn.execute("DELETE FROM portals WHERE id = ?", (portal,))
    insert(conn, "portals", [(
        portal, told.get("name"), told.get("region"), told.get("level"), told.get("home"), told.get("cms") or None,
        *_reach(conn, portal, told.get("home") or ""), told.get("min_reports"), told.get("max_reports"))])


def _save_host(conn: sqlite3.Connection, portal: str, host: str) -> None:
    conn.execute("DELETE FROM hosts WHERE portal_id = ? AND host = ?", (portal, host))
    about = {"portal": portal, "host": host}
    latest = conn.execute(LATEST, about).fetchall()
    if not latest:
        return
    told = [judged(*row[3:]) for row in latest]
    shows = reach.refused(told)
    good = conn.execute(GOOD, about | {"run": latest[0][2]}).fetchone() if shows is None else None
    row = ("ok", *good) if good else (told[shows or 0], *latest[shows or 0][:2])
    insert(conn, "hosts", [(portal, host, *row)])


def _reach(conn: sqlite3.Connection, portal: str, home: str) -> tuple[str | None, str | None, str | None]:
    """Reach by the portal's latest run: that of its home page's host, or where that gave no answer its best host's."""
    rows = conn.execute(HOSTS, {"portal": portal, "host": host(home)}).fetchall()
    first = rows[0][:3] if rows else (None, None, None)
    if first[0] is None or reach.is_refusal(first[0]):
        return first
    return next((row[:3] for row in rows if row[0] == "ok"), first)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
