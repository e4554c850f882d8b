"""Addresses: the one key under which a page is known, and whether a portal may be asked for it."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

NOISE = frozenset((
    "ismobile", "uid", "pagenum", "from", "timestamp", "_t", "rnd", "jsessionid", "spm", "zh_choose",
    "utm_source", "utm_medium", "utm_campaign",
))
DEFAULT_PORTS = {"http": 80, "https": 443}
BIG5 = re.compile(r"^/gate/big5/([^/]+)(/.*)?$")
SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
INDEX = re.compile(r"/(?:index|default)\.(?:html?|shtml|jsp|php|aspx?)$", re.IGNORECASE)
SPACE = re.compile(r"[\t\r\n\x00-\x1f]+")
LONGEST = 2000
MANY = 1 << 15  # addresses whose parts are remembered: the links of a portal stand on each of its pages


@lru_cache(MANY)
def parts_of(url: str) -> SplitResult:
    """`urlsplit`, remembered; ValueError as there."""
    return urlsplit(url)


def joined(base: str, href: str) -> str | None:
    """`href` as a whole http(s) address without fragment (gkmlpt's `#number` apart), or None where it is none.

    >>> joined("http://a.gov.cn/x/index.html", "./202101/t1.html#top")
    'http://a.gov.cn/x/202101/t1.html'
    >>> joined("http://a.gov.cn/", "javascript:void(0)") is None
    True
    """
    wanted = SPACE.sub("", href.strip()).replace("\\", "/")
    has_path = wanted and not wanted.startswith(("?", "#", ";"))
    return _joined(_folder(base) if has_path else base, wanted)


@lru_cache(MANY)
def _folder(base: str) -> str:
    """What matters of a base for links with a path."""
    path = base.partition("#")[0].partition("?")[0]
    return path[:path.rindex("/") + 1] if path.count("/") > 2 else base


@lru_cache(MANY)
def _joined(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not host or len(url) > LONGEST:
        return None
    host = host.rstrip(".")
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.isdigit() and "gkmlpt" in parts.path else ""
    return unwrapped(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, fragment)))


def unwrapped(url: str) -> str:
    """The address behind a big5 gateway, which shows another host's page in traditional script.

    >>> unwrapped("http://big5.a.gov.cn/gate/big5/www.a.gov.cn/nb/1.html")
    'http://www.a.gov.cn/nb/1.html'
    """
    parts = urlsplit(url)
    inner = BIG5.match(parts.path)
    if not inner:
        return url
    return f"{parts.scheme}://{inner[1]}{inner[2] or '/'}" + (f"?{parts.query}" if parts.query else "")


@lru_cache(MANY)
def key(url: str) -> str:
    """What two addresses of one page have in common: scheme, index names and noise parameters do not count.

    >>> key("https://A.gov.cn:443/nb/index.html?b=2&a=1&isMobile=true") == key("http://a.gov.cn/nb/?a=1&b=2")
    True
    >>> key("http://a.gov.cn/gkmlpt/annualreport#12") == key("http://a.gov.cn/gkmlpt/annualreport#13")
    False
    """
    parts = urlsplit(url)
    port = parts.port if parts.port not in (None, DEFAULT_PORTS.get(parts.scheme)) else None
    host = (parts.hostname or "").rstrip(".") + (f":{port}" if port else "")
    path = INDEX.sub("/", SESSION.sub("", unquote(parts.path)).replace("/./", "/")) or "/"
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.lower() not in NOISE)
    if parts.fragment:
        kept.append(("#", parts.fragment))
    return f"//{host}{path}" + (f"?{urlencode(kept)}" if kept else "")


@lru_cache(MANY)
def is_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether a portal with these `hosts` may be asked for `url`.

    A domain allows itself and what is below it at the usual ports; `host:port` allows that port alone.

    >>> is_allowed("https://zwgk.a.gov.cn/nb/", ("a.gov.cn",)), is_allowed("http://a.gov.cn.evil.com/", ("a.gov.cn",))
    (True, False)
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in DEFAULT_PORTS or parts.username is not None:
        return False
    shown = port or DEFAULT_PORTS[parts.scheme]
    return any(_fits(host, shown, port in (None, *DEFAULT_PORTS.values()), entry.lower()) for entry in hosts)


def _fits(host: str, port: int, is_usual: bool, entry: str) -> bool:
    domain, _, wanted = entry.rpartition(":") if re.search(r":\d+$", entry) else (entry, "", "")
    named = host == domain or host.endswith("." + domain)
    return named and (int(wanted) == port if wanted else is_usual)


def bare(url: str) -> str:
    """The address as it is asked for, without fragment."""
    return urldefrag(url)[0]
