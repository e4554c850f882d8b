"""Rows from WARCs: the same whatever the order, the split or the number of workers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parsers
from archive import database
from archive.folder import Folder
from archive.load import Live, load
from archive.loader import Again
from archive.model import Capture, Exchange, Facts, Location
from archive.pool import Pool
from archive.warc import Writer, read_at, records
from parsers.errors import NianbaoError
from parsers.model import Source
from tests.archives import HOST, PORTAL, corrected, crawl, dump, html, listing, page, query, report

A = report(1, 2021)
B = corrected(A, {("requests", "received_new", "natural_person"): "77"})
C = report(2, 2022)
HOME = page("示例网", "<p>欢迎访问示例网。</p>" + "<p>新闻</p>" * 200)
CLOSED = page("提示", "<p>网站已关停，请访问市政府网站。</p>")
LIST = listing("政府信息公开年报", {"/1.html": A.title, "/2.html": C.title})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


def outcomes(folder: Folder, path: str) -> list[object]:
    return [row[0] for row in query(folder, f"SELECT outcome FROM captures WHERE url = '{HOST}{path}' "
                                            "ORDER BY fetched_at, warc_file, warc_offset")]


def test_rows_that_other_code_made_are_told_until_they_are_made_anew(
        folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/", HOME)
    load(folder)
    load(folder)
    assert caplog.text == ""
    with closing(sqlite3.connect(folder.database)) as conn:
        conn.execute("PRAGMA application_id = 1")
    load(folder)
    assert "was made by other code; make it anew with scrapy load --rebuild" in caplog.text
    load(folder, rebuild=True)
    caplog.clear()
    load(folder)
    assert caplog.text == ""


def two_years(folder: Folder) -> None:
    """A first crawl, a correction, a second report, a second address, a removal."""
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/", HOME)
        run.fetch("/list.html", LIST, via="/")
        run.fetch("/1.html", html(A), via="/list.html", anchor=A.title)
        run.fetch("/copy/1.html", html(A), via="/", after=1)
    with crawl(folder, "2022-06-01") as run:
        run.fetch("/list.html", status=304)
        run.fetch("/1.html", html(B), via="/list.html")
    with crawl(folder, "2023-02-01") as run:
        run.fetch("/2.html", html(C), via="/list.html")
        run.fetch("/1.html", status=404)
    with crawl(folder, "2023-02-03") as run:
        run.fetch("/1.html", status=404)


def test_a_report_is_followed_through_correction_and_removal(folder: Folder) -> None:
    two_years(folder)
    told = load(folder)
    assert outcomes(folder, "/1.html") == ["new", "changed", "failed", "gone"]
    assert outcomes(folder, "/list.html") == ["new", "not_modified"]
    assert query(folder, "SELECT version, is_current, same_as IS NULL FROM reports WHERE report_year = 2021 "
                         "ORDER BY fetched_at, url DESC") == [(1, 0, 1), (1, 0, 0), (2, 1, 1)]
    assert query(folder, "SELECT row_key, column_key, before, after FROM changes") == [
        ("received_new", "natural_person", A.raw["requests", "received_new", "natural_person"], "77")]
    assert query(folder, "SELECT manner, removed_at FROM tombstones") == [("gone", "2023-02-03T01:00:00Z")]
    assert query(folder, "SELECT count(*) FROM latest_reports") == [(2,)]
    assert (told.total["reports"], told.added["captures"]) == (4, 9)


def test_every_cell_leads_back_to_its_bytes(folder: Folder) -> None:
    two_years(folder)
    load(folder)
    rows = query(folder, "SELECT c.id, c.warc_file, c.warc_offset, x.raw FROM cells x "
                         "JOIN reports r ON r.id = x.report_id JOIN captures c ON c.id = r.capture_id "
                         "WHERE x.kind = 'number' AND x.value > 9")
    assert len(rows) > 100
    captures = {(c.location.warc_file, c.location.offset): c for f in folder.files() for c in records(f)
                if isinstance(c, Capture)}
    for id, file, offset, raw in rows:
        found = captures[str(file), int(str(offset))]
        assert found.id == id and str(raw).encode() in found.body


def test_loading_twice_equals_once_and_rebuilding_equals_loading(folder: Folder) -> None:
    two_years(folder)
    load(folder)
    once = dump(folder)
    again = load(folder)
    assert dump(folder) == once and again.added["captures"] == 0
    load(folder, rebuild=True)
    assert dump(folder) == once
    load(folder, rebuild=True)
    assert dump(folder) == once


def test_two_workers_make_the_rows_that_one_makes(folder: Folder, tmp_path: Path) -> None:
    two_years(folder)
    load(folder, workers=1)
    one = dump(folder)
    load(folder, workers=2, rebuild=True)
    assert dump(folder) == one
    assert not list(folder.root.glob("*.new*")) and tmp_path.exists()


STEPS = st.lists(st.tuples(
    st.integers(0, 5), st.sampled_from(["/1.html", "/2.html", "/list.html", "/"]),
    st.sampled_from(["A", "B", "closed", "home", "list", "304", "404", "410", "moved", "cut", "down"])),
    min_size=2, max_size=8)
BODIES = {"A": html(A), "B": html(B), "closed": CLOSED, "home": HOME, "list": LIST}


def drawn(folder: Folder, steps: list[tuple[int, str, str]]) -> None:
    """Writes the steps, each exchange into a file of its own."""
    for year in range(6):
        with crawl(folder, f"202{year}-02-0{1 + year % 3}", ends="finished" if year != 3 else "", max_bytes=1) as run:
            for n, (_, path, what) in enumerate(s for s in steps if s[0] == year):
                if what == "down":
                    run.fetch(path, error="timeout: no answer", after=n)
                elif what == "moved":
                    run.fetch(path, status=301, headers={"Location": "/2.html"}, after=n)
                elif what.isdecimal():
                    run.fetch(path, status=int(what), after=n)
                else:
                    run.fetch(path, BODIES.get(what, BODIES["A"]), truncated="length" * (what == "cut"), after=n)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.data())
@pytest.mark.slow
def test_law_any_order_and_split_of_captures_makes_the_same_rows(steps: list[tuple[int, str, str]],
                                                                 data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Folder(Path(name))
        drawn(folder, steps)
        load(folder)
        whole = dump(folder)
        folder.database.unlink()
        files = data.draw(st.permutations(folder.files()))
        for part in _parts(files, data.draw(st.lists(st.integers(0, len(files)), max_size=3))):
            load(folder, part)
        assert dump(folder) == whole


def _parts(files: list[Path], cuts: list[int]) -> Iterator[list[Path]]:
    edges = [0, *sorted(cuts), len(files)]
    for a, b in pairwise(edges):
        if a < b:
            yield files[a:b]


def test_live_rows_are_the_rows_of_a_load(folder: Folder) -> None:
    live = Live(folder)
    with crawl(folder, "2022-02-01") as run:
        pages = {"/": HOME, "/list.html": LIST, "/1.html": html(A), "/2.html": html(C)}
        for n, (path, body) in enumerate(pages.items()):
            live.add(run.fetch(path, body, after=n))
    told = live.close()
    assert (told.total["captures"], told.total["reports"]) == (4, 2)
    rows = dump(folder)
    load(folder, rebuild=True)
    assert dump(folder) == rows
    assert list(folder.runs.iterdir()) == []


def test_a_dead_loader_beside_the_crawl_costs_no_row(folder: Folder) -> None:
    live = Live(folder)
    live._process.kill()
    with crawl(folder, "2022-02-01") as run:
        live.add(run.fetch("/1.html", html(A)))
        live.add(Location("nothing.warc.gz", 0, 1))
    assert live.close().total["reports"] == 1


def test_a_locked_database_is_one_clear_line(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    two_years(folder)
    load(folder)
    monkeypatch.setattr(database, "WAIT", 0.1)
    holder = sqlite3.connect(folder.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with crawl(folder, "2024-02-01") as run:
        run.fetch("/3.html", html(C))
    with pytest.raises(NianbaoError, match="locked: another program writes"):
        load(folder)
    with pytest.raises(NianbaoError, match="locked: another program writes"):
        load(folder, rebuild=True)
    holder.execute("ROLLBACK")
    holder.close()
    assert load(folder).added["captures"] == 1


def test_a_damaged_database_says_so_and_a_rebuild_mends_it(folder: Folder) -> None:
    two_years(folder)
    folder.database.write_bytes(b"no database at all, but long enough" * 100)
    with pytest.raises(NianbaoError, match="scrapy load --rebuild"):
        load(folder)
    assert load(folder, rebuild=True).total["reports"] == 4


def test_a_file_that_is_not_there_is_one_clear_line(folder: Folder) -> None:
    with pytest.raises(NianbaoError, match=r"no WARC file .*missing\.warc\.gz"):
        load(folder, [Path("missing.warc.gz")])


def test_a_warc_from_elsewhere_keeps_its_path(folder: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "elsewhere")
    two_years(other)
    load(folder, other.files())
    assert {Path(str(f)).parent for f, in query(folder, "SELECT DISTINCT warc_file FROM captures")} == {other.warc}
    assert query(folder, "SELECT count(*) FROM latest_reports") == [(2,)]


def test_broken_records_are_problems_that_name_file_and_offset(folder: Folder) -> None:
    two_years(folder)
    first = folder.files()[0]
    data = bytearray(first.read_bytes())
    at = next(r.location.offset for r in records(first) if isinstance(r, Capture))
    data[at + 40: at + 60] = b"\0" * 20
    first.write_bytes(data)
    load(folder)
    places = [str(p) for p, in query(folder, "SELECT place FROM problems WHERE capture_id IS NULL")]
    assert places and all(p.startswith(first.name + ":") for p in places)


def test_a_page_that_a_browser_made_is_read_again_as_the_browser_made_it(tmp_path: Path) -> None:
    paper = report(7, 2021)
    shell = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><div id=app></div></html>"
    with Writer(Folder(tmp_path), "run", {}) as writer:
        place = writer.write(Exchange(HOST + "/a.html", datetime(2022, 1, 31, tzinfo=UTC), 0.1, None, BytesIO(shell),
                                      "decoded", Facts(PORTAL), rendered=html(paper).decode()))
    capture = read_at(Folder(tmp_path), place)
    with Pool(Folder(tmp_path), 1) as pool:
        (found,) = pool.again([Again(((place, Source(b"", capture.url, "text/html")),))])
    assert found == parsers.read(capture.source) and found[0].is_report
