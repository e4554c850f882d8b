"""What other addresses of a host answer: a page that says the same as the home page, or as any other, is no content."""

import sqlite3

from archive.addresses import host, is_root
from archive.gist import digest

NOTHING = digest([""])  # a page without words or links, as those are that only send the reader on
FEW = 4  # an answer that so many addresses give is an echo for all of them already
# Addresses that say the same in bytes of their own, and those whose bytes the archive had already.
SAYING = "SELECT 1 FROM captures WHERE content_digest = ? AND host = ? AND root = ? AND url <> ? LIMIT 1"
REPEATING = """SELECT 1 FROM captures o JOIN captures r ON r.payload_digest = o.payload_digest
  WHERE o.content_digest = ? AND o.payload_digest <> '' AND r.record_type = 'revisit' AND r.status <> 304
  AND r.host = ? AND r.root = ? AND r.url <> ? LIMIT 1"""


def neighbours(conn: sqlite3.Connection, url: str, content: str) -> tuple[bool, bool]:
    """Whether the host's home page says the same, and whether any other address of the host does."""
    is_home = content != NOTHING and _is_said(conn, url, content, 1)
    return is_home, is_home or _is_said(conn, url, content, 0)


def _is_said(conn: sqlite3.Connection, url: str, content: str, root: int) -> bool:
    about = content, host(url), root, url
    return any(conn.execute(sql, about).fetchone() is not None for sql in (SAYING, REPEATING))


def saying(conn: sqlite3.Connection, url: str, content: str) -> set[str]:
    """The addresses of the host that answer the same, () where so many do that one more changes nothing."""
    limit = -1 if is_root(url) else FEW
    sql = "SELECT DISTINCT url FROM captures WHERE content_digest = ? AND host = ? LIMIT ?"
    found = {row[0] for row in conn.execute(sql, (content, host(url), limit))}
    return found if limit < 0 or len(found) < FEW else set()
