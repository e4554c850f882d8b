"""Hanweb jcms: `<datastore>` records in the page, further groups from dataproxy.jsp by link or by record number.

Records are cut out with a tolerant pattern, never as XML: there is junk between them and bare `&` in them.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.links import Link, links
from crawler.listings.model import Listing, Step
from crawler.pages import Page

RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.DOTALL | re.IGNORECASE)
HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""")
SETUP = re.compile(r"\.jpage\s*\(\s*\{(.*?)\}\s*\)", re.DOTALL)
PROXY = re.compile(r"""["']([^"'\s]*dataproxy\.jsp[^"'\s]*)["']""")
NUMBER = re.compile(r"""["']?(\w+)["']?\s*:\s*["']?(\d+)""")
TEXT = re.compile(r"""["']?(\w+)["']?\s*:\s*["']([^"']*)["']""")
FORM = "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype"


def pages(page: Page) -> Listing | None:
    """Records of a datastore as links, and the request for the next group, if one is left."""
    if "<datastore" not in page.lean and "dataproxy.jsp" not in page.url:
        return None
    found = tuple(_records(page))
    total = _total(page)
    step = _group(page) or _numbered(page, len(found), total)
    return Listing(found, (step,) if step else (), total)


def _records(inside: Page) -> Iterator[Link]:
    """Links of the records; those of a record without a date are entries all the same."""
    text = "".join(f"<div>{record}</div>" for record in RECORD.findall(inside.text))
    if text:
        for link in links(Page(inside.url, f"<html><body>{text}</body></html>".encode("utf-8", "replace"))):
            yield Link(link.url, link.text, True)


def _group(page: Page) -> Step | None:
    """The link of `<nextgroup>`, as given: its ids may be encrypted."""
    for group in GROUP.findall(page.text):
        href = HREF.search(group)
        url = joined(page.url, href[1].replace("&amp;", "&")) if href else None
        if url:
            return Step(url)
    return None


def _total(page: Page) -> int | None:
    told = re.search(r"<totalrecord>\s*(\d+)", page.text) or re.search(r"totalRecord\s*[:=]\s*['\"]?(\d+)", page.text)
    return int(told[1]) if told else None


def _numbered(page: Page, count: int, total: int | None) -> Step | None:
    """The next records by number: from the page's `.jpage({…})`, or from the request that brought this answer."""
    if "dataproxy.jsp" in page.url:
        return _after(page, count, total)
    setup, proxy = SETUP.search(page.text), PROXY.search(page.text)
    if setup is None or proxy is None or not total:
        return None
    numbers, texts = dict(NUMBER.findall(setup[1])), dict(TEXT.findall(setup[1]))
    size = int(numbers.get("perPage") or 0) or max(count, 1)
    if count >= total:
        return None
    url = joined(page.url, proxy[1].replace("&amp;", "&"))
    known = numbers | texts | dict(parse_qsl(urlsplit(proxy[1]).query)) | _form(page)
    form = {name: known[name] for name in FORM if name in known}
    group = max(count, size)
    return _step(url, form, count + 1, min(count + group, total), size) if url and form else None


def _form(page: Page) -> dict[str, str]:
    """Fields that the script posts: `dataType`, `columnid:5`, `data: 'col=1&appid=1…'`."""
    posted = re.search(r"""["']((?:\w+=[^&"'\s]*&){2,}\w+=[^&"'\s]*)["']""", page.text)
    return dict(parse_qsl(posted[1], keep_blank_values=True)) if posted else {}


def _after(page: Page, count: int, total: int | None) -> Step | None:
    """The group after a numbered one; None when it was empty or the last."""
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    try:
        start, end, size = (int(query[name]) for name in ("startrecord", "endrecord", "perpage"))
    except (KeyError, ValueError):
        return None
    if not count or (total is not None and end >= total):
        return None
    last = end + max(end - start + 1, 1)
    query |= {"startrecord": str(end + 1), "endrecord": str(min(last, total) if total else last), "perpage": str(size)}
    return Step(urlunsplit(parts._replace(query=urlencode(query))), page.form)


def _step(url: str, form: dict[str, str], start: int, end: int, size: int) -> Step:
    """POST as the pages' own script does it."""
    query = urlencode({"startrecord": start, "endrecord": end, "perpage": size})
    return Step(urlunsplit(urlsplit(url)._replace(query=query)), urlencode(form))
