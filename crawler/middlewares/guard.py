"""Requests stay on the hosts that their portal's file names, redirects too."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import is_allowed
from crawler.archiver import portals
from crawler.portals import Portal


class Guard:
    """First of all middlewares; the address behind a name is looked at where the connection is made (handler)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Guard":
        """As Scrapy does it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """IgnoreRequest for an address outside the portal's hosts."""
        spider = self.crawler.spider
        known = portals(spider) if spider else ()
        if not known or is_allowed(request.url, hosts(request, known)):
            return
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("guard/external")
        raise IgnoreRequest(f"{request.url} is outside the hosts of its portal; name the host in the portal's file")


def hosts(request: Request, known: tuple[Portal, ...]) -> tuple[str, ...]:
    """The hosts that a request may go to: those of its portal, or of any where it names none."""
    wanted = getattr(request.meta.get("facts"), "portal_id", "")
    return tuple(h for p in known if not wanted or p.id == wanted for h in p.hosts)
