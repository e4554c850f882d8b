"""What a crawl tells while it runs: one line that is kept up to date on a terminal, a log line a minute elsewhere."""

import logging
import sys
from collections.abc import Mapping
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from tqdm import tqdm

LOG = logging.getLogger(__name__)
ON_TERMINAL, IN_LOG = 1.0, 60.0  # seconds between two looks


def told(portals: int, reports: int, stats: Mapping[str, Any]) -> str:
    """One line on how far a crawl is.

    >>> told(3, 41, {"archive/records": 120, "downloader/response_bytes": 5_200_000})
    '3 portals: 41 reports found, 120 captures, 5.2 MB'
    """
    captures, size = stats.get("archive/records", 0), stats.get("downloader/response_bytes", 0) / 1e6
    return f"{portals} portal{'s' if portals != 1 else ''}: {reports} reports found, {captures} captures, {size:.1f} MB"


class Watch:
    """Looks at the spider's results now and then."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.bar: tqdm[Any] | None = None
        self.look = create_looping_call(self.tell)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Watch":
        """As Scrapy does it."""
        watch = cls(crawler)
        crawler.signals.connect(watch.begin, signals.spider_opened)
        crawler.signals.connect(watch.end, signals.spider_closed)
        return watch

    def begin(self) -> None:
        """Starts looking."""
        if sys.stderr.isatty():
            self.bar = tqdm(bar_format="{desc}, {elapsed}", leave=False)
        self.look.start(ON_TERMINAL if self.bar is not None else IN_LOG, now=False)

    def tell(self) -> None:
        """Says how far the crawl is."""
        results = getattr(self.crawler.spider, "results", ())
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        line = told(len(results), sum(r.reports for r in results), stats)
        if self.bar is None:
            LOG.info(line)
        else:
            self.bar.set_description_str(line)

    def end(self) -> None:
        """Stops looking; the summary follows."""
        if self.look.running:
            self.look.stop()
        if self.bar is not None:
            self.bar.close()
