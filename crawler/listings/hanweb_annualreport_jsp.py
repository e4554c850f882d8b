"""Hanweb's xxgkAnnualReport.jsp: an address for each organ (`area`) and year (`fbtime`), the report in the page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.addresses import joined
from crawler.links import Link, links
from crawler.listings.model import Listing
from crawler.pages import Page

PATH = "/module/xxgk/xxgkAnnualReport.jsp"
EARLIEST = 2008  # the Regulations took effect


def pages(page: Page) -> Listing | None:
    """Other organs and years of a page that belongs to the module or links to it; each link is a report's address."""
    own = _area(page.url)
    areas = {area: "" for area in (own,) if area}
    areas |= {area: link.text for link in links(page) if (area := _area(link.url)) and area not in areas}
    if own or not areas:
        return None
    return Listing(tuple(link for area in areas for link in addresses(page.url, area)))


def addresses(site: str, area: str, years: tuple[int, int] | None = None) -> Iterator[Link]:
    """The address of each year's report of an organ, latest first."""
    first, last = years or (EARLIEST, datetime.now(UTC).year)
    for year in range(last, first - 1, -1):
        url = joined(site, f"{PATH}?{urlencode({'area': area, 'fbtime': year})}")
        if url:
            yield Link(url, f"{year}年政府信息公开工作年度报告", True)


def _area(url: str) -> str:
    parts = urlsplit(url)
    return dict(parse_qsl(parts.query)).get("area", "") if parts.path.endswith("xxgkAnnualReport.jsp") else ""
