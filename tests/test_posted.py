"""Pages that were asked for with POST: addresses of their own in rows, history and index."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from cdxj_indexer.postquery import append_method_query

from archive import index
from archive.folder import Folder
from archive.load import load
from archive.model import Location
from archive.posted import asked, query, whole
from archive.verify import Summary, verify
from archive.warc import read_at
from crawler.schedule import is_page
from tests.archives import query as rows
from tests.exchanges import exchange, response, written

URL = "http://www.example.gov.cn/api/list.do?id=7"
FORM = "application/x-www-form-urlencoded"
FORMS = [(FORM, b"page=2&size=20"), (FORM, "name=年报&a=1+2%26".encode()), (FORM, b""), (FORM, b"\xff\xfe"),
         ("application/octet-stream", b"\0\1\2"), (FORM, b"x=" + b"1" * 5000)]


def posting(body: bytes, kind: str = FORM) -> bytes:
    return (f"POST /api/list.do?id=7 HTTP/1.1\r\nHost: www.example.gov.cn\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def archive(root: Path) -> tuple[Folder, list[Location]]:
    """A list of two pages, asked for with POST on two days, and the page at the same URL asked for with GET."""
    return written(root, *(
        exchange(URL, response(f"<html><p>{words}</p></html>".encode()), days=day + hour / 24, request=request)
        for day in (0, 1) for hour, (words, request) in enumerate((
            ("第一页", posting(b"page=1")), ("第二页", posting(b"page=2")), ("入口", b"GET / HTTP/1.1\r\n\r\n")))))


@pytest.mark.parametrize(("kind", "body"), FORMS)
def test_keys_are_those_that_cdxj_indexer_makes(kind: str, body: bytes) -> None:
    _, theirs = append_method_query("POST", kind, len(body), BytesIO(body), URL)
    assert whole(URL, query(posting(body, kind))) == URL + theirs


def test_each_page_of_a_posted_list_has_a_history_of_its_own(tmp_path: Path) -> None:
    folder, _ = archive(tmp_path)
    load(folder)
    assert rows(folder, "SELECT url, visits, changes FROM pages ORDER BY url") == [
        (URL, 2, 0), (URL + "&__wb_method=POST&page=1", 2, 0), (URL + "&__wb_method=POST&page=2", 2, 0)]


def test_a_posted_page_is_not_visited_by_its_address(tmp_path: Path) -> None:
    folder, places = archive(tmp_path)
    assert [is_page(read_at(folder, place).url) for place in places[:3]] == [False, False, True]
    assert asked(read_at(folder, places[0]).url) == URL


def test_the_archive_verifies_with_its_rows_and_the_index_made_anew_is_the_same(tmp_path: Path) -> None:
    folder, _ = archive(tmp_path)
    load(folder)
    assert list(verify(folder, Summary())) == []
    assert rows(folder, "SELECT count(*) FROM captures") == [(6,)]
    before = [(one.address, one.id) for one in index.entries(folder)]
    index.rebuild(folder)
    assert [(one.address, one.id) for one in index.entries(folder)] == before


def test_index_lines_have_the_keys_that_cdxj_indexer_gives(tmp_path: Path) -> None:
    folder, _ = archive(tmp_path)
    theirs = subprocess.run([Path(sys.executable).with_name("cdxj-indexer"), "--post-append", *folder.files()],
                            capture_output=True, text=True, check=True).stdout.splitlines()
    ours = [line.split(" ", 2) for line in index.path(folder).read_text().splitlines()]
    first = [key for key, _, rest in ours if json.loads(rest)["type"] == "response"]  # it leaves revisits' forms out
    assert first == [line.split(" ", 1)[0] for line in theirs if "warc/revisit" not in line]
    told = [json.loads(rest) for *_, rest in ours]
    assert sum(t.get("method") == "POST" and t["requestBody"] == "page=2" for t in told) == 2


def test_a_304_for_a_page_does_not_stand_for_what_was_posted_there(tmp_path: Path) -> None:
    page, posted = response(b"<html>a</html>"), response(b"<html>b</html>")
    asked, unchanged = b'GET / HTTP/1.1\r\nIf-None-Match: "a"\r\n\r\n', b"HTTP/1.1 304 Not Modified\r\n\r\n"
    folder, places = written(tmp_path, exchange(URL, page), exchange(URL, posted, days=1, request=posting(b"p=1")),
                             exchange(URL, unchanged, days=2, request=asked, etag='"a"'))
    first, _, last = (read_at(folder, place) for place in places)
    assert last.refers_to == first.id
