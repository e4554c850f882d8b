"""The whole way: the real command against the real servers, rows in the database, a second run, what goes wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archives import query
from tests.portals.everything import browser, mechanisms
from tests.portals.server import Running, serving
from tests.portals.site import Site

ROOT = Path(__file__).parent.parent
SCRAPY = Path(sys.executable).with_name("scrapy")
REPLICAS = pytest.mark.xdist_group("replicas")  # one crawl for all tests that look at it


def scrapy(*arguments: str, seconds: float = 200) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRAPY, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
                          capture_output=True, timeout=seconds, check=False)


def crawl(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return scrapy("crawl", "portals", "-s", f"DATA={data}", "-s", "LOG_LEVEL=WARNING",
                  "-s", "TWISTED_DNS_RESOLVER=tests.portals.dns.Resolver", *arguments)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Site], Running, str]]:
    data, sites = tmp_path_factory.mktemp("replicas"), mechanisms()
    with serving(sites) as running:
        file = data / "portals.toml"
        file.write_text("".join(s.toml(running.port) for s in sites), encoding="utf-8")
        ended = crawl(data, "-a", f"portals={file}")
        yield data, sites, running, ended.stdout + ended.stderr


@pytest.mark.slow
@REPLICAS
@pytest.mark.parametrize("number", range(len(mechanisms())), ids=[s.name for s in mechanisms()])
def test_every_report_and_no_decoy_from_the_home_page_alone(
        crawled: tuple[Path, list[Site], Running, str], number: int) -> None:
    data, sites, running, said = crawled
    site = sites[number]
    found = {str(url) for (url,) in query(data, f"SELECT url FROM reports WHERE portal_id = '{site.name}'")}
    truth = {running.url(a) for a in site.reports}
    others = {running.url(a) for a in (*site.also_at, *site.late)}
    assert truth - found == set(), said
    assert found - truth - others == set(), said
    assert f"{site.name}: ok" in said


@pytest.mark.slow
@REPLICAS
def test_the_line_of_a_portal_counts_a_report_once(crawled: tuple[Path, list[Site], Running, str]) -> None:
    data, sites, _, said = crawled
    sql = "SELECT portal_id, count(*) FROM pages WHERE kind = 'attachment' GROUP BY 1"
    files = dict(query(data, sql))  # counted unopened: a file beside a report may be anything
    for site in sites:
        line = next(line for line in said.splitlines() if line.startswith(f"{site.name}: "))
        count = int(line.split(" reports")[0].rpartition(" ")[2])
        once = len(set(site.reports) - set(site.also_at))
        assert once <= count <= once + len(site.late) + int(str(files.get(site.name, 0))), line


@pytest.mark.slow
@REPLICAS
def test_columns_are_lists_and_pages_that_send_the_reader_on_are_no_soft_404(
        crawled: tuple[Path, list[Site], Running, str]) -> None:
    data, _, running, _ = crawled
    kinds = dict(query(data, "SELECT url, kind FROM pages"))
    assert {kinds[running.url(f"http://www.ucap.test/yzs/{page}")] for page in ("c107687/list.shtml",
                                                                                "c107688/nb.shtml")} == {"list"}
    outcomes = dict(query(data, "SELECT url, outcome FROM captures"))
    assert outcomes[running.url("http://www.shells.test/")] == "new"
    assert outcomes[running.url("http://www.shells.test/zfxxgk/")] == "new"


@pytest.mark.slow
@REPLICAS
def test_budgets_are_kept_and_a_rerun_gives_the_same_set(crawled: tuple[Path, list[Site], Running, str]) -> None:
    data, sites, running, _ = crawled
    for site in sites:
        assert len(running.asked(site.hosts[0])) <= 2 * max(len(site.reports), 10), site.name
    before = query(data, "SELECT url, issuer, report_year FROM reports WHERE is_current ORDER BY 1, 2, 3")
    asked = len(running.visits)
    again = crawl(data, "-a", f"portals={data / 'portals.toml'}")
    assert again.returncode == 0, again.stdout + again.stderr
    assert len(running.visits) - asked <= asked * 0.05
    assert query(data, "SELECT url, issuer, report_year FROM reports WHERE is_current ORDER BY 1, 2, 3") == before


@pytest.mark.slow
def test_a_browser_opens_columns_that_only_a_script_fills(tmp_path: Path) -> None:
    sites = browser()
    with serving(sites) as running:
        file = tmp_path / "portals.toml"
        file.write_text("".join(s.toml(running.port) for s in sites), encoding="utf-8")
        ended = crawl(tmp_path, "-a", f"portals={file}")
        found = {str(url) for (url,) in query(tmp_path, "SELECT url FROM reports")}
        assert found == {running.url(a) for s in sites for a in s.reports}, ended.stdout + ended.stderr
    assert ended.returncode == 0


def test_portals_are_listed_checked_and_probed(tmp_path: Path) -> None:
    listed = scrapy("portals", "-s", f"DATA={tmp_path}")
    assert listed.returncode == 0 and listed.stdout.startswith("id\tname\tmechanism")
    checked = scrapy("portals", "--check", "crawler/sample/portal.toml")
    assert (checked.returncode, checked.stdout) == (0, "crawler/sample/portal.toml: 1 portal, no mistakes\n")
    with serving(mechanisms()) as running:
        probed = scrapy("probe", f"http://127.0.0.1:{running.port}/")
    assert probed.returncode == 2 and "answers 421" in probed.stderr
