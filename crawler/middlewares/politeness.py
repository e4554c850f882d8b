"""One request at a time to a registrable domain, the portal's delay between them, or what the server asks for."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from tldextract import TLDExtract

from crawler.archiver import portals
from crawler.middlewares.breaker import hosts
from crawler.portals import Portal

PAUSED = frozenset({403, 429, 503, 521})
DELAY = 2.0        # seconds, for a request of no portal
LONGEST = 3600.0   # seconds; what a server may ask for at most
PATIENCE = 300.0   # seconds; a host that asks for a longer rest has it until the next run
PATIENT = 6        # times that a page is asked again where the server says when
BUSY = frozenset({429, 503})
SLOWEST = 60.0     # seconds; a delay that refusals have doubled stays below
PAUSE = 8          # delays to wait after a refusal that does not say how long
JITTER = 0.5       # a delay is drawn between 1 and 1.5 times what is due


class Turn(Slot):
    """Scrapy's download slot with a floor: neither jitter nor AutoThrottle goes below the portal's delay."""

    floor: float = 0.0
    rests_until: float = 0.0   # monotonic clock

    def download_delay(self) -> float:
        """Seconds from the last request's start to the next."""
        due = max(self.delay, self.floor) * random.uniform(1, 1 + JITTER)
        now = time.monotonic()
        return due if now >= self.rests_until else max(due, self.rests_until - now + self._since())

    def _since(self) -> float:
        """Seconds since the last request's start, by whichever clock this Scrapy keeps it."""
        return min(abs(time.monotonic() - self.lastseen), abs(time.time() - self.lastseen))


def domains() -> Callable[[str], str]:
    """Host to registrable domain, by the list bundled with tldextract: the network is never asked.

    >>> domain = domains()
    >>> domain("zwgk.tianshui.gov.cn"), domain("127.0.0.1"), domain("www.a.test")
    ('tianshui.gov.cn', '127.0.0.1', 'a.test')
    """
    extract = TLDExtract(suffix_list_urls=(), cache_dir=None)

    @lru_cache(maxsize=10_000)
    def domain(host: str) -> str:
        found = extract(host)
        is_address = found.ipv4 or found.ipv6
        return found.top_domain_under_public_suffix or (host if is_address else ".".join(host.split(".")[-2:]))

    return domain


def wait(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, capped; None where it says nothing that can be read.

    >>> wait("120", datetime(2026, 1, 1, tzinfo=UTC)), wait("soon", datetime(2026, 1, 1, tzinfo=UTC))
    (120.0, None)
    """
    if header.strip().isdigit():
        return min(float(header), LONGEST)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return min(max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0.0), LONGEST)


class Politeness:
    """Puts each request into its domain's slot, just before it is queued for download.

    A server that is busy and says for how long is asked again then, and at half the pace from then on.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.domain = domains()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Politeness":
        """As Scrapy does it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Chooses the slot and sees to its delay."""
        key = self.domain((urlsplit(request.url).hostname or "").rstrip("."))
        request.meta["download_slot"] = key
        slot = self._slot(key)
        slot.floor = max(slot.floor, self._delay(request), request.meta.get("crawl_delay", 0.0))

    def process_response(self, request: Request, response: Response) -> Response:
        """After a refusal the whole domain rests: as long as it says, else eight delays."""
        if response.status in PAUSED:
            header = (response.headers.get("Retry-After") or b"").decode("latin-1")
            slot = self._slot(request.meta.get("download_slot", ""))
            asked = wait(header, datetime.now(UTC)) if header else None
            rest = PAUSE * slot.floor if asked is None else asked
            if asked is not None and response.status in BUSY:
                request.meta["max_retry_times"] = PATIENT
                slot.floor = min(max(2 * slot.floor, 1.0), SLOWEST)
            if rest > PATIENCE:
                hosts(self.crawler).of(request).close("error", f"asks for a rest of {rest:.0f} seconds")
            else:
                slot.rests_until = max(slot.rests_until, time.monotonic() + rest)
        return response

    def _slot(self, key: str) -> Turn:
        engine = self.crawler.engine
        assert engine is not None
        slot = engine.downloader.slots.get(key)
        if not isinstance(slot, Turn):
            slot = engine.downloader.slots[key] = Turn(self.at_once, 0.0, 0.0)
        return slot

    def _delay(self, request: Request) -> float:
        portal = request.meta.get("portal")
        if isinstance(portal, Portal):
            return portal.delay
        wanted = getattr(request.meta.get("facts"), "portal_id", "")
        named = portals(self.crawler.spider) if self.crawler.spider else ()
        return next((p.delay for p in named if p.id == wanted), DELAY)
