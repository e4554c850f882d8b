"""What comes into the archive when things go wrong: cut answers, dead hosts, a full disk."""

import gzip
import random
import socket
import ssl
import warnings
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive.model import Capture, Fault, Note
from archive.warc import records
from tests.fetch import Fetched, fetched, portal
from tests.test_capture import FAST, by_path, chunked, plain
from tests.wire import Answer, certificate, context, serving

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<html><body>" + b"x" * 4000 + b"</body></html>"
CUT = {
    "/cut": Answer((HEAD + b"Content-Length: 9000\r\n\r\n" + PAGE,), closes=True),
    "/cut-chunks": Answer((chunked(PAGE, 500)[:-200],), closes=True),
    "/cut-head": Answer((HEAD,), closes=True),
    "/no-word": Answer((), closes=True),
    "/stalls": Answer((HEAD + b"Content-Length: 9000\r\n\r\n" + PAGE,), hangs=8),
    "/silent": Answer((), hangs=8),
    "/declared": Answer((HEAD + b"Content-Length: 90000000\r\n\r\n" + PAGE,), hangs=1),
    "/endless": Answer(lambda: [HEAD + b"\r\n", *[PAGE] * 400], closes=True),
    "/rubbish": Answer((b"\x00\x01 this is no HTTP at all\r\n\r\n",), closes=True),
    "/whole": Answer((plain(PAGE, b"X-A: 1"),)),
    "/surplus": Answer((plain(PAGE, b"X-A: 2") + b"bytes that belong to no response",)),
}
SLOW = FAST | {"DOWNLOAD_TIMEOUT": 2, "DOWNLOAD_MAXSIZE": 1_000_000}


def items(done: Fetched) -> list[Capture | Note | Fault]:
    """Everything in the archive, in order."""
    return [item for path in sorted((done.data / "warc").iterdir()) for item in records(path)]


def captures(done: Fetched) -> dict[str, Capture]:
    """Captures by the last part of their address."""
    return {c.url.rpartition("/")[2]: c for c in items(done) if isinstance(c, Capture)}


def test_cut_answers_are_kept_with_what_had_come(tmp_path: Path) -> None:
    """The bytes that arrived are in the archive, marked as truncated and why; the spider gets an error."""
    with serving(CUT) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"])
        done = fetched(tmp_path, entry, [wire.url + path for path in CUT], SLOW)
        sent = {seen.path: seen.sent.hexdigest() for seen in wire.seen}
    assert done.stats["finish_reason"] == "finished", done.log
    found = captures(done)
    truncated = {name: c.truncated for name, c in found.items() if c.truncated}
    assert truncated == {"cut": "disconnect", "cut-chunks": "disconnect", "cut-head": "disconnect", "stalls": "time",
                         "declared": "length", "endless": "length", "rubbish": "disconnect"}
    assert {name for name, c in found.items() if c.record_type == "metadata"} == {"no-word", "silent"}
    assert found["silent"].error.startswith("timeout: ") and found["no-word"].error.startswith("disconnect: ")
    assert {url.rpartition("/")[2] for url, seen in done.by_url.items() if "status" in seen} == {"whole", "surplus"}
    blocks = by_path(done.data, {"response"}, wire.url)
    for path in ("/cut", "/cut-chunks", "/cut-head", "/stalls", "/rubbish", "/whole"):
        assert blocks[path].digest == sent[path], path
    assert found["surplus"].body == PAGE
    assert not [i for i in items(done) if isinstance(i, Fault)]


def test_a_fetch_without_an_answer_is_kept_with_its_reason(tmp_path: Path) -> None:
    """Nothing listens, no such name, a certificate of its own making: one record each that says so."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    with serving({}, context(certificate(tmp_path))) as wire:
        hosts = [f"127.0.0.1:{closed}", f"127.0.0.1:{wire.port}", "nowhere.test:80"]
        urls = [f"http://127.0.0.1:{closed}/refused", "http://nowhere.test/dns", f"https://127.0.0.1:{wire.port}/tls"]
        done = fetched(tmp_path, portal(urls[0], hosts), urls,
                       FAST | {"TWISTED_DNS_RESOLVER": "tests.portals.dns.Resolver"})
    kinds = {name: c.error.partition(":")[0] for name, c in captures(done).items()}
    assert kinds == {"refused": "refused", "dns": "dns", "tls": "tls"}, done.log


def test_notes_tell_of_portals_and_the_run(tmp_path: Path) -> None:
    """The portal's entry, the run's start, and its end with reach and evidence."""
    with serving(CUT) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], id="gs-one")
        done = fetched(tmp_path, entry, [{"url": wire.url + "/whole", "portal": "gs-one"}], FAST)
    notes = [i for i in items(done) if isinstance(i, Note)]
    assert [(n.kind, n.id) for n in notes[:1]] == [("portal", "gs-one")]
    assert notes[0].data["hosts"] == [f"127.0.0.1:{wire.port}"] and notes[0].data["region"] == "620700"
    begin, end = notes[1:]
    assert begin.kind == end.kind == "run" and begin.id == end.id and begin.data["portals"] == ["gs-one"]
    assert (end.data["reason"], end.data["status"], end.data["counts"]["archive/records"]) == ("finished", "ok", 1)
    reach = end.data["results"]["gs-one"]
    assert reach["reach"] == "ok" and reach["reach_evidence"]["url"] == wire.url + "/whole"
    assert captures(done)["whole"].facts.run_id == end.id


@pytest.mark.parametrize("room", [40_000, 3_000, 0])
def test_a_full_disk_ends_the_crawl_and_nothing_unarchived_is_seen(tmp_path: Path, room: int) -> None:
    """The file may not grow beyond `room` bytes: what was written before is whole, the spider sees no page after it."""
    chance = random.Random(3)
    pages = {f"/{i}": Answer((plain(chance.randbytes(4000)),)) for i in range(60)}
    with serving(pages) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"])
        done = fetched(tmp_path, entry, [wire.url + path for path in pages],
                       FAST | {"CONCURRENT_REQUESTS_PER_DOMAIN": 4}, prefix=["prlimit", f"--fsize={room}"])
    assert done.stats["finish_reason"] == "archive_failed"
    assert "cannot write to the archive" in done.log and "Traceback" not in done.log.partition("cannot write")[0]
    seen = {url for url, each in done.by_url.items() if "status" in each}
    kept = [i for i in items(done) if isinstance(i, Capture)] if (done.data / "warc").exists() else []
    assert seen == {c.url for c in kept} and len(seen) < 30
    assert len(wire.seen) < 40, "the crawl ended early"


def test_nothing_of_the_operator_is_stored(tmp_path: Path) -> None:
    """Credentials, cookies and mail address go out and stay out of the archive, which says what it left out."""
    secrets = {"Cookie": "session=tops3cret", "Authorization": "Basic dG9wczNjcmV0", "From": "me@operator.example",
               "User-Agent": "nianbao (me@operator.example)"}
    with serving(CUT) as wire:
        done = fetched(tmp_path, portal(wire.url + "/", [f"127.0.0.1:{wire.port}"]),
                       [{"url": wire.url + "/whole", "headers": secrets}],
                       FAST | {"USER_AGENT": secrets["User-Agent"], "OPERATOR": "me@operator.example"})
        sent = wire.seen[0].asked
    assert all(value.encode() in sent for value in secrets.values())
    kept = b"".join(gzip.decompress(path.read_bytes()) for path in (done.data / "warc").iterdir())
    assert not any(word in kept for word in (b"tops3cret", b"dG9wczNjcmV0", b"operator.example"))
    assert b"requestHeadersWithheld: " in kept


def test_a_bomb_is_kept_as_it_came_and_not_opened(tmp_path: Path) -> None:
    """A megabyte that says it is a gigabyte: archived, an error for the spider, memory stays flat."""
    packed = gzip.compress(bytes(1 << 20)) * 1024
    with serving({"/bomb": Answer((plain(packed, b"Content-Type: text/html", b"Content-Encoding: gzip"),))}) as wire:
        done = fetched(tmp_path, portal(wire.url + "/", [f"127.0.0.1:{wire.port}"]), [wire.url + "/bomb"], FAST)
        sent = wire.seen[0].sent.hexdigest()
    assert done.seen[0]["error"] == "IgnoreRequest" and done.peak < 400
    assert by_path(done.data, {"response"}, wire.url)["/bomb"].digest == sent


def test_bad_certificates_and_old_tls_only_where_the_portal_says_so(tmp_path: Path) -> None:
    """Refused and kept as a failure; with insecure_tls fetched, and the protocol recorded."""
    with ExitStack() as stack:
        wires = {name: stack.enter_context(serving(CUT, tls)) for name, tls in (
            ("unknown", context(certificate(made(tmp_path / "unknown")))),
            ("expired", context(certificate(made(tmp_path / "expired"), -1))),
            ("old TLS", old(context(certificate(made(tmp_path / "old"))))))}
        urls, hosts = [w.url + "/whole" for w in wires.values()], [f"127.0.0.1:{w.port}" for w in wires.values()]
        strict = fetched(made(tmp_path / "strict"), portal(urls[0], hosts), urls, FAST,
                         {"SSL_CERT_FILE": str(tmp_path / "old" / "certificate.pem")})
        lenient = fetched(made(tmp_path / "lenient"), portal(urls[0], hosts, more="insecure_tls = true"), urls, FAST)
    refused, kept = ({c.url: c for c in items(done) if isinstance(c, Capture)} for done in (strict, lenient))
    for name, wire in wires.items():
        assert refused[wire.url + "/whole"].error.startswith("tls: "), strict.log
        assert kept[wire.url + "/whole"].status == 200, lenient.log
        told = by_path(lenient.data, {"response", "revisit"}, wire.url)["/whole"].headers["WARC-Protocol"]
        assert told.startswith("http/1.1, tls/1.") and (told.endswith("tls/1.1") or name != "old TLS")


def made(folder: Path) -> Path:
    """The folder, made."""
    folder.mkdir()
    return folder


def old(tls: ssl.SSLContext) -> ssl.SSLContext:
    """A server that knows TLS 1.1 and nothing newer."""
    tls.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    return tls
