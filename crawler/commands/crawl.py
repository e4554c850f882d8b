"""`scrapy crawl portals`: Scrapy's crawl with our arguments checked, a lock on DATA, and a summary at the end."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any

from archive.lock import locked
from parsers.errors import NianbaoError
from scrapy.commands import BaseRunSpiderCommand

from crawler.command import Command as Plain

if TYPE_CHECKING:
    from crawler.tours import Result

SPIDER = "portals"
NEXT = "next: `make browse` or `scrapy browse` shows the reports, `scrapy verify` proves them against the archive"


class Command(Plain, BaseRunSpiderCommand):
    """Crawl portals into DATA: the archive first, rows from it."""

    usage = "portals [-a portals=ID,ID|all|FILE] [-a due=all] [-a since=DATE] [-a years=YEAR-YEAR] [-s DATA=DIR]"
    requires_crawler_process = True
    most = 1

    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawls, then tells what was archived, which rows were made and what to do next."""
        from crawler.arguments import chosen
        from crawler.clock import check

        if args != [SPIDER]:
            raise NianbaoError(f"there is one spider here: `scrapy crawl {SPIDER}`")
        chosen(opts.spargs)
        assert self.settings is not None
        check(self.settings, self.folder)
        with locked(self.folder, "crawl"), _sample(opts.spargs):
            self._catch_up()
            crawler = self._crawl(opts.spargs)
        results: tuple[Result, ...] = crawler.spider.results if crawler.spider else ()
        for line in (*summary(results), *self._made(crawler)):
            print(line)
        ended = crawler.stats.get_value("finish_reason") if crawler.stats else None
        if ended != "finished":
            print(f"the crawl ended early: {ended or 'it could not start'}", file=sys.stderr)
        raised = tuple(self._alarms(crawler))
        for line in raised:
            print(line)
        if ended != "finished" or raised or any(r.failed for r in results):
            self.exitcode = 1

    def _catch_up(self) -> None:
        """Rows of what an interrupted run archived, so that this one does not fetch it again."""
        from archive.salvage import salvage

        for saved in salvage(self.folder):
            print(saved)
        if self.folder.files():
            from archive.load import load

            load(self.folder)

    def _alarms(self, crawler: Any) -> Iterator[str]:
        """What a person should look at, by the view `monitors`; what was told above is not told again."""
        from archive.connection import read_only
        from archive.monitors import alarms

        from crawler.archiver import Archiver

        archiver = crawler.get_extension(Archiver)
        if archiver is None or not self.folder.database.exists():
            return
        told = {r.portal_id for r in (crawler.spider.results if crawler.spider else ()) if r.failed}
        with read_only(self.folder.database) as conn:
            for line in alarms(conn, archiver.run_id):
                if line.partition(":")[0] not in told and " alarm ended:" not in line:
                    yield line

    def _made(self, crawler: Any) -> Iterator[str]:
        """What was archived, which rows were made, what to do next."""
        files = self.folder.files()
        size = sum(f.stat().st_size for f in files) / 1e6
        yield f"archive: {len(files)} file{'s' if len(files) != 1 else ''}, {size:.1f} MB in {self.folder.warc}"
        rows = crawler.stats.get_value("load/summary") if crawler.stats else None
        yield from rows.lines() if rows is not None else ("rows: none new",)
        yield NEXT

    def _crawl(self, arguments: dict[str, str]) -> Any:
        assert self.crawler_process is not None
        import_module("scrapy.core.downloader.contextfactory")  # walks the stack, which is deep once the crawl runs
        crawler = self._create_crawler(SPIDER)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        return crawler


@contextmanager
def _sample(arguments: dict[str, str]) -> Iterator[None]:
    """The bundled sample portal, served while the crawl needs it."""
    from crawler import sample

    with nullcontext() if arguments.get("portals") else sample.serving():
        yield


def summary(results: "tuple[Result, ...]") -> Iterator[str]:
    """One line a portal."""
    for r in results:
        state = f"FAILED ({r.reason})" if r.failed else "ok"
        each = f", {r.requests / r.reports:.1f} requests a report" if r.reports else ""
        yield f"{r.portal_id}: {state}: {r.reports} reports in {r.requests} requests{each}, ended: {r.ended}"
