"""`scrapy crawl portals`: Scrapy's crawl with our arguments checked, a lock on DATA, and a summary at the end."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from archive.lock import locked
from parsers.errors import NianbaoError
from scrapy.commands import BaseRunSpiderCommand

from crawler import sample
from crawler.arguments import chosen
from crawler.command import Command as Plain
from crawler.spiders.portals import PortalsSpider
from crawler.tours import Result


class Command(Plain, BaseRunSpiderCommand):
    """Crawls portals into DATA."""

    requires_crawler_process = True
    most = 1

    def syntax(self) -> str:
        """Shown by -h."""
        return "portals [-a portals=ID,ID|all|FILE] [-a due=all] [-a since=DATE] [-a years=YEAR-YEAR] [-s DATA=DIR]"

    def short_desc(self) -> str:
        """Shown by `scrapy`."""
        return "Crawl portals into DATA: the archive first, rows from it"

    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawls, then tells what was archived, which rows were made and what to do next."""
        if args != [PortalsSpider.name]:
            raise NianbaoError(f"there is one spider here: `scrapy crawl {PortalsSpider.name}`")
        chosen(opts.spargs)
        with locked(self.folder, "crawl"), _sample(opts.spargs):
            crawler = self._crawl(opts.spargs)
        results: tuple[Result, ...] = crawler.spider.results if crawler.spider else ()
        for line in summary(results):
            print(line)
        if self.crawler_process is None or self.crawler_process.bootstrap_failed or any(r.failed for r in results):
            self.exitcode = 1

    def _crawl(self, arguments: dict[str, str]) -> Any:
        assert self.crawler_process is not None
        crawler = self._create_crawler(PortalsSpider.name)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        return crawler


@contextmanager
def _sample(arguments: dict[str, str]) -> Iterator[None]:
    """The bundled sample portal, served while the crawl needs it."""
    with nullcontext() if arguments.get("portals") else sample.serving():
        yield


def summary(results: tuple[Result, ...]) -> Iterator[str]:
    """One line a portal."""
    for r in results:
        state = f"FAILED ({r.reason})" if r.failed else "ok"
        each = f", {r.requests / r.reports:.1f} requests a report" if r.reports else ""
        yield f"{r.portal_id}: {state}: {r.reports} reports in {r.requests} requests{each}, ended: {r.ended}"
