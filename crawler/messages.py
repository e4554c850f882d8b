"""HTTP messages put together again where the wire was not seen: by another handler, or by a browser. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import urlsplit

from archive.model import Exchange, Facts
from scrapy import Request
from scrapy.http import Response
from scrapy.http.headers import Headers
from twisted.web.http import RESPONSES

CHANGED = frozenset({b"content-encoding", b"transfer-encoding", b"content-length"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One document that a browser fetched: request and response with content-coding undone."""

    url: str
    asked: bytes
    response: bytes
    ip: str


def lines(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Every header line, repeated names too."""
    return [(name, value) for name in headers for value in headers.getlist(name)]


def head(start: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A message's head."""
    return b"\r\n".join([start, *(name + b": " + value for name, value in headers), b"", b""])


def asked(request: Request) -> bytes:
    """What a request would look like on the wire, for one that was never sent."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    start = f"{request.method} {target} HTTP/1.1\r\nHost: {parts.netloc}".encode()
    return head(start, lines(request.headers)) + request.body


def decoded(status: int, reason: str, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    """A response whose codings are undone: their headers renamed `X-Orig-…`, Content-Length put right."""
    kept = [(b"X-Orig-" + name if name.lower() in CHANGED else name, value) for name, value in headers]
    start = f"HTTP/1.1 {status} {reason}".rstrip().encode()
    return head(start, [*kept, (b"Content-Length", str(len(body)).encode())]) + body


def rebuilt(request: Request, response: Response, facts: Facts, now: datetime) -> Exchange:
    """An exchange told by Scrapy's own objects: the order of headers and the framing are lost, and it says so."""
    reason = RESPONSES.get(response.status, b"").decode()
    data = decoded(response.status, reason, lines(response.headers), response.body)
    return Exchange(response.url, now, request.meta.get("download_latency", 0.0), asked(request),
                    BytesIO(data), "reconstructed", facts, str(response.ip_address or ""))
