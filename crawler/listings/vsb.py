"""博达 VSB: page numbers run downwards, so that an address means another page once the list grows.

The next page is always the one behind 下页; only where a page has no such link is it counted down from 1/N.
"""

import re
from urllib.parse import urlsplit

from crawler.addresses import joined
from crawler.listings import generic
from crawler.listings.model import Listing, Step
from crawler.pages import Page

COUNT = re.compile(r"""class\s*=\s*["']?p_t["']?[^>]*>\s*(\d+)\s*/\s*(\d+)""")
SIGNS = "p_next", "p_fun", "_showDynClickBatch", "vsb_content", "/system/resource/"
FIRST = re.compile(r"^(.*)/([^/]+)\.html?$")
LATER = re.compile(r"^(.*)/(\d+)\.html?$")


def pages(page: Page) -> Listing | None:
    """The page behind 下页, else the one whose number is one less."""
    linked = generic.pages(page)
    if (linked is None and "p_t" not in page.lean) or not any(sign in page.lean for sign in SIGNS):
        return None
    if linked is not None:
        return linked
    told = COUNT.search(page.text)
    if told is None:
        return None
    current, count = int(told[1]), int(told[2])
    url = _counted(page.url, current, count) if current < count else None
    return Listing(steps=(Step(url),) if url else ())


def _counted(url: str, current: int, count: int) -> str | None:
    """Page 2 of N is `<list>/N-1.htm`; the oldest `<list>/1.htm`."""
    path = urlsplit(url).path
    later, first = LATER.match(path), FIRST.match(path)
    if current > 1 and later:
        return joined(url, f"{later[1]}/{int(later[2]) - 1}.htm") if int(later[2]) > 1 else None
    return joined(url, f"{first[1]}/{first[2]}/{count - 1}.htm") if first else None
