"""Pages as a browser received them: what Playwright tells of a document, as HTTP messages for the archive."""

import logging
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page, Response
from playwright.async_api import TimeoutError as Late
from scrapy import Request

from crawler.messages import Shown, decoded, head

LOG = logging.getLogger(__name__)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
UNWANTED = frozenset({"image", "font", "media", "websocket", "eventsource", "manifest", "beacon", "ping"})
LISTS = frozenset({"xhr", "fetch"})
ADVICE = ("no browser is installed: install the package chromium, or run `python -m playwright install chromium`; "
          "pages that need a browser are left out, the rest goes on")
SWITCHES = [  # it resolves no name itself and sends nothing past the proxy
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
]
SETTLES = 10.0  # seconds; a page that never stops asking is taken as it stands then


def executable(own: str) -> str | None:
    """The browser to start: Playwright's own where it is installed, else the system's; None where there is neither."""
    return own if Path(own).exists() else next(filter(None, map(shutil.which, NAMES)), None)


async def shown(response: Response) -> list[Shown]:
    """The document and, before it, the redirects that led to it."""
    found = [await _shown(response, await response.body())]
    request = response.request.redirected_from
    while request is not None:
        hop = await request.response()
        if hop is not None:
            found.insert(0, await _shown(hop, b""))
        request = request.redirected_from
    return found


async def _shown(response: Response, body: bytes) -> Shown:
    request = response.request
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = head(f"{request.method} {path} HTTP/1.1".encode(), _lines(await request.headers_array()))
    data = decoded(response.status, response.status_text, _lines(await response.headers_array()), body)
    address: Any = await response.server_addr() or {}
    ip = address.get("ipAddress", "").strip("[]")
    return Shown(response.url, asked + (request.post_data_buffer or b""), data, ip)


def _lines(headers: Any) -> list[tuple[bytes, bytes]]:
    """Header lines; Chromium joins a repeated name's values by line feeds."""
    return [(h["name"].encode("latin-1", "replace"), value.encode("utf-8"))
            for h in headers if not h["name"].startswith(":") for value in h["value"].split("\n")]


async def settled(page: Page) -> None:
    """Waits until the page has stopped asking for more, for a while at most."""
    try:
        await page.wait_for_load_state("networkidle", timeout=SETTLES * 1000)
    except Late:
        LOG.debug("%s keeps asking for more; taken as it stands", page.url)


async def watched(page: Page, request: Request) -> None:
    """Notes the data that a page's script asks for, in `meta["xhr"]` and the log: each may become a list mechanism."""
    request.meta["xhr"] = seen = list[dict[str, Any]]()

    def note(response: Response) -> None:
        asked = response.request
        if asked.resource_type in LISTS:
            seen.append({"url": response.url, "method": asked.method, "form": asked.post_data or "",
                         "status": response.status, "content_type": response.headers.get("content-type", "")})
            LOG.info("%s asks by script: %s %s (%s)", request.url, asked.method, response.url, seen[-1]["content_type"])

    page.on("response", note)

