"""UCAP (开普): channels answered as JSON by /common/search/<channel> or /searchList/<32 hex>."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.links import Link
from crawler.listings.model import Listing, Step
from crawler.pages import Page

API = re.compile(r"/(?:common/search|searchList)/\w+$")
CALL = re.compile(r"""["']([^"'\s]*/(?:common/search|searchList)/\w+[^"'\s]*)["']""")
ASKED = {"_isAgg": "true", "_isJson": "true", "_pageSize": "15", "page": "1"}


def pages(page: Page) -> Listing | None:
    """The search that a page's script names as a request; its answer as links and the next page."""
    if API.search(urlsplit(page.url).path):
        return _answer(page)
    found = (joined(page.url, call.replace("&amp;", "&")) for call in _calls(page.lean))
    steps = tuple(dict.fromkeys(Step(_asked(url, {})) for url in found if url))
    return Listing(steps=steps) if steps else None


def _calls(text: str) -> list[str]:
    return CALL.findall(text) if "common/search/" in text or "searchList/" in text else []


def _asked(url: str, changes: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = ASKED | dict(parse_qsl(parts.query, keep_blank_values=True)) | changes
    return urlunsplit(parts._replace(query=urlencode(sorted(query.items()))))


def _answer(page: Page) -> Listing | None:
    try:
        data: Any = json.loads(page.text)
    except ValueError:
        return None
    data = data.get("data") if isinstance(data, dict) else None
    results = data.get("results") if isinstance(data, dict) else None
    if not isinstance(results, list):
        return Listing()
    total, rows = _count(data.get("total")), _count(data.get("rows")) or len(results)
    asked = _count(dict(parse_qsl(urlsplit(page.url).query)).get("page")) or 1
    more = bool(results) and asked * rows < total
    step = Step(_asked(page.url, {"page": str(asked + 1)}))
    return Listing(tuple(_entries(page, results)), (step,) if more else (), total or None)


def _count(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0


def _entries(page: Page, results: list[Any]) -> Iterator[Link]:
    for result in (r for r in results if isinstance(r, dict)):
        url = joined(page.url, str(result.get("url") or "")) if result.get("url") else None
        if url:
            yield Link(url, re.sub(r"<[^>]*>", "", str(result.get("title") or "")), True)
