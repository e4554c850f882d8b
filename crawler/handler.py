"""Scrapy's download handler and scrapy-playwright's, with the tee and the address guard in every connection."""

from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from crawler.addresses import is_allowed
from crawler.archiver import Archiver, portals
from crawler.capture import teed
from crawler.endpoints import Policy, guarded
from crawler.guard import PrivateAddress, may_connect
from crawler.hosts import Hosts

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler as Base
else:
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler as Base


class Handler(Base):
    """Fetches; what goes over the wire is taped for the archive."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        archiver = crawler.get_extension(Archiver)
        if archiver is None:
            raise NotConfigured("crawler.archiver.Archiver must be in EXTENSIONS: nothing is fetched unarchived")
        self.crawler, self.tapes, self.hosts = crawler, archiver.tapes, crawler.get_extension(Hosts)
        pool: Any = self._pool
        pool._factory = teed(pool._factory, self.tapes)
        pool.getConnection = guarded(pool.getConnection, self.check)
        policy: Any = Policy(self._contextFactory, self.is_lenient)
        self._contextFactory = policy

    def check(self, host: str, port: int, address: str) -> None:
        """PrivateAddress where a name leads to an address that it must not lead to."""
        spider = self.crawler.spider
        if spider is None or not may_connect(host, port, address, portals(spider)):
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("guard/private")
            raise PrivateAddress(f"{host} leads to {address}, a private address that no portal file names in `hosts`")

    def is_lenient(self, host: str, port: int) -> bool:
        """Whether a portal puts up with old TLS and bad certificates on this host."""
        spider = self.crawler.spider
        return spider is not None and any(
            p.insecure_tls and is_allowed(f"https://{host}:{port}/", p.hosts) for p in portals(spider))

    async def download_request(self, request: Request) -> Response:
        """Fetches, unless the host was blocked while the request queued; the tape waits for the connection."""
        if self.hosts is not None:
            self.hosts.admit(request)
        self.tapes.open(request)
        return await super().download_request(request)
