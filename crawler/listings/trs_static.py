"""createPageHTML: TRS counts its static pages from 0, UCAP from 1 and names an element first."""

from parsers.family import called

from crawler.addresses import joined
from crawler.listings.model import Listing, Step
from crawler.pages import Page

MOST = 5000  # pages that a list may claim


def pages(page: Page) -> Listing | None:
    """The next page of a list that says `createPageHTML(count, current, prefix, suffix)` in either dialect.

    >>> pages(Page("http://a.gov.cn/nb/", b'<html><script>createPageHTML(3, 0, "index", "html");</script>')).steps
    (Step(url='http://a.gov.cn/nb/index_1.html', form=''),)
    """
    call = called(page.text) if "createPageHTML" in page.lean else None
    if call is None:
        return None
    following = call.number + 1
    url = joined(page.url, call.name(following)) if following <= min(call.count, MOST) else None
    return Listing(steps=(Step(url),) if url else (), total=call.total)
