"""Exchanges for the tests of the archive, and what other readers see in the files."""

import gzip
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator

from archive.folder import Folder
from archive.model import Exchange, Facts, Location
from archive.warc import Writer

START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
PAGE = "<html><head><title>某市市场监督管理局2024年政府信息公开工作年度报告</title></head></html>".encode()
REQUEST = b"GET /a HTTP/1.1\r\nHost: www.example.gov.cn\r\nUser-Agent: nianbao/0.1\r\n\r\n"


def response(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """The bytes of a response; Content-Type and Content-Length are added."""
    lines = (f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode() + body


def chunked(body: bytes, size: int = 1000, *headers: str) -> bytes:
    """The bytes of a response in chunks, with chunk extensions and a trailer."""
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "Transfer-Encoding: chunked", "", "")
    return "\r\n".join(lines).encode() + framed(body, size)


def framed(body: bytes, size: int) -> bytes:
    """Chunk framing, extensions and a trailer included."""
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\nX-Trailer: 1\r\n\r\n"


def exchange(url: str = "http://www.example.gov.cn/a", data: bytes | IO[bytes] | None = None, days: float = 0,
             **more: Any) -> Exchange:
    """An exchange; `data` is the response as on the wire."""
    stream = BytesIO(data or response()) if data is None or isinstance(data, bytes) else data
    told = {"request": REQUEST, "fidelity": "wire", "ip": "192.0.2.7",
            "facts": Facts("example", "run-1", "http://www.example.gov.cn/", "2024年年报", "link", 2), **more}
    return Exchange(url, START + timedelta(days=days), 0.25, response=stream, **told)


def failed(url: str, error: str, **more: Any) -> Exchange:
    """A fetch that brought nothing."""
    return Exchange(url, START, 1.0, REQUEST, None, "wire", Facts("example", "run-1"), error=error, **more)


def written(root: Path, *exchanges: Exchange, run: str = "run-1") -> tuple[Folder, list[Location]]:
    """An archive of one run."""
    folder = Folder(root)
    with Writer(folder, run, {"software": "nianbao/0.1", "operator": "tests"}) as writer:
        return folder, [writer.write(one) for one in exchanges]


def seen(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, headers and block of each record, as warcio reads them."""
    with path.open("rb") as file:
        return [(r.rec_type, dict(r.rec_headers.headers), r.raw_stream.read())
                for r in ArchiveIterator(file, no_record_parse=True)]


def zipped(body: bytes) -> bytes:
    """gzip without a time, so that equal bodies give equal bytes."""
    return gzip.compress(body, mtime=0)
