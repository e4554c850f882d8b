"""Content-codings undone for the spider, by the same functions that read the archive.

In place of Scrapy's HttpCompression, which runs charset detection over the compressed bytes of every gzipped `.html`
(three quarters of a crawl's time, measured on 2.19) and depends on which of two brotli packages is installed.
"""

from archive.codings import decoded
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

ACCEPTED = b"gzip, deflate, br"


class Decompression:
    """Where Scrapy's stands; bodies are decompressed up to DOWNLOAD_MAXSIZE."""

    def __init__(self, most: int) -> None:
        self.most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Decompression":
        """As Scrapy does it."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE") or 1 << 40)

    def process_request(self, request: Request) -> None:
        """Says what we can undo."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body as written; as it came where its coding is unknown or broken."""
        codings = b", ".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not codings or not response.body:
            return response
        body, problems = decoded(response.body, codings, request.meta.get("download_maxsize", self.most))
        codes = {code for code, _ in problems}
        if "body_too_long" in codes:
            raise IgnoreRequest(f"{response.url}: {len(response.body)} bytes swell to more than DOWNLOAD_MAXSIZE; "
                                "archived as they came, not opened")
        if codes & {"coding_unknown", "coding_broken"}:
            return response
        headers = response.headers  # the archive has the bytes: nobody needs the old ones
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(response.url, response.status, headers, body, response.flags, request, response.certificate,
                    response.ip_address, response.protocol)
