"""What every run is checked for and what it left alone: views over runs and captures, so a rebuild has them too."""

import sqlite3
from collections.abc import Iterator

from parsers.forms import forms
from parsers.tallies import RULES as TALLIES
from parsers.tallies import SOFT

SKIPPED = ("run_id", "portal_id", "url", "reason", "due", "capture_id", "via", "anchor")
MONITORED = ("run_id", "portal_id", "monitor", "status", "found", "expected")

SKIPS = """SELECT r.id AS run_id, p.portal_id, p.url,
  CASE WHEN l.reason IS NOT NULL THEN l.reason WHEN c.outcome = 'gone' AND c.due > r.started THEN 'gone'
       WHEN c.due > r.started THEN 'not due' ELSE 'not reached' END AS reason, c.due, c.id AS capture_id,
  c.via, c.anchor
FROM runs r JOIN pages p ON p.portal_id IN (SELECT value FROM json_each(r.details, '$.portals'))
JOIN captures c ON c.id = (SELECT b.id FROM captures b WHERE b.url = p.url AND b.fetched_at < r.started
  ORDER BY b.fetched_at DESC, b.warc_file DESC, b.warc_offset DESC LIMIT 1)
LEFT JOIN left_out l ON l.run_id = r.id AND l.portal_id = p.portal_id AND l.url = p.url
WHERE p.url NOT LIKE '%/robots.txt'
  AND NOT EXISTS (SELECT 1 FROM captures n WHERE n.url = p.url AND n.run_id = r.id)
UNION ALL SELECT l.run_id, l.portal_id, l.url, l.reason, NULL, NULL, l.via, l.anchor
FROM left_out l JOIN runs r ON r.id = l.run_id
WHERE NOT EXISTS (SELECT 1 FROM captures b WHERE b.url = l.url AND b.fetched_at < r.started)"""

_EARLIER = """(SELECT e.reports FROM run_portals e JOIN runs o ON o.id = e.run_id
  WHERE e.portal_id = p.portal_id AND e.status = 'ok' AND o.started < r.started ORDER BY o.started DESC LIMIT 1)"""
_OF_RUN = "FROM captures c WHERE c.run_id = p.run_id AND c.portal_id = p.portal_id"
_READ = "FROM captures c JOIN reports v ON v.capture_id = c.id WHERE c.run_id = p.run_id AND c.portal_id = p.portal_id"
_SILENT = f"""(SELECT 1.0 * sum(c.status IS NULL) / count(*) {_OF_RUN} AND c.reason <> 'robots')"""
# The sums of a report's own tables: neither limits of plausibility, nor its prose, nor other reports.
_SUMS = sorted({s.rule for form in forms() for s in form.sums if not s.soft} | (TALLIES.keys() - SOFT))
SUMS_FAILED = f"status = 'fail' AND mode = 'blank_as_zero' AND rule IN ({', '.join(repr(rule) for rule in _SUMS)})"
_FAILED = f"""(SELECT 1.0 * sum(EXISTS (SELECT 1 FROM checks WHERE report_id = v.id AND {SUMS_FAILED}))
  / count(*) {_READ})"""
_ALL = "FROM run_portals p JOIN runs r ON r.id = p.run_id"
_RULES = (  # monitor, found, expected, condition of an alarm, condition under which it is asked
    ("empty", "p.reports", "1", "found < 1", "p.requests > 0"),
    ("drop", "p.reports", f"round(0.8 * {_EARLIER}, 1)", "found < expected", f"{_EARLIER} IS NOT NULL"),
    ("failed_sums", f"round({_FAILED}, 3)", "0.5", "found > expected", f"(SELECT count(*) {_READ}) >= 5"),
    ("unreachable", f"round({_SILENT}, 3)", "0.5", "found >= expected", f"{_SILENT} IS NOT NULL"),
)
_ENDED = """SELECT r.id AS run_id, j.value AS portal_id, 'ended' AS monitor,
  iif(r.reason = 'finished', 'ok', 'alarm') AS status, coalesce(r.reason, 'killed') AS found, 'finished' AS expected
FROM runs r JOIN json_each(r.details, '$.portals') j"""
MONITORS = _ENDED + "".join(
    f"\nUNION ALL SELECT run_id, portal_id, '{name}', iif({alarm}, 'alarm', 'ok'), found, expected FROM "
    f"(SELECT p.run_id, p.portal_id, {found} AS found, {expected} AS expected {_ALL} WHERE {asked})"
    for name, found, expected, alarm, asked in _RULES)


def alarms(conn: sqlite3.Connection, run: str) -> Iterator[str]:
    """The alarms of one run, a line each."""
    sql = "SELECT portal_id, monitor, found, expected FROM monitors WHERE run_id = ? AND status = 'alarm' ORDER BY 1, 2"
    for portal, monitor, found, expected in conn.execute(sql, (run,)):
        yield f"{portal}: alarm {monitor}: {found}, limit {expected}"
