"""Five driven years of a portal: exactly what happened, row for row, and the same from a rebuild."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import database
from archive.changes import Entry, as_atom, as_json, as_text, read, since
from archive.connection import read_only
from archive.folder import Folder
from archive.load import load
from tests.archives import HOST, Crawl, corrected, crawl, html, listing, page, report

SITE = {2019: report(19, 2019, edition="2019"), 2020: report(20, 2020, edition="2019"), 2021: report(21, 2021),
        2022: report(22, 2022), 2023: report(23, 2023)}
CARRIED = {("requests", "carried_over_in", "total"): "123456"}
TYPO = corrected(SITE[2021], {("requests", "received_new", "total"): "99999"})
HOME = page("示例网", "<p>欢迎访问示例网。</p>" + "<p>新闻</p>" * 200)
CLOSED = page("提示", "<p>本网站已停止服务，请访问市政府网站。</p>")
NOTICE = 200  # addresses that answer 200 with the notice on the day the site is closed


def listed(*years: int) -> bytes:
    return listing("政府信息公开年报", {f"/{y}.html": SITE[y].title for y in years})


def driven(folder: Folder) -> None:
    """What the site does from 2020 to 2024, visited as a crawl would."""
    with crawl(folder, "2020-02-01") as run:
        run.fetch("/", HOME)
        run.fetch("/list.html", listed(2019), via="/", etag='"1"')
        run.fetch("/2019.html", html(SITE[2019], visits=7), via="/list.html")
    with crawl(folder, "2021-02-01") as run:  # a new report; the old one from a backend with its own ETag and counter
        run.fetch("/list.html", listed(2019, 2020))
        run.fetch("/2020.html", html(SITE[2020]), via="/list.html", headers={"ETag": '"backend-1"'})
        run.fetch("/2019.html", html(SITE[2019], visits=4711), via="/list.html", headers={"ETag": '"backend-2"'})
    with crawl(folder, "2022-02-01") as run:  # a report with a wrong sum, and a list that loses a page for one day
        run.fetch("/list.html", listed(2020, 2021))
        run.fetch("/2021.html", html(TYPO), via="/list.html")
    with crawl(folder, "2022-02-02") as run:
        run.fetch("/list.html", listed(2019, 2020, 2021))
        run.fetch("/2019.html", status=304)
    with crawl(folder, "2022-06-01") as run:  # the sum is corrected
        run.fetch("/2021.html", html(SITE[2021]), via="/list.html")
    with crawl(folder, "2022-09-01", ends="shutdown") as run:  # a run that ended early sees 404s
        absent(run, "/2019.html", "/2020.html")
    with crawl(folder, "2022-09-02", failed=True) as run:  # and one whose portal failed
        absent(run, "/2019.html", "/2020.html")
    with crawl(folder, "2022-10-01") as run:  # the host is down for a month
        for path in ("/list.html", "/2019.html", "/2020.html", "/2021.html"):
            run.fetch(path, error="timeout: no answer in 45 s")
    with crawl(folder, "2022-11-01") as run:  # 2019 is removed, 2020 moves
        absent(run, "/2019.html")
        run.fetch("/2020.html", status=301, headers={"Location": "/archive/2020.html"})
        run.fetch("/archive/2020.html", html(SITE[2020]), via="/2020.html", after=1)
    with crawl(folder, "2022-11-05") as run:
        absent(run, "/2019.html")
    with crawl(folder, "2023-02-01") as run:
        run.fetch("/2022.html", html(SITE[2022]), via="/list.html")
        for n in range(NOTICE):
            body = f"<p>{'今日要闻。' * 90}</p><a href='/news/{n}/more'>更多</a>"
            run.fetch(f"/news/{n}.html", page(f"新闻{n}", body))
    with crawl(folder, "2023-05-01") as run:  # the site answers 200 "closed" to everything
        for path in ("/2021.html", "/2022.html", *(f"/news/{n}.html" for n in range(NOTICE))):
            run.fetch(path, CLOSED)
    with crawl(folder, "2024-02-01") as run:  # and is back; what moved is corrected at its new place
        run.fetch("/2021.html", html(SITE[2021], visits=1))
        run.fetch("/2022.html", html(SITE[2022], visits=1))
        run.fetch("/archive/2020.html", html(corrected(SITE[2020], CARRIED)))
        run.fetch("/2023.html", html(SITE[2023]), via="/list.html")


def absent(run: Crawl, *paths: str) -> None:
    for path in paths:
        run.fetch(path, page("404", "<p>页面不存在</p>"), 404)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = Folder(tmp_path_factory.mktemp("years") / "data")
    driven(made)
    load(made)
    return made


@pytest.fixture
def conn(folder: Folder) -> Iterator[sqlite3.Connection]:
    with read_only(folder.database) as conn:
        yield conn


def outcomes(conn: sqlite3.Connection, path: str) -> str:
    sql = "SELECT outcome FROM captures WHERE url = ? ORDER BY fetched_at, warc_file, warc_offset"
    return " ".join(row[0] for row in conn.execute(sql, (HOST + path,)))


def test_every_capture_has_the_outcome_that_happened(conn: sqlite3.Connection) -> None:
    assert outcomes(conn, "/2019.html") == "new same not_modified failed failed failed failed gone"
    assert outcomes(conn, "/2020.html") == "new failed failed failed changed"
    assert outcomes(conn, "/archive/2020.html") == "new changed"
    assert outcomes(conn, "/2021.html") == "new changed failed soft_404 same"
    assert outcomes(conn, "/2022.html") == "new soft_404 same"
    assert outcomes(conn, "/list.html") == "new changed changed changed failed"


def test_two_hundred_closed_pages_are_soft_404s_and_no_changes(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT c.outcome, p.state, p.changes, count(*) FROM captures c JOIN pages p ON p.url = c.url "
                        "WHERE c.url LIKE '%/news/%' GROUP BY 1, 2, 3 ORDER BY 1").fetchall()
    assert rows == [("new", "active", 0, NOTICE), ("soft_404", "active", 0, NOTICE)]


def test_versions_are_those_that_were_published(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT report_year, version, is_current, same_as IS NOT NULL, replace(url, ?, '') "
                        "FROM reports ORDER BY report_year, fetched_at, url", (HOST,)).fetchall()
    assert rows == [
        (2019, 1, 1, 0, "/2019.html"),
        (2020, 1, 0, 0, "/2020.html"), (2020, 1, 0, 1, "/archive/2020.html"), (2020, 2, 1, 0, "/archive/2020.html"),
        (2021, 1, 0, 0, "/2021.html"), (2021, 2, 1, 0, "/2021.html"),
        (2022, 1, 1, 0, "/2022.html"), (2023, 1, 1, 0, "/2023.html")]


def test_a_report_that_moved_keeps_its_identity(conn: sqlite3.Connection) -> None:
    assert conn.execute("SELECT count(DISTINCT series) FROM reports WHERE report_year = 2020").fetchone() == (1,)


def test_changes_are_the_cells_that_were_changed(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT r.report_year, c.row_key, c.column_key, c.before, c.after FROM changes c "
                        "JOIN reports r ON r.id = c.report_id ORDER BY 1").fetchall()
    right = SITE[2021].raw["requests", "received_new", "total"]
    old = SITE[2020].raw["requests", "carried_over_in", "total"]
    assert rows == [(2020, "carried_over_in", "total", old, "123456"), (2021, "received_new", "total", "99999", right)]


def test_a_correction_tells_whether_the_sums_got_better(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT report_year, cells_changed, failed_before > failed_after, failed_before < failed_after "
                        "FROM versions ORDER BY 1").fetchall()
    assert rows == [(2020, 1, 0, 1), (2021, 1, 1, 0)]


def test_what_is_gone_or_moved_has_its_evidence(conn: sqlite3.Connection) -> None:
    found = conn.execute("SELECT r.report_year, t.manner, t.removed_at, t.moved_to, c.status FROM tombstones t "
                        "JOIN reports r ON r.id = t.report_id JOIN captures c ON c.id = t.capture_id ORDER BY 1")
    assert found.fetchall() == [(2019, "gone", "2022-11-05T01:00:00Z", None, 404),
                    (2020, "moved", "2022-11-01T01:00:00Z", f"{HOST}/archive/2020.html", 301)]


def test_all_five_years_are_in_the_latest_reports_once(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT report_year, url FROM latest_reports ORDER BY 1").fetchall()
    assert [year for year, _ in rows] == [2019, 2020, 2021, 2022, 2023]
    assert rows[1][1] == f"{HOST}/archive/2020.html"


def test_years_are_checked_against_each_other(conn: sqlite3.Connection) -> None:
    row = conn.execute("SELECT c.status, c.left_value, c.right_value FROM checks c "
                       "JOIN latest_reports r ON r.id = c.report_id WHERE c.rule = 'carried_over_from_last_year' "
                       "AND c.scope = 'total' AND r.report_year = 2020").fetchone()
    out = int(SITE[2019].raw["requests", "carried_over_out", "total"])
    assert row == ("fail", 123456, out)


def test_runs_and_portals_say_how_they_ended(conn: sqlite3.Connection) -> None:
    rows = dict(conn.execute("SELECT substr(id, 5), status || ' ' || reason FROM runs"))
    assert (rows["2022-09-01"], rows["2022-09-02"]) == ("failed shutdown", "failed finished")
    row = conn.execute("SELECT status, reports FROM run_portals WHERE run_id = 'run-2022-09-02'").fetchone()
    assert row == ("failed", 1)
    assert conn.execute("SELECT name, reach FROM portals").fetchall() == [("示例网", "ok")]


@pytest.mark.slow
def test_a_rebuild_with_two_workers_and_a_load_file_by_file_give_the_same_history(folder: Folder) -> None:
    whole = list(database.dump(folder.database))
    load(folder, rebuild=True, workers=2)
    assert list(database.dump(folder.database)) == whole
    folder.database.unlink()
    for path in reversed(folder.files()):
        load(folder, [path])
    assert list(database.dump(folder.database)) == whole


def test_the_change_report_tells_each_event_once(folder: Folder) -> None:
    found = read(folder.database)
    assert [(e.kind, e.subject[-4:]) for e in found] == [
        ("new", "2019"), ("new", "2020"), ("new", "2021"), ("changed", "2021"), ("moved", "2020"),
        ("removed", "2019"), ("new", "2022"), ("new", "2023"), ("changed", "2020")]
    text = "\n".join(as_text(found))
    assert "二、上年结转政府信息公开申请数量 · 申请人情况/总计" in text and "→ 123456" in text
    assert "sums: better" in text and "sums: worse" in text
    assert len(list(as_json(found))) == 9
    assert len(read(folder.database, since("2023-06-01"))) == 2


def test_the_feed_is_atom_with_an_entry_an_event(folder: Folder) -> None:
    feed = as_atom(read(folder.database), "http://localhost:8001")
    assert feed.count("<entry>") == 9 and "<updated>2024-02-01T01:00:00Z</updated>" in feed
    assert 'xmlns="http://www.w3.org/2005/Atom"' in feed


def test_a_feed_holds_only_what_xml_may_hold() -> None:
    entry = Entry("new", "2024-02-01T01:00:00Z", "某局\x0b2023", f"{HOST}/1.html", "门户", "urn:uuid:1")
    assert "某局\ufffd2023" in as_atom([entry]) and "changes:new:%E9%97%A8%E6%88%B7:2024" in as_atom([entry])
    assert 'href="http://a/changes.atom?since=2024-02-01"' in as_atom([], "http://a", "since=2024-02-01")


@pytest.mark.slow
def test_a_hundred_quiet_runs_change_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for n in range(100):
        with crawl(folder, f"20{21 + n // 12}-{n % 12 + 1:02}-03") as run:
            run.fetch("/2021.html", html(SITE[2021], visits=n * 17), headers={"ETag": f'"{n}"'})
    load(folder)
    conn = sqlite3.connect(folder.database)
    rows = conn.execute("SELECT outcome, count(*) FROM captures GROUP BY 1 ORDER BY 1").fetchall()
    assert rows == [("new", 1), ("same", 99)]
    assert conn.execute("SELECT count(*), max(version) FROM reports").fetchone() == (1, 1)
    conn.close()
