"""An address that shows another report than before: the old one stays what it was, and has its tombstone."""

from dataclasses import replace
from pathlib import Path

from archive.folder import Folder
from archive.load import load
from tests.archives import HOST, Crawl, corrected, crawl, dump, html, page, query, report

OLD, NEW = report(1, 2021), report(2, 2022)
OTHER = report(3, 2021, "聊城市市场监督管理局")
REPORTS = "SELECT report_year, version, is_current FROM reports ORDER BY report_year, version"
LATEST = "SELECT issuer, report_year FROM latest_reports ORDER BY issuer, report_year"
TOMBSTONES = ("SELECT r.issuer, r.report_year, t.manner, t.removed_at FROM tombstones t "
              "JOIN reports r ON r.id = t.report_id")


def visited(tmp_path: Path, *bodies: bytes) -> Folder:
    """One address on a day of each year from 2022."""
    folder = Folder(tmp_path / "data")
    for year, body in enumerate(bodies, 2022):
        with crawl(folder, f"{year}-02-01") as run:
            run.fetch("/nb.html", body)
        load(folder)
    return folder


def both(first: bytes, second: bytes) -> bytes:
    """Two reports on one page."""
    inside = second.partition(b'<div class="content">')[2].partition(b"</div></body>")[0]
    return first.replace(b"</div></body>", inside + b"</div></body>")


def rebuilt(folder: Folder) -> bool:
    """Whether the history made at once is that which was made run by run."""
    live = dump(folder)
    load(folder, rebuild=True)
    return live == dump(folder)


def test_next_years_report_at_the_same_address_is_no_version_of_this_years(tmp_path: Path) -> None:
    folder = visited(tmp_path, html(OLD), html(NEW))
    assert query(folder, REPORTS) == [(2021, 1, 1), (2022, 1, 1)]
    assert query(folder, "SELECT count(*) FROM changes") == [(0,)]
    assert query(folder, LATEST) == [(OLD.issuer, 2021), (NEW.issuer, 2022)]
    assert query(folder, TOMBSTONES) == [(OLD.issuer, 2021, "replaced", "2023-02-01T01:00:00Z")]
    assert rebuilt(folder)


def test_a_report_that_comes_back_to_its_address_has_no_tombstone(tmp_path: Path) -> None:
    folder = visited(tmp_path, html(OLD), html(NEW), html(OLD))
    assert query(folder, TOMBSTONES) == [(NEW.issuer, 2022, "replaced", "2024-02-01T01:00:00Z")]


def test_a_slip_in_the_year_that_is_put_right_is_a_version(tmp_path: Path) -> None:
    slip = html(replace(OLD, title=OLD.title.replace("2021", "2012"), year=2012))
    folder = visited(tmp_path, slip, html(OLD))
    assert [version for _, version, _ in query(folder, REPORTS)] == [1, 2]
    assert query(folder, TOMBSTONES) == []


def test_a_report_that_leaves_a_page_of_two_is_no_version_of_the_other(tmp_path: Path) -> None:
    folder = visited(tmp_path, both(html(OTHER), html(OLD)), html(OLD))
    assert query(folder, "SELECT count(*) FROM changes") == [(0,)]
    assert query(folder, LATEST) == sorted([(OLD.issuer, 2021), (OTHER.issuer, 2021)])
    assert query(folder, TOMBSTONES) == [(OTHER.issuer, 2021, "replaced", "2023-02-01T01:00:00Z")]
    assert rebuilt(folder)


def left(run: Crawl, *paths: str) -> None:
    for path in paths:
        run.fetch(path, status=302, headers={"Location": "/error.html"}, after=1)


def test_a_report_that_redirects_to_an_error_page_has_not_moved(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/1.html", html(OLD))
        run.fetch("/2.html", html(NEW))
    with crawl(folder, "2023-02-01") as run:
        left(run, "/1.html", "/2.html")
        run.fetch("/error.html", page("提示", "<p>出错了。</p>"), via="/1.html", after=2)
    load(folder)
    assert query(folder, "SELECT DISTINCT outcome FROM captures WHERE status = 302") == [("soft_404",)]
    assert query(folder, TOMBSTONES) == []


def test_a_report_that_redirects_over_others_to_its_new_place_has_moved(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    fixed = corrected(OLD, {("requests", "received_new", "natural_person"): "77"})
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/1.html", html(OLD))
    with crawl(folder, "2023-02-01") as run:
        run.fetch("/1.html", status=302, headers={"Location": f"{HOST}:80/a.html#top"})
    load(folder)
    assert query(folder, TOMBSTONES) == []  # nobody has looked yet
    with crawl(folder, "2023-02-02") as run:
        run.fetch("/a.html", status=302, headers={"Location": "/b.html"}, via="/list.html")
        run.fetch("/b.html", html(OLD), via="/list.html", after=1)
    load(folder)
    assert query(folder, TOMBSTONES) == [(OLD.issuer, 2021, "moved", "2023-02-01T01:00:00Z")]
    with crawl(folder, "2024-02-01") as run:
        run.fetch("/b.html", html(fixed))
    load(folder)
    assert query(folder, "SELECT max(version), count(DISTINCT series) FROM reports") == [(2, 1)]
    assert rebuilt(folder)


def test_one_answer_in_the_same_bytes_everywhere_is_no_content_anywhere(tmp_path: Path) -> None:
    notice = page("通知", "<p>各位网民，近期因机房整改给您带来不便，敬请谅解。</p>")
    folder = Folder(tmp_path / "data")
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/1.html", html(OLD))
        run.fetch("/2.html", html(NEW))
    for day in ("2023-02-01", "2023-02-02"):
        with crawl(folder, day) as run:
            run.fetch("/1.html", notice)
            load(folder)
            run.fetch("/2.html", notice, after=1)
        load(folder)
    assert query(folder, "SELECT DISTINCT outcome FROM captures WHERE fetched_at > '2023'") == [("soft_404",)]
    assert query(folder, TOMBSTONES) == []
    assert rebuilt(folder)


def test_a_copy_in_the_same_bytes_is_a_report_too(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/1.html", html(OLD))
        run.fetch("/copy.html", html(OLD), after=1)
    load(folder)
    assert query(folder, "SELECT DISTINCT kind FROM pages") == [("report",)]


def test_a_file_that_comes_late_gives_the_same_history(tmp_path: Path) -> None:
    notice = page("通知", "<p>各位网民，近期因机房整改给您带来不便，敬请谅解。</p>")
    other = notice.replace(b"<p>", b"<p >")
    folder = Folder(tmp_path / "data")
    with crawl(folder, "2022-01-01") as run:  # the bytes that later answers repeat
        run.fetch("/copy.html", html(OLD))
        run.fetch("http://c.example.gov.cn/notice.html", notice)
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/1.html", html(OLD, visits=5))
        run.fetch("http://b.example.gov.cn/1.html", html(NEW))
    for day in ("2023-02-01", "2023-02-02"):
        with crawl(folder, day) as run:
            run.fetch("/1.html", status=302, headers={"Location": "/new.html"})
            run.fetch("/new.html", html(OLD))
            run.fetch("http://b.example.gov.cn/1.html", other)
            run.fetch("http://b.example.gov.cn/2.html", notice)
    load(folder)
    whole = dump(folder)
    assert query(folder, TOMBSTONES) == [(OLD.issuer, 2021, "moved", "2023-02-01T01:00:00Z")]
    folder.database.unlink()
    for file in reversed(folder.files()):
        load(folder, [file])
    assert dump(folder) == whole
