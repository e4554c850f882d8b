"""Scrapy's download handler and scrapy-playwright's, with the tee and the address guard in every connection."""

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import Error
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy_playwright.page import PageMethod

from crawler import browser
from crawler.addresses import is_allowed
from crawler.archiver import Archiver, portals
from crawler.capture import teed
from crawler.endpoints import Policy, guarded
from crawler.guard import PrivateAddress, may_connect
from crawler.hosts import Hosts
from crawler.portals import Portal
from crawler.skipped import Skipped
from crawler.socks import Socks
from crawler.work import Work

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

    class Base(HTTP11DownloadHandler):
        """What is used of scrapy-playwright's handler, which has no types."""

        config: Any
        browser_provider: Any
        context_wrappers: dict[str, Any]

        async def _launch(self) -> None: ...
        async def _maybe_launch_browser(self) -> None: ...
        async def _get_response_and_download(self, request: Request, page: Any, spider: Spider) -> tuple[Any, Any]: ...
else:
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler as Base

PAGE_TIME = 60.0  # seconds for one page of a browser, all told; the document alone has 45


class Handler(Base):
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
        self.socks = Socks(self.check_browser)
        self.abort_request = self.is_unwanted

    @property
    def portals(self) -> tuple[Portal, ...]:
        """The portals of this run."""
        return portals(self.crawler.spider) if self.crawler.spider else ()

    def check(self, host: str, port: int, address: str) -> None:
        """PrivateAddress where a name leads to an address that it must not lead to."""
        if not may_connect(host, port, address, self.portals):
            self.archiver.count("guard/private")
            raise PrivateAddress(f"{host} leads to {address}, a private address that no portal file names in `hosts`")

    def check_browser(self, host: str, port: int, address: str) -> None:
        """The same for a browser, which must be kept to the portals' hosts too."""
        url = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        if not any(p.browser == "allow" and is_allowed(url, p.hosts) for p in self.portals):
            self.archiver.count("guard/external")
            raise PrivateAddress(f"{host}:{port} is outside the hosts of the portals that allow a browser")
        if address:
            self.check(host, port, address)

    def is_lenient(self, host: str, port: int) -> bool:
        """Whether a portal puts up with old TLS and bad certificates on this host."""
        return any(p.insecure_tls and is_allowed(f"https://{host}:{port}/", p.hosts) for p in self.portals)

    def is_unwanted(self, request: Any) -> bool:
        """What a browser need not fetch: pictures, fonts, media, other hosts."""
        return request.resource_type in browser.UNWANTED or not any(
            p.browser == "allow" and is_allowed(request.url, p.hosts) for p in self.portals)

    async def download_request(self, request: Request) -> Response:
        """Fetches, unless the host was blocked while the request queued; the tape waits for the connection."""
        if self.hosts is not None:
            self.hosts.admit(request)
        self.tapes.open(request)
        if not request.meta.get("playwright"):
            return await self._plain(request)
        async with self.archiver.browsing:
            return await self._browsed(request)

    async def _plain(self, request: Request) -> Response:
        """Without a browser; what AutoThrottle takes for the server's time leaves out our work on other pages."""
        work = getattr(self.crawler.spider, "work", Work())
        before = work.seconds
        response = await super().download_request(request)
        latency = request.meta.get("download_latency", 0.0)
        request.meta["download_latency"] = max(0.0, latency - (work.seconds - before))
        return response

    async def _browsed(self, request: Request) -> Response:
        """One page at a time, in a context of its host's own."""
        portal = next((p for p in self.portals if p.id == getattr(request.meta.get("facts"), "portal_id", "")), None)
        if portal is None or portal.browser != "allow":
            raise Skipped("browser", f"{request.url} needs a browser and its portal's file says browser = \"never\"")
        host = urlsplit(request.url).netloc
        agent = self.crawler.settings["USER_AGENT"]
        request.meta.update({
            "playwright_context": host, "playwright_page_methods": [PageMethod(browser.settled)],
            "playwright_page_init_callback": browser.watched,
            "playwright_context_kwargs": {"user_agent": agent, "service_workers": "block", "accept_downloads": False,
                                          "locale": "zh-CN", "ignore_https_errors": portal.insecure_tls}})
        try:
            async with asyncio.timeout(PAGE_TIME):
                return await super().download_request(request)
        except Error as error:
            raise self.socks.failures.pop(urlsplit(request.url).hostname or "", error) from error
        finally:
            await self._left(host)

    async def _left(self, context: str) -> None:
        """Closes what a page that took too long left open."""
        wrapper = self.context_wrappers.get(context)
        for page in wrapper.context.pages if wrapper else ():
            await page.close()

    async def _launch(self) -> None:
        """Nothing yet: the browser starts with the first page that needs it."""

    async def _maybe_launch_browser(self) -> None:
        if not hasattr(self, "browser_provider"):
            await super()._launch()
            launch = self.config.launch_options
            launch |= {"proxy": {"server": self.socks.listen()}, "args": [*launch.get("args", ()), *browser.SWITCHES]}
        found = browser.executable(self.browser_provider.browser_type.executable_path)
        if found is None:
            raise Skipped("browser", browser.ADVICE)
        self.config.launch_options |= {"executable_path": found}
        await super()._maybe_launch_browser()

    async def _get_response_and_download(self, request: Request, page: Any, spider: Spider) -> tuple[Any, Any]:
        """As scrapy-playwright does it; the document is kept as the browser received it."""
        response, download = await super()._get_response_and_download(request, page, spider)
        if response is not None:
            self.tapes.show(request, await browser.shown(response))
        return response, download

    async def close(self) -> None:
        """Closes connections, browser and proxy."""
        await super().close()
        self.socks.close()
