"""Split reports found by the real command: each once, with all cells; followed through re-crawls."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archives import query
from tests.portals import split as portal
from tests.portals.reports import drawn
from tests.portals.server import Running, serving
from tests.portals.site import Site, text
from tests.test_crawl import crawl

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("split")]
Crawled = tuple[Path, Site, Running]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data, site = tmp_path_factory.mktemp("split"), portal.site()
    with serving([site]) as running:
        (data / "portals.toml").write_text(site.toml(running.port), encoding="utf-8")
        ended = crawl(data, "-a", f"portals={data / 'portals.toml'}")
        assert "split: ok: 6 reports" in ended.stdout, ended.stdout + ended.stderr
        yield data, site, running


def cells(data: Path, issuer: str, where: str = "is_current") -> dict[tuple[object, ...], object]:
    found = query(data, "SELECT table_key, row_key, column_key, raw FROM cells JOIN reports r ON r.id = report_id "
                       f"WHERE kind <> 'missing' AND issuer = '{issuer}' AND {where}")
    return {row[:3]: row[3] for row in found}


def test_each_report_is_found_once_at_its_first_page(crawled: Crawled) -> None:
    data, site, running = crawled
    found = query(data, "SELECT url, issuer, report_year FROM latest_reports")
    assert {row[0]: row[1:] for row in found} == {running.url(a): told for a, told in site.reports.items()}
    assert query(data, "SELECT count(*) FROM reports") == [(6,)]


@pytest.mark.parametrize("issuer", [portal.PAGED, portal.BOOK, portal.MENU, portal.CHAIN, portal.WHOLE])
def test_all_cells_are_right(crawled: Crawled, issuer: str) -> None:
    assert cells(crawled[0], issuer) == drawn(issuer, portal.YEAR).printed


def test_a_page_that_answers_404_is_missing_and_no_cell_of_it_is_blank_or_zero(crawled: Crawled) -> None:
    data, _, running = crawled
    printed = drawn(portal.TORN, portal.YEAR).printed
    there = cells(data, portal.TORN)
    assert there.items() <= printed.items() and 0 < len(there) < len(printed)
    torn = running.url(f"{portal.COLUMN}202302/t20230116_2202_1.html")
    assert query(data, "SELECT r.issuer, p.place FROM problems p JOIN reports r ON r.id = p.report_id "
                      "WHERE p.code = 'pages_missing'") == [(portal.TORN, torn)]
    assert query(data, f"SELECT status, anchor, reason FROM captures WHERE url = '{torn}'") == [(404, "", "page")]


def test_only_the_pages_of_reports_are_followed(crawled: Crawled) -> None:
    _, site, running = crawled
    asked = [v.address for v in running.visits if not v.address.endswith("robots.txt")]
    assert len(asked) == len(set(asked))
    assert f"{portal.COLUMN}202301/t20230118_2204_1.html" not in asked
    assert len(asked) <= len(site.pages) + 3


def test_a_re_crawl_without_a_change_makes_no_version_and_one_changed_page_makes_one(crawled: Crawled) -> None:
    data, site, _ = crawled
    file = f"portals={data / 'portals.toml'}"
    before = query(data, "SELECT id FROM reports ORDER BY id")
    assert crawl(data, "-a", file, "-a", "due=all").returncode == 0
    assert query(data, "SELECT id FROM reports ORDER BY id") == before
    address = "http://www.split.test/book/2022dzs/xinfang/files/basic-html/page4.html"
    old = site.pages[address]
    assert not callable(old)
    site.put(address, text(old.body.decode().replace("<td>0</td>", "<td>41</td>", 1)))
    assert crawl(data, "-a", file, "-a", "due=all").returncode == 0
    assert query(data, "SELECT issuer, version FROM reports WHERE version > 1") == [(portal.BOOK, 2)]
    assert query(data, "SELECT table_key, before, after FROM changes") == [("proceedings", "0", "41")]
    ended = crawl(data, "-a", file)
    assert "split: ok: 6 reports in 0 requests" in ended.stdout, ended.stdout
