"""The writer's life: opened with the spider, told of portals and the run, closed at its end."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from archive.folder import Folder
from archive.model import Exchange, Location
from archive.moments import stamp
from archive.policy import MAIL
from archive.warc import Writer
from parsers.errors import NianbaoError
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from crawler import left
from crawler.clock import clock, driven
from crawler.hosts import Hosts
from crawler.portals import Portal
from crawler.signals import archived, toured
from crawler.tape import Tapes
from crawler.tours import Tour

LOG = logging.getLogger(__name__)
COUNTS = ("downloader/request_count", "downloader/response_count", "downloader/exception_count", "archive/records",
          "archive/failed_fetches", "robotstxt/forbidden", "guard/external", "guard/private", "archive/skipped")


class Archiver:
    """Holds the archive open while the spider runs. `fault` says why nothing can be written any more, else ""."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = Folder(Path(crawler.settings["DATA"]))
        self.now = clock(crawler.settings)
        self.tapes = Tapes(self.folder.runs, self.now)
        self.started = self.now()
        self.run_id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        self.writer: Writer | None = None
        self.fault = ""
        self.left: set[str] = set()  # portals whose note on what they left is written
        self.browsing = asyncio.Lock()  # one page at a time, whatever the scheme

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Archiver":
        """As Scrapy does it."""
        archiver = cls(crawler)
        crawler.signals.connect(archiver.opened, signals.spider_opened)
        crawler.signals.connect(archiver.leave, toured)
        crawler.signals.connect(archiver.closed, signals.spider_closed)
        crawler.signals.connect(archiver.tapes.tie, signals.headers_received)
        return archiver

    def opened(self, spider: Spider) -> None:
        """Opens the file and notes what is about to be crawled."""
        try:
            self.folder.runs.mkdir(parents=True, exist_ok=True)
            self.writer = Writer(self.folder, self.run_id, info(self.crawler.settings), now=self.now)
            for portal in portals(spider):
                self.writer.note("portal", portal.id, asdict(portal))
            begun = {"started": stamp(self.started), "portals": [p.id for p in portals(spider)]}
            self.writer.note("run", self.run_id, begun | driven(self.crawler.settings))
        except Exception as error:
            self.fail(error)

    def keep(self, exchange: Exchange, request: Request, response: Response | None) -> Location:
        """Writes an exchange and tells of it. When that fails the request fails, and the crawl ends."""
        facts = replace(exchange.facts, run_id=exchange.facts.run_id or self.run_id)
        try:
            if self.writer is None:
                raise OSError(self.fault or "the archive is not open")
            location = self.writer.write(replace(exchange, facts=facts))
        except Exception as error:
            self.fail(error)
            raise
        self.count("archive/records" if exchange.response else "archive/failed_fetches")
        self.crawler.signals.send_catch_log(archived, location=location, request=request, response=response)
        return location

    def leave(self, tour: Tour) -> None:
        """Notes once what a portal's tour left, as soon as it is over: a run that is killed later has told it."""
        name = tour.portal.id
        if self.writer is None or self.fault or name in self.left:
            return
        self.left.add(name)
        told = left.note(self.run_id, name, tour.left(), tour.told)
        try:
            if told["left"]:
                self.writer.note("left", f"{self.run_id}:{name}", told)
        except Exception as error:
            self.fail(error)

    def count(self, key: str) -> None:
        """One more of something, in the crawl's stats."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(key)

    def fail(self, error: Exception) -> None:
        """Nothing can be written any more: says so once and ends the crawl."""
        if self.fault:
            return
        self.fault = f"archive: {' '.join(str(error).split())}"
        expected = isinstance(error, OSError | NianbaoError)
        LOG.error("cannot write to the archive: %s; the crawl ends here, what was flushed before is safe", error,
                  exc_info=None if expected else error)
        stats = self.crawler.stats
        assert stats is not None
        stats.set_value("archive/fault", self.fault)
        end(self.crawler, "archive_failed")

    def closed(self, spider: Spider, reason: str) -> None:
        """Notes how the run ended and closes the file."""
        if self.writer is None:
            return
        try:
            if not self.fault:
                for tour in getattr(spider, "tours", {}).values():
                    self.leave(tour)
                self.writer.note("run", self.run_id, self._outcome(spider, reason))
            self.writer.close()
        except Exception as error:
            self.fail(error)

    def _outcome(self, spider: Spider, reason: str) -> dict[str, Any]:
        stats = self.crawler.stats
        assert stats is not None
        hosts = self.crawler.get_extension(Hosts)
        told = {p.id: hosts.told(p.id, p.home) for p in portals(spider)} if hosts else {}
        skips = {name: tour.skips() for name, tour in getattr(spider, "tours", {}).items()}
        found = {r.portal_id: asdict(r) | {"skips": skips[r.portal_id]} for r in getattr(spider, "results", ())}
        results = {id: found.get(id, {}) | told.get(id, {}) for id in (*found, *told)}
        failed = reason != "finished" or any(r.get("failed") for r in results.values())
        return {
            "started": stamp(self.started), "finished": stamp(self.now()), "reason": reason,
            "status": "failed" if failed else "ok", "counts": {k: stats.get_value(k, 0) for k in COUNTS},
            "portals": [p.id for p in portals(spider)], "results": results,
        }


def portals(spider: Spider) -> tuple[Portal, ...]:
    """The portals of a run; none for a spider that names none."""
    named = getattr(spider, "portals", None) or getattr(getattr(spider, "choice", None), "portals", None)
    return tuple(named or ())


def info(settings: Any) -> Mapping[str, str]:
    """What the warcinfo record says of us; e-mail addresses stay out, as everywhere in the archive."""
    told = {"http-header-user-agent": settings["USER_AGENT"], "operator": settings.get("OPERATOR") or ""}
    return {name: MAIL.sub(b"-", value.encode()).decode() for name, value in told.items()} | {
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore"} | driven(settings)


def end(crawler: Crawler, reason: str) -> None:
    """Closes the spider as soon as the engine can, once."""
    engine = crawler.engine
    if engine is not None and engine.spider is not None:
        deferred_from_coro(engine.close_spider_async(reason=reason))
