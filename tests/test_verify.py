"""`scrapy verify` is silent on a good archive and finds each of the faults seeded here."""

import gzip
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from archive import index
from archive.folder import Folder
from archive.members import member
from archive.model import Fault
from archive.verify import Summary, line, verify
from archive.warc import Writer, captures
from tests.exchanges import chunked, exchange, failed, response, zipped

URL = "http://www.example.gov.cn/"
BODY = b"<html>" + bytes(range(256)) * 20 + b"</html>"


def archive(root: Path) -> Folder:
    """Two runs: responses, revisits of both kinds, a failed fetch, notes; and rows as a load makes them."""
    folder = Folder(root)
    with Writer(folder, "run-1", {}) as writer:
        writer.note("run", "run-1", {"started": "2026-01-02T03:04:05Z"})
        writer.write(exchange(URL + "a", chunked(zipped(BODY), 99, 'ETag: "1"', "Content-Encoding: gzip")))
        writer.write(exchange(URL + "b", response(BODY)))
        writer.write(failed(URL + "c", "dns: no such host"))
    with Writer(folder, "run-2", {}) as writer:
        writer.write(exchange(URL + "d", response(BODY), 1))
        writer.write(exchange(URL + "a", response(b"", status="304 Not Modified"), 2, etag='"1"'))
    with closing(sqlite3.connect(folder.database)) as db, db:
        db.executescript("""
            CREATE TABLE captures (id TEXT PRIMARY KEY, url, payload_digest, warc_file, warc_offset, warc_length);
            CREATE TABLE reports (id INTEGER PRIMARY KEY, capture_id, url, title);
            CREATE TABLE cells (report_id INTEGER);
            CREATE TABLE parts (report_id INTEGER, capture_id);
            CREATE TABLE warc_files (name TEXT PRIMARY KEY);
            INSERT INTO warc_files VALUES ('run-1-00001.warc.gz'), ('run-2-00001.warc.gz');
        """)
        for path in folder.files():
            for c in captures(path):
                place = c.location
                row = (c.id, c.url, c.payload_digest, place.warc_file, place.offset, place.length)
                db.execute("INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?)", row)
    return folder


def members(path: Path) -> list[bytes]:
    """The records of a file, decompressed."""
    data, end, found = path.read_bytes(), 0, []
    while (after := member(BytesIO(data), end)) is not None and end < len(data):
        found.append(gzip.decompress(data[end:after]))
        end = after
    return found


def rewritten(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Puts changed records in place of the old ones, and an index that fits them."""
    folder = Folder(path.parent.parent)
    path.write_bytes(b"".join(map(zipped, change(members(path)))))
    folder.database.unlink()
    index.rebuild(folder)


def swap(number: int, old: bytes, new: bytes, file: int = 0) -> Callable[[Folder], None]:
    """Exchanges bytes within one record of one file."""
    def seed(folder: Folder) -> None:
        def change(records: list[bytes]) -> list[bytes]:
            assert old in records[number]
            return [r.replace(old, new, 1) if i == number else r for i, r in enumerate(records)]

        rewritten(folder.files()[file], change)

    return seed


def drop(number: int, file: int = 0) -> Callable[[Folder], None]:
    """Leaves one record out."""
    def seed(folder: Folder) -> None:
        rewritten(folder.files()[file], lambda records: records[:number] + records[number + 1:])

    return seed


def flip(folder: Folder) -> None:
    path = folder.files()[0]
    data = bytearray(path.read_bytes())
    place = next(captures(path)).location
    data[place.offset + place.length // 2] ^= 0x10
    path.write_bytes(data)


def tail(folder: Folder) -> None:
    path = folder.files()[-1]
    path.write_bytes(path.read_bytes()[:-9])


def insert(folder: Folder) -> None:
    path = folder.files()[0]
    place = next(captures(path)).location
    data = path.read_bytes()
    path.write_bytes(data[:place.offset] + b"not a record" + data[place.offset:])


def one_member(folder: Folder) -> None:
    path = folder.files()[0]
    path.write_bytes(zipped(b"".join(members(path))))


def twice(folder: Folder) -> None:
    rewritten(folder.files()[0], lambda records: [*records, *records[2:5]])


def digest_of_chunks(folder: Folder) -> None:
    """As warcio computes it."""
    from archive.digests import digest

    def change(records: list[bytes]) -> list[bytes]:
        body = records[2].split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")
        wrong = f"WARC-Payload-Digest: {digest([body])}".encode()
        return [re.sub(rb"WARC-Payload-Digest: \S+", wrong, r, count=1) if i == 2 else r for i, r in enumerate(records)]

    rewritten(folder.files()[0], change)


def lines(change: Callable[[list[str]], list[str]]) -> Callable[[Folder], None]:
    """Changes the index."""
    def seed(folder: Folder) -> None:
        path = index.path(folder)
        path.write_text("".join(change(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")

    return seed


def sql(statement: str) -> Callable[[Folder], None]:
    """Changes the database."""
    def seed(folder: Folder) -> None:
        with closing(sqlite3.connect(folder.database)) as db, db:
            db.execute(statement)

    return seed


def left_open(folder: Folder) -> None:
    (folder.warc / "run-3-00001.warc.gz.open").write_bytes(zipped(b"WARC/1.1\r\n"))


def renamed(folder: Folder) -> None:
    folder.files()[0].rename(folder.warc / "other.warc.gz")
    index.rebuild(folder)
    folder.database.unlink()


STRAY = "INSERT INTO captures VALUES ('urn:uuid:0', 'http://x.cn/', '', 'run-1-00001.warc.gz', 99, 9)"
SEEDS: list[tuple[Callable[[Folder], object], str, str]] = [
    (flip, "unreadable", "bytes skipped"),
    (tail, "torn", "the file ends within this record"),
    (insert, "unreadable", "12 bytes skipped"),
    (one_member, "member_shared", "several records in one gzip member"),
    (swap(2, b"\r\n\r\nHTTP/1.1 200", b"\r\n\r\nHTTP/1.1 203"), "block_digest", "but the bytes give"),
    (swap(5, b"WARC-Payload-Digest: sha1:", b"WARC-Payload-Digest: md5:"), "payload_digest", "but the bytes give"),
    (digest_of_chunks, "payload_digest", "that of the body with its chunk framing"),
    (swap(2, b"Content-Length: ", b"Content-Length: 1"), "unreadable", "bytes skipped"),
    (swap(3, b"WARC-Record-ID", b"WARC-Record-No"), "header_missing", "WARC-Record-ID is missing"),
    (swap(3, b"WARC-Date: 2026-01-02", b"WARC-Date: 2. 1. 2026"), "date_invalid", "no date of WARC/1.1"),
    (swap(3, b"WARC-Type: request", b"WARC-Type: rubbish"), "type_unknown", "'rubbish'"),
    (swap(1, b"\r\n\r\n{", b"\r\n\r\n["), "note_broken", "urn:nianbao:run:run-1 holds no JSON"),
    (twice, "id_twice", "is used before"),
    (drop(4), "facts_missing", "no metadata record follows urn:uuid:"),
    (drop(2), "concurrent_unknown", "which does not come before it"),
    (drop(5), "revisit_target", "which is not in the archive"),
    (swap(1, b"WARC-Refers-To-Date", b"WARC-Refers-To-Time", 1), "revisit_headers", "WARC-Refers-To-Date is missing"),
    (swap(1, b"WARC-Refers-To: <urn:", b"WARC-Refers-To: <xyz:", 1), "revisit_target", "refers to xyz:uuid:"),
    (swap(1, b"WARC-Payload-Digest: sha1:", b"WARC-Payload-Digest: sha1:A", 1), "revisit_digest", "says otherwise"),
    (left_open, "file_open", "the next crawl finishes it"),
    (renamed, "file_name", "the file was written as 'run-1-00001.warc.gz'"),
    (lambda folder: index.path(folder).unlink(), "index_missing", "there is no index"),
    (lines(lambda ls: ls[1:]), "index_line_missing", "no index line for http://www.example.gov.cn/a"),
    (lines(lambda ls: [*ls, ls[-1].replace('"offset": "', '"offset": "9')]), "index_line_stray", "no record starts"),
    (lines(lambda ls: [ls[0].replace('"200"', '"500"'), *ls[1:]]), "index_line_wrong", "differs from the record"),
    (lines(lambda ls: ls[::-1]), "index_order", "out of order"),
    (lines(lambda ls: [*ls, "cut off"]), "index_line", "not a line of an index: b'cut off'"),
    (sql(STRAY), "row_without_record", "row urn:uuid:0 (http://x.cn/): no such record"),
    (sql("DELETE FROM captures WHERE url LIKE '%/b'"), "record_without_row", "no row of it"),
    (sql("UPDATE captures SET warc_offset = 1 WHERE url LIKE '%/b'"), "row_place_wrong", "but the record is at"),
    (sql("UPDATE captures SET payload_digest = 'sha1:X' WHERE url LIKE '%/b'"), "row_differs", "digest is not what"),
    (sql("INSERT INTO reports VALUES (1, 'urn:uuid:0', '', '')"), "report_without_capture", "names urn:uuid:0"),
    (sql("INSERT INTO parts VALUES (7, 'urn:uuid:none')"), "part_without_capture", "row 7 names urn:uuid:none"),
    (sql("INSERT INTO cells VALUES (77)"), "cell_without_report", "row 77 is gone"),
    (lambda folder: folder.database.write_bytes(b"no database" * 99), "database_unreadable", "scrapy load --rebuild"),
]


def test_a_good_archive_has_no_fault(tmp_path: Path) -> None:
    summary = Summary()
    assert [line(fault) for fault in verify(archive(tmp_path), summary)] == []
    assert str(summary) == "2 files, 17 records, 5 captures, 3 index lines, 5 rows; no faults"


@pytest.mark.parametrize(("seed", "code", "words"), SEEDS, ids=[f"{i}-{code}" for i, (_, code, _) in enumerate(SEEDS)])
def test_each_seeded_fault_is_found(tmp_path: Path, seed: Callable[[Folder], object], code: str, words: str) -> None:
    folder = archive(tmp_path)
    seed(folder)
    found = [fault for fault in verify(folder, Summary()) if fault.code == code]
    assert found and any(words in fault.detail for fault in found), [line(f) for f in verify(folder, Summary())]


def test_the_faults_are_those_of_the_record_that_is_broken(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    place = next(captures(folder.files()[0])).location
    swap(2, b"\r\n\r\nHTTP/1.1 200", b"\r\n\r\nHTTP/1.1 203")(folder)
    [fault] = verify(folder, Summary())
    assert isinstance(fault, Fault) and fault.location.offset == place.offset


def command(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "scrapy", *args], capture_output=True, text=True, check=False)


def test_the_command_prints_a_line_a_fault_and_a_summary(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    good = command("verify", "-s", f"DATA={tmp_path}")
    assert (good.returncode, good.stdout.count("\n"), good.stderr) == (0, 1, "")
    tail(folder)
    bad = command("verify", "-s", f"DATA={tmp_path}")
    *faults, summary = bad.stdout.splitlines()
    assert bad.returncode == 1 and len(faults) == 1 and summary.endswith("; 1 fault")
    assert re.match(r"run-2-00001\.warc\.gz:\d+: torn: the file ends within this record", faults[0])
    none = command("verify", "-s", f"DATA={tmp_path / 'absent'}")
    assert (none.returncode, none.stdout) == (2, "") and none.stderr.startswith("no archive at ")
