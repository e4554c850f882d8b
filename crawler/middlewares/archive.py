"""The archive's gate, nearest to the network: an answer goes on only when it is written and flushed."""

from dataclasses import replace
from io import BytesIO

from archive.model import Exchange, Facts
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawler import failures
from crawler.archiver import Archiver
from crawler.messages import asked, rebuilt
from crawler.skipped import Skipped
from crawler.tape import Tape


class Archive:
    """Writes each exchange at 995, above every other middleware on an answer's way back."""

    def __init__(self, archiver: Archiver) -> None:
        self.archiver = archiver

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Archive":
        """As Scrapy does it; the extension holds the writer."""
        archiver = crawler.get_extension(Archiver)
        if archiver is None:
            raise ValueError("crawler.archiver.Archiver must be in EXTENSIONS: nothing is fetched unarchived")
        return cls(archiver)

    def process_request(self, request: Request) -> None:
        """Nothing is asked that could not be archived."""
        if self.archiver.fault:
            raise IgnoreRequest(f"{request.url}: {self.archiver.fault}")

    def process_response(self, request: Request, response: Response) -> Response:
        """Archives, then lets the response pass. A failed write fails the request."""
        if "cached" in response.flags:
            return response
        tape = self.archiver.tapes.take(request)
        if tape and tape.shown:
            self._keep_shown(tape, request, response)
            return response
        taped = tape is not None and tape.response is not None
        exchange = _exchange(request, tape) if tape and taped else rebuilt(
            request, response, _facts(request), self.archiver.now())
        self._keep(exchange, request, response, tape)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Archives what had come of a failed fetch, or that nothing came and why."""
        tape = self.archiver.tapes.take(request)
        if isinstance(exception, Skipped):
            skipped = Exchange(request.url, self.archiver.now(), 0.0, None, None, "wire", _facts(request),
                               error=str(exception))
            self.archiver.count("archive/skipped")
            return self._keep(skipped, request, None, None)
        if tape is None:
            return None
        if tape.shown:
            return self._keep_shown(tape, request, None)
        exchange = _exchange(request, tape)
        came = exchange.response is not None
        exchange = replace(exchange, truncated=failures.truncated(exception) if came else "",
                           error=failures.told(exception))
        return self._keep(exchange, request, None, tape)

    def _keep_shown(self, tape: Tape, request: Request, response: Response | None) -> None:
        """What a browser told: each redirect, then the document, with its DOM where the page was completed."""
        dom = response.text if isinstance(response, TextResponse) else None
        for number, document in enumerate(tape.shown, 1):
            is_last = number == len(tape.shown)
            exchange = Exchange(document.url, tape.started, tape.seconds, document.asked, BytesIO(document.response),
                                "decoded", _facts(request), document.ip, rendered=dom if is_last else None)
            self._keep(exchange, request, response if is_last else None, None)

    def _keep(self, exchange: Exchange, request: Request, response: Response | None, tape: Tape | None) -> None:
        try:
            if tape and tape.fault:
                raise tape.fault
            self.archiver.keep(exchange, request, response)
        finally:
            if tape:
                tape.close()


def _facts(request: Request) -> Facts:
    facts = request.meta.get("facts")
    return facts if isinstance(facts, Facts) else Facts(depth=request.meta.get("depth", 0))


def _exchange(request: Request, tape: Tape) -> Exchange:
    sent = request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since") or b""
    return Exchange(request.url, tape.started, tape.seconds, bytes(tape.asked) or asked(request), tape.response,
                    "wire", _facts(request), tape.ip, etag=sent.decode("latin-1"), protocol=", ".join(tape.protocols))
