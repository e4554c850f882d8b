"""WARCs of other producers, in their exact record style, and of no producer at all."""

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.digests import digest
from archive.folder import Folder
from archive.model import Capture, Facts, Fault
from archive.warc import captures, read_at, records
from crawler import sample
from parsers.errors import NianbaoError
from tests.exchanges import PAGE, chunked, exchange, failed, response, seen, written, zipped

URL = "http://www.example.gov.cn/zwgk/2024.html"
REQUEST = b"GET /zwgk/2024.html HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n"


def record(version: str, block: bytes, **headers: str) -> bytes:
    """A record as text; underscores in names stand for hyphens."""
    lines = [f"WARC/{version}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode() + block + b"\r\n\r\n"


def uuid(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>"


HTTP = {"Content_Type": "application/http; msgtype=response"}
ASKED = {"Content_Type": "application/http; msgtype=request"}


def heritrix() -> list[bytes]:
    """Heritrix 3: WARC/1.0, dns records, metadata with via and hops."""
    when = {"WARC_Date": "2024-02-01T08:00:00Z"}
    facts = b"seed: http://www.example.gov.cn/\r\nvia: http://www.example.gov.cn/zwgk/\r\nhopsFromSeed: LL\r\n" \
            b"sourceTag: x\r\nfetchTimeMs: 123\r\ncharsetForLinkExtraction: UTF-8\r\noutlink: http://x/ L a/@href\r\n"
    return [
        record("1.0", b"software: Heritrix/3.4.0\r\nformat: WARC File Format 1.0\r\n", WARC_Type="warcinfo", **when,
               WARC_Record_ID=uuid(1), Content_Type="application/warc-fields"),
        record("1.0", b"20240201080000\nwww.example.gov.cn.\t600\tIN\tA\t192.0.2.1\n", WARC_Type="response", **when,
               WARC_Target_URI="dns:www.example.gov.cn", WARC_Record_ID=uuid(2), Content_Type="text/dns"),
        record("1.0", chunked(PAGE), WARC_Type="response", WARC_Target_URI=URL, **when, WARC_IP_Address="192.0.2.1",
               WARC_Payload_Digest=digest([PAGE]), WARC_Record_ID=uuid(3), **HTTP),
        record("1.0", REQUEST, WARC_Type="request", WARC_Target_URI=URL, **when, WARC_Concurrent_To=uuid(3),
               WARC_Record_ID=uuid(4), **ASKED),
        record("1.0", facts, WARC_Type="metadata", WARC_Target_URI=URL, **when, WARC_Concurrent_To=uuid(3),
               WARC_Record_ID=uuid(5), Content_Type="application/warc-fields"),
    ]


def warcprox() -> list[bytes]:
    """warcprox: response before request, revisits of WARC/1.0 with headers only."""
    when, later = {"WARC_Date": "2024-02-01T08:00:00Z"}, {"WARC_Date": "2024-02-02T08:00:00Z"}
    refer = {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": when["WARC_Date"],
             "WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}
    return [
        record("1.0", response(), WARC_Type="response", WARC_Record_ID=uuid(1), **when, WARC_Target_URI=URL,
               WARC_Payload_Digest=digest([PAGE]), **HTTP),
        record("1.0", REQUEST, WARC_Type="request", WARC_Record_ID=uuid(2), **when, WARC_Target_URI=URL,
               WARC_Concurrent_To=uuid(1), **ASKED),
        record("1.0", response(b""), WARC_Type="revisit", WARC_Record_ID=uuid(3), **later, WARC_Target_URI=URL + "?2",
               WARC_Payload_Digest=digest([PAGE]), **refer, **HTTP),
        record("1.0", b"", WARC_Type="revisit", WARC_Record_ID=uuid(4), **later, WARC_Target_URI=URL + "?3",
               WARC_Payload_Digest=digest([PAGE]), **refer, **HTTP),
    ]


def browsertrix() -> list[bytes]:
    """browsertrix-crawler: decoded bodies, page info and screenshots as resources with urn: addresses."""
    when = {"WARC_Date": "2024-02-01T08:00:00.123Z"}
    head = (b"HTTP/1.1 200\r\ncontent-type: text/html\r\nx-orig-content-encoding: gzip\r\n"
            b"x-orig-transfer-encoding: chunked\r\n\r\n")
    return [
        record("1.1", b"software: Browsertrix-Crawler 1.5.0\r\n", WARC_Type="warcinfo", WARC_Record_ID=uuid(1), **when,
               Content_Type="application/warc-fields"),
        record("1.1", head + PAGE, WARC_Target_URI=URL, **when, WARC_Type="response", WARC_Record_ID=uuid(2),
               WARC_Page_ID="8d", WARC_Payload_Digest="sha256:" + "0" * 64, **HTTP),
        record("1.1", REQUEST, WARC_Target_URI=URL, **when, WARC_Type="request", WARC_Record_ID=uuid(3),
               WARC_Concurrent_To=uuid(2), **ASKED),
        record("1.1", b'{"pageid": "8d"}', WARC_Target_URI=f"urn:pageinfo:{URL}", **when, WARC_Type="resource",
               WARC_Record_ID=uuid(4), Content_Type="application/json"),
        record("1.1", b"\x89PNG", WARC_Target_URI=f"urn:view:{URL}", **when, WARC_Type="resource",
               WARC_Record_ID=uuid(5), Content_Type="image/png"),
        record("1.1", b"%PDF-1.4", WARC_Target_URI=URL + ".pdf", **when, WARC_Type="resource",
               WARC_Record_ID=uuid(6), Content_Type="application/pdf"),
    ]


def commoncrawl() -> list[bytes]:
    """Common Crawl: no requests, original codings under X-Crawler- names, metadata of its own."""
    when = {"WARC_Date": "2024-02-01T08:00:00Z"}
    head = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawler-Content-Encoding: gzip\r\n"
            b"X-Crawler-Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n" % len(PAGE))
    return [
        record("1.0", b"isPartOf: CC-MAIN-2024-10\r\npublisher: Common Crawl\r\n", WARC_Type="warcinfo", **when,
               WARC_Record_ID=uuid(1), Content_Type="application/warc-fields"),
        record("1.0", head + PAGE, WARC_Type="response", **when, WARC_Record_ID=uuid(2), WARC_Target_URI=URL,
               WARC_Payload_Digest=digest([PAGE]), WARC_Identified_Payload_Type="text/html",
               Content_Type="application/http; msgtype=response"),
        record("1.0", b"fetchTimeMs: 321\r\ncharset-detected: UTF-8\r\n", WARC_Type="metadata", **when,
               WARC_Record_ID=uuid(3), WARC_Concurrent_To=uuid(2), WARC_Target_URI=URL,
               Content_Type="application/warc-fields"),
    ]


def frame(data: bytes) -> bytes:
    """A zstd frame."""
    out = BytesIO()
    with ZstdWriter(out) as writer:
        writer.write(data)
    return out.getvalue()


STYLES = {"heritrix": heritrix(), "warcprox": warcprox(), "browsertrix": browsertrix(), "commoncrawl": commoncrawl()}
PACKINGS = {
    ".warc.gz": lambda parts: b"".join(map(zipped, parts)),
    ".warc": lambda parts: b"".join(parts),
    ".warc.zst": lambda parts: b"".join(map(frame, parts)),
}


@pytest.fixture(params=[(s, p) for s in STYLES for p in PACKINGS], ids=lambda v: "".join(v))
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The name of a style and a file of it."""
    style, packing = request.param
    path = tmp_path / f"some{packing}"
    path.write_bytes(PACKINGS[packing](STYLES[style]))
    return style, path


def test_every_style_reads_in_every_packing(foreign: tuple[str, Path]) -> None:
    style, path = foreign
    found = list(records(path))
    pages = [c for c in found if isinstance(c, Capture)]
    assert len(pages) == len(found) == {"warcprox": 3, "browsertrix": 2}.get(style, 1)
    first = pages[0]
    assert (first.url, first.status, first.body, first.problems) == (URL, 200, PAGE, ())
    assert first.fidelity == "unstated" and first.fetched_at.isoformat().startswith("2024-02-01T08:00:00")
    for capture in pages:
        assert read_at(Folder(path.parent), capture.location) == capture
        assert capture.location.warc_file == str(path), "outside an archive a location names the whole path"


def test_heritrix_says_where_a_page_was_found(tmp_path: Path) -> None:
    (tmp_path / "h.warc").write_bytes(b"".join(heritrix()))
    [found] = captures(tmp_path / "h.warc")
    assert found.facts == Facts(via="http://www.example.gov.cn/zwgk/", depth=2)


def test_revisits_of_warcprox_find_their_payload_by_url_and_date(tmp_path: Path) -> None:
    (tmp_path / "w.warc").write_bytes(b"".join(warcprox()))
    _, headed, bare = captures(tmp_path / "w.warc")
    assert (headed.body, headed.header("content-length")) == (PAGE, "0")
    assert (bare.body, bare.status, bare.header("content-length")) == (PAGE, 200, str(len(PAGE)))


def test_bodies_that_were_stored_unframed_or_decoded_are_taken_as_they_are(tmp_path: Path) -> None:
    for number, head in enumerate((b"Transfer-Encoding: chunked", b"Content-Encoding: gzip")):
        path = tmp_path / f"{number}.warc"
        path.write_bytes(record("1.0", b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + PAGE, WARC_Type="response",
                                WARC_Date="2024-01-01T00:00:00Z", WARC_Record_ID=uuid(1), WARC_Target_URI=URL, **HTTP))
        [found] = captures(path)
        assert found.body == PAGE and [p[0] for p in found.problems] == ["coding_broken"] * number


def test_a_file_of_one_gzip_member_reads_too(tmp_path: Path) -> None:
    (tmp_path / "one.warc.gz").write_bytes(zipped(b"".join(warcprox())))
    assert [c.body for c in captures(tmp_path / "one.warc.gz")] == [PAGE] * 3


ARC = (b"filedesc://IA-001.arc 0.0.0.0 20080430204825 text/plain 76\n1 0 InternetArchive\n"
       b"URL IP-address Archive-date Content-type Archive-length\n\n")


@pytest.mark.parametrize("is_zipped", [False, True])
def test_arc_files_read(tmp_path: Path, is_zipped: bool) -> None:
    parts = [ARC]
    for number in range(2):
        block = response(PAGE + b"%d" % number)
        parts.append(b"%s/%d 192.0.2.1 20080430204825 text/html %d\n%s\n" % (URL.encode(), number, len(block), block))
    path = tmp_path / ("a.arc.gz" if is_zipped else "a.arc")
    path.write_bytes(b"".join(map(zipped, parts)) if is_zipped else b"".join(parts))
    found = list(captures(path))
    assert [c.body for c in found] == [PAGE + b"0", PAGE + b"1"]
    assert (found[0].url, found[0].status, found[0].fetched_at.year) == (f"{URL}/0", 200, 2008)
    assert [read_at(Folder(tmp_path), c.location).body for c in found] == [c.body for c in found]


class Handler(BaseHTTPRequestHandler):
    """Chunked, gzipped, plain and missing pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answers by path."""
        if self.path == "/chunked":
            wire = chunked(PAGE, 20)
        elif self.path == "/gone":
            wire = response(b"gone", status="404 Not Found")
        else:
            wire = response(b'<a href="/chunked">1</a><a href="/gone">2</a>' + PAGE)
        self.wfile.write(wire)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site on loopback."""
    server = sample.Server(("127.0.0.1", 0), Handler)
    with sample.running(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
@pytest.mark.parametrize("packing", [[], ["--no-warc-compression"]], ids=["gzip", "plain"])
def test_what_wget_archived_reads_to_the_byte(tmp_path: Path, site: str, packing: list[str]) -> None:
    command = ["wget", "-q", "-r", "-l1", "--warc-file=w", "--no-proxy", *packing, f"{site}/"]
    subprocess.run(command, cwd=tmp_path, check=False, timeout=60)
    path = next(p for p in tmp_path.iterdir() if ".warc" in p.name)
    found = {c.url.removeprefix(site): c for c in captures(path)}
    assert not [r for r in records(path) if isinstance(r, Fault)]
    assert (found["/chunked"].body, found["/chunked"].status) == (PAGE, 200)
    assert found["/"].body.endswith(PAGE) and (found["/gone"].status, found["/gone"].body) == (404, b"gone")
    assert read_at(Folder(tmp_path), found["/gone"].location) == found["/gone"]


BROKEN = {"empty": b"", "text": b"no archive at all\n" * 99, "zip": b"PK\x03\x04" + bytes(999),
          "gzip": zipped(b"no WARC"), "torn": zipped(heritrix()[2])[:200], "zeros": bytes(5000)}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_warc_is_a_fault_with_file_and_offset(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(BROKEN[name])
    [*_, fault] = records(path)
    assert isinstance(fault, Fault) and fault.location.warc_file == str(path) and fault.location.offset == 0


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match=r"cannot read .*absent\.warc"):
        next(records(tmp_path / "absent.warc"))


@pytest.mark.parametrize("packing", [".warc.gz", ".warc"])
def test_a_broken_record_costs_no_other(tmp_path: Path, packing: str) -> None:
    parts = [record("1.1", response(PAGE + b"%d" % n), WARC_Type="response", WARC_Date="2024-01-01T00:00:00Z",
                    WARC_Record_ID=uuid(n), WARC_Target_URI=f"{URL}/{n}", **HTTP) for n in range(5)]
    packed = [PACKINGS[packing]([part]) for part in parts]
    start = len(packed[0] + packed[1])
    packed[2] = packed[2][:40] + bytes(100) + packed[2][140:] if packing == ".warc.gz" else packed[2][90:]
    (path := tmp_path / f"x{packing}").write_bytes(b"".join(packed))
    found = list(records(path))
    assert [c.url[-1] for c in found if isinstance(c, Capture)][:2] == ["0", "1"]
    assert [c.url[-1] for c in found if isinstance(c, Capture)][-2:] == ["3", "4"]
    [fault] = [f for f in found if isinstance(f, Fault)]
    assert start - len(packed[1]) <= fault.location.offset <= start and fault.code == "unreadable"


WHOLE = [b"".join(map(zipped, parts)) for parts in STYLES.values()] + [b"".join(parts) for parts in STYLES.values()]


@settings(max_examples=300)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=9), st.integers(0, 9)),
                                        min_size=1, max_size=4))
def test_mutated_files_never_crash_the_reader(data: bytes, cuts: list[tuple[int, bytes, int]]) -> None:
    for place, new, lost in cuts:
        data = data[:place] + new + data[place + lost:]
    with TemporaryDirectory() as root:
        path = Path(root) / "x.warc.gz"
        path.write_bytes(data)
        for found in records(path):
            assert found.location.offset <= len(data)


def test_gzip_and_plain_of_ours_read_alike(tmp_path: Path) -> None:
    later = exchange(data=response(), days=1)
    folder, _ = written(tmp_path, exchange(data=chunked(PAGE)), failed(URL, "dns: no"), later)
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(folder.files()[0].read_bytes()))
    assert [(c.id, c.body, c.facts) for c in captures(plain)] == [
        (c.id, c.body, c.facts) for c in captures(folder.files()[0])]
    assert [kind for kind, _, _ in seen(plain)] == [kind for kind, _, _ in seen(folder.files()[0])]
