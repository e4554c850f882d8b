"""Pages that need a browser: what it received and what it made of it are archived, and it goes nowhere else."""

import gzip
from pathlib import Path

import pytest

from tests import chromium
from tests.fetch import fetched, portal
from tests.test_archiver import captures
from tests.test_capture import FAST, plain, stored
from tests.wire import Answer, certificate, context, serving

needs_chromium = pytest.mark.skipif(not chromium.found(), reason="no Chromium on this machine: make test installs one")
SCRIPT = """<html><body><ul id=list>加载中</ul><img src=/picture.png><iframe src="{frame}"></iframe>
<script>fetch('/rows.json').then(r => r.json()).then(rows => {{
  document.getElementById('list').innerHTML = rows.map(r => '<li><a href="' + r + '">年报</a></li>').join('')
}}); fetch('{elsewhere}').catch(() => 0)</script></body></html>"""


def page(html: str) -> Answer:
    """An HTML page, gzipped as servers send it."""
    body = gzip.compress(html.encode())
    headers = b"Content-Type: text/html; charset=utf-8", b"Content-Encoding: gzip", b"X-A: 1", b"X-A: 2"
    return Answer((plain(body, *headers),))


@needs_chromium
@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "tls"])
def test_a_list_made_by_script_is_archived_as_received_and_as_rendered(tmp_path: Path, is_tls: bool) -> None:
    """The document with its codings undone, the DOM as a conversion of it; data lists are told; pictures left out."""
    rows = Answer((plain(b'["/nb/1.html", "/nb/2.html"]', b"Content-Type: application/json"),))
    tls = context(certificate(tmp_path)) if is_tls else None
    with serving({}, tls) as elsewhere, serving({"/rows.json": rows}, tls) as wire:
        html = SCRIPT.format(frame=f"{elsewhere.url}/frame", elsewhere=f"{elsewhere.url}/xhr")
        wire.answers["/list"] = page(html)
        wire.answers["/moved"] = Answer((plain(b"", b"Location: /list", status=b"HTTP/1.1 302 Found"),))
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], more='browser = "allow"\ninsecure_tls = true')
        done = fetched(tmp_path, entry, [{"url": wire.url + "/moved", "meta": {"playwright": True}}], FAST)
        asked = {seen.path for seen in wire.seen}
        assert not elsewhere.connections, "frames and scripts stay on the portal's hosts"
    assert asked == {"/moved", "/list", "/rows.json"}, done.log
    seen = done.by_url[wire.url + "/moved"]
    assert "/nb/2.html" in seen["start"] and [x["url"] for x in seen["xhr"]][:1] == [wire.url + "/rows.json"]
    assert "asks by script: GET" in done.log
    found = captures(done)
    assert found["list"].body.decode() == html and found["list"].fidelity == "decoded"
    assert found["list"].header("x-orig-content-encoding") == "gzip" and found["moved"].status == 302
    assert [v for k, v in found["list"].headers if k.lower() == "x-a"] == ["1", "2"]
    dom = [s for s in stored(done.data) if s.kind == "conversion"]
    assert len(dom) == 1 and b'<a href="/nb/1.html">' in dom[0].block
    assert dom[0].headers["WARC-Refers-To"] == f"<{found['list'].id}>"


@needs_chromium
def test_a_browser_is_kept_from_private_addresses(tmp_path: Path) -> None:
    """By redirect, by name and by frame: the proxy refuses, not a byte is sent, and the archive says why."""
    with serving({"/secret": page("keys")}) as inside, serving({}) as wire:
        wire.answers = {"/frame": page(f'<iframe src="http://rebound.gov.example:{inside.port}/secret"></iframe>text'),
                        "/redirect": Answer((plain(b"", b"Location: http://localhost:%d/secret" % inside.port,
                                                   status=b"HTTP/1.1 302 Found"),))}
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}", f"rebound.gov.example:{inside.port}"],
                       more='browser = "allow"')
        urls = [wire.url + "/frame", wire.url + "/redirect", f"http://rebound.gov.example:{inside.port}/secret"]
        done = fetched(tmp_path, entry, [{"url": url, "meta": {"playwright": True}} for url in urls],
                       FAST | {"TWISTED_DNS_RESOLVER": "tests.test_guard.Rebinding"})
        assert not inside.seen, "not a byte was sent"
    assert [url for url in urls if "status" in done.by_url[url]] == urls[:1], done.seen
    assert captures(done)["secret"].error.startswith("private: ")


@needs_chromium
def test_a_page_that_never_comes_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    """Its time is up, it is archived as such, and the next page is opened."""
    with serving({"/never": Answer((), hangs=9), "/page": page("<p>text</p>")}) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], more='browser = "allow"')
        done = fetched(tmp_path, entry, [{"url": wire.url + path, "meta": {"playwright": True}}
                                         for path in ("/never", "/page")],
                       FAST | {"PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 2000})
    assert done.by_url[wire.url + "/page"]["status"] == 200
    assert captures(done)["never"].error.startswith("timeout: ")


def test_without_a_browser_the_rest_goes_on(tmp_path: Path) -> None:
    """No browser anywhere: one clear reason in the archive, plain pages are fetched."""
    with serving({"/a": page("<p>text</p>"), "/b": page("<p>text</p>")}) as wire:
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"], more='browser = "allow"')
        done = fetched(tmp_path, entry, [{"url": wire.url + "/a", "meta": {"playwright": True}}, wire.url + "/b"], FAST,
                       {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})
    assert done.by_url[wire.url + "/b"]["status"] == 200, done.log
    assert captures(done)["a"].error.startswith("browser: no browser is installed: install the package chromium")


def test_a_portal_that_does_not_allow_a_browser_gets_none(tmp_path: Path) -> None:
    """Whatever a spider asks for."""
    with serving({"/a": page("<p>text</p>")}) as wire:
        done = fetched(tmp_path, portal(wire.url + "/", [f"127.0.0.1:{wire.port}"]),
                       [{"url": wire.url + "/a", "meta": {"playwright": True}}], FAST)
        assert not wire.seen
    assert 'browser = "never"' in captures(done)["a"].error
