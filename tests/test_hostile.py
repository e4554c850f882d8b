"""Hosts that refuse, stall, mislead or flood, all in one run of the real command."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.archives import query
from tests.portals.everything import hostile_hosts
from tests.portals.server import Running, serving
from tests.portals.site import Site

ROOT = Path(__file__).parent.parent
SCRAPY = Path(sys.executable).with_name("scrapy")
SECONDS = 40        # budget of each portal
REQUESTS = 60
MEGABYTES = 512     # of any of its processes: the crawl, the loader beside it, the reader of attachments
REACH = {
    "ruishu": "challenge:ruishu", "jiasule": "challenge:jiasule", "acw": "challenge:acw",
    "edgeone": "challenge:edgeone", "wzws": "challenge:wzws", "c3vk": "challenge:chuangyu",
    "forbidden": "forbidden", "robots": "robots", "robots500": "robots", "slow": "timeout",
}
SITES = [site for site in hostile_hosts() if site.name != "secret"]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]


@dataclass(frozen=True)
class Ended:
    """One run over all of them."""

    data: Path
    running: Running
    status: int
    seconds: float
    megabytes: float
    said: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """From the database."""
        return query(self.data, sql)

    def line(self, name: str) -> str:
        """What the command says of a portal."""
        return next(line for line in self.said.splitlines() if line.startswith(f"{name}: "))


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    data = tmp_path_factory.mktemp("hostile")
    with serving(hostile_hosts()) as running:
        file = data / "portals.toml"
        keys = {"max_seconds": float(SECONDS), "max_requests": REQUESTS, "timeout": 3.0}
        file.write_text("".join(site.toml(running.port, **keys) for site in SITES), encoding="utf-8")
        yield crawled(data, file, running)


def crawled(data: Path, file: Path, running: Running) -> Ended:
    """Runs the command and looks at its memory while it runs."""
    told, start, most = data / "said.txt", time.monotonic(), 0.0
    with told.open("wb") as out:
        command = subprocess.Popen(
            [SCRAPY, "crawl", "portals", "-a", f"portals={file}", "-s", f"DATA={data}", "-s", "LOG_LEVEL=WARNING",
             "-s", "TWISTED_DNS_RESOLVER=tests.portals.dns.Resolver"],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=out, stderr=subprocess.STDOUT)
        while command.poll() is None:
            most = max(most, peak(command.pid))
            time.sleep(0.1)
    return Ended(data, running, command.returncode, time.monotonic() - start, most, told.read_text(encoding="utf-8"))


def peak(pid: int) -> float:
    """MB that a process had at most since it began (VmHWM), or the largest of its children.

    The kernel's account at its end (ru_maxrss) will not do: it counts what the parent held when it forked.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)
    return max([own, *(peak(int(child)) for child in children)])


def test_the_run_ends_in_time_and_in_bounds(ended: Ended) -> None:
    assert ended.seconds < 2 * SECONDS + 10, ended.said
    assert 50 < ended.megabytes < MEGABYTES
    assert ended.status == 1 and "Traceback" not in ended.said
    for site in SITES:
        assert len(ended.running.asked(site.hosts[0])) <= REQUESTS + 2, site.name  # robots.txt, and a page again


def test_each_host_has_its_true_reach(ended: Ended) -> None:
    found = dict(ended.rows("SELECT id, reach FROM portals"))
    assert found == {site.name: REACH.get(site.name, "ok") for site in SITES}
    for name, reach in REACH.items():
        assert f"FAILED (blocked: {reach}" in ended.line(name) or "FAILED (no answer" in ended.line(name)
        assert "docs/portals.md" in ended.line(name)


def test_those_that_refuse_are_left_alone(ended: Ended) -> None:
    asked = {site.name: [v.target for v in ended.running.asked(site.hosts[0])] for site in SITES}
    assert asked["robots"] == asked["robots500"] == ["/robots.txt"]
    for name in ("ruishu", "jiasule", "acw", "edgeone", "wzws", "c3vk", "forbidden"):
        assert len(asked[name]) <= 5, name


def test_every_report_beside_a_maze_is_found(ended: Ended) -> None:
    found = {url for (url,) in ended.rows("SELECT url FROM reports")}
    truth = {ended.running.url(address) for site in SITES if site.name not in REACH for address in site.reports}
    assert found == truth
    clones = ended.rows("SELECT count(*) FROM reports WHERE is_clone AND portal_id = 'clone'")
    assert clones == [(len(site_of("clone").reports),)]


def test_no_request_leaves_the_hosts_of_the_portals(ended: Ended) -> None:
    hosts = {host for site in SITES for host in site.hosts}
    assert {v.host for v in ended.running.visits} <= hosts
    kept = {url for (url,) in ended.rows("SELECT DISTINCT url FROM captures")}
    assert not [url for url in kept if "secret" in url or "10.0.0.1" in url or "169.254" in url or "private" in url]
    asked = {v.target for v in ended.running.asked("www.inside.test")}
    assert {f"/to/{name}" for name in "abcdefgh"} <= asked, "the redirects were met, and not followed"


def site_of(name: str) -> Site:
    """One of the hosts."""
    return next(site for site in SITES if site.name == name)
