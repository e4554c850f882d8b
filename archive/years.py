"""Checks between the reports of one body in two years that follow each other."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.database import insert
from archive.derive import Lost

FIRST, LAST = 100_000, 199_999  # positions of the checks between years
MODES = ("strict", "blank_as_zero")
MOST = 5  # times as much as the year before, or as little: beyond it a number is in doubt
LEAST = 50  # the larger of two numbers, from which their ratio says anything: from 1 to 6 is no doubt
Cells = Mapping[tuple[str, str, str], int | float]
_AFTER = ("litigation_after_reconsideration", "total")
RULES = {
    "carried_over_from_last_year": "二、上年结转 = 四、结转下年度继续办理 of the year before, by applicant",
    "items_carried_over": "2019 form: 上一年项目数量 = 上一年项目数量 + 本年增/减 of the year before (soft)",
    "in_force_carried_over": "2021 form: 现行有效件数 = that of the year before + 制发 − 废止 (soft)",
    "disclosed_total_carried_over": "2019 form: 对外公开总数量 ≤ that of the year before + 新公开 (soft)",
    "pending_within_next_total": "尚未审结 of the year before ≤ 总计, of reviews and of suits (soft)",
    "suits_after_reviews": "suits after review ≤ reviews of this year and the one before (soft)",
    "year_ratio": f"a total is at most {MOST} times that of the year before and at least a fifth, where one of them is "
                  f"{LEAST} or more (soft)",
}
LIMITS = ("disclosed_total_carried_over", "pending_within_next_total", "suits_after_reviews")
WEIGHED = frozenset((
    *(("requests", row, "total") for row in ("received_new", "result_total")),
    *(("proceedings", row, "total") for row in ("reconsideration", "litigation_direct", _AFTER[0])),
    *(("disclosure", f"administrative_{kind}", "decisions") for kind in ("licensing", "penalty", "coercion")),
    ("disclosure", "administrative_fees", "fee_amount"),
    ("disclosure", "centralized_procurement", "procurement_amount"), ("disclosure", "normative_documents", "in_force"),
    *(("statistics", row, "value") for row in ("disclosed_items", "requests_received", "reconsiderations", "lawsuits")),
))
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
        ours = f"position BETWEEN ? AND ? AND report_id IN ({here})"
        conn.execute(f"DELETE FROM checks WHERE {ours}", (FIRST, LAST, issuer, year))
        sql = "SELECT id, scope, region_code FROM latest_reports WHERE issuer = ? AND report_year = ?"
        earlier = {row[1:]: row[0] for row in conn.execute(sql, (issuer, year - 1))}
        for id, *about in conn.execute(sql, (issuer, year)).fetchall():
            if tuple(about) in earlier:
                before, now = ({mode: _values(conn, each, mode) for mode in MODES}
                               for each in (earlier[tuple(about)], id))
                insert(conn, "checks", [(id, FIRST + i, *check) for i, check in enumerate(_checked(before, now))])


def _values(conn: sqlite3.Connection, report: int, mode: str) -> Cells:
    """The values by cell; in the mode blank_as_zero what is blank or marked counts as 0."""
    value = "CASE WHEN kind IN ('blank', 'not_applicable') THEN 0 ELSE value END" if mode != "strict" else "value"
    sql = f"SELECT table_key, row_key, column_key, {value} FROM cells WHERE report_id = ? AND {value} IS NOT NULL"
    return {(t, r, c): value for t, r, c, value in conn.execute(sql, (report,))}


def rows(before: Cells, now: Cells) -> Iterator[Row]:
    """Each identity that both reports have the cells for; a value that is missing makes it not assessable."""
    for t, r, c in sorted(before.keys() | now.keys()):
        here, there = now.get((t, r, c)), before.get((t, r, c))
        if (t, r) == ("requests", "carried_over_in"):
            yield "carried_over_from_last_year", c, here, before.get((t, "carried_over_out", c))
        elif here is not None and there is not None:
            yield from _follows(before, now, (t, r, c))
            if (t, r, c) in WEIGHED and max(here, there) >= LEAST and min(here, there) > 0:
                yield "year_ratio", f"{t}/{r}/{c}", here, there
    if ("proceedings", *_AFTER) in now:
        reviews = ("proceedings", "reconsideration", "total")
        yield "suits_after_reviews", "total", now["proceedings", *_AFTER], _plus(before.get(reviews), now.get(reviews))


def _follows(before: Cells, now: Cells, key: tuple[str, str, str]) -> Iterator[Row]:
    """What a cell that both years have must be by the changes in between."""
    t, r, c = key
    here, there = now[key], before[key]
    made, gone = now.get((t, r, "issued")), now.get((t, r, "repealed"))
    if c == "items_previous_year":
        yield "items_carried_over", r, here, _plus(there, before.get((t, r, "items_change")))
    elif c == "in_force":
        yield "in_force_carried_over", r, here, _plus(there, made, None if gone is None else -gone)
    elif c == "disclosed_cumulative":
        yield "disclosed_total_carried_over", r, here, _plus(there, now.get((t, r, "newly_disclosed")))
    elif t == "proceedings" and c == "pending":
        yield "pending_within_next_total", r, there, now.get((t, r, "total"))


def _plus(*values: int | float | None) -> int | float | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def _checked(before: Mapping[str, Cells], now: Mapping[str, Cells]) -> Iterator[tuple[object, ...]]:
    for mode in MODES:
        for rule, scope, left, right in rows(before[mode], now[mode]):
            yield rule, scope, status(rule, left, right), left, right, mode


def status(rule: str, left: int | float | None, right: int | float | None) -> str:
    """Whether a rule holds; not_assessable where a side is not known."""
    if left is None or right is None:
        return "not_assessable"
    if rule == "year_ratio":
        return "pass" if right / MOST <= left <= right * MOST else "fail"
    return "pass" if (left <= right if rule in LIMITS else left == right) else "fail"
