"""Shandong channel/doc: a disclosure page whose tabs are `?open=`; the annual reports are `open=zfxxgknb`.

How a real site loads the rows of that tab is not known: rows in the page are links like any other, an address that
the page's script names is asked.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.links import Link
from crawler.listings import generic
from crawler.listings.model import Listing, Step
from crawler.pages import Page

CHANNEL = re.compile(r"/channel_\w+/?(?:index\.html)?$")
TAB = "zfxxgknb"
_PATH = r"""["']([^"'\s]*(?:/channel_\w+/|/api/|/ajax/|list)[^"'\s]*\.?(?:json|do|jsp|html|action)?[^"'\s]*)["']"""
CALL = re.compile(rf"""(?:\$\.(?:get|getJSON|post|ajax)|fetch|\.open|url)\s*(?:\(\s*\{{?\s*(?:url\s*:)?|:)\s*{_PATH}""")


def pages(page: Page) -> Listing | None:
    """The annual report tab of a channel, and on it the rows that a script loads."""
    parts = urlsplit(page.url)
    if not CHANNEL.search(parts.path):
        return None
    tab = dict(parse_qsl(parts.query)).get("open", "")
    if tab != TAB:
        url = urlunsplit(parts._replace(query=urlencode({"open": TAB}), fragment=""))
        return Listing((Link(url, "政府信息公开年报"),)) if tab or TAB in page.text else None
    called = (joined(page.url, call) for call in CALL.findall(page.text))
    steps = tuple(Step(url) for url in dict.fromkeys(called) if url and url != page.url)
    more = generic.pages(page)
    return Listing(steps=steps + (more.steps if more else ()))
