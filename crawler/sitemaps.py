"""sitemap.xml: the addresses that a site itself names."""

import re
from collections.abc import Iterator
from html import unescape

from crawler.links import Link
from crawler.scores import ANNUAL_PATH

MOST = 2000
PLACE = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")


def is_sitemap(text: str) -> bool:
    """Whether a text is a sitemap or an index of sitemaps."""
    start = text[:1000]
    return "<urlset" in start or "<sitemapindex" in start


def links(text: str) -> Iterator[Link]:
    """Addresses of a sitemap that look like annual reports, and its parts where it is an index."""
    is_index = "<sitemapindex" in text[:1000]
    for number, place in enumerate(PLACE.findall(text)):
        url = unescape(place)
        if number >= MOST * 25:
            return
        if (is_index and number < 20) or ANNUAL_PATH.search(url):
            yield Link(url, "sitemap" if is_index else "")
