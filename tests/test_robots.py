"""robots.txt over runs: an answer holds for a day, as the archive has it; then it is asked for with its validators."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.folder import Folder
from archive.load import load
from archive.model import Capture, Facts, Location
from archive.visits import Known
from crawler.middlewares.robots import HOLDS, Kept
from tests.fetch import fetched, portal
from tests.test_capture import plain
from tests.wire import NOT_FOUND, Answer, Wire, serving

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
URL = "http://a.gov.cn/robots.txt"
AT = Location("a.warc.gz", 0, 10)
PAGE = Answer((plain(b"<html>a page</html>"),))
TEXT = b"User-agent: *\nDisallow: /secret\n"


def kept(status: int, body: bytes | None = TEXT, seen: str = "2026-03-01T00:00:00Z") -> Kept:
    page = Known(URL, "other", "active", "", seen, "new", '"1"', "", AT, "", "", 0, False, False, 60.0)
    capture = Capture("urn:1", URL, NOW, status, (), body, "", AT, "wire", Facts()) if body is not None else None
    return Kept(page, status, capture)


@pytest.mark.parametrize("status", [200, 304])
def test_a_text_holds_for_a_day(status: int) -> None:
    held = kept(status).rules(NOW)
    assert held and held.parsed and not held.parsed.can_fetch("http://a.gov.cn/secret", "nianbao")
    assert kept(status, seen="2026-02-28T08:59:59Z").rules(NOW) is None
    assert kept(status, None).rules(NOW) is None  # its capture cannot be read


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_refusal_of_the_file_holds_for_a_day_and_allows_everything(status: int) -> None:
    held = kept(status, None).rules(NOW)
    assert held and held.parsed is None and held.trouble == ("", "")
    assert kept(status, None).rules(NOW + HOLDS) is None


@pytest.mark.parametrize("status", [0, 301, 500, 503])
def test_no_answer_trouble_and_redirects_are_asked_about_again(status: int) -> None:
    assert kept(status).rules(NOW) is None


def crawled(folder: Path, wire: Wire, hours: int) -> tuple[list[bytes], set[str]]:
    """The requests for robots.txt of a run so many hours on, and the pages that were asked for; rows follow."""
    before = len(wire.seen)
    fetched(folder, portal(wire.url + "/", [f"127.0.0.1:{wire.port}"]), [wire.url + "/a", wire.url + "/secret"],
            {"ROBOTSTXT_OBEY": True, "AUTOTHROTTLE_ENABLED": False, "NOW": (NOW + timedelta(hours=hours)).isoformat()})
    load(Folder(folder / "data"))
    seen = wire.seen[before:]
    return [s.asked for s in seen if s.path == "/robots.txt"], {s.path for s in seen} - {"/robots.txt"}


def test_a_missing_file_is_asked_for_once_a_day(tmp_path: Path) -> None:
    with serving({"/robots.txt": NOT_FOUND, "/a": PAGE, "/secret": PAGE}) as wire:
        asked = [len(crawled(tmp_path, wire, hours)[0]) for hours in (0, 23, 25)]
    assert asked == [1, 0, 1]


def test_a_text_is_obeyed_from_the_archive_and_then_asked_for_with_its_validators(tmp_path: Path) -> None:
    not_modified = Answer((b'HTTP/1.1 304 Not Modified\r\nETag: "r1"\r\n\r\n',))
    with serving({"/robots.txt": Answer((plain(TEXT, b'ETag: "r1"'),)), "/a": PAGE, "/secret": PAGE}) as wire:
        first = crawled(tmp_path, wire, 0)
        wire.answers["/robots.txt"] = not_modified
        later = [crawled(tmp_path, wire, hours) for hours in (23, 25, 48, 50)]
    assert [len(asked) for asked, _ in (first, *later)] == [1, 0, 1, 0, 1]
    assert all(pages == {"/a"} for _, pages in (first, *later))
    assert b"If-None-Match" not in first[0][0]
    assert all(b'If-None-Match: "r1"' in asked[0] for asked in (later[1][0], later[3][0]))
