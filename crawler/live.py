"""Rows while the crawl goes on: hands the place of each new capture to the loader beside it."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.folder import Folder
from archive.model import Location
from archive.progress import progress
from parsers.errors import NianbaoError
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.signals import archived

if TYPE_CHECKING:
    from archive.load import Live, Summary

LOG = logging.getLogger(__name__)


class LiveRows:
    """Starts the loader with the first capture, waits for its backlog when the engine has stopped.

    The summary is kept as `summary` here and in the crawl's stats under `load/summary`; `fault` says why there is none.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = Folder(Path(crawler.settings["DATA"]))
        self.live: Live | None = None
        self.summary: Summary | None = None
        self.fault = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LiveRows":
        """As Scrapy does it."""
        if not crawler.settings.getbool("ROWS", True):
            raise NotConfigured
        rows = cls(crawler)
        crawler.signals.connect(rows.take, archived)
        crawler.signals.connect(rows.drain, signals.engine_stopped)
        return rows

    def take(self, location: Location, **_: Any) -> None:
        """One capture that was just flushed."""
        if self.live is None and not self.fault:
            from archive.load import Live  # here, for a run without rows does without the parsers

            self.live = Live(self.folder)
        if self.live:
            self.live.add(location)

    def drain(self) -> None:
        """Waits for the rows; the archive is closed by now."""
        try:
            if self.live is None:  # nothing was due: the run's own notes are all there is
                if self.folder.files():
                    from archive.load import load

                    load(self.folder)
                return
            with progress("making rows", "page") as tell:
                self.summary = self.live.close(tell)
        except NianbaoError as error:
            self.fault = str(error)
            LOG.error("the archive is complete, the database is not: %s", error)
        stats = self.crawler.stats
        assert stats is not None
        stats.set_value("load/summary", self.summary)
        stats.set_value("load/fault", self.fault)
