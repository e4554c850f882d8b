"""gkmlpt, all of Guangdong: a script object with site number and tree, lists as JSON, 100 entries a page."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.links import Link
from crawler.listings.model import Listing, Step
from crawler.pages import Page
from crawler.scores import is_core

SIZE = 100
SITE = re.compile(r"""\bSID["']?\s*:\s*["']?(\d+)""")
TREE = re.compile(r"""\bTREE["']?\s*:\s*(?=\[)""")
BASE = re.compile(r"^(.*?/gkmlpt)(?:/|$)")
API = re.compile(r"^(.*?/gkmlpt)/api/all/(\d+)$")


def pages(page: Page) -> Listing | None:
    """The annual report categories of the tree as requests; a category's answer as links and its next page."""
    parts = urlsplit(page.url)
    if API.match(parts.path):
        return _answer(page)
    base = BASE.match(parts.path)
    site = SITE.search(page.text) if base and "_CONFIG" in page.text else None
    if site is None or base is None:
        return None
    wanted = [parts.fragment] if parts.fragment.isdigit() else []
    wanted += [str(node["id"]) for node in _nodes(_tree(page.text)) if is_core(str(node.get("name", "")))]
    steps = (f"{parts.scheme}://{parts.netloc}{base[1]}/api/all/{number}?page=1&sid={site[1]}" for number in wanted)
    jumps = _jumps(page)
    return Listing(tuple(jumps), tuple(Step(url) for url in dict.fromkeys(steps)))


def _tree(text: str) -> Any:
    """TREE of `window._CONFIG`: JSON inside an object whose own keys are bare words."""
    start = TREE.search(text)
    if start is None:
        return []
    try:
        return json.JSONDecoder().raw_decode(text, start.end())[0]
    except ValueError:
        return _loose(text[start.end():])


def _loose(text: str) -> list[dict[str, str]]:
    """Ids and names where even the tree is no JSON: keys without quotes, single quotes."""
    pair = re.compile(r"""["']?id["']?\s*:\s*["']?(\d+)["']?\s*,\s*["']?name["']?\s*:\s*["']([^"']*)["']""")
    return [{"id": number, "name": name} for number, name in pair.findall(text)]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for node in tree if isinstance(tree, list) else ():
        if isinstance(node, dict) and "id" in node:
            yield node
            yield from _nodes(node.get("children"))


def _jumps(page: Page) -> Iterator[Link]:
    """Categories that are kept at another address."""
    for node in _nodes(_tree(page.text)):
        url = joined(page.url, str(node.get("jump_url") or "")) if node.get("jump_url") else None
        if url:
            yield Link(url, str(node.get("name", "")))


def _answer(page: Page) -> Listing:
    try:
        data: Any = json.loads(page.text)
    except ValueError:
        return Listing()
    articles = data.get("articles") if isinstance(data, dict) else None
    if not isinstance(articles, list):
        return Listing()
    total = data.get("total") if isinstance(data.get("total"), int) else None
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query))
    number = max(int(query.get("page") or 1), 1)
    more = total is not None and number * SIZE < total and bool(articles)
    following = urlunsplit(parts._replace(query=urlencode(query | {"page": str(number + 1)})))
    return Listing(tuple(_entries(page, articles)), (Step(following),) if more else (), total)


def _entries(page: Page, articles: list[Any]) -> Iterator[Link]:
    """`url` of each article (`post_url` is a second address of the same document) and its attachments."""
    for article in (a for a in articles if isinstance(a, dict)):
        title = str(article.get("title") or "")
        url = joined(page.url, str(article.get("url") or article.get("post_url") or ""))
        if url and url != page.url:
            yield Link(url, title, True)
        for file in article.get("attachment") or ():
            address = joined(page.url, str(file.get("url") or "")) if isinstance(file, dict) else None
            if address and address != page.url:
                yield Link(address, f"{title} {file.get('name') or ''}".strip(), True)
