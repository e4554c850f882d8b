"""Obeying robots.txt, waiting one's turn, and leaving those alone who do not want to be asked."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.challenges import challenge
from archive.model import Note
from archive.reach import verdict
from crawler.middlewares.politeness import domains, wait
from crawler.middlewares.robots import rules
from crawler.reach import Host
from tests.fetch import Fetched, fetched, portal
from tests.test_archiver import captures, items
from tests.test_capture import plain, stored
from tests.wire import Answer, Wire, serving

POLITE = {"ROBOTSTXT_OBEY": True, "AUTOTHROTTLE_ENABLED": False}
PAGE = Answer((plain(b"<html>a page</html>"),))
Headers = tuple[tuple[str, str], ...]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def status(line: str, *headers: bytes) -> Answer:
    """An answer without content."""
    return Answer((plain(b"", *headers, status=b"HTTP/1.1 " + line.encode()),))


def crawl(folder: Path, wire: Wire, paths: list[str], settings: Mapping[str, Any] = {}, **entry: Any) -> Fetched:
    """Fetches paths of a server in order."""
    told = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], **entry)
    requests = [{"url": wire.url + path, "priority": -number} for number, path in enumerate(paths)]
    return fetched(folder, told, requests, POLITE | dict(settings))


def reach(done: Fetched) -> dict[str, Any]:
    """What the run's last note says of the portal."""
    note = [i for i in items(done) if isinstance(i, Note) and i.kind == "run"][-1]
    told: dict[str, Any] = note.data["results"]["p"]
    return told


def test_robots_txt_is_obeyed_and_archived(tmp_path: Path) -> None:
    """Before the first page; what it disallows is not asked, and the archive says why."""
    text = b"User-agent: *\nDisallow:/secret  #no space before this\n\nUser-agent: nianbao\nDisallow: /ours\n"
    answers = {"/robots.txt": Answer((plain(text),)), "/a": PAGE, "/ours/1": PAGE, "/secret": PAGE}
    with serving(answers) as wire:
        done = crawl(tmp_path, wire, ["/a", "/ours/1", "/secret"])
        # The group that names us counts, not the one for all.
        asked = [seen.path for seen in wire.seen]
    assert asked[0] == "/robots.txt" and sorted(asked[1:]) == ["/a", "/secret"]
    found = captures(done)
    assert found["robots.txt"].body == text and found["robots.txt"].facts.reason == "robots"
    assert found["1"].error.startswith("robots: ") and found["1"].status is None
    assert reach(done)["reach"] == "ok"


@pytest.mark.parametrize(("robots", "outcome"), [
    (Answer((plain(b"User-agent: *\nDisallow: /\n"),)), "robots"),
    (status("503 Service Unavailable"), "robots"),
    (Answer((), hangs=6), "timeout"),
    (status("404 Not Found"), "ok"),
    (Answer((plain(b"<!doctype html><html><title>404</title>"),)), "ok"),
], ids=["disallowed", "broken", "silent", "absent", "a page"])
def test_without_a_robots_txt_we_stay_out_unless_there_is_none(tmp_path: Path, robots: Answer, outcome: str) -> None:
    """RFC 9309: a broken or silent server means no, a missing file means yes."""
    with serving({"/robots.txt": robots, "/a": PAGE}) as wire:
        done = crawl(tmp_path, wire, ["/a"], {"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0})
        asked = {seen.path for seen in wire.seen}
    assert ("/a" in asked) == (outcome == "ok")
    assert reach(done)["reach"] == outcome
    assert "robots.txt" in captures(done), "what robots.txt answered is in the archive"


def test_requests_take_turns_with_the_portals_delay_between_them(tmp_path: Path) -> None:
    """One at a time, never sooner than the delay; names of one registrable domain share a turn."""
    slow = Answer((plain(b"one"),), pause=0.1)
    with serving({f"/{i}": slow for i in range(5)} | {"/robots.txt": status("404 Not Found")}) as wire:
        names = [f"{name}.dept.test:{wire.port}" for name in ("a", "b")]
        entry = portal(f"http://{names[0]}/", names, delay=0.4)
        urls = [f"http://{names[i % 2]}/{i}" for i in range(5)]
        done = fetched(tmp_path, entry, urls, POLITE | {"TWISTED_DNS_RESOLVER": "tests.portals.dns.Resolver"})
        began = [seen.began for seen in wire.seen]
    assert len(done.by_url) == 5 and len(began) == 7
    assert min(b - a for a, b in pairwise(began)) > 0.39


@pytest.mark.parametrize("line", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_server_that_asks_for_time_gets_it(tmp_path: Path, line: str) -> None:
    """Retry-After holds the whole host back, then the page is asked again."""
    with serving({"/robots.txt": status("404 Not Found"), "/b": PAGE}) as wire:
        wire.answers["/a"] = Answer(lambda: _relent(wire, line))
        done = crawl(tmp_path, wire, ["/a", "/b"])
        began = [(seen.path, seen.began) for seen in wire.seen if seen.path != "/robots.txt"]
    assert done.by_url[wire.url + "/a"]["status"] == 200
    refused = next(at for path, at in began if path == "/a")
    later = [at - refused for path, at in began if at > refused]
    assert min(later[1:]) >= 1.9, "one request may have been on its way already"


def _relent(wire: Wire, line: str) -> list[bytes]:
    """Refuses once, answers from then on."""
    wire.answers["/a"] = PAGE
    return [plain(b"", b"Retry-After: 2", status=b"HTTP/1.1 " + line.encode())]


def test_three_refusals_block_a_host_for_a_day(tmp_path: Path) -> None:
    """The rest of this run and the next run leave it alone; the archive tells why, with the capture that shows it."""
    answers = {f"/{i}": status("403 Forbidden") for i in range(9)}
    with serving(answers | {"/robots.txt": status("404 Not Found"), "/0": PAGE}) as wire:
        first = crawl(tmp_path, wire, [f"/{i}" for i in range(9)], {"CONCURRENT_REQUESTS": 1})
        asked, told = len(wire.seen), reach(first)
        again = crawl(tmp_path, wire, ["/0", "/1"])
        assert len(wire.seen) == asked == 1 + 1 + 3
    host = told["hosts"][f"127.0.0.1:{wire.port}"]
    assert told["reach"] == host["reach"] == "forbidden" and told["reach_evidence"]["url"] == wire.url + "/3"
    assert host["blocks"] == 1 and host["blocked_until"] > datetime.now(UTC).isoformat()
    assert all("forbidden" in each["message"] for each in again.seen) and len(again.seen) == 2
    assert reach(again)["reach"] == "forbidden"
    kept = json.loads((first.data / "runs" / "hosts.json").read_text("utf-8"))
    assert list(kept) == [f"127.0.0.1:{wire.port}"]


def test_a_challenge_page_counts_as_a_refusal(tmp_path: Path) -> None:
    """It comes with 200 and gzip, and is known by its script all the same."""
    script = b"<html><script>var arg1='" + b"0123456789ABCDEF" * 2 + b"01234567" + b"';document.cookie='acw_sc__v2='"
    page = Answer((plain(gzip.compress(script), b"Content-Encoding: gzip", b"Content-Type: text/html"),))
    with serving({f"/{i}": page for i in range(6)} | {"/robots.txt": status("404 Not Found")}) as wire:
        done = crawl(tmp_path, wire, [f"/{i}" for i in range(6)], delay=0.05)
        assert len(wire.seen) == 4
    assert reach(done)["reach"] == "challenge:acw"
    assert "challenge:acw" in captures(done)["5"].error


def test_a_page_that_only_wants_its_cookie_back_gets_it(tmp_path: Path) -> None:
    """A redirect to itself, once; the cookie is sent and not archived."""
    with serving({"/robots.txt": status("404 Not Found")}) as wire:
        wire.answers["/a"] = Answer(lambda: [_cookied(wire)])
        done = crawl(tmp_path, wire, ["/a"])
        second = [seen.asked for seen in wire.seen if seen.path == "/a"][1]
    assert done.by_url[wire.url + "/a"]["status"] == 200 and b"Cookie: pass=1" in second
    asked = [s for s in stored(done.data) if s.kind == "request" and b"GET /a" in s.block]
    assert len(asked) == 2 and not any(b"pass=1" in s.block for s in asked)


def _cookied(wire: Wire) -> bytes:
    wire.answers["/a"] = PAGE
    return plain(b"", b"Set-Cookie: pass=1", b"Location: /a", status=b"HTTP/1.1 302 Found")


@pytest.mark.parametrize(("kind", "code", "headers", "body"), [
    ("ruishu", 412, (), b"<meta content=\"x\" r='m'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};"),
    ("ruishu", 202, (), b"<script>$_ts = window['$_ts']</script>"),
    ("jiasule", 521, (("Set-Cookie", "__jsluid_s=1"),), b"<script>document.cookie=('_')+('_')+';';location.href=x"),
    ("acw", 200, (), b"<script>var arg1='" + b"A" * 40 + b"';</script>"),
    ("chuangyu", 200, (), b"<script>document.cookie='C3VK=1234';location.reload()</script>"),
    ("wzws", 491, (), b""),
    ("wzws", 200, (("wzws-ray", "1"),), b"<script>var wzwsquestion='1'</script>"),
    ("edgeone", 200, (("Set-Cookie", "__tst_status=1#"),), b"<script>x</script>"),
    ("", 200, (("wzws-ray", "1"),), b"<html>a page behind that network</html>"),
    ("", 200, (), b"<html>" + b"text about C3VK " * 2000),
    ("", 404, (), b"<html>"),
])
def test_challenges_are_known_by_their_signs(kind: str, code: int, headers: Headers, body: bytes) -> None:
    """One table; pages with content are none."""
    assert challenge(code, headers, body) == kind


@given(st.integers(100, 599), st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=4), st.binary())
def test_any_answer_has_a_verdict(code: int, headers: list[tuple[str, str]], body: bytes) -> None:
    """Whatever comes: one of the words that the portals table knows."""
    found = verdict(code, challenge(code, headers, body))
    assert found in ("ok", "forbidden", "error") or found.startswith("challenge:")


def test_three_blocks_need_a_person() -> None:
    """Two blocks end after a day each, the third does not."""
    host, now = Host("a.gov.cn"), NOW
    for strike in (1, 2, 3):
        for _ in range(3):
            assert host.refusal(now) == ("", "")
            host.answered("forbidden", now, None)
        assert host.block and host.block.times == strike and host.refusal(now)[0] == "forbidden"
        now += timedelta(hours=25)
    assert "person" in host.refusal(now + timedelta(days=90))[1]


def test_a_few_refusals_among_many_answers_do_not_block() -> None:
    """Two in ten are a matter of course."""
    host = Host("a.gov.cn")
    for number in range(60):
        host.answered("forbidden" if number % 5 == 0 else "ok", NOW, None)
    assert host.block is None and host.reach == "ok"


def test_a_silent_host_is_left_alone_for_the_run() -> None:
    """Five fetches in a row without an answer; one answer starts the count again."""
    host = Host("a.gov.cn")
    for _ in range(4):
        host.failed("timeout", NOW, None)
    host.answered("ok", NOW, None)
    assert host.refusal(NOW) == ("", "")
    for _ in range(5):
        host.failed("timeout", NOW, None)
    assert host.refusal(NOW)[0] == "timeout" and host.reach == "ok"


def test_retry_after_is_read_as_seconds_or_date() -> None:
    """Never longer than an hour, never negative."""
    assert wait("7", NOW) == 7.0 and wait("999999", NOW) == 3600.0
    assert wait("Sun, 01 Mar 2026 00:01:00 GMT", NOW) == 60.0 and wait("Sun, 01 Feb 2026 00:01:00 GMT", NOW) == 0.0
    assert wait("", NOW) is None and wait("in a while", NOW) is None


def test_departments_of_one_city_share_a_registrable_domain() -> None:
    """By the list that comes with the library; gov.cn itself is a public suffix."""
    domain = domains()
    assert domain("scjg.tianshui.gov.cn") == domain("www.tianshui.gov.cn") == "tianshui.gov.cn"
    assert domain("a.gov.cn") != domain("b.gov.cn") and domain("122.137.242.24") == "122.137.242.24"


def test_robots_answers_mean_what_the_standard_says() -> None:
    """2xx rules, 4xx none, 5xx stay out."""
    assert rules(200, b"User-agent: *\nDisallow: /x", "u").parsed and not rules(403, b"", "u").trouble[0]
    assert rules(500, b"", "u").trouble[0] == "robots" and rules(200, b"\xff\xfe\x00rubbish", "u").parsed
