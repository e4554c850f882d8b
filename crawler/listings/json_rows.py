"""Lists answered as JSON of an unknown shape: any objects with a title and an address, or pieces of HTML."""

import json
from collections.abc import Iterator
from typing import Any

from crawler.addresses import joined
from crawler.links import Link, links
from crawler.listings.model import Listing
from crawler.pages import Page

DEEPEST = 6     # levels of the answer that are looked through
MOST = 2000     # objects of one array


def pages(page: Page) -> Listing | None:
    """The links in an answer that is JSON, None for any other and for one without links."""
    if page.is_markup or page.text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        data: Any = json.loads(page.text)
    except ValueError:
        return None
    found = tuple(dict.fromkeys(_entries(page, data)))
    return Listing(found) if found else None


def _entries(page: Page, data: Any, depth: int = 0) -> Iterator[Link]:
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:MOST]:
            yield from _entries(page, item, depth + 1)
    elif isinstance(data, dict):
        title = next((data[k] for k in ("title", "docTitle", "name", "subject") if isinstance(data.get(k), str)), "")
        url = next((data[k] for k in ("url", "docUrl", "link", "href") if isinstance(data.get(k), str)), "")
        address = joined(page.url, url) if url else None
        if title and address:
            yield Link(address, title, True)
        for item in data.values():
            yield from _entries(page, item, depth + 1)
    elif isinstance(data, str) and "<a" in data:
        for link in links(Page(page.url, f"<html><body>{data}</body></html>".encode("utf-8", "replace"))):
            yield Link(link.url, link.text, True)
