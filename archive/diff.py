"""What differs between two versions of a report, cell by cell."""

import sqlite3
from difflib import SequenceMatcher
from itertools import chain

from archive.database import insert
from archive.furniture import article
from archive.gist import SPACE, prose

CELLS = """SELECT table_key, row_key, column_key, value, raw, kind FROM cells WHERE report_id = ?"""
FACTS = ("title", "issuer", "region_code", "report_year", "edition", "scope", "published")
LONGEST = 4000  # characters of text kept on either side

Change = tuple[str, str, str, str | None, str | None]
"""Table, row, column, before, after."""


def save(conn: sqlite3.Connection, before: int, after: int) -> None:
    """Writes the changes from one report to the next."""
    rows = chain(_cells(conn, before, after), _facts(conn, before, after))
    insert(conn, "changes", [(after, before, *change) for change in rows])


def _cells(conn: sqlite3.Connection, before: int, after: int) -> list[Change]:
    old, new = ({row[:3]: row[3:] for row in conn.execute(CELLS, (id,))} for id in (before, after))
    return [(*key, old[key][1] if key in old else None, new[key][1] if key in new else None)
            for key in sorted(old.keys() | new.keys()) if _mark(old.get(key)) != _mark(new.get(key))]


def _mark(cell: tuple[float | None, str, str] | None) -> tuple[object, ...] | None:
    """What a cell is compared by: kind and value; the words where there is no value."""
    if cell is None:
        return None
    value, raw, kind = cell
    return kind, value, SPACE.sub("", raw) if kind == "text" else ""


def _facts(conn: sqlite3.Connection, before: int, after: int) -> list[Change]:
    sql = f"SELECT {', '.join(FACTS)}, text FROM reports WHERE id = ?"
    old, new = (conn.execute(sql, (id,)).fetchone() for id in (before, after))
    found: list[Change] = [("report", name, "", _text(a), _text(b))
                           for name, a, b in zip(FACTS, old, new, strict=False) if a != b]
    before_text, after_text = article(old[-1]), article(new[-1])
    if prose(before_text) != prose(after_text):
        found.append(("report", "text", "", *lines(before_text, after_text)))
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def lines(before: str, after: str) -> tuple[str, str]:
    """The lines that went and the lines that came.

    >>> lines("甲\\n乙\\n丙", "甲\\n丁\\n丙")
    ('乙', '丁')
    """
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, [prose(x) for x in old], [prose(x) for x in new], autojunk=False)
    steps = [s for s in matcher.get_opcodes() if s[0] != "equal"]
    went = "\n".join("\n".join(old[a:b]) for _, a, b, _, _ in steps if a < b)
    came = "\n".join("\n".join(new[c:d]) for _, _, _, c, d in steps if c < d)
    return went[:LONGEST], came[:LONGEST]
