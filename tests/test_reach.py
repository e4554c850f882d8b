"""Which hosts answer programs, judged from the captures alone."""

from itertools import permutations
from pathlib import Path

import pytest

from archive.folder import Folder
from archive.load import load
from archive.reach import refused
from tests.archives import HOST, PORTAL, crawl, dump, html, page, query, report

ACW = b"<html><script>var arg1='" + b"0123456789ABCDEF0123456789ABCDEF01234567" + b"';</script></html>"
RUISHU = b"<script>$_ts=window['$_ts'];</script>"
NAME = HOST.removeprefix("http://")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


HOSTS = "SELECT h.host, h.reach, c.url FROM hosts h JOIN captures c ON c.id = h.capture_id ORDER BY 1"
PORTALS = "SELECT p.reach, c.url FROM portals p JOIN captures c ON c.id = p.reach_capture"


def test_a_challenge_with_status_200_is_no_content(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        run.fetch("/", ACW)
    load(folder)
    assert query(folder, HOSTS) == [(NAME, "challenge:acw", HOST + "/")]
    assert query(folder, PORTALS) == [("challenge:acw", HOST + "/")]
    assert query(folder, "SELECT outcome, challenge FROM captures") == [("failed", "acw")]


def test_a_cookie_of_a_protection_is_a_challenge_too(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        run.fetch("/", b"<html></html>", headers={"Set-Cookie": "EO_Bot_Ssid=1; path=/"})
    load(folder)
    assert query(folder, HOSTS) == [(NAME, "challenge:edgeone", HOST + "/")]


def test_a_challenge_in_place_of_a_report_takes_nothing_away(folder: Folder) -> None:
    for day, body in (("2024-01-31", html(report(1, 2023))), ("2024-03-31", ACW)):
        with crawl(folder, day) as run:
            run.fetch("/1.html", body)
    load(folder)
    assert query(folder, "SELECT outcome FROM captures ORDER BY fetched_at") == [("new",), ("failed",)]
    assert query(folder, "SELECT state, changes FROM pages") == [("active", 0)]
    assert query(folder, "SELECT * FROM tombstones") == []


def test_each_host_has_its_own_reach_and_the_portal_that_of_its_home_page(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        run.fetch("/", page("首页", "<p>欢迎</p>"))
        run.fetch("http://a.gov.cn/", b"", 403, after=1)
        run.fetch("http://b.gov.cn/", error="dns: no such name", after=2)
        run.fetch("http://c.gov.cn/", RUISHU, 412, after=3)
        run.fetch("http://d.gov.cn/x", b"none", 404, after=4)
    load(folder)
    assert [row[:2] for row in query(folder, HOSTS)] == [
        ("a.gov.cn", "forbidden"), ("b.gov.cn", "dns"), ("c.gov.cn", "challenge:ruishu"), ("d.gov.cn", "ok"),
        (NAME, "ok")]
    assert query(folder, PORTALS) == [("ok", HOST + "/")]


def test_a_host_that_refuses_three_of_ten_is_blocked_whatever_it_gave_before(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        for n in range(8):
            run.fetch(f"/{n}.html", page(str(n), f"<p>第{n}页</p>"), after=n)
        for n in range(3):
            run.fetch(f"/x{n}.html", ACW, after=10 + n)
    load(folder)
    assert query(folder, HOSTS) == [(NAME, "challenge:acw", HOST + "/x2.html")]
    assert refused(["forbidden"] * 2 + ["ok"] * 8) is None


def test_a_home_page_that_does_not_answer_leaves_the_reach_to_the_other_hosts(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        run.fetch("/", error="timeout: 45 s")
        run.fetch("http://zwgk.example.gov.cn/", page("公开", "<p>栏目</p>"), after=1)
    load(folder)
    assert query(folder, PORTALS) == [("ok", "http://zwgk.example.gov.cn/")]


def test_only_the_latest_run_counts(folder: Folder) -> None:
    with crawl(folder, "2024-01-31") as run:
        run.fetch("/", page("首页", "<p>欢迎</p>"))
    with crawl(folder, "2024-03-31") as run:
        run.fetch("/", ACW)
    load(folder)
    assert query(folder, PORTALS) == [("challenge:acw", HOST + "/")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_same_hosts_whatever_the_order_of_the_files(folder: Folder, order: tuple[int, ...]) -> None:
    for number, day in enumerate(("2024-01-31", "2024-03-31", "2024-05-31")):
        with crawl(folder, day) as run:
            run.fetch("/", page("首页", "<p>欢迎</p>") if number == 1 else ACW)
    assert query_revisits(folder) == 1
    files = folder.files()
    for number in order:
        load(folder, [files[number]])
    split = dump(folder)
    load(folder, rebuild=True)
    assert split == dump(folder)
    assert query(folder, PORTALS) == [("challenge:acw", HOST + "/")]
    assert query(folder, f"SELECT portal_id FROM hosts WHERE portal_id <> '{PORTAL}'") == []


def query_revisits(folder: Folder) -> int:
    """How many captures of the archive are revisits: the third fetch repeats the first one's bytes."""
    load(folder)
    found = query(folder, "SELECT count(*) FROM captures WHERE record_type = 'revisit'")[0][0]
    folder.database.unlink()
    return int(str(found))
