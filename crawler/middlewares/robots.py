"""robots.txt: obeyed and archived; a host whose robots.txt cannot be had is left alone for the run.

An answer holds for a day, over runs too, as the archive has it (RFC 9309 §2.4); after that its validators go along.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from archive import visits
from archive.folder import Folder
from archive.model import Capture, Facts
from archive.moments import stamp
from archive.visits import Known
from archive.warc import read_at
from parsers.errors import NianbaoError
from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from crawler import failures, schedule
from crawler.clock import clock
from crawler.skipped import Skipped

LOG = logging.getLogger(__name__)
LARGEST = 512_000  # bytes that are read (RFC 9309 §2.5)
SLOWEST = 60.0     # seconds; a longer Crawl-delay is cut to this
HOLDS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says; `trouble` (reach and words) where it could not be had."""

    parsed: Protego | None = None
    trouble: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the archive has of a robots.txt: the page, its latest status, and the capture that holds its text."""

    page: Known
    status: int
    capture: Capture | None

    def rules(self, now: datetime) -> Rules | None:
        """What still holds of it; None where it has to be asked for: too old, no answer, text that cannot be read."""
        if self.page.last_visit <= stamp(now - HOLDS) or not 200 <= self.status < 500:
            return None
        if self.status < 300 or self.status == 304:
            return rules(200, self.capture.body, self.page.url) if self.capture else None
        return rules(self.status, b"", self.page.url) if self.status >= 400 else None


def rules(status: int, body: bytes, url: str) -> Rules:
    """RFC 9309 §2.3: 2xx is parsed, 4xx allows everything (403 and 429 too), anything else means stay out."""
    if 200 <= status < 300:
        return Rules(Protego.parse(body[:LARGEST].decode("utf-8", "replace")))
    if 300 <= status < 500:
        return Rules()
    return Rules(trouble=("robots", f"{url} answered {status}, so the host is left alone in this run"))


class Robots:
    """Fetches each host's robots.txt before its first page."""

    def __init__(self, crawler: Crawler, agent: str) -> None:
        self.crawler, self.agent = crawler, agent
        self.folder, self.now = Folder(Path(crawler.settings["DATA"])), clock(crawler.settings)
        self._known: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Robots":
        """As Scrapy does it."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler, crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])

    async def process_request(self, request: Request) -> None:
        """Skipped where the rules disallow the address or could not be had."""
        facts = request.meta.get("facts")
        if isinstance(facts, Facts) and facts.reason == "robots":
            return
        found = await self._rules(request)
        if found.trouble[0]:
            raise Skipped(*found.trouble)
        if found.parsed is None:
            return
        if not found.parsed.can_fetch(request.url, self.agent):
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("robotstxt/forbidden")
            raise Skipped("robots", f"{request.url} is disallowed by the host's robots.txt")
        delay = found.parsed.crawl_delay(self.agent)
        if delay:
            request.meta["crawl_delay"] = min(float(delay), SLOWEST)

    async def _rules(self, request: Request) -> Rules:
        parts = urlsplit(request.url)
        place = f"{parts.scheme}://{parts.netloc}"
        waiting = self._known.get(place)
        if waiting is None:
            waiting = self._known[place] = asyncio.get_running_loop().create_future()
            try:
                waiting.set_result(await self._fetched(request, f"{place}/robots.txt"))
            except BaseException:
                waiting.cancel()
                raise
        return await asyncio.shield(waiting)

    def _kept(self, url: str) -> Kept | None:
        try:
            found = visits.latest(self.folder, url)
            if found is None:
                return None
            page, status = found
            return Kept(page, status, read_at(self.folder, page.location) if page.location else None)
        except NianbaoError as error:
            LOG.warning("%s; %s is asked for again", error, url)
            return None

    async def _fetched(self, request: Request, url: str) -> Rules:
        kept = self._kept(url)
        held = kept.rules(self.now()) if kept else None
        if held:
            return held
        known = request.meta.get("facts")
        facts = Facts(known.portal_id if isinstance(known, Facts) else "", via=request.url, reason="robots")
        headers = dict(schedule.conditions(kept.page, kept.capture)) if kept and kept.page.state == "active" else {}
        asked = Request(url, headers=headers, priority=1000, meta={"facts": facts, "handle_httpstatus_all": False} | {
            k: request.meta[k] for k in ("download_timeout",) if k in request.meta})
        engine = self.crawler.engine
        assert engine is not None
        try:
            response: Response = await engine.download_async(asked)
        except Skipped as error:
            return Rules(trouble=(error.reach, error.words))
        except IgnoreRequest:
            return Rules()  # it redirects off the portal, or in circles
        except Exception as error:
            return Rules(trouble=(failures.kind(error), f"{url}: {error}"))
        if response.status == 304 and kept and kept.capture:
            return rules(200, kept.capture.body, url)
        return rules(response.status, response.body, url)
