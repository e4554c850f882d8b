"""What is written is what was on the wire, and it reads back with any reader."""

import base64
import hashlib
import os
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.codings import Dechunker, decoded
from archive.digests import digest, is_equal
from archive.fields import block, fields
from archive.folder import Folder
from archive.model import Capture, Exchange, Facts, Note
from archive.segment import WriteError
from archive.warc import Writer, captures, read_at, records
from parsers.errors import NianbaoError
from tests.exchanges import PAGE, REQUEST, chunked, exchange, failed, framed, response, seen, written, zipped

URL = "http://www.example.gov.cn/a"
TEXT = st.text(max_size=60)
MOMENTS = st.integers(0, 4 * 10**15).map(lambda n: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))
HEADERS = st.lists(st.sampled_from(("x-Lower: 1", "X-UPPER: 2", "Set-Cookie: a=1", "Set-Cookie: b=2", "broken line",
                                    "Empty:", "X-Fold: a\r\n b", "X-Latin: é")), max_size=8)


@st.composite
def messages(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A response as servers send them, and its payload."""
    body = draw(st.binary(max_size=3000))
    lines = [f"HTTP/1.{draw(st.integers(0, 1))} {draw(st.sampled_from((200, 201, 404, 500)))} Whatever", *draw(HEADERS)]
    size = draw(st.one_of(st.none(), st.integers(1, 700)))
    head = "\r\n".join([*lines, *(["Transfer-Encoding: chunked"] if size else []), "", ""]).encode("latin-1")
    return head + (framed(body, size) if size else body), body


@settings(max_examples=150)
@given(messages(), MOMENTS, TEXT, TEXT, TEXT, st.integers(0, 99), st.booleans())
def test_an_exchange_reads_back_byte_for_byte(message: tuple[bytes, bytes], moment: datetime, anchor: str, via: str,
                                              error: str, depth: int, is_cut: bool) -> None:
    wire, body = message
    facts = Facts("portal", "run", via, anchor, "link", depth)
    told = Exchange(URL, moment, 0.5, REQUEST, BytesIO(wire), "wire", facts, "192.0.2.1",
                    "disconnect" if is_cut else "", error)
    with TemporaryDirectory() as root:
        folder, [location] = written(Path(root), told)
        [found] = captures(folder.files()[0])
        assert found == read_at(folder, location)
        blocks = {kind: data for kind, _, data in seen(folder.files()[0])}
    assert (blocks["response"], blocks["request"]) == (wire, REQUEST)
    assert (found.body, found.payload_digest) == (body, digest([body]))
    assert (found.url, found.fetched_at, found.facts, found.error) == (URL, moment, facts, error)
    assert (found.truncated, found.location, found.problems) == (told.truncated, location, ())


def test_every_record_says_what_it_must(tmp_path: Path) -> None:
    folder, _ = written(tmp_path, exchange(data=chunked(zipped(PAGE), 50, "Content-Encoding: gzip")))
    (_, info, text), (_, answer, _), (_, request, _), (_, facts, told) = seen(folder.files()[0])
    assert info["WARC-Filename"] == "run-1-00001.warc.gz" and b"operator: tests" in text
    assert answer["WARC-IP-Address"] == "192.0.2.7" and answer["WARC-Protocol"] == "http/1.1"
    assert answer["WARC-Date"] == "2026-01-02T03:04:05.678901Z"
    assert answer["WARC-Payload-Digest"] == digest([zipped(PAGE)])
    assert request["WARC-Concurrent-To"] == facts["WARC-Concurrent-To"] == answer["WARC-Record-ID"]
    assert "fetchTimeMs: 250" in told.decode() and "anchor: 2024年年报" in told.decode()


def test_fastwarc_finds_the_digests_right(tmp_path: Path) -> None:
    folder, _ = written(tmp_path, exchange(), exchange(URL + "2", response(b"other")), failed(URL + "3", "dns: no"))
    with folder.files()[0].open("rb") as file:
        kinds = [(r.headers["WARC-Type"], r.verify_block_digest()) for r in ArchiveIterator(file, parse_http=False)]
    assert [k for k, _ in kinds] == ["warcinfo", *["response", "request", "metadata"] * 2, "metadata", "request"]
    assert all(holds for _, holds in kinds)
    with folder.files()[0].open("rb") as file:
        answers = [r.verify_payload_digest() for r in ArchiveIterator(file) if r.headers["WARC-Type"] == "response"]
    assert answers == [True, True]


def test_early_hints_are_kept_beside_the_response(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    folder, _ = written(tmp_path, exchange(data=early + early + response()))
    records_seen = seen(folder.files()[0])
    assert records_seen[1][2] == response()
    assert fields(records_seen[3][2])["interimResponses"].encode("latin-1") == early + early


def test_what_a_content_coding_has_packed_is_stored_and_all_else_packed(tmp_path: Path) -> None:
    wires = response(zipped(PAGE * 50), "Content-Encoding: gzip"), response(PAGE * 50)
    folder, places = written(tmp_path, *(exchange(f"http://a.gov.cn/{n}", wire) for n, wire in enumerate(wires)))
    data = folder.files()[0].read_bytes()
    packed, plain = (data[p.offset:p.offset + p.length] for p in places)
    assert wires[0].partition(b"\r\n\r\n")[2] in packed and len(plain) < len(wires[1]) / 10
    assert [read_at(folder, place).body for place in places] == [PAGE * 50] * 2


@pytest.mark.parametrize("wire", [b"\0\1rubbish", b"HTTP/1.1 200 OK", b"HTTP/1.1 103 Hints\r\n\r\n", b"\r\n\r\n"])
def test_an_answer_that_is_hardly_one_is_kept_all_the_same(tmp_path: Path, wire: bytes) -> None:
    folder, [location] = written(tmp_path, exchange(data=wire, truncated="disconnect"))
    assert seen(folder.files()[0])[1][2] == wire
    assert read_at(folder, location).truncated == "disconnect"


def test_credentials_stay_out_and_the_record_says_so(tmp_path: Path) -> None:
    sent = (b"GET /a HTTP/1.1\r\nHost: a\r\ncookie: secret\r\n folded\r\nAUTHORIZATION: Basic c2VjcmV0\r\n"
            b"Proxy-Authorization: Basic c2VjcmV0\r\nFrom: me@example.org\r\n"
            b"User-Agent: nianbao (+https://example.org; me@example.org)\r\nAccept: */*\r\n\r\nform=cookie: x")
    folder, _ = written(tmp_path, exchange(request=sent))
    kept = seen(folder.files()[0])
    assert kept[2][2] == (b"GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: nianbao (+https://example.org; -)\r\n"
                          b"Accept: */*\r\n\r\nform=cookie: x")
    withheld = "cookie, authorization, proxy-authorization, from, user-agent"
    assert fields(kept[3][2])["requestHeadersWithheld"] == withheld


def test_the_same_payload_is_stored_once_over_urls_files_and_runs(tmp_path: Path) -> None:
    folder, [first] = written(tmp_path, exchange(data=chunked(PAGE)))
    later = exchange(URL + "?b", response(), 1), exchange(data=response(), days=2)
    _, [second, third] = written(tmp_path, *later, run="run-2")
    for location in (second, third):
        found = read_at(folder, location)
        assert (found.record_type, found.revisit_profile) == ("revisit", "identical-payload-digest")
        assert (found.body, found.status, found.problems) == (PAGE, 200, ())
        assert found.refers_to == read_at(folder, first).id
        assert found.header("content-length") == str(len(PAGE))
    headers = seen(folder.files()[1])[1][1]
    assert headers["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert headers["WARC-Refers-To-Target-URI"] == URL
    assert headers["WARC-Refers-To-Date"] == "2026-01-02T03:04:05.678901Z"


def test_a_304_refers_to_the_capture_whose_validator_was_sent(tmp_path: Path) -> None:
    old, new = response(b"old", 'ETag: "1"'), response(b"new", 'ETag: "2"')
    not_modified = response(b"", status="304 Not Modified")
    folder, [first, second] = written(tmp_path, exchange(data=old), exchange(data=new, days=1))
    _, places = written(tmp_path, exchange(data=not_modified, days=2, etag='"1"'),
                        exchange(data=not_modified, days=3, etag='"2"'), exchange(data=not_modified, days=4),
                        exchange(URL + "unknown", not_modified, 5, etag='"2"'), run="run-2")
    one, two, unasked, unknown = (read_at(folder, place) for place in places)
    assert [c.refers_to for c in (one, two)] == [read_at(folder, p).id for p in (first, second)]
    assert {c.revisit_profile for c in (one, two)} == {"server-not-modified"}
    assert (unasked.record_type, unasked.refers_to) == ("response", "")
    assert one.payload_digest == digest([b"old"]) and (one.status, one.body) == (304, b"")
    assert (unknown.record_type, unknown.refers_to) == ("response", "")


def test_nothing_refers_to_a_truncated_or_empty_payload(tmp_path: Path) -> None:
    cut = exchange(data=response(b"half"), truncated="time")
    empty = [exchange(f"{URL}{i}", response(b"", "Location: /b", status="302 Found")) for i in range(2)]
    folder, places = written(tmp_path, cut, exchange(URL + "b", response(b"half")), *empty)
    assert [read_at(folder, p).record_type for p in places] == ["response"] * 4


def test_failed_fetches_and_notes_are_records(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with Writer(folder, "run-1", {}) as writer:
        location = writer.write(failed(URL, "timeout: no byte in 45 s\nat all"))
        writer.note("portal", "gs-tianshui", {"name": "天水市", "hosts": ["tianshui.gov.cn"]})
    failure, note = records(folder.files()[0])
    assert isinstance(failure, Capture) and isinstance(note, Note)
    assert (failure.status, failure.record_type, failure.location) == (None, "metadata", location)
    assert failure.error == "timeout: no byte in 45 s\nat all" and failure.facts.portal_id == "example"
    assert (note.kind, note.id, note.data["name"]) == ("portal", "gs-tianshui", "天水市")


def test_the_page_as_a_browser_made_it_is_what_the_parsers_read(tmp_path: Path) -> None:
    folder, [location] = written(tmp_path, exchange(fidelity="decoded", rendered="<html>年报 rendered</html>"))
    found = read_at(folder, location)
    assert (found.body, found.fidelity, found.rendered) == (PAGE, "decoded", "<html>年报 rendered</html>")
    assert found.source.body == "<html>年报 rendered</html>".encode()
    assert seen(folder.files()[0])[-2][1]["WARC-Refers-To"] == f"<{found.id}>"


def test_files_rotate_and_names_are_never_used_twice(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for _ in range(2):
        with Writer(folder, "run-1", {}, max_bytes=5_000) as writer:
            places = [writer.write(exchange(f"{URL}{i}", response(os.urandom(2_000)))) for i in range(4)]
            assert [p.name for p in folder.warc.glob("*.open")] == []
            writer.write(exchange(f"{URL}x", response(os.urandom(10))))
            assert len(list(folder.warc.glob("*.open"))) == 1
        assert all(read_at(folder, place) for place in places)
    assert [p.name for p in folder.files()] == [f"run-1-{i:05d}.warc.gz" for i in range(1, 7)]
    assert all(seen(p)[0][0] == "warcinfo" for p in folder.files())


def test_records_can_be_read_while_the_file_is_open(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with Writer(folder, "run-1", {}) as writer:
        place = writer.write(exchange())
        again = writer.write(exchange(days=1))
        assert read_at(folder, place).facts.anchor == "2024年年报"
        assert read_at(folder, again).body == PAGE and read_at(folder, again).location == again


def test_threads_may_write_at_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with Writer(folder, "run-1", {}) as writer, ThreadPoolExecutor(8) as pool:
        many = [exchange(f"{URL}/{i}", response(b"%d" % i * 500)) for i in range(120)]
        places = list(pool.map(writer.write, many))
    assert [read_at(folder, place).url for place in places] == [f"{URL}/{i}" for i in range(120)]


FULL = """
import os, resource, signal, sys
from pathlib import Path
from tests.exchanges import *
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Folder(Path(sys.argv[1]))
with Writer(folder, "run-1", {}) as writer:
    print(writer.write(exchange()).offset)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    for data in (os.urandom(300_000), b"small"):
        try:
            writer.write(exchange("http://www.example.gov.cn/b", response(data)))
        except Exception as error:
            print(type(error).__name__, error)
"""


def test_a_full_disk_ends_the_writing_and_spares_what_is_there(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    first, second, third = done.stdout.splitlines()
    assert int(first) > 0 and second == third
    assert second.startswith("WriteError cannot write the archive") and "File too large" in second
    [path] = Folder(tmp_path).files()
    assert [type(found) for found in records(path)] == [Capture]


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("a file in its place")
    with pytest.raises(WriteError, match="cannot write"):
        written(tmp_path, exchange())


BIG = """
import resource, sys
from pathlib import Path
from tempfile import TemporaryFile
from tests.exchanges import *
folder = Folder(Path(sys.argv[1]))
with Writer(folder, "run-1", {}) as writer, TemporaryFile() as spool:
    writer.write(exchange())
    spool.write(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
    for _ in range(80):
        spool.write(b"100000\\r\\n" + bytes(range(256)) * 4096 + b"\\r\\n")
    spool.write(b"0\\r\\n\\r\\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writer.write(exchange("http://www.example.gov.cn/b", spool))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_body_of_80_mb_passes_through_little_memory(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", BIG, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10_000, "KB more than before"
    [path] = Folder(tmp_path).files()
    assert [c.problems[0][0] for c in captures(path) if c.problems] == ["body_too_long"]


@given(st.dictionaries(st.sampled_from(("portal", "anchor", "via")), st.text(min_size=1)))
def test_fields_hold_any_text(told: dict[str, str]) -> None:
    assert fields(block(told)) == told
    assert block(told).count(b"\n") == len(told)


@given(st.binary(max_size=2000), st.integers(1, 300), st.lists(st.integers(0, 2500), max_size=8))
def test_chunks_come_off_however_the_bytes_arrive(body: bytes, size: int, cuts: list[int]) -> None:
    data = framed(body, size)
    framing = Dechunker()
    parts = [framing.feed(data[a:b]) for a, b in pairwise((0, *sorted(cuts), len(data) + 2500))]
    assert b"".join(parts) + framing.close() == body
    assert framing.is_complete and not framing.is_broken


def test_a_body_that_only_claims_chunks_stands_as_it_is(tmp_path: Path) -> None:
    wire = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<html>no chunks</html>"
    folder, _ = written(tmp_path, exchange(data=wire))
    assert next(captures(folder.files()[0])).body == b"<html>no chunks</html>"
    broken = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nrest of it"
    folder, _ = written(tmp_path / "2", exchange(data=broken))
    found = next(captures(folder.files()[0]))
    assert found.body == b"abcrest of it" and found.problems[0][0] == "chunks_broken"


def deflated(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(body) + engine.flush()


@pytest.mark.parametrize(("coding", "data"), [
    ("gzip", zipped(PAGE)), ("x-gzip", zipped(PAGE)), ("GZIP", zipped(PAGE[:9]) + zipped(PAGE[9:])),
    ("deflate", zlib.compress(PAGE)), ("deflate", deflated(PAGE)), ("br", brotli.compress(PAGE)),
    ("gzip, br", brotli.compress(zipped(PAGE))), ("identity", PAGE), ("", PAGE), ("gzip", zipped(PAGE) + b"\0\0")])
def test_content_codings_come_off(coding: str, data: bytes) -> None:
    assert decoded(data, coding, 10_000) == (PAGE, ())


@pytest.mark.parametrize(("coding", "data", "code"), [
    ("gzip", PAGE, "coding_broken"), ("br", b"\xff" * 40, "coding_broken"), ("zstd", PAGE, "coding_broken"),
    ("rot13", PAGE, "coding_unknown")])
def test_a_coding_that_is_none_leaves_the_bytes(coding: str, data: bytes, code: str) -> None:
    body, problems = decoded(data, coding, 10_000)
    assert body == data and problems[0][0] == code


@pytest.mark.parametrize(("coding", "bomb"), [
    ("gzip", zipped(bytes(50_000_000))), ("br", brotli.compress(bytes(50_000_000))),
    ("gzip, gzip", zipped(zipped(bytes(50_000_000)))), ("deflate", zlib.compress(bytes(50_000_000)))])
def test_bombs_are_cut_at_the_limit(coding: str, bomb: bytes) -> None:
    body, problems = decoded(bomb, coding, 1_000_000)
    assert len(body) == 1_000_000 and problems[-1][0] == "body_too_long"


def test_a_cut_stream_gives_what_it_holds() -> None:
    body, problems = decoded(zipped(PAGE * 100)[:-20], "gzip", 1 << 20)
    assert body and (PAGE * 100).startswith(body) and problems[0][0] == "coding_cut"


def test_digests_are_compared_in_every_base() -> None:
    for engine in (hashlib.sha1(b"x"), hashlib.sha256(b"x"), hashlib.md5(b"x")):
        raw = engine.digest()
        for text in (raw.hex(), raw.hex().upper(), base64.b32encode(raw).decode(), base64.b64encode(raw).decode(),
                     base64.b32encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")):
            assert is_equal(f"{engine.name}:{text}", raw)
            assert not is_equal(f"{engine.name}:{text}", bytes(len(raw)))


def test_reading_where_nothing_starts_says_so(tmp_path: Path) -> None:
    folder, [location] = written(tmp_path, exchange())
    with pytest.raises(NianbaoError, match="no capture at byte"):
        read_at(folder, type(location)(location.warc_file, location.offset + 1, 5))
    with pytest.raises(NianbaoError, match="cannot read"):
        read_at(folder, type(location)("absent.warc.gz", 0, 5))
