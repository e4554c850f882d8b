"""Scrapy's download handler with the tee and the address guard in every connection; a browser's stands beside it."""

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from crawler.addresses import is_allowed
from crawler.archiver import Archiver, portals
from crawler.capture import teed
from crawler.endpoints import Policy, guarded
from crawler.guard import PrivateAddress, may_connect
from crawler.hosts import Hosts
from crawler.portals import Portal
from crawler.work import Work

if TYPE_CHECKING:
    from crawler.browsing import Browsing


class Handler(HTTP11DownloadHandler):
    """Fetches; what goes over the wire is taped for the archive."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        archiver = crawler.get_extension(Archiver)
        if archiver is None:
            raise NotConfigured("crawler.archiver.Archiver must be in EXTENSIONS: nothing is fetched unarchived")
        self.crawler, self.archiver, self.hosts = crawler, archiver, crawler.get_extension(Hosts)
        self.tapes = archiver.tapes
        pool: Any = self._pool
        pool._factory = teed(pool._factory, self.tapes)
        pool.getConnection = guarded(pool.getConnection, self.check)
        policy: Any = Policy(self._contextFactory, self.is_lenient)
        self._contextFactory = policy
        self._browsing: Browsing | None = None

    @property
    def portals(self) -> tuple[Portal, ...]:
        """The portals of this run."""
        return portals(self.crawler.spider) if self.crawler.spider else ()

    def check(self, host: str, port: int, address: str) -> None:
        """PrivateAddress where a name leads to an address that it must not lead to."""
        if not may_connect(host, port, address, self.portals):
            self.archiver.count("guard/private")
            raise PrivateAddress(f"{host} leads to {address}, a private address that no portal file names in `hosts`")

    def is_lenient(self, host: str, port: int) -> bool:
        """Whether a portal puts up with old TLS and bad certificates on this host."""
        return any(p.insecure_tls and is_allowed(f"https://{host}:{port}/", p.hosts) for p in self.portals)

    @property
    def browsing(self) -> "Browsing":
        """The browser's handler, made when first asked for: Playwright takes a quarter of a second to import."""
        from crawler.browsing import Browsing

        self._browsing = self._browsing or Browsing(self.crawler, self.tapes, self.check)
        return self._browsing

    async def download_request(self, request: Request) -> Response:
        """Fetches, unless the host was blocked while the request queued; the tape waits for the connection."""
        if self.hosts is not None:
            self.hosts.admit(request)
        self.tapes.open(request)
        if not request.meta.get("playwright"):
            return await self._plain(request)
        async with self.archiver.browsing:  # one page at a time
            return await self.browsing.download_request(request)

    async def _plain(self, request: Request) -> Response:
        """Without a browser; what AutoThrottle takes for the server's time leaves out our work on other pages."""
        work = getattr(self.crawler.spider, "work", Work())
        before = work.seconds
        response = await super().download_request(request)
        latency = request.meta.get("download_latency", 0.0)
        request.meta["download_latency"] = max(0.0, latency - (work.seconds - before))
        return response

    async def close(self) -> None:
        """Closes connections and browser."""
        await super().close()
        if self._browsing is not None:
            await self._browsing.close()
