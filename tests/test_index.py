"""The index: written with the records, the same when it is made anew, and what other tools can search."""

import json
import shutil
from pathlib import Path

import pytest
from surt import surt as theirs

from archive import index
from archive.folder import Folder
from archive.surts import surt
from archive.warc import Writer, captures, read_at
from tests.exchanges import PAGE, chunked, exchange, failed, response, written

URL = "http://www.example.gov.cn/a"
URLS = [
    "http://www.gov.cn/", "http://127.0.0.1:8080/A/b.html?Z=1&a=2#f", "http://www2.x.gov.cn/a/", "http://x.cn?b&a=",
    "https://x.cn:443/%E5%B9%B4?", "http://x.cn/年报.html", "http://x.cn:80", "http://x.cn/a b", "http://x.cn/?",
    "http://x.cn/a?x=%E5&Y=+", "http://x.cn./a", "https://zwgk.x.gov.cn:8443/col/col1229266680/index.html?uid=1&pageNum=2",
    "http://x.cn/zwgk/xxgknb/202401/t20240115_1.html", "urn:nianbao:run:1",
    "http://x.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",
]


@pytest.mark.parametrize("url", URLS)
def test_urls_are_keyed_as_other_indexes_key_them(url: str) -> None:
    assert surt(url) == theirs(url)


def lines(folder: Folder) -> list[str]:
    return index.path(folder).read_text("utf-8").splitlines()


def told(folder: Folder) -> list[dict[str, str]]:
    """The lines' JSON, without the hint that only the writer gives."""
    return [json.loads(line.split(" ", 2)[2]) | {"refersToAt": ""} for line in lines(folder)]


def archive(root: Path) -> Folder:
    """Two runs with all kinds of records."""
    written(root, exchange(data=chunked(PAGE, 9, 'ETag: "1"')), failed(URL + "x", "dns: no such host"),
            exchange("http://a.example.gov.cn/", response(b"home"), 1))
    folder, _ = written(root, exchange(URL + "2", days=2), exchange(data=response(b"cut"), days=3, truncated="time"),
                        exchange(data=response(b"", status="304 Not Modified"), days=4, etag='"1"'), run="run-2")
    return folder


def test_lines_are_sorted_and_lead_to_the_records(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    assert lines(folder) == sorted(lines(folder))
    assert [line.split(" ")[1] for line in lines(folder)][:2] == ["20260102030405", "20260105030405"]
    for found in index.entries(folder):
        capture = read_at(folder, found.location)
        assert (capture.id, capture.url, capture.payload_digest) == (found.id, found.url, found.payload_digest)
        assert capture.location == found.location
    assert len(lines(folder)) == 4, "failed fetches and 304s have no line"


def test_an_index_made_anew_says_the_same(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    before = told(folder)
    index.path(folder).unlink()
    index.rebuild(folder)
    assert told(folder) == before


def test_the_next_run_mends_an_index_that_lost_lines_or_its_file(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    whole = told(folder)
    text = index.path(folder).read_text("utf-8")
    first = "".join(line + "\n" for line in text.splitlines() if '"filename": "run-1' in line)
    for broken in ("", "rubbish\n", text[:50], first):
        index.path(folder).write_text(broken, "utf-8")
        with Writer(folder, "run-3", {}):
            pass
        assert told(folder) == whole


def test_files_that_others_put_there_are_taken_in_and_gone_ones_forgotten(tmp_path: Path) -> None:
    ours, theirs = archive(tmp_path / "a"), archive(tmp_path / "b")
    shutil.copy(theirs.files()[0], ours.warc / "other.warc.gz")
    index.update(ours)
    assert len([e for e in index.entries(ours) if e.location.warc_file == "other.warc.gz"]) == 2
    (ours.warc / "other.warc.gz").unlink()
    index.update(ours)
    assert {e.location.warc_file for e in index.entries(ours)} == {p.name for p in ours.files()}


def test_payloads_that_others_archived_are_referred_to(tmp_path: Path) -> None:
    theirs, _ = written(tmp_path / "b", exchange("http://x.example.gov.cn/", response(b"known payload")))
    ours = Folder(tmp_path / "a")
    ours.warc.mkdir(parents=True)
    shutil.copy(theirs.files()[0], ours.warc / "other.warc.gz")
    with Writer(ours, "run-1", {}) as writer:
        found = read_at(ours, writer.write(exchange(data=chunked(b"known payload"))))
    assert found.record_type == "revisit" and found.body == b"known payload"
    assert found.refers_to == next(captures(ours.warc / "other.warc.gz")).id


def test_a_304_after_a_revisit_refers_to_the_record_that_holds_the_payload(tmp_path: Path) -> None:
    folder, [first] = written(tmp_path, exchange(data=response(b"same")))
    not_modified = response(b"", status="304 Not Modified")
    _, [second, third] = written(tmp_path, exchange(URL + "2", response(b"same", 'ETag: "n"'), 1),
                                 exchange(URL + "2", not_modified, 2, etag='"n"'), run="run-2")
    assert {read_at(folder, second).refers_to, read_at(folder, third).refers_to} == {read_at(folder, first).id}


def test_revisits_resolve_without_hint_and_index(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    index.path(folder).unlink()
    older, newer = folder.files()
    older.rename(older.with_name("renamed.warc.gz"))
    assert next(captures(newer)).body == PAGE
    (folder.warc / "renamed.warc.gz").unlink()
    lost = next(captures(newer))
    assert lost.body == b"" and lost.problems[0][0] == "revisit_unresolved"
