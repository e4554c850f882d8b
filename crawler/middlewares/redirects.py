"""Redirects of robots.txt, the only ones that are not left to the spider; no referrer goes with them."""

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware


class Redirects(RedirectMiddleware):
    """Scrapy's, without its look for a middleware of referrers."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Redirects":
        """With the crawler's settings."""
        redirects = cls(crawler.settings)
        redirects.crawler = crawler
        return redirects
