"""Reports over several addresses in the archive: one row each, in any order of loading, followed through time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.folder import Folder
from archive.load import Live, load
from archive.model import Capture
from archive.warc import records
from tests import split
from tests.archives import HOST, corrected, crawl, dump, html, listing, page, query, report, table
from tests.papers import Paper

A = report(5, 2022)
B = corrected(A, {("proceedings", "reconsideration", "upheld"): "77"})
LEAD = "2022年，我局按照条例开展政府信息公开工作，主动公开信息128条。统计期限：2022年1月1日至2022年12月31日。"
NAMES = "t20230115_771.html", "t20230115_771_1.html", "t20230115_771_2.html"


def chapters(paper: Paper, lead: str = LEAD) -> tuple[str, ...]:
    tables = [table(sheet) for sheet in paper.sheets]
    return split.chapters(lead, tables, "公开形式不够丰富，下一步将加强培训。", "无。", paper.issuer)


def three(paper: Paper, lead: str = LEAD) -> tuple[str, str, str]:
    found = chapters(paper, lead)
    return found[0], "".join(found[1:3]), "".join(found[3:])


def paged(paper: Paper = A, lead: str = LEAD) -> dict[str, bytes]:
    return split.moved(split.trs("t20230115_771", paper.title, three(paper, lead)), "/nb/")


P1, P2, P3 = (f"/nb/{name}" for name in NAMES)
WAYS: dict[str, dict[str, bytes]] = {
    "TRS": paged(),
    "next page only": split.moved(split.linked("abc", A.title, three(A), numbers=False), "/nb/"),
    "a parameter": split.moved(split.linked(["show.jsp?id=77", "show.jsp?id=77&page=2", "show.jsp?id=77&page=3"],
                                            A.title, three(A)), "/nb/"),
    "flip-book": split.moved(split.flipped(A.title, chapters(A)), "/book/files/basic-html/"),
    "menu": split.moved(split.menu(A.title, chapters(A)), "/nb/2022/"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


def visited(folder: Folder, day: str, pages: Mapping[str, bytes | int], **how: Any) -> None:
    """A run that asks for these pages; a number is the status of an answer without content."""
    with crawl(folder, day, **how) as run:
        for n, (path, body) in enumerate(pages.items()):
            if isinstance(body, int):
                run.fetch(path, status=body, after=n)
            else:
                run.fetch(path, body, after=n)


def raw(folder: Folder, where: str = "1") -> dict[tuple[object, ...], object]:
    rows = query(folder, "SELECT table_key, row_key, column_key, raw FROM cells JOIN reports r ON r.id = report_id "
                         f"WHERE kind <> 'missing' AND {where}")
    return {row[:3]: row[3] for row in rows}


@pytest.mark.parametrize("way", WAYS)
def test_a_report_over_several_addresses_is_one_report(folder: Folder, way: str) -> None:
    visited(folder, "2023-02-01", {"/nb/": listing("政府信息公开年报", {"/nb/1.html": A.title}), **WAYS[way]})
    load(folder)
    assert query(folder, "SELECT title, issuer, report_year, edition, version FROM reports") == [
        (A.title, A.issuer, 2022, "2021", 1)]
    assert raw(folder) == A.raw
    assert query(folder, "SELECT position, url FROM parts ORDER BY position") == [
        (n, HOST + path) for n, path in enumerate(WAYS[way], 1)]
    assert query(folder, "SELECT r.url = p.url, r.capture_id = p.capture_id FROM reports r JOIN parts p "
                         "ON p.report_id = r.id AND p.position = 1") == [(1, 1)]
    assert query(folder, "SELECT DISTINCT code FROM problems WHERE report_id IS NOT NULL AND code IN "
                         "('pages_missing', 'part_of_report', 'missing_cell')") == []
    assert {holds for holds, in query(folder, "SELECT holds FROM captures WHERE url <> '" + HOST + "/nb/'")} == {"part"}
    assert query(folder, "SELECT count(*) FROM latest_reports") == [(1,)]


def test_every_cell_leads_back_to_the_bytes_of_its_own_page(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    load(folder)
    rows = query(folder, "SELECT c.warc_file, c.warc_offset, c.id, x.raw, x.table_key FROM cells x JOIN parts p "
                         "ON p.report_id = x.report_id AND x.place LIKE 'page ' || p.position || ',%' "
                         "JOIN captures c ON c.id = p.capture_id WHERE x.raw <> ''")
    assert len(rows) == len([text for text in A.raw.values() if text])
    captures = {(c.location.warc_file, c.location.offset): c for f in folder.files() for c in records(f)
                if isinstance(c, Capture)}
    for file, offset, id, printed, key in rows:
        found = captures[str(file), int(str(offset))]
        assert found.id == id and f">{printed}<".encode() in found.body
        assert found.url == HOST + (P3 if key == "proceedings" else P2)


def test_missing_pages_are_told_and_their_cells_are_missing(folder: Folder) -> None:
    visited(folder, "2023-02-01", {**paged(), P2: 404})
    load(folder)
    assert query(folder, "SELECT detail, place FROM problems WHERE code = 'pages_missing'") == [
        ("page 2 of 3: not in the archive as parts of it", HOST + P2)]
    assert query(folder, "SELECT position, url, capture_id IS NULL FROM parts") == [
        (1, HOST + P1, 0), (2, HOST + P2, 1), (3, HOST + P3, 0)]
    assert query(folder, "SELECT DISTINCT table_key, kind, value IS NULL, raw FROM cells "
                         "WHERE table_key <> 'proceedings' ORDER BY 1") == [
        ("disclosure", "missing", 1, ""), ("requests", "missing", 1, "")]
    assert raw(folder).keys() == {k for k in A.raw if k[0] == "proceedings"}


def test_a_page_of_a_flip_book_alone_is_a_report_that_wants_all_others(folder: Folder) -> None:
    path = "/book/files/basic-html/page4.html"
    visited(folder, "2023-02-01", {path: WAYS["flip-book"][path]})
    load(folder)
    assert query(folder, "SELECT issuer, report_year FROM reports") == [(A.issuer, 2022)]
    assert query(folder, "SELECT detail FROM problems WHERE code = 'pages_missing'") == [
        ("page 1, 2, 3, 5 of 5: not in the archive as parts of it",)]


def test_a_page_that_comes_later_completes_the_report(folder: Folder) -> None:
    visited(folder, "2023-02-01", {**paged(), P2: 503})
    visited(folder, "2023-02-09", {P2: paged()[P2]})
    load(folder)
    sql = "SELECT version, is_current, figures > 100, same_as IS NULL FROM reports ORDER BY version"
    assert query(folder, sql) == [(1, 0, 0, 1), (2, 1, 1, 1)]
    assert raw(folder, "is_current") == A.raw
    assert query(folder, "SELECT count(*) FROM problems p JOIN reports r ON r.id = p.report_id "
                         "WHERE code = 'pages_missing' AND is_current") == [(0,)]


def test_a_change_of_one_page_is_a_new_version_with_its_changes_and_calm_is_none(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    visited(folder, "2023-04-01", paged())
    visited(folder, "2023-06-01", paged(B))
    visited(folder, "2023-08-01", {P1: paged()[P1], P2: 304})
    load(folder)
    assert query(folder, "SELECT version, is_current, fetched_at FROM reports ORDER BY version") == [
        (1, 0, "2023-02-01T01:00:00Z"), (2, 1, "2023-06-01T01:02:00Z")]
    assert query(folder, "SELECT row_key, column_key, before, after FROM changes") == [
        ("reconsideration", "upheld", A.raw["proceedings", "reconsideration", "upheld"], "77")]
    assert query(folder, "SELECT count(DISTINCT series) FROM reports") == [(1,)]
    assert query(folder, "SELECT DISTINCT r.version, c.fetched_at FROM parts p JOIN reports r ON r.id = p.report_id "
                         "JOIN captures c ON c.id = p.capture_id WHERE p.position = 3 ORDER BY 1") == [
        (1, "2023-02-01T01:02:00Z"), (2, "2023-06-01T01:02:00Z")]


def test_two_pages_that_change_in_one_run_are_one_version(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    visited(folder, "2023-06-01", paged(corrected(B, {("requests", "received_new", "total"): "4711"}), LEAD + "更正。"))
    load(folder)
    assert query(folder, "SELECT version FROM reports ORDER BY 1") == [(1,), (2,)]
    assert {row[0] for row in query(folder, "SELECT table_key FROM changes")} == {"requests", "proceedings", "report"}


def test_the_pages_of_a_report_are_due_together_whatever_became_of_each(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    visited(folder, "2023-06-01", paged(B))
    load(folder)
    assert query(folder, "SELECT count(*), count(DISTINCT next_visit), count(DISTINCT interval_days) FROM pages") == [
        (3, 1, 2)]


def test_a_gone_page_keeps_its_last_content_and_its_removal_is_told(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    visited(folder, "2023-06-01", {P3: 410})
    load(folder)
    assert query(folder, "SELECT version, is_current FROM reports") == [(1, 1)]
    assert raw(folder) == A.raw
    assert query(folder, "SELECT p.position, s.state, c.fetched_at FROM parts p JOIN pages s ON s.url = p.url "
                         "JOIN captures c ON c.id = s.evidence_id") == [(3, "gone", "2023-06-01T01:00:00Z")]
    assert query(folder, "SELECT count(*) FROM tombstones") == [(0,)]
    visited(folder, "2023-07-01", {P1: 410, P2: 410})
    load(folder)
    assert query(folder, "SELECT r.version, t.url, t.manner, t.removed_at FROM tombstones t "
                         "JOIN reports r ON r.id = t.report_id") == [(1, HOST + P1, "gone", "2023-07-01T01:00:00Z")]


def test_a_report_that_is_printed_anew_on_fewer_pages_loses_the_page_that_no_other_names(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    two = split.moved(split.trs("t20230115_771", A.title, (three(A)[0], three(A)[1] + three(A)[2])), "/nb/")
    visited(folder, "2023-06-01", {**two, P3: paged()[P3]})
    load(folder)
    assert query(folder, "SELECT r.version, r.same_as IS NOT NULL, group_concat(p.position) FROM reports r "
                         "JOIN parts p ON p.report_id = r.id GROUP BY r.id ORDER BY 2") == [
        (1, 0, "1,2,3"), (1, 1, "1,2")]
    assert raw(folder, "is_current") == A.raw


def test_a_report_that_comes_to_stand_on_one_page_is_the_same_series(folder: Folder) -> None:
    visited(folder, "2023-02-01", paged())
    visited(folder, "2023-06-01", {P1: html(B), P2: 404, P3: 404})
    visited(folder, "2023-06-03", {P2: 404, P3: 404})
    load(folder)
    assert query(folder, "SELECT version, is_current, url, id IN (SELECT report_id FROM parts) FROM reports "
                         "ORDER BY 1") == [(1, 0, HOST + P1, 1), (2, 1, HOST + P1, 0)]


def test_a_list_with_a_pager_makes_a_report_no_part(folder: Folder) -> None:
    """A column page that shows the latest report's opening: its 下一页 leads to more of the list."""
    lead = three(A)[0] + "<p><a href='/nb/index_1.html'>下一页</a></p>"
    more = listing("政府信息公开年报", {f"/nb/{n}.html": f"{n}年政府信息公开工作年度报告" for n in range(2010, 2020)})
    visited(folder, "2023-02-01", {"/nb/index.html": split.page(A.title, f"<h1>{A.title}</h1>{lead}").encode(),
                                   "/nb/index_1.html": more})
    load(folder)
    assert query(folder, "SELECT url, report_year FROM reports") == [(f"{HOST}/nb/index.html", 2022)]
    assert query(folder, "SELECT code FROM problems WHERE code IN ('pages_missing', 'part_of_report')") == []


def test_reports_that_only_look_alike_are_kept_apart(folder: Folder) -> None:
    """Two articles of one day whose ids follow each other, and two years of one body."""
    other = report(8, 2021)
    beside = split.moved(split.trs("t20230115_772", other.title, three(other, LEAD.replace("2022", "2021"))), "/nb/")
    visited(folder, "2023-02-01", {**paged(), **beside})
    load(folder)
    assert query(folder, "SELECT report_year, count(*) FROM reports GROUP BY 1") == [(2021, 1), (2022, 1)]
    assert raw(folder, "report_year = 2021") == other.raw and raw(folder, "report_year = 2022") == A.raw


def years(folder: Folder) -> None:
    """Four years of a split report, each exchange in a file of its own: late pages, changes, removals, a return."""
    visited(folder, "2020-02-01", {**paged(), P2: 404}, max_bytes=1)
    visited(folder, "2021-02-02", {P1: html(report(3, 2021)), P2: paged()[P2]}, max_bytes=1)
    visited(folder, "2022-02-03", paged(B), max_bytes=1)
    visited(folder, "2023-02-01", {P1: 304, P3: 410, P2: paged()[P2]}, max_bytes=1, ends="")


@pytest.mark.slow
def test_one_archive_makes_the_same_rows_in_any_order_with_any_workers_and_live(folder: Folder) -> None:
    years(folder)
    load(folder)
    whole = dump(folder)
    assert query(folder, "SELECT count(*) FROM reports WHERE id IN (SELECT report_id FROM parts)")[0][0] == 3
    load(folder, workers=2, rebuild=True)
    assert dump(folder) == whole
    files = folder.files()
    for order in ([[f] for f in files], [[f] for f in reversed(files)], [files[1::2], files[::2]]):
        folder.database.unlink()
        for part in order:
            load(folder, part)
        assert dump(folder) == whole


def test_live_rows_are_the_rows_of_a_load(folder: Folder) -> None:
    live = Live(folder)
    with crawl(folder, "2023-02-01") as run:
        for n, (path, body) in enumerate({**WAYS["menu"], **paged(report(9, 2021))}.items()):
            live.add(run.fetch(path, body, after=n))
    assert live.close().total["reports"] == 2
    rows = dump(folder)
    load(folder, rebuild=True)
    assert dump(folder) == rows


STEPS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([P1, P2, P3]),
                           st.sampled_from(["A", "B", "whole", "404", "410", "304", "list", "moved"])),
                 min_size=2, max_size=9)


def drawn(folder: Folder, steps: Sequence[tuple[int, str, str]]) -> None:
    bodies = {"A": paged(), "B": paged(B)}
    for year in range(4):
        with crawl(folder, f"202{year}-02-01", ends="finished" if year != 2 else "", max_bytes=1) as run:
            for n, (_, path, what) in enumerate(s for s in steps if s[0] == year):
                if what.isdecimal():
                    run.fetch(path, status=int(what), after=n)
                elif what == "moved":
                    run.fetch(path, status=301, headers={"Location": P1}, after=n)
                else:
                    run.fetch(path, {"whole": html(A), "list": page("列表", "<p>无</p>" * 40)}.get(what)
                              or bodies[what][path], after=n)


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.randoms(use_true_random=False))
def test_law_any_order_of_files_makes_the_same_rows(steps: list[tuple[int, str, str]], dice: Random) -> None:
    with TemporaryDirectory() as name:
        folder = Folder(Path(name))
        drawn(folder, steps)
        load(folder)
        whole = dump(folder)
        for files in _orders(folder.files(), dice):
            folder.database.unlink()
            for file in files:
                load(folder, [file])
            assert dump(folder) == whole


def _orders(files: list[Path], dice: Random) -> Iterator[list[Path]]:
    if len(files) <= 3:
        yield from map(list, permutations(files))
        return
    for _ in range(2):
        shuffled = list(files)
        dice.shuffle(shuffled)
        yield shuffled
