"""Where the visit of a portal begins: its home page, what its file names, and what its mechanisms are known to have."""

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from crawler.addresses import joined
from crawler.frontier import Target
from crawler.links import Link
from crawler.listings import hanweb_annualreport_jsp
from crawler.portals import Portal

FIRST = 100                                   # score of what the portal's file names
GUESSES = "zwgk/", "xxgk/", "zfxxgk/"         # tried while a portal has fewer reports than it should
SITEMAPS = "sitemap.xml", "wzdt/"
ANNUAL = "政府信息公开年报"


def seeds(portal: Portal, years: tuple[int, int] | None = None, this_year: int = 0) -> Iterator[Target]:
    """The first addresses of a portal, the home page ahead of all; of `years`, else up to `this_year`."""
    yield Target(portal.home, "", "seed", FIRST, 0)
    for url in portal.columns:
        yield Target(url, "", "seed", FIRST, 0, portal.home, ANNUAL, is_column=True)
    for url in portal.known:
        yield Target(url, "", "seed", FIRST, 0, portal.home)
    asked = years or portal.years or ((hanweb_annualreport_jsp.EARLIEST, this_year) if this_year else None)
    for area in portal.area:
        for link in hanweb_annualreport_jsp.addresses(portal.home, area, asked):
            yield _probe(portal, link, 60)
    for url in _interfaces(portal):
        yield _probe(portal, Link(url, ANNUAL), 60)
    for path in (*GUESSES, *SITEMAPS):
        guess = joined(portal.home, path)
        if guess:
            yield Target(guess, "", "probe", 6, 1, portal.home)


def _probe(portal: Portal, link: Link, score: int) -> Target:
    return Target(link.url, "", "seed", score, 1, portal.home, link.text)


def _interfaces(portal: Portal) -> Iterator[str]:
    """Addresses that a mechanism always has: gkmlpt's index, a branch's list of openness."""
    if portal.cms == "gkmlpt":
        prefix = portal.home if portal.home.endswith("/") else portal.home + "/"
        yield from filter(None, [joined(prefix, "gkmlpt/index")])
    if portal.cms == "openness_php":
        parts = urlsplit(portal.home)
        for branch in portal.branches:
            yield f"{parts.scheme}://{parts.netloc}/opennessAnnualReport/?{urlencode({'branch_id': branch})}"
