"""The archive holds, byte for byte, what a raw server sent and what it was asked, whatever HTTP allows."""

import gzip
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.fields import fields
from tests.fetch import fetched, portal
from tests.wire import Answer, Wire, certificate, context, serving

RANDOM = random.Random(7)


def body(size: int) -> bytes:
    """Bytes that no other body has."""
    return b"<html><body>" + RANDOM.randbytes(size).hex().encode() + b"</body></html>"


def plain(content: bytes, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """A response with Content-Length."""
    return b"\r\n".join((status, *headers, b"Content-Length: %d" % len(content), b"", content))


def chunked(content: bytes, sizes: int, *headers: bytes, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    """A response in chunks."""
    pieces = [content[i:i + sizes] for i in range(0, len(content), sizes)]
    framed = b"".join(b"%x%s\r\n%s\r\n" % (len(p), extension, p) for p in pieces)
    head = b"\r\n".join((b"HTTP/1.1 200 OK", *headers, b"Transfer-Encoding: chunked", b"", b""))
    return head + framed + b"0\r\n" + trailer + b"\r\n"


def halves(data: bytes, at: int) -> tuple[bytes, bytes]:
    """Data in two pieces, so that a boundary falls inside a header or a chunk."""
    return data[:at], data[at:]


EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
MANY = tuple(b"X-Line-%d: %d" % (i, i) for i in range(150))
ANSWERS = {
    "/plain": Answer((plain(body(500)),)),
    "/case-and-order": Answer((plain(body(99), b"x-lower: 1", b"SERVER:  two  spaces ", b"Set-Cookie: a=1",
                                     b"Date: now", b"set-cookie: b=2"),)),
    "/reason": Answer((plain(body(50), status="HTTP/1.1 200 成功 all is well".encode()),)),
    "/no-reason": Answer((plain(body(50), status=b"HTTP/1.1 200"),)),
    "/many-lines": Answer(halves(plain(body(50), *MANY), 1234), 0.01),
    "/bad-line": Answer((plain(body(50), b"this line has no colon", b"X-After: 1"),)),
    "/folded": Answer((plain(body(50), b"X-Folded: one", b"\ttwo"),)),
    "/bare-lf": Answer((plain(body(50), b"X-A: 1").replace(b"\r\n", b"\n"),)),
    "/gzip": Answer((plain(gzip.compress(body(9000)), b"Content-Encoding: gzip", b"Content-Type: text/html"),)),
    "/page.html": Answer((plain(gzip.compress(body(9000)), b"Content-Encoding: gzip"),)),
    "/br": Answer((plain(brotli.compress(body(9000)), b"Content-Encoding: br", b"Content-Type: text/html"),)),
    "/chunked": Answer(halves(chunked(body(9000), 700), 900), 0.01),
    "/chunked-gzip": Answer((chunked(gzip.compress(body(9000)), 100, b"Content-Encoding: gzip"),)),
    "/extensions": Answer((chunked(body(900), 300, extension=b';name="va;lue"'),)),
    "/trailers": Answer((chunked(body(900), 300, b"Trailer: X-Sum", trailer=b"X-Sum: 12\r\nX-More: 1\r\n"),)),
    "/early": Answer((EARLY, plain(body(300))), 0.02),
    "/early-twice": Answer((EARLY + EARLY.replace(b"style", b"other") + plain(body(300)),)),
    "/head": Answer((b"HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nX-Only: head\r\n\r\n",)),
    "/no-content": Answer((b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n",)),
    "/not-modified": Answer((b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n',)),
    "/gone": Answer((plain(body(30), status=b"HTTP/1.1 410 Gone"),)),
    "/empty": Answer((b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",)),
    "/old": Answer((b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + body(3000),), closes=True),
    "/until-close": Answer((b"HTTP/1.1 200 OK\r\n\r\n", body(3000)), 0.01, closes=True),
    "/post": Answer((plain(body(60)),)),
    "/5mb": Answer((plain(body(5 << 19), b"Content-Type: application/octet-stream"),)),
}
MORE: dict[str, dict[str, object]] = {"/head": {"method": "HEAD"}, "/post": {"method": "POST", "body": "a=1&b=年报"},
        "/not-modified": {"headers": {"If-None-Match": '"x"'}}}
ALL = [*ANSWERS, *(f"/same/{i}" for i in range(40))]
SAME = {f"/same/{i}": Answer((plain(body(200 + i)),)) for i in range(40)}
FAST = {"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False, "ROBOTSTXT_OBEY": False, "COOKIES_ENABLED": False}


@dataclass(frozen=True, slots=True)
class Stored:
    """The blocks that the archive has for one path."""

    kind: str
    block: bytes
    digest: str
    size: int
    headers: dict[str, str]


def stored(data: Path) -> Iterator[Stored]:
    """Every record of the archive, its block untouched."""
    for path in sorted((data / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                digest, size, start = hashlib.sha1(), 0, b""
                while piece := record.raw_stream.read(1 << 16):
                    digest.update(piece)
                    size += len(piece)
                    start = start or piece
                yield Stored(record.rec_type, start, digest.hexdigest(), size, dict(record.rec_headers.headers))


def by_path(data: Path, kinds: set[str], base: str) -> dict[str, Stored]:
    """Records of some kinds by the path that they are about."""
    found = [s for s in stored(data) if s.kind in kinds and s.headers.get("WARC-Target-URI", "").startswith(base)]
    paths = {s.headers["WARC-Target-URI"].removeprefix(base): s for s in found}
    assert len(paths) == len(found), "one record an exchange"
    return paths


def requests(wire: Wire, paths: list[str]) -> list[dict[str, object]]:
    """What the spider is to ask for."""
    return [{"url": wire.url + path, **MORE.get(path, {})} for path in paths]


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "tls"])
def test_the_archive_holds_the_bytes_of_the_wire(tmp_path: Path, is_tls: bool) -> None:
    """Sixteen at a time over kept connections: every response and every request, equal to the last byte."""
    tls = context(certificate(tmp_path)) if is_tls else None
    with serving(ANSWERS | SAME, tls) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], more="insecure_tls = true")
        done = fetched(tmp_path, entry, requests(wire, ALL), FAST)
        connections = wire.connections
    assert done.stats["finish_reason"] == "finished", done.log
    answers, asked = by_path(done.data, {"response", "revisit"}, wire.url), by_path(done.data, {"request"}, wire.url)
    told = by_path(done.data, {"metadata"}, wire.url)
    assert set(answers) == set(ALL) and len(wire.seen) == len(ALL)
    for seen in wire.seen:
        answer, early = answers[seen.path], fields(told[seen.path].block).get("interimResponses", "").encode("latin-1")
        assert (seen.path, len(early) + answer.size) == (seen.path, seen.size)
        whole = answer.digest if not early else hashlib.sha1(early + answer.block).hexdigest()
        assert whole == seen.sent.hexdigest(), seen.path
        assert early.count(b"103 Early") == {"/early": 1, "/early-twice": 2}.get(seen.path, 0)
        assert asked[seen.path].block == seen.asked, seen.path
        assert b"fidelity: wire" in told[seen.path].block, seen.path
    for path in ("/gzip", "/page.html", "/br", "/chunked-gzip"):
        assert done.by_url[wire.url + path]["start"].startswith("<html>"), "the spider sees text"
        assert done.by_url[wire.url + path]["is_text"] or path == "/chunked-gzip"
    assert connections < len(ALL), "connections were kept alive"


def large(size: int) -> Answer:
    """A body of so many MB that no side has to hold."""
    block = RANDOM.randbytes(1 << 20)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % (size << 20)
    return Answer(lambda: [head, *[block] * size])


WITHOUT = {"DOWNLOAD_HANDLERS": {"http": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"},
           "EXTENSIONS": {}, "DOWNLOADER_MIDDLEWARES": {}}
ROOMY = FAST | {"DOWNLOAD_MAXSIZE": 1 << 30, "DOWNLOAD_TIMEOUT": 100}


@pytest.mark.slow
def test_two_hundred_megabytes_cost_no_memory_of_their_own(tmp_path: Path) -> None:
    """Byte for byte the same, and at most 10 MB more than Scrapy itself takes for such a body."""
    peaks = {}
    for name, settings in (("with", ROOMY), ("without", ROOMY | WITHOUT)):
        for size in (1, 200):
            with serving({"/large": large(size)}) as wire:
                entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"])
                done = fetched(tmp_path / f"{name}-{size}", entry, [wire.url + "/large"], settings, timeout=200)
                sent = wire.seen[0]
            assert done.seen[0]["size"] == size << 20, done.log
            peaks[name, size] = done.peak
            if name == "with":
                assert by_path(done.data, {"response"}, wire.url)["/large"].digest == sent.sent.hexdigest()
    added = (peaks["with", 200] - peaks["with", 1]) - (peaks["without", 200] - peaks["without", 1])
    assert added <= 10, peaks
