"""URLs as CDX indexes sort them: host reversed, everything in lower case, query sorted."""

import re
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}
WWW = re.compile(r"^www\d*\.")


def surt(url: str) -> str:
    """The sort-friendly form that pywb and cdxj-indexer use for http and https; other URLs stay as they are.

    >>> surt("http://www.Tianshui.gov.cn/scjg/Index.html?b=2&a=1#top")
    'cn,gov,tianshui)/scjg/index.html?a=1&b=2'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    if parts.scheme not in PORTS or not parts.hostname:
        return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    host = ",".join(reversed(WWW.sub("", parts.hostname.rstrip(".")).split(".")))
    place = f":{port}" if port and port != PORTS[parts.scheme] else ""
    route = parts.path.rstrip("/") or "/"
    query = "?" + "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return quote(f"{host}{place}){route}{query}", safe="%/:=&?~#+!$,;'@()*[]").lower()
