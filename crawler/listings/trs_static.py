"""createPageHTML: TRS counts its static pages from 0, UCAP from 1 and names an element first."""

import re

from crawler.addresses import joined
from crawler.listings.model import Listing, Step
from crawler.pages import Page

CALL = re.compile(r"createPageHTML\s*\(([^)]*)\)", re.IGNORECASE)
ARGUMENT = re.compile(r"""'([^']*)'|"([^"]*)"|([\w.-]+)""")
DEFINITION = re.compile(r"function\s+createPageHTML\s*\([^)]*\)", re.IGNORECASE)
MOST = 5000  # pages that a list may claim


def pages(page: Page) -> Listing | None:
    """The next page of a list that says `createPageHTML(count, current, prefix, suffix)` in either dialect.

    >>> from crawler.pages import page as opened
    >>> pages(opened("http://a.gov.cn/nb/", b'<html><script>createPageHTML(3, 0, "index", "html");</script>')).steps
    (Step(url='http://a.gov.cn/nb/index_1.html', form=''),)
    """
    text = page.text
    call = CALL.search(DEFINITION.sub("", text)) if b"createpagehtml" in page.source.lower() else None
    if call is None:
        return None
    values = [a or b or c for a, b, c in ARGUMENT.findall(call[1])]
    base = 0
    if values and not values[0].isdigit():  # an element's name comes first: pages count from 1
        values, base = values[1:], 1
    if len(values) < 4 or not (values[0].isdigit() and values[1].isdigit()):
        return None
    count, current, prefix, suffix = min(int(values[0]), MOST), int(values[1]), values[2], values[3].lstrip(".")
    total = int(values[4]) if len(values) > 4 and values[4].isdigit() else None
    following = current + 1
    if following >= count + base:
        return Listing(total=total)
    url = joined(page.url, f"{prefix}_{following}.{suffix}")
    return Listing(steps=(Step(url),) if url else (), total=total)
