"""The other pages of a report that is printed over several addresses: followed whatever their anchors say. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.leaves import FLIPPED, is_likely, leaf
from parsers.model import Leaf

from crawler.addresses import MANY, joined, key
from crawler.frontier import Target
from crawler.pages import Page
from crawler.scores import is_core

PAGE = "page"  # reason of such a visit
WORTH = 70     # score: a report of which a half was had is to be had as a whole
MOST = 100     # pages of one report
ELSEWHERE = "createPageHTML", "basic-html", 'rel="next', 'rel="prev'  # beside the anchors
BOOK = re.compile(r"""(?:href|src)\s*=\s*["']([^"']*basic-html/page0*1\.html?)["']""", re.IGNORECASE)


def pages(page: Page, target: Target, is_report: bool) -> Leaf | None:
    """The pages that a part of a report names, itself included; None for what is none, or a list."""
    is_named = target.reason == PAGE or is_core(page.title) or is_core(target.anchor)
    if not (is_report or is_named) or not _is_likely(page) or page.tree is None:
        return None
    found = leaf(page.tree, page.text, page.url, page.tree.findtext(".//title") or "")
    return found if found and (found.is_sure or is_report) else _book(page)


def _is_likely(page: Page) -> bool:
    """A cheap look at what may name other pages: anchors, a script, the head."""
    if page.anchors is None:
        return is_likely(page.text)
    return (any(map(_is_hint, page.anchors)) or any(word in page.lean for word in ELSEWHERE)
            or FLIPPED.match(page.title) is not None)


@lru_cache(MANY)
def _is_hint(anchor: str) -> bool:
    return is_likely(anchor)


def _book(page: Page) -> Leaf | None:
    """The first of the plain pages that a flip-book's viewer has beside its pictures."""
    found = BOOK.search(page.text)
    url = joined(page.url, found[1]) if found else None
    return Leaf(0, ((1, url),), True) if url else None


def is_first(found: Leaf | None, target: Target) -> bool:
    """Whether a page of a report counts as one: not when another page of it led here, nor where pages only begin."""
    names = [key(url) for _, url in found.pages] if found else []
    is_later = bool(names) and names[0] != key(target.url)
    return target.reason != PAGE and not (is_later and (target.reason == "list" or key(target.url) not in names))


def targets(found: Leaf | None, page: Page, target: Target) -> Iterator[Target]:
    """Visits to the others, no deeper than this page; a viewer is no page of the book that it shows."""
    reason = PAGE if found and any(key(url) == key(page.url) for _, url in found.pages) else "link"
    for _, address in found.pages[:MOST] if found else ():
        url = joined(page.url, address)
        if url and key(url) != key(page.url):
            yield Target(url, "", reason, max(target.score, WORTH), target.depth, target.url)
