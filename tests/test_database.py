"""The database's tables, views and full-text search, and the words about them."""

import re
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive import database, views, years
from archive.browse.metadata import QUERIES, Query, metadata
from archive.connection import read_only
from archive.database import opened, save_reports, transaction
from archive.entries import Head, entries
from archive.handbook import data
from archive.tables import TABLES
from parsers.errors import NianbaoError
from parsers.forms import form
from parsers.model import Cell, Figure, Kind, Problem, Report

ROOT = Path(__file__).parents[1]
Key = tuple[str, str, str]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return opened(tmp_path / "reports.db")


def report(edition: str, values: dict[Key, int | None], issuer: str = "天水市市场监督管理局", year: int = 2021,
           text: str = "", **more: Any) -> Report:
    """A report with these values in its cells and 0 in all others; None is a blank cell."""
    cells = []
    for c in form(edition).cells:
        value = values.get((c.table, c.row, c.column), 0)
        kind = Kind.BLANK if value is None else Kind.NUMBER
        number = None if value is None else Decimal(value)
        cells.append(Cell(c.table, c.row, c.column, number, str(value), kind, c.unit))
    title = f"{issuer}{year}年政府信息公开工作年度报告"
    return Report(True, edition, title, issuer, "620500", year, "body", None, text, cells=tuple(cells), **more)


def save(db: Database, *reports: Report) -> list[int]:
    """Each as if it came from a capture of its own."""
    with transaction(db) as conn:
        for n, one in enumerate(reports):
            head = Head(f"capture-{n}", f"http://example.gov.cn/{n}", "p", "2022-01-01T00:00:00Z")
            save_reports(conn, entries([one], head))
    return [row[0] for row in db.conn.execute("SELECT id FROM reports ORDER BY capture_id")]


def one(db: Database, sql: str, *values: object) -> dict[str, object]:
    return next(iter(db.query(sql, list(values))))


CONTRACT = {
    "portals": "id, name, region_code, level, home, cms, reach, reach_checked",
    "runs": "id, started, finished, reason, status",
    "captures": "id, url, fetched_at, status, outcome, payload_digest, content_type, fidelity, warc_file, warc_offset, "
                "warc_length, portal_id, via, anchor, run_id",
    "pages": "url, kind, first_seen, last_seen, state, next_visit, visits, changes",
    "reports": "id, capture_id, url, portal_id, issuer, region_code, report_year, edition, scope, title, published, "
               "text, is_clone, clone_of, version, is_current",
    "cells": "report_id, table_key, row_key, column_key, value, raw, kind, unit",
    "checks": "report_id, rule, scope, status, left_value, right_value, mode",
    "problems": "report_id, capture_id, code, detail, place",
    "changes": "report_id, previous_report_id, table_key, row_key, column_key, before, after",
}


def test_the_tables_and_columns_that_others_rely_on_are_there(db: Database) -> None:
    for table, columns in CONTRACT.items():
        assert set(columns.split(", ")) <= {c.name for c in db.table(table).columns}, table
    assert {"requests", "disclosure_2019", "disclosure_2021", "proceedings", "statistics", "latest_reports", "outcomes",
            "cross_year"} <= set(db.view_names())


def test_a_wide_view_has_every_cell_of_its_table_under_a_name_of_its_own() -> None:
    for view, (table, editions) in views.WIDE.items():
        cells = {(c.row, c.column) for e in editions for c in form(e).cells if c.table == table}
        names = [c.name for c in views.columns(view)]
        assert len(names) == len(set(names)) == len(cells)


def test_a_wide_view_shows_values_by_row_and_column(db: Database) -> None:
    save(db, report("2021", {("requests", "received_new", "total"): 7, ("requests", "carried_over_in", "total"): None}),
         report("2019", {("requests", "other_all", "total"): 3, ("disclosure", "regulations", "newly_made"): 5}))
    rows = list(db.query("SELECT edition, received_new_total, carried_over_in_total, other_all_total, "
                         "other_other_total FROM requests ORDER BY edition DESC"))
    assert [tuple(r.values()) for r in rows] == [("2021", 7, None, None, 0), ("2019", 0, 0, 3, None)]
    assert one(db, "SELECT regulations_newly_made AS n FROM disclosure_2019") == {"n": 5}


def test_the_old_sheet_has_its_rows_as_columns(db: Database) -> None:
    save(db, report("2014", {("statistics", "request_fees", "value"): 1200}))
    assert one(db, "SELECT request_fees AS fees, staff FROM statistics") == {"fees": 1200, "staff": 0}


def test_rates_are_null_where_the_denominator_is_0_or_an_operand_is_blank(db: Database) -> None:
    total = ("requests", "result_total", "total")
    save(db, report("2021", {}), report("2021", {total: 4, ("requests", "disclosed_full", "total"): 1}),
         report("2021", {total: 4, ("requests", "disclosed_full", "total"): None}),
         report("2019", {total: 8, ("requests", "other_all", "total"): 2}))
    rows = list(db.query("SELECT disclosed_rate, other_rate FROM outcomes o JOIN reports r ON r.id = o.report_id "
                         "ORDER BY r.capture_id"))
    assert [tuple(r.values()) for r in rows] == [(None, None), (0.25, 0.0), (None, 0.0), (0.0, 0.25)]


def test_years_are_compared_by_applicant(db: Database) -> None:
    save(db, report("2021", {("requests", "carried_over_out", "total"): 3}),
         report("2021", {("requests", "carried_over_in", "total"): 5}, year=2022))
    rows = list(db.query("SELECT column_key, carried_forward, carried_over, difference FROM cross_year"))
    assert len(rows) == 7
    assert {"column_key": "total", "carried_forward": 3, "carried_over": 5, "difference": 2} in rows


def test_latest_reports_leaves_clones_out_and_prefers_the_fuller_reading(db: Database) -> None:
    blank: dict[Key, int | None] = {(c.table, c.row, c.column): None for c in form("2021").cells}
    save(db, report("2021", {}), report("2021", blank), report("2021", {}, issuer="假冒局", is_clone=True))
    assert [r["figures"] for r in db.query("SELECT figures FROM latest_reports")] == [200]


@pytest.mark.parametrize(("words", "found"), [("信息公开", 1), ("监督管理", 1), ("依申请公开", 1), ("农业农村局", 0)])
def test_full_text_finds_chinese_substrings_of_three_characters_or_more(db: Database, words: str, found: int) -> None:
    save(db, report("2021", {}, text="本年依申请公开工作平稳。"))
    sql = "SELECT count(*) AS n FROM reports_fts WHERE reports_fts MATCH ?"
    assert one(db, sql, f'"{words}"')["n"] == found


def test_words_of_two_characters_have_a_query_of_their_own(db: Database) -> None:
    save(db, report("2021", {}, text="本年依申请公开工作平稳。"))
    assert one(db, "SELECT count(*) AS n FROM reports_fts WHERE reports_fts MATCH '平稳'")["n"] == 0
    short = next(q.sql for q in QUERIES if q.name == "search_short")
    assert len(list(db.query(short, {"words": "平稳"}))) == 1


def test_full_text_forgets_what_was_taken_out(db: Database) -> None:
    ids = save(db, report("2021", {}))
    with transaction(db) as conn:
        database.forget(conn, ids)
    assert one(db, "SELECT count(*) AS n FROM reports_fts WHERE reports_fts MATCH '信息公开'")["n"] == 0
    assert all(db.table(t).count == 0 for t in database.CHILDREN)


def test_money_with_decimals_and_whole_numbers_keep_their_value(db: Database) -> None:
    value = Decimal("6603610.09")
    cell = Cell("disclosure", "administrative_fees", "fee_amount", value, "660.361009万元", Kind.NUMBER, "元")
    whole = Cell("disclosure", "regulations", "issued", Decimal("251100"), "25.11万件", Kind.NUMBER, "件")
    save(db, Report(True, "2021", "", None, None, None, None, None, "", cells=(cell, whole)))
    rows = {r["row_key"]: (r["value"], r["raw"]) for r in db.query("SELECT * FROM cells")}
    assert rows == {"administrative_fees": (6603610.09, "660.361009万元"), "regulations": (251100, "25.11万件")}
    assert isinstance(rows["regulations"][0], int)


def test_a_local_table_with_one_label_twice_loses_no_cell(db: Database) -> None:
    cells = tuple(Cell("local", "其他", "本年累计", Decimal(n), str(n), Kind.NUMBER, "条") for n in (1, 2))
    save(db, Report(True, "local", "", None, None, None, None, None, "", cells=cells))
    assert {r["row_key"]: r["value"] for r in db.query("SELECT * FROM cells")} == {"其他": 1, "其他 (2)": 2}


def test_the_same_problem_twice_is_one_row(db: Database) -> None:
    twice = Problem("unit_missing", "no unit", "table 2"), Problem("unit_missing", "no unit", "table 2")
    save(db, report("2021", {}, problems=twice))
    assert db.table("problems").count == 1


def test_ids_are_small_enough_for_javascript(db: Database) -> None:
    assert all(0 < id < 2**52 for id in save(db, report("2021", {}), report("2021", {})))


def test_a_database_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "reports.db"
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(NianbaoError, match=r"version 99.*scrapy load --rebuild"):
        opened(path)
    with pytest.raises(NianbaoError, match=r"version 99.*scrapy load --rebuild"), read_only(path):
        pass


def test_a_folder_may_have_any_name_that_a_url_would_read_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1? %41" / "reports.db"
    opened(path).close()
    assert len(list(database.dump(path))) == 0


def test_every_column_of_every_table_and_view_has_a_label(db: Database) -> None:
    tables = metadata("reports")["databases"]["reports"]["tables"]
    for name in [t.name for t in TABLES] + db.view_names():
        shown = [d[0] for d in db.conn.execute(f"SELECT * FROM {name} LIMIT 0").description]
        assert [c for c in shown if not tables[name]["columns"].get(c)] == [], name


def test_money_columns_name_their_unit() -> None:
    columns = metadata("reports")["databases"]["reports"]["tables"]["disclosure_2021"]["columns"]
    assert columns["administrative_fees_fee_amount"].endswith("(元)")


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_example_queries_run(db: Database, query: Query) -> None:
    save(db, report("2021", {("requests", "result_total", "total"): 2, ("requests", "disclosed_full", "total"): 1}))
    rows = list(db.query(query.sql, {"words": "信息公开"} if ":words" in query.sql else {}))
    assert len(rows) == (1 if query.name in ("requests_by_year", "search", "search_short") else 0)


def test_the_handbook_says_what_the_schema_is() -> None:
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == data(), "run: python -m archive.handbook"


def test_the_handbook_names_every_problem_code() -> None:
    text = data()
    sources = [p for layer in ("parsers", "archive") for p in (ROOT / layer).rglob("*.py")]
    codes = {code for p in sources for code in re.findall(r'Problem\(\s*"(\w+)"', p.read_text(encoding="utf-8"))}
    assert len(codes) > 10
    assert sorted(c for c in codes if f"`{c}`" not in text) == []


def test_figures_told_in_prose_are_rows_with_their_words(db: Database) -> None:
    told = Figure("requests_received", Decimal(25), "25件", "全年收到申请25件。", "一、总体情况")
    save(db, report("2021", {}, figures=(told,)))
    assert one(db, "SELECT figure_key, value, raw, quote, place FROM figures") == {
        "figure_key": "requests_received", "value": 25, "raw": "25件", "quote": "全年收到申请25件。",
        "place": "一、总体情况"}


def test_items_and_documents_in_force_are_carried_from_year_to_year() -> None:
    items, documents = ("disclosure", "administrative_penalty"), ("disclosure", "normative_documents")
    before = {(*items, "items_previous_year"): 12, (*items, "items_change"): 19, (*documents, "in_force"): 49}
    now = {(*items, "items_previous_year"): 31, (*documents, "in_force"): 51, (*documents, "issued"): 6,
           (*documents, "repealed"): 4}
    assert [row for row in years.rows(before, now) if row[0] != "year_ratio"] == [
        ("items_carried_over", "administrative_penalty", 31, 31),
        ("in_force_carried_over", "normative_documents", 51, 51)]
    del now[(*documents, "repealed")]
    assert ("in_force_carried_over", "normative_documents", 51, None) in list(years.rows(before, now))
