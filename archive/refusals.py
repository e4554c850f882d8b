"""What the captures of a host say of its reach: read alone, so that looking needs no more than SQLite."""

import sqlite3
from collections.abc import Iterator

from archive import reach

SHOWN = """CASE WHEN record_type <> 'revisit' THEN challenge ELSE coalesce((SELECT max(o.challenge) FROM captures o
  WHERE o.payload_digest = c.payload_digest AND o.payload_digest <> ''), '') END"""  # a revisit shows its original's
REFUSED = f"status IN ({', '.join(map(str, sorted(reach.REFUSALS | reach.WAITING)))})"
ANSWERS = f"""SELECT host, run_id, fetched_at, status, error, url, redirect_to, {SHOWN} AS shown FROM captures c
  WHERE fetched_at >= ?1 AND status IS NOT NULL AND run_id <> '' AND (reason <> 'robots' OR {REFUSED})
  AND host IN (SELECT host FROM captures WHERE fetched_at >= ?1 AND (challenge <> '' OR {REFUSED}))
  ORDER BY fetched_at, warc_file, warc_offset"""


def answers(conn: sqlite3.Connection, since: str) -> Iterator[tuple[str, str, str, str]]:
    """Host, run, moment and reach of each answer since then, in order, of the hosts that refused one."""
    return ((host, run, moment, judged(*rest)) for host, run, moment, *rest in conn.execute(ANSWERS, (since,)))


def judged(status: int | None, error: str, url: str, target: str, challenge: str) -> str:
    """Reach by one answer; a redirect to itself asks for a cookie."""
    if status is None:
        return reach.trouble(error)
    return reach.verdict(status, "cookie" if url == target else challenge)
