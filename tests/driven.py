"""Drives real crawls through the years of a portal, all in one process: `python -m tests.driven` does the job on stdin.

The server, the site and its clock are in the same process, so that each day is set before the day's run begins.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.task import react

from archive.folder import Folder
from archive.load import load
from crawler.spiders.portals import PortalsSpider
from tests.fetch import ARCHIVE
from tests.portals.dns import Resolver
from tests.portals.server import Running, serving
from tests.portals.years import Wide, Years

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """One day's run: the requests that the server saw, their statuses, and how it ended."""

    day: str
    asked: int
    statuses: dict[str, int]
    reason: str
    reports: int
    failed: bool


def driven(data: Path, days: Iterable[tuple[date, Mapping[str, str]]], port: int = 0, seconds: float = 800,
           site: str = "Years") -> list[Run]:
    """Crawls on these days, each with its arguments of `-a`, and loads the rows after each."""
    job = {"data": str(data), "days": [(day.isoformat(), dict(arguments)) for day, arguments in days], "port": port,
           "site": site}
    done = subprocess.run([sys.executable, "-m", "tests.driven"], input=json.dumps(job), capture_output=True, text=True,
                          timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return [Run(**told) for told in json.loads(done.stdout.splitlines()[-1])]


def crawling(data: Path, day: date, *arguments: str) -> "subprocess.Popen[str]":
    """The real command on a day, for the portals of DATA/portals.toml."""
    return subprocess.Popen(
        [Path(sys.executable).with_name("scrapy"), "crawl", "portals", "-s", f"DATA={data}", "-a",
         f"portals={data / 'portals.toml'}", "-s", f"NOW={day}T09:00:00Z", "-s", "LOG_LEVEL=ERROR", "-s",
         "TWISTED_DNS_RESOLVER=tests.portals.dns.Resolver", *arguments],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: "subprocess.Popen[str]", status: int = 0) -> str:
    """What a command printed that came to its end with this status."""
    said, errors = process.communicate(timeout=120)
    assert process.returncode == status, said + errors
    return said + errors


def calendar(begin: date, end: date) -> Iterator[date]:
    """Sensible days of runs: weekly from January to March, else monthly."""
    day = begin
    while day <= end:
        yield day
        day += timedelta(days=7 if day.month < 4 else 30)


async def crawled(running: Running, site: Years, job: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The runs of a job, one after the other."""
    folder, told = Folder(Path(job["data"])), []
    folder.root.mkdir(parents=True, exist_ok=True)
    file = folder.root / "portals.toml"
    file.write_text(site.toml(running.port), encoding="utf-8")
    for day, arguments in job["days"]:
        site.at(date.fromisoformat(day))
        before = len(running.visits)
        settings = get_project_settings()
        settings.setdict({"DATA": str(folder.root), "EXTENSIONS": ARCHIVE, "NOW": f"{day}T09:00:00Z",
                          "LOG_LEVEL": "ERROR"}, priority="cmdline")
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler("portals")
        await runner.crawl(crawler, portals=str(file), **arguments)
        load(folder)
        visits = running.visits[before:]
        spider = crawler.spider
        assert isinstance(spider, PortalsSpider) and crawler.stats
        (result,) = spider.results
        statuses = [str(v.status) for v in visits]
        told.append({"day": day, "asked": len(visits), "statuses": {s: statuses.count(s) for s in set(statuses)},
                     "reason": crawler.stats.get_value("finish_reason"), "reports": result.reports,
                     "failed": result.failed})
    return told


async def done(job: Mapping[str, Any]) -> None:
    """Does the job; the last line of standard output tells how it went."""
    site = {"Years": Years, "Wide": Wide}[job["site"]]()
    with serving([site], job["port"]) as running:
        print(json.dumps(await crawled(running, site, job)))


def begun(reactor: ReactorBase, job: Mapping[str, Any]) -> "Deferred[None]":
    """The job under way, with names resolved as the tests want them."""
    Resolver(reactor, 0, 60).install_on_reactor()
    return deferred_from_coro(done(job))


if __name__ == "__main__":
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    react(begun, [json.load(sys.stdin)])
