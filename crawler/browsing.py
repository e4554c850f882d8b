"""scrapy-playwright's handler, kept to the hosts of the portals that allow a browser; imported for the first page."""

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import Error
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy_playwright.page import PageMethod

from crawler import browser
from crawler.addresses import is_allowed
from crawler.archiver import portals
from crawler.guard import PrivateAddress
from crawler.portals import Portal
from crawler.skipped import Skipped
from crawler.socks import Check, Socks
from crawler.tape import Tapes

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


class Browsing(Base):
    """Fetches with a browser, whose connections pass `check` with the address that they lead to."""

    def __init__(self, crawler: Crawler, tapes: Tapes, check: Check) -> None:
        super().__init__(crawler)
        self.crawler, self.tapes, self.check = crawler, tapes, check
        self.socks = Socks(self.check_browser)
        self.abort_request = self.is_unwanted

    @property
    def portals(self) -> tuple[Portal, ...]:
        """The portals of this run that allow a browser."""
        spider = self.crawler.spider
        return tuple(p for p in portals(spider) if p.browser == "allow") if spider else ()

    def check_browser(self, host: str, port: int, address: str) -> None:
        """PrivateAddress where the browser may not go: it is kept to the portals' hosts too."""
        url = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        if not any(is_allowed(url, p.hosts) for p in self.portals):
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("guard/external")
            raise PrivateAddress(f"{host}:{port} is outside the hosts of the portals that allow a browser")
        if address:
            self.check(host, port, address)

    def is_unwanted(self, request: Any) -> bool:
        """What a browser need not fetch: pictures, fonts, media, other hosts."""
        return request.resource_type in browser.UNWANTED or not any(
            is_allowed(request.url, p.hosts) for p in self.portals)

    async def download_request(self, request: Request) -> Response:
        """One page, in a context of its host's own."""
        wanted = getattr(request.meta.get("facts"), "portal_id", "")
        portal = next((p for p in self.portals if p.id == wanted), None)
        if portal is None:
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
        """Closes browser and proxy."""
        await super().close()
        self.socks.close()
