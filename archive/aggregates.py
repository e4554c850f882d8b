"""Checks of a jurisdiction's report against those of the bodies within it; for no report of one body alone."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.database import insert
from archive.derive import Lost

FIRST = 200_000  # position of the first check between bodies
RULES = {
    "aggregate_covers_largest": "of a report on a whole jurisdiction: no body within it counts more (soft)",
    "aggregate_covers_sum": "of a report on a whole jurisdiction: the known bodies within it, each counted once, do "
                            "not count more together (soft; the archive need not have them all)",
}
CELLS = (
    ("requests", "received_new", "total"), ("requests", "result_total", "total"),
    ("proceedings", "reconsideration", "total"), ("proceedings", "litigation_direct", "total"),
    ("proceedings", "litigation_after_reconsideration", "total"), ("disclosure", "normative_documents", "issued"),
    ("statistics", "disclosed_items", "value"), ("statistics", "requests_received", "value"),
    ("statistics", "reconsiderations", "value"), ("statistics", "lawsuits", "value"),
)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Member:
    """A report of one year within a jurisdiction, with the values that can be added."""

    id: int
    region: str
    scope: str
    values: Mapping[Key, float]


def settle(conn: sqlite3.Connection, reports: Iterable[int], lost: Sequence[Lost]) -> None:
    """Checks the jurisdictions that these reports are of or lie in; of the years of lost ones all jurisdictions."""
    sql = "SELECT report_year, region_code FROM reports WHERE id = ? AND report_year IS NOT NULL AND region_code <> ''"
    touched = {row for id in reports for row in conn.execute(sql, (id,))}
    everywhere = {gone.report_year for gone in lost if gone.report_year}
    for year in sorted({year for year, _ in touched} | everywhere):
        for id, region in conn.execute(_AGGREGATES, (year,)).fetchall():
            if year in everywhere or any(y == year and _is_within(r, region) for y, r in touched):
                _judge(conn, id, region, year)


_AGGREGATES = """SELECT id, region_code FROM reports
WHERE report_year = ? AND scope = 'jurisdiction' AND region_code IS NOT NULL ORDER BY id"""
_WITHIN = """SELECT id, region_code, scope FROM latest_reports
WHERE report_year = ? AND substr(region_code, 1, ?) = ? AND id <> ? AND scope IS NOT NULL ORDER BY id"""


def _judge(conn: sqlite3.Connection, id: int, region: str, year: int) -> None:
    conn.execute("DELETE FROM checks WHERE report_id = ? AND position >= ?", (id, FIRST))
    if conn.execute("SELECT 1 FROM latest_reports WHERE id = ?", (id,)).fetchone() is None:
        return
    prefix = _prefix(region)
    rows = conn.execute(_WITHIN, (year, len(prefix), prefix, id)).fetchall()
    members = [Member(each, code, scope, _values(conn, each)) for each, code, scope in rows]
    found = [(rule, "/".join(key), "pass" if left <= whole else "fail", left, whole)
             for key, whole in _values(conn, id).items() for rule, left in bounds(members, region, key)]
    insert(conn, "checks", [(id, FIRST + i, *check, "strict") for i, check in enumerate(found)])


def bounds(members: Sequence[Member], region: str, key: Key) -> Iterator[tuple[str, float]]:
    """The least that the jurisdiction must count: the largest member, and all that are known to lie apart."""
    own = [m for m in members if key in m.values and not (m.region == region and m.scope == "jurisdiction")]
    if own:
        yield "aggregate_covers_largest", max(m.values[key] for m in own)
        yield "aggregate_covers_sum", known(own, region, key)


def known(members: Sequence[Member], region: str, key: Key) -> float:
    """What the members count together, each thing once: bodies of the place itself and, of each place below, its own
    jurisdiction's report, or else what is known of it."""
    bodies = sum(m.values[key] for m in members if m.region == region and m.scope == "body")
    governments = max((m.values[key] for m in members if m.region == region and m.scope == "government"), default=0)
    below = {_child(m.region, region) for m in members if m.region != region}
    return max(bodies, governments) + sum(_place([m for m in members if _is_within(m.region, place)], place, key)
                                          for place in below)


def _place(members: Sequence[Member], place: str, key: Key) -> float:
    whole = [m.values[key] for m in members if m.region == place and m.scope == "jurisdiction"]
    return max(whole) if whole else known(members, place, key)


def _child(region: str, of: str) -> str:
    """The division right below another one that a place lies in."""
    return region[:4] + "00" if of.endswith("0000") else region


def _prefix(region: str) -> str:
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region


def _is_within(region: str, of: str) -> bool:
    return region.startswith(_prefix(of))


def _values(conn: sqlite3.Connection, report: int) -> dict[Key, float]:
    sql = "SELECT value FROM cells WHERE report_id = ? AND (table_key, row_key, column_key) = (?, ?, ?)"
    rows = ((key, conn.execute(sql, (report, *key)).fetchone()) for key in CELLS)
    return {key: row[0] for key, row in rows if row and row[0] is not None}
