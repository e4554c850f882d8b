"""Addresses as rows hold and compare them. Pure."""

import re
from urllib.parse import urldefrag, urlsplit, urlunsplit

PORTS = {"http": ":80", "https": ":443"}
ROOTS = frozenset(("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.php", "/default.html"))
INDEX = re.compile(r"/(?:index|default)\.(?:html?|shtml)$", re.IGNORECASE)


def host(url: str) -> str:
    """Host and port of an address, "" where it has none or is broken."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def is_root(url: str) -> bool:
    """Whether an address is the home page of its host.

    >>> is_root("http://www.example.gov.cn/index.html"), is_root("http://www.example.gov.cn/zwgk/")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.lower() in ROOTS and not parts.query


def plain(url: str) -> str:
    """An address as it is asked for: without fragment and without the port that goes without saying.

    >>> plain("http://a.gov.cn:80/nb/1.html#top")
    'http://a.gov.cn/nb/1.html'
    """
    try:
        parts = urlsplit(urldefrag(url)[0])
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.removesuffix(PORTS.get(parts.scheme, ":")),
                                     path=parts.path or "/"))


def key(url: str) -> str:
    """What two spellings of an address have in common.

    >>> key("https://A.gov.cn:443/nb/index.html#top") == key("http://a.gov.cn/nb/")
    True
    """
    try:
        parts = urlsplit(plain(url))
    except ValueError:
        return url
    return f"//{parts.netloc.lower()}{INDEX.sub('/', parts.path)}" + (f"?{parts.query}" if parts.query else "")
