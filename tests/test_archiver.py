"""What comes into the archive when things go wrong: cut answers, dead hosts, a full disk."""

import random
import socket
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
