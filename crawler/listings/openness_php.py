"""openness (Anhui and others): a list of branches, and one list of annual reports a branch."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.links import Link, links
from crawler.listings import generic
from crawler.listings.model import Listing
from crawler.pages import Page

BRANCHES = re.compile(r"/opennessBranch", re.IGNORECASE)
REPORTS = re.compile(r"/(?:openness|xxgk)AnnualReport(?!/show)", re.IGNORECASE)


def pages(page: Page) -> Listing | None:
    """Every branch's annual reports from a list of branches; what a branch lists, and its next page."""
    path = urlsplit(page.url).path
    if BRANCHES.search(path):
        return Listing(tuple(_branches(page)))
    if REPORTS.search(path):
        more = generic.pages(page)
        return Listing(steps=more.steps if more else ())
    return None


def _branches(page: Page) -> Iterator[Link]:
    """Links that carry a branch id, turned into the address of its annual reports."""
    for link in links(page):
        parts = urlsplit(link.url)
        branch = dict(parse_qsl(parts.query)).get("branch_id")
        if branch:
            url = urlunsplit(parts._replace(path="/opennessAnnualReport/", query=urlencode({"branch_id": branch})))
            yield Link(url, f"{link.text} 政府信息公开年报", True)
