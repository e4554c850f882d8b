"""Answers that keep programs out: which protection a response shows, by its fingerprints. Pure.

Only detected, never solved. Signs after the published behaviour of the products: status, headers, and bytes that stand
in the first part of the body. A row matches when its status fits and any of its signs is found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LOOKED_AT = 1 << 16  # bytes of a body; the scripts in question stand at its start
SMALL = 1 << 14      # a page with content is longer
ANY = 1 << 40


@dataclass(frozen=True, slots=True)
class Sign:
    """How one protection shows: `statuses` it comes with (none: any), then any of body or header signs."""

    kind: str
    statuses: frozenset[int]
    body: re.Pattern[bytes] | None = None
    header: re.Pattern[str] | None = None  # on "name: value" in lower case
    most: int = ANY                        # bytes; a longer body is a page after all


def _sign(kind: str, statuses: Iterable[int] = (), body: str = "", header: str = "", most: int = ANY) -> Sign:
    return Sign(kind, frozenset(statuses), re.compile(body.encode()) if body else None,
                re.compile(header, re.MULTILINE) if header else None, most)


RUISHU = r"\$_ts\s*=\s*window\[['\"]\$_ts['\"]\]|<meta[^>]{0,200}\br=['\"]m['\"]"
SIGNS = (
    _sign("ruishu", (202, 400, 412), RUISHU),
    _sign("ruishu", (200,), RUISHU, most=SMALL),
    _sign("jiasule", (521,)),
    _sign("jiasule", (200, 202, 503, 512), r"__jsl_clearance|document\.cookie=[^;]{0,2000};location\.href=",
          most=SMALL),
    _sign("acw", (200,), r"var arg1\s*=\s*['\"][0-9A-Fa-f]{40}['\"]|acw_sc__v[23]", most=2 * SMALL),
    _sign("chuangyu", (200, 403), r"\bC3VK\b", most=SMALL),
    _sign("wzws", (491,)),
    _sign("wzws", (), r"wzwsquestion|WZWS_CONFIRM|wzwschallenge", most=SMALL),
    _sign("edgeone", (), r"EO_Bot_Ssid|__tst_status", r"^set-cookie: (?:eo_bot_ssid|__tst_status)=", most=SMALL),
    _sign("captcha", (200, 403, 405), r"<title>\s*(?:访问验证|安全验证|人机验证)", most=SMALL),
)


def challenge(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> str:
    """The protection that an answer shows, "" where it shows none; `body` without its content-coding.

    >>> challenge(412, (), b"<script>$_ts=window['$_ts'];</script>"), challenge(200, (), b"<html>")
    ('ruishu', '')
    """
    start, told = body[:LOOKED_AT], "\n".join(f"{k}: {v}" for k, v in headers).lower()
    return next((s.kind for s in SIGNS if _shows(s, status, told, start, len(body))), "")


def _shows(sign: Sign, status: int, headers: str, body: bytes, size: int) -> bool:
    if size > sign.most or (sign.statuses and status not in sign.statuses):
        return False
    if sign.body is None and sign.header is None:
        return True
    return bool(sign.body and sign.body.search(body)) or bool(sign.header and sign.header.search(headers))
