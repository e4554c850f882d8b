"""Checks between the reports of one body in two years that follow each other."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.database import insert
from archive.derive import Lost

FIRST = 100_000  # position of the first check between years
Cells = Mapping[tuple[str, str, str], int | float]
RULES = {
    "carried_over_from_last_year": "二、上年结转 = 四、结转下年度继续办理 of the year before, by applicant",
    "items_carried_over": "2019 form: 上一年项目数量 = 上一年项目数量 + 本年增/减 of the year before (soft)",
    "in_force_carried_over": "2021 form: 现行有效件数 = that of the year before + 制发 − 废止 (soft)",
}
Row = tuple[str, str, float | int | None, float | int | None]
"""Rule, scope, left value, right value."""


def settle(conn: sqlite3.Connection, reports: Iterable[int], lost: Sequence[Lost]) -> None:
    """Checks these reports against the year before, and those of the year after against them."""
    sql = "SELECT issuer, report_year FROM reports WHERE id = ?"
    named = [conn.execute(sql, (id,)).fetchone() for id in reports]
    named += [(gone.issuer, gone.report_year) for gone in lost]
    bodies = {(issuer, year + later) for issuer, year in named if issuer and year for later in (0, 1)}
    for issuer, year in sorted(bodies):
        here = "SELECT id FROM reports WHERE issuer = ? AND report_year = ?"
        conn.execute(f"DELETE FROM checks WHERE position >= ? AND report_id IN ({here})", (FIRST, issuer, year))
        sql = "SELECT id, scope, region_code FROM latest_reports WHERE issuer = ? AND report_year = ?"
        earlier = {row[1:]: row[0] for row in conn.execute(sql, (issuer, year - 1))}
        for id, *about in conn.execute(sql, (issuer, year)).fetchall():
            if tuple(about) in earlier:
                _save(conn, id, rows(_values(conn, earlier[tuple(about)]), _values(conn, id)))


def _values(conn: sqlite3.Connection, report: int) -> Cells:
    sql = "SELECT table_key, row_key, column_key, value FROM cells WHERE report_id = ? AND value IS NOT NULL"
    return {(t, r, c): value for t, r, c, value in conn.execute(sql, (report,))}


def rows(before: Cells, now: Cells) -> Iterator[Row]:
    """Each identity that both reports have the cells for; a value that is missing makes it not assessable."""
    for t, r, c in sorted(before.keys() | now.keys()):
        here, there = now.get((t, r, c)), before.get((t, r, c))
        if (t, r) == ("requests", "carried_over_in"):
            yield "carried_over_from_last_year", c, here, before.get((t, "carried_over_out", c))
        elif c == "items_previous_year" and (t, r, c) in now and (t, r, c) in before:
            yield "items_carried_over", r, here, _plus(there, before.get((t, r, "items_change")))
        elif c == "in_force" and (t, r, c) in now and (t, r, c) in before:
            made, gone = now.get((t, r, "issued")), now.get((t, r, "repealed"))
            yield "in_force_carried_over", r, here, _plus(there, made, None if gone is None else -gone)


def _plus(*values: int | float | None) -> int | float | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def _save(conn: sqlite3.Connection, report: int, found: Iterable[Row]) -> None:
    insert(conn, "checks", [(report, FIRST + i, rule, scope, _status(left, right), left, right, "strict")
                            for i, (rule, scope, left, right) in enumerate(found)])


def _status(left: int | float | None, right: int | float | None) -> str:
    if left is None or right is None:
        return "not_assessable"
    return "pass" if left == right else "fail"
