"""Hosts: which are a government's own, which only relay one, which are known to serve copies."""

import re
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import urlsplit

_OFFICIAL = re.compile(
    r"(?:^|\.)(?:gov|edu|mil|ac|org)\.cn$|(?:^|\.)gov\.(?:hk|mo)$|\.(?:政务|公益)(?:\.cn)?$|\.xn--(?:zfr164b|55qw42g)(?:\.cn)?$"
)
_RELAYED = re.compile(r"://[\w-]*-gov-cn\.|[?&=/]https?(?:://|%3a%2f%2f)[\w.-]*\.gov\.cn", re.IGNORECASE)
_CMS_PATH = re.compile(
    r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+|/t\d{8}_\d+\.s?html?|/c\d{4,}/\d{6}/|/\d{6}/[0-9a-f]{32}\.s?html?|/n\d{5,}/n\d{5,}/c\d+/"
    r"|/zfxxgk|/xxgk|/zwgk|/OpennessContent|/public/\d{5,}/\d+"
)


def host(url: str) -> str:
    """The host of an address in lower case, "" where there is none.

    >>> host("http://www.TIANSHUI.gov.cn:80/scjg/"), host("file.txt")
    ('www.tianshui.gov.cn', '')
    """
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_official(url: str) -> bool:
    """Whether an address may be a government's own: *.gov.cn and the like, a bare address, a relay, no host at all.

    >>> is_official("http://61.150.65.235/a"), is_official("http://www.meeios.com/a"), is_official("")
    (True, False, True)
    """
    name = host(url)
    return not name or _is_address(name) or bool(_OFFICIAL.search(name) or _RELAYED.search(url))


def is_anybodys(url: str) -> bool:
    """Whether anybody may have taken such a host: no government's own, and none of the associations' .org.cn either.

    >>> is_anybodys("http://www.meeios.com/a"), is_anybodys("http://www.0375edu.org.cn/"), is_anybodys("")
    (True, True, False)
    """
    return not is_official(url) or host(url).endswith(".org.cn")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return name == "localhost"
    return True


@cache
def _known() -> frozenset[str]:
    lines = files("parsers").joinpath("data", "clones.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_known_clone(url: str) -> bool:
    """Whether a host has been seen serving copies.

    >>> is_known_clone("https://www.zwinkt.com/x"), is_known_clone("http://www.zhangye.gov.cn/")
    (True, False)
    """
    labels = host(url).split(".")
    return any(".".join(labels[i:]) in _known() for i in range(len(labels) - 1))


def has_government_path(url: str) -> bool:
    """Whether the path is shaped as government systems shape theirs."""
    return bool(_CMS_PATH.search(urlsplit(url).path if host(url) else ""))
