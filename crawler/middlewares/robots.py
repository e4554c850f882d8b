"""robots.txt: obeyed and archived; a host whose robots.txt cannot be had is left alone for the run."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.model import Facts
from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from crawler import failures
from crawler.skipped import Skipped

LARGEST = 512_000  # bytes that are read (RFC 9309 §2.5)
SLOWEST = 60.0     # seconds; a longer Crawl-delay is cut to this


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says; `trouble` (reach and words) where it could not be had."""

    parsed: Protego | None = None
    trouble: tuple[str, str] = ("", "")


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

    async def _fetched(self, request: Request, url: str) -> Rules:
        known = request.meta.get("facts")
        facts = Facts(known.portal_id if isinstance(known, Facts) else "", via=request.url, reason="robots")
        asked = Request(url, priority=1000, meta={"facts": facts, "handle_httpstatus_all": False} | {
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
        return rules(response.status, response.body, url)
