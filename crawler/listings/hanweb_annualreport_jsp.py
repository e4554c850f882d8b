"""Hanweb's xxgkAnnualReport.jsp: an address for each organ (`area`) and year (`fbtime`), the report in the page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.addresses import joined
from crawler.links import Link
from crawler.listings.model import Listing
from crawler.pages import Page

PATH = "/module/xxgk/xxgkAnnualReport.jsp"
EARLIEST = 2008  # the Regulations took effect
FILLED = 400     # visible characters; an empty template has fewer


def pages(page: Page) -> Listing | None:
    """The years before and after a report of the module; an empty template, which any other year has, leads nowhere."""
    area, year = _asked(page.url)
    if not area:
        return None
    if not year or len(page.words) < FILLED:
        return Listing()
    return Listing(tuple(addresses(page.url, area, (max(year - 1, EARLIEST), year + 1))))


def addresses(site: str, area: str, years: tuple[int, int] | None = None) -> Iterator[Link]:
    """The address of each year's report of an organ, latest first."""
    first, last = years or (EARLIEST, datetime.now(UTC).year)
    for year in range(last, first - 1, -1):
        url = joined(site, f"{PATH}?{urlencode({'area': area, 'fbtime': year})}")
        if url:
            yield Link(url, f"{year}年政府信息公开工作年度报告", True)


def _asked(url: str) -> tuple[str, int]:
    """Organ and year of an address of the module, ("", 0) for any other."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) if parts.path.endswith("xxgkAnnualReport.jsp") else {}
    year = query.get("fbtime", "")
    return query.get("area", ""), int(year) if year.isdigit() else 0
