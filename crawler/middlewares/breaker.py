"""Leaves hosts alone that do not want to be asked, and notes what every answer says of a host's reach."""

from archive.challenges import challenge
from archive.reach import is_refusal, verdict
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler import failures
from crawler.hosts import Hosts
from crawler.skipped import Skipped


class Breaker:
    """Before robots.txt: nothing goes to a host that is blocked, or silent in this run."""

    def __init__(self, crawler: Crawler) -> None:
        self.hosts = hosts(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Breaker":
        """As Scrapy does it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Skipped while the host is blocked."""
        self.hosts.admit(request)


class Watch:
    """Behind decompression and before retries: sees every answer and every failure."""

    def __init__(self, crawler: Crawler) -> None:
        self.hosts = hosts(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Watch":
        """As Scrapy does it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes what the answer says of the host's reach; robots.txt counts only where it is refused."""
        found = verdict(response.status, fingerprint(request, response))
        if response.status >= 500 and getattr(request.meta.get("facts"), "reason", "") == "robots":
            request.meta["dont_retry"] = True  # RFC 9309: stay out
        if is_refusal(found) or getattr(request.meta.get("facts"), "reason", "") != "robots":
            self.hosts.answered(request, found)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Notes that no answer came."""
        host, kind = self.hosts.of(request), failures.kind(exception)
        if isinstance(exception, Skipped):
            if not host.reach:
                host.failed(exception.reach, self.hosts.now(), self.hosts.evidence(request))
        elif not isinstance(exception, IgnoreRequest) and kind != "length":
            host.failed(kind, self.hosts.now(), self.hosts.evidence(request))


def hosts(crawler: Crawler) -> Hosts:
    """The extension that keeps what is known of each host."""
    found = crawler.get_extension(Hosts)
    if found is None:
        raise ValueError("crawler.hosts.Hosts must be in EXTENSIONS")
    return found


def fingerprint(request: Request, response: Response) -> str:
    """The protection that an answer shows, "" where it shows none; a redirect to itself with its cookie is one too."""
    if request.meta.get("again") and 300 <= response.status < 400:
        return "cookie"
    headers = ((name.decode("latin-1"), value.decode("latin-1"))
               for name in response.headers for value in response.headers.getlist(name))
    return challenge(response.status, headers, response.body)
