"""Where redirects lead, over several hops: what a report's address sends on to is its new place or none."""

import sqlite3

PERMANENT = frozenset((301, 308))
MOST = 6  # hops
HOLDS = """SELECT 1 FROM captures c WHERE url = ? AND (holds IN ('report', 'part') OR (
  record_type = 'revisit' AND payload_digest <> '' AND EXISTS (SELECT 1 FROM captures o
  WHERE o.payload_digest = c.payload_digest AND o.holds IN ('report', 'part')))) LIMIT 1"""
ONWARD = "SELECT redirect_to FROM captures WHERE url = ? ORDER BY redirect_to = '', fetched_at DESC, id LIMIT 1"


def is_astray(conn: sqlite3.Connection, target: str, status: int | None) -> bool:
    """Whether a redirect leads to no report; one that is permanent is believed where nobody has looked yet."""
    seen: list[str] = []
    while target and target not in seen and len(seen) < MOST:
        seen.append(target)
        if conn.execute(HOLDS, (target,)).fetchone():
            return False
        onward = conn.execute(ONWARD, (target,)).fetchone()
        if onward is None:
            return status not in PERMANENT
        target = onward[0]
    return True


def senders(conn: sqlite3.Connection, url: str) -> set[str]:
    """The addresses that redirect to this one, over others too."""
    found: set[str] = set()
    todo = [url]
    while todo:
        to = todo.pop()
        near = {row[0] for row in conn.execute("SELECT DISTINCT url FROM captures WHERE redirect_to = ?", (to,))}
        todo += sorted(near - found)
        found |= near
    return found
