"""Hanweb JPAAS: list units that a page names with `url=` and `queryData=`, answered as JSON that holds HTML."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.links import Link, links
from crawler.listings.model import Listing, Step
from crawler.pages import Page

PATH = "page/build/unit"
UNIT = re.compile(r"""<[^<>]*\burl\s*=\s*(["'])([^"'<>]*page/build/unit[^"'<>]*)\1[^<>]*>""", re.DOTALL)
QUERY = re.compile(r"""queryData\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
PAIR = re.compile(r"""["'](\w+)["']\s*:\s*["']([^"']*)["']""")
ROWS = re.compile(r"""class\s*=\s*["'][^"']*pagination[^"']*["'][^>]*>""")
SIZE = re.compile(r"""\b(rows|count)\s*=\s*["'](\d+)""")


def pages(page: Page) -> Listing | None:
    """Units of a list page as requests; a unit's answer as links and the request for its next page."""
    if PATH in urlsplit(page.url).path:
        return _answer(page)
    steps = tuple(dict.fromkeys(_units(page))) if PATH in page.lean else ()
    return Listing(steps=steps) if steps else None


def _units(page: Page) -> Iterator[Step]:
    for tag in UNIT.finditer(page.text):
        told = QUERY.search(unescape(tag[0])) or QUERY.search(tag[0])
        fields = dict(PAIR.findall(unescape(told[1] or told[2]))) if told else {}
        url = joined(page.url, unescape(tag[2]))
        if url and fields:
            yield Step(url + ("&" if "?" in url else "?") + urlencode(fields))


def _answer(inside: Page) -> Listing:
    markup = _html(inside.text)
    # the fragment's links start from the site, not from the interface's path
    found = links(Page(joined(inside.url, "/") or inside.url, f"<html><body>{markup}</body></html>".encode()))
    sizes = dict(SIZE.findall(" ".join(ROWS.findall(markup))))
    rows, count = int(sizes.get("rows", 0)), int(sizes.get("count", 0))
    entries = tuple(Link(link.url, link.text, True) for link in found)
    number = _number(inside.url)
    if not entries or not rows or number * rows >= count:
        return Listing(entries, (), count or None)
    return Listing(entries, (Step(_numbered(inside.url, number + 1, rows)),), count)


def _html(text: str) -> str:
    """`data.html` of the answer, "" where it is refused or broken."""
    try:
        data: Any = json.loads(text)
    except ValueError:
        return ""
    inner = data.get("data") if isinstance(data, dict) else None
    markup = inner.get("html") if isinstance(inner, dict) else inner
    return markup if isinstance(markup, str) else ""


def _number(url: str) -> int:
    told = re.search(r'"pageNo"\s*:\s*"?(\d+)', dict(parse_qsl(urlsplit(url).query)).get("paramJson", ""))
    return int(told[1]) if told else 1


def _numbered(url: str, number: int, rows: int) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["paramJson"] = json.dumps({"pageNo": number, "pageSize": rows}, separators=(",", ":"))
    return urlunsplit(parts._replace(query=urlencode(query)))
