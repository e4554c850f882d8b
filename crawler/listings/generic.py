"""下一页: any list whose next page is a link that says so. Covers VSB's descending numbers, `list_2`, `?page=`."""

import re
from functools import lru_cache
from urllib.parse import urldefrag

from crawler.addresses import MANY, joined, key
from crawler.links import base_of, href_of
from crawler.listings.model import Listing, Step
from crawler.pages import Page, content, one_line

_NEXT = r"下一?页|下一?頁|后一?页|next(\s*page)?|>|›|»|>>"
NEXT = re.compile(rf"^[\[【(（\s]*({_NEXT})[\s\]】)）>›»]*$", re.IGNORECASE)
HINT = re.compile(r"[下后][一页頁<\s&]|next|[›»]|&(?:gt|rsaquo|raquo|#)|>\s*>", re.IGNORECASE)


@lru_cache(1)  # VSB's mechanism asks the same of the page at hand
def pages(page: Page) -> Listing | None:
    """The next page where an anchor is called 下一页, 下页 or the like."""
    if (page.anchors is not None and not any(map(_is_hint, page.anchors))) or page.tree is None:
        return None
    base = base_of(page)
    for element in page.tree.iter("a"):
        said = one_line(content(element)) or one_line(element.get("title") or "")
        if len(said) < 20 and NEXT.match(said) and not _is_dead(element.get("class") or ""):
            url = joined(base, href_of(element))
            if url and key(urldefrag(url)[0]) != key(urldefrag(page.url)[0]):
                return Listing(steps=(Step(url),))
    return None


@lru_cache(MANY)
def _is_hint(anchor: str) -> bool:
    """Whether the source of an anchor may say 下一页; cheaper than looking at all of them."""
    return bool(HINT.search(anchor))


def _is_dead(name: str) -> bool:
    return any(word in name.lower() for word in ("disabled", "no_next", "p_no_d"))
