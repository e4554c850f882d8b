"""Checks between reports: of one body in two years, and of a jurisdiction with the bodies within it."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import aggregates, years
from archive.database import opened, save_reports, transaction
from archive.entries import Head, entries
from parsers.forms import form
from parsers.model import Cell, Kind, Report

NEW = ("requests", "received_new", "total")
OUT = ("requests", "carried_over_out", "total")
IN = ("requests", "carried_over_in", "total")
Key = tuple[str, str, str]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return opened(tmp_path / "reports.db")


def report(values: dict[Key, int | None], issuer: str, region: str, scope: str, year: int = 2022) -> Report:
    """A report of 2021's form with these values; None is a blank cell, all others are 0."""
    cells = tuple(
        Cell(c.table, c.row, c.column, None, "", Kind.BLANK, c.unit) if value is None
        else Cell(c.table, c.row, c.column, Decimal(value), str(value), Kind.NUMBER, c.unit)
        for c in form("2021").cells for value in [values.get((c.table, c.row, c.column), 0)])
    title = f"{issuer}{year}年政府信息公开工作年度报告"
    return Report(True, "2021", title, issuer, region, year, scope, None, issuer, cells=cells)


def settled(db: Database, reports: Iterable[Report]) -> None:
    """Saves one report after the other, each time bringing the checks in line."""
    for one in reports:
        with transaction(db) as conn:
            key = f"{one.issuer}{one.report_year}"
            save_reports(conn, entries([one], Head(key, f"http://example.gov.cn/{key}", "p", "2022-01-01T00:00:00Z")))
            (id,) = conn.execute("SELECT id FROM reports WHERE capture_id = ?", (key,)).fetchone()
            years.settle(conn, [id], [])
            aggregates.settle(conn, [id], [])


def held(db: Database, rule: str) -> list[tuple[object, ...]]:
    sql = ("SELECT issuer, c.scope, status, left_value, right_value, mode FROM checks c "
           "JOIN reports r ON r.id = c.report_id WHERE rule = ? ORDER BY issuer, c.position")
    return db.conn.execute(sql, (rule,)).fetchall()


MEMBERS = (
    report({NEW: 90}, "张掖市人民政府", "620700", "jurisdiction"),
    report({NEW: 40}, "张掖市水务局", "620700", "body"),
    report({NEW: 30}, "甘州区人民政府", "620702", "jurisdiction"),
    report({NEW: 25}, "甘州区水务局", "620702", "body"),  # in the number of its district
    report({NEW: 10}, "民乐县水务局", "620722", "body"),
    report({NEW: 15}, "民乐县民政局", "620722", "body"),
    report({NEW: 500}, "天水市水务局", "620500", "body"),  # of another city
)


def test_a_jurisdiction_counts_no_less_than_those_within_it(db: Database) -> None:
    settled(db, MEMBERS)
    scope = "/".join(NEW)
    found = [row for row in held(db, "aggregate_covers_sum") if row[1] == scope]
    assert found == [("张掖市人民政府", scope, "fail", 95, 90, "strict"),  # 40 + 30 + (10 + 15)
                     ("甘州区人民政府", scope, "pass", 25, 30, "strict")]
    largest = [row for row in held(db, "aggregate_covers_largest") if row[1] == scope]
    assert [row[2:5] for row in largest] == [("pass", 40, 90), ("pass", 25, 30)]


def test_the_order_of_reports_changes_nothing(tmp_path: Path) -> None:
    found = []
    for n, order in enumerate(permutations(MEMBERS[:4])):
        db = opened(tmp_path / f"{n}.db")
        settled(db, order)
        found.append([held(db, rule) for rule in aggregates.RULES])
        db.close()
    assert found.count(found[0]) == len(found) == 24 and found[0][0]


def test_a_government_s_own_report_is_no_sum_of_others(db: Database) -> None:
    settled(db, [replace(MEMBERS[0], scope="government"), *MEMBERS[1:2]])
    assert held(db, "aggregate_covers_sum") == [] == held(db, "aggregate_covers_largest")


def test_carried_over_is_judged_for_every_applicant_and_blanks_in_their_own_mode(db: Database) -> None:
    before = report({NEW: 9, OUT: None}, "张掖市水务局", "620700", "body", 2021)
    settled(db, [before, report({NEW: 9, IN: 0}, "张掖市水务局", "620700", "body", 2022)])
    found = held(db, "carried_over_from_last_year")
    assert len(found) == 14  # seven applicants in two modes
    assert [row[2:] for row in found if row[1] == "total"] == [
        ("not_assessable", 0, None, "strict"), ("pass", 0, 0, "blank_as_zero")]


def test_a_number_five_times_as_large_is_in_doubt() -> None:
    def ratio(before: int, now: int) -> list[str]:
        rows = years.rows({NEW: before}, {NEW: now})
        return [years.status(rule, left, right) for rule, _, left, right in rows if rule == "year_ratio"]

    assert [ratio(*pair) for pair in ((100, 500), (100, 20), (100, 501), (501, 100))] == [
        ["pass"], ["pass"], ["fail"], ["fail"]]
    assert ratio(1, 6) == ratio(0, 900) == []  # too few to say anything; from nothing there is no ratio


def test_limits_between_years() -> None:
    documents, review = ("disclosure", "normative_documents"), ("proceedings", "reconsideration")
    after = ("proceedings", "litigation_after_reconsideration", "total")
    before = {(*documents, "disclosed_cumulative"): 40, (*review, "pending"): 3, (*review, "total"): 4}
    now = {(*documents, "disclosed_cumulative"): 44, (*documents, "newly_disclosed"): 3, (*review, "pending"): 0,
           (*review, "total"): 2, after: 7}
    found = {rule: years.status(rule, left, right) for rule, _, left, right in years.rows(before, now)}
    assert found == {"disclosed_total_carried_over": "fail", "pending_within_next_total": "fail",
                     "suits_after_reviews": "fail"}
    now |= {(*documents, "disclosed_cumulative"): 41, (*review, "total"): 3}
    found = {rule: years.status(rule, left, right) for rule, _, left, right in years.rows(before, now)}
    assert set(found.values()) == {"pass"}


def test_totals_of_2019_and_documents_in_force_of_2021_are_two_things() -> None:
    total, force = ("disclosure", "regulations", "disclosed_cumulative"), ("disclosure", "regulations", "in_force")
    assert list(years.rows({total: 18}, {force: 4})) == []
