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
        around = {place for y, region in touched if y == year for place in _around(region)}
        wanted = [(id, region) for id, region in conn.execute(_AGGREGATES, (year,)).fetchall()
                  if year in everywhere or region in around]
        within = _members(conn, year) if wanted else {}
        for id, region in wanted:
            _judge(conn, id, within.get(region, []))


_AGGREGATES = """SELECT id, region_code FROM reports
WHERE report_year = ? AND scope = 'jurisdiction' AND region_code IS NOT NULL ORDER BY id"""
_LATEST = """SELECT id, region_code, scope FROM latest_reports
WHERE report_year = ? AND region_code IS NOT NULL AND scope IS NOT NULL ORDER BY id"""
_VALUES = f"""SELECT table_key, row_key, column_key, value FROM cells WHERE report_id = ? AND value IS NOT NULL
AND (table_key, row_key, column_key) IN (VALUES {", ".join(["(?, ?, ?)"] * len(CELLS))}) ORDER BY 1, 2, 3"""


def _members(conn: sqlite3.Connection, year: int) -> dict[str, list[Member]]:
    """The reports of a year that stand, with their values, by each place that they lie in."""
    keys = [part for key in CELLS for part in key]
    found: dict[str, list[Member]] = {}
    for id, region, scope in conn.execute(_LATEST, (year,)).fetchall():
        values = {(t, r, c): value for t, r, c, value in conn.execute(_VALUES, (id, *keys))}
        for place in _around(region):
            found.setdefault(place, []).append(Member(id, region, scope, values))
    return found


def _judge(conn: sqlite3.Connection, id: int, within: Sequence[Member]) -> None:
    conn.execute("DELETE FROM checks WHERE report_id = ? AND position >= ?", (id, FIRST))
    for whole in (m for m in within if m.id == id):
        others = [m for m in within if m.id != id]
        found = [(rule, "/".join(key), "pass" if left <= total else "fail", left, total)
                 for key, total in whole.values.items() for rule, left in bounds(others, whole.region, key)]
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
    below: dict[str, list[Member]] = {}
    for m in members:
        if m.region != region:
            below.setdefault(region[:2] + m.region[2:4] + "00" if region.endswith("0000") else m.region, []).append(m)
    return max(bodies, governments) + sum(_place(some, place, key) for place, some in below.items())


def _place(members: Sequence[Member], place: str, key: Key) -> float:
    whole = [m.values[key] for m in members if m.region == place and m.scope == "jurisdiction"]
    return max(whole) if whole else known(members, place, key)


def _around(region: str) -> set[str]:
    """A place, its city and its province."""
    return {region, region[:4] + "00", region[:2] + "0000"}
