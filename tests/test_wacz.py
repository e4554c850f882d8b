"""The archive as a WACZ: py-wacz finds it valid, pywb serves its bytes, and a browser shows its pages."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import brotli
import pytest

from archive import database, index
from archive.folder import Folder
from archive.load import load
from archive.wacz import wacz
from archive.warc import Writer, captures
from parsers.errors import NianbaoError
from tests.archives import crawl, html, report
from tests.chromium import found as chromium
from tests.exchanges import chunked, exchange, failed, response, written, zipped

HOST = "http://www.example.gov.cn"
SCRIPT = b"fetch('data.json').then(r => r.json()).then(d => document.getElementById('x').textContent = d.text)"
INDEX = ('<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body><p id="x">…</p>'
         '<a href="/年报/2024.html">2024</a><script src="/s.js"></script></body></html>').encode()
PAGES: dict[str, bytes] = {
    "/": chunked(zipped(INDEX), 40, "Content-Encoding: gzip", 'ETag: "1"'),
    "/s.js": b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\n" + SCRIPT,
    "/data.json": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + '{"text": "受理件数减71"}'.encode(),
    "/gbk.html": b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n" + "年度报告".encode("gbk") * 400,
    "/br.html": response(brotli.compress("压缩".encode() * 99), "Content-Encoding: br"),
    "/%E5%B9%B4%E6%8A%A5/2024.html?pageNum=2&uid=1": response("页".encode() * 3000),
    "/a.pdf": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n" + bytes(range(256)) * 50,
    "/copy.pdf": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nX: 2\r\n\r\n%PDF-1.4\n" + bytes(range(256)) * 50,
    "/gone.html": response("没有了".encode(), status="404 Not Found"),
}


def archive(root: Path) -> Folder:
    """Two runs over the same pages: the second brings revisits, a 304 and a failed fetch."""
    written(root, *(exchange(HOST + path, data) for path, data in PAGES.items()))
    folder, _ = written(root, exchange(HOST + "/", response(b"", status="304 Not Modified"), 30, etag='"1"'),
                        exchange(HOST + "/gbk.html", PAGES["/gbk.html"], 30), failed(HOST + "/x", "timeout: 45 s"),
                        run="run-2")
    return folder


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Path]:
    """An archive and its WACZ."""
    root = tmp_path_factory.mktemp("wacz")
    folder, out = archive(root / "data"), root / "out.wacz"
    wacz(folder, out)
    return folder, out


def tool(name: str, *args: str, cwd: Path | None = None) -> str:
    """Runs a program that was installed beside Python."""
    done = subprocess.run([str(Path(sys.executable).with_name(name)), *args], capture_output=True, text=True, cwd=cwd,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_py_wacz_finds_it_valid(packed: tuple[Folder, Path]) -> None:
    assert "the passed WACZ is valid" in tool("wacz", "validate", "-f", str(packed[1]))


def test_it_holds_the_files_as_they_are_and_their_digests(packed: tuple[Folder, Path]) -> None:
    folder, out = packed
    with zipfile.ZipFile(out) as package:
        assert {i.compress_type for i in package.infolist()} == {zipfile.ZIP_STORED}
        for path in folder.files():
            assert package.read(f"archive/{path.name}") == path.read_bytes()
        told = json.loads(package.read("datapackage.json"))
        for resource in told["resources"]:
            data = package.read(resource["path"])
            assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()][1:]
    html = {path for path in PAGES if path == "/" or (".html" in path and "gone" not in path)}
    assert {page["url"] for page in pages} == {HOST + path for path in html}


def test_the_database_made_from_it_equals_the_archives_own(tmp_path: Path) -> None:
    folder, copy = Folder(tmp_path / "data"), Folder(tmp_path / "copy")
    page = html(report(1, 2021))
    for day in ("2022-02-01", "2022-03-01"):
        with crawl(folder, day) as run:
            run.fetch("/", response(b"home"))
            run.fetch("/1.html", page, via="/", anchor="2021年年报")
            run.fetch("/2.html", error="dns: no such host")
    load(folder)
    wacz(folder, tmp_path / "o.wacz")
    with zipfile.ZipFile(tmp_path / "o.wacz") as package:
        package.extractall(tmp_path)
    (tmp_path / "copy").mkdir()
    (tmp_path / "archive").rename(copy.warc)
    load(copy)
    rows = list(database.dump(folder.database))
    assert sum(row.startswith('["cells", ') for row in rows) > 50
    assert list(database.dump(copy.database)) == rows


def test_a_large_archive_is_packed_in_little_memory(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with Writer(folder, "run-1", {}) as writer:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        for number in range(4):
            writer.write(exchange(f"{HOST}/{number}", BytesIO(head + os.urandom(20_000_000))))
    code = ("import resource, sys\nfrom pathlib import Path\nfrom archive.folder import Folder\n"
            "from archive.wacz import wacz\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "wacz(Folder(Path(sys.argv[1])), Path(sys.argv[1]) / 'o.wacz')\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 15_000, "KB"


def test_what_cannot_be_packed_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="crawl first"):
        wacz(Folder(tmp_path), tmp_path / "o.wacz")
    folder = archive(tmp_path)
    with pytest.raises(NianbaoError, match="cannot write"):
        wacz(folder, tmp_path / "absent" / "o.wacz")
    (folder.warc / "x.warc.gz.open").write_bytes(b"")
    with pytest.raises(NianbaoError, match="not finished"):
        wacz(folder, tmp_path / "o.wacz")


@pytest.fixture(scope="module")
def replay(packed: tuple[Folder, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running pywb with two collections: the WACZ as pywb takes it in, and the archive with our own index."""
    folder, out = packed
    root = tmp_path_factory.mktemp("pywb")
    (root / "config.yaml").write_text("framed_replay: false\n")
    tool("wb-manager", "init", "wacz", cwd=root)
    tool("wb-manager", "add", "--unpack-wacz", "wacz", str(out), cwd=root)
    shutil.copytree(folder.warc, root / "collections/data/archive")
    (root / "collections/data/indexes").mkdir()
    shutil.copy(index.path(folder), root / "collections/data/indexes/index.cdxj")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (root / "log").open("wb") as log:
        server = subprocess.Popen([str(Path(sys.executable).with_name("wayback")), "-b", "127.0.0.1", "-p", str(port)],
                                  cwd=root, stdout=log, stderr=log)
        try:
            _await(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("pywb did not start in 30 s")


def answer(url: str) -> tuple[int, bytes]:
    """Status and body."""
    try:
        with urlopen(url, timeout=20) as response:
            return response.status, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize("collection", ["wacz", "data"])
def test_pywb_serves_the_same_bytes(packed: tuple[Folder, Path], replay: str, collection: str) -> None:
    served = 0
    for path in packed[0].files():
        for capture in captures(path):
            if capture.status in (200, 404):
                when = capture.fetched_at.strftime("%Y%m%d%H%M%S")
                assert answer(f"{replay}/{collection}/{when}id_/{capture.url}") == (capture.status, capture.body)
                served += 1
    assert served == len(PAGES) + 1


def test_pywb_answers_a_date_near_a_304_with_the_page(replay: str) -> None:
    assert answer(f"{replay}/wacz/20260201030405id_/{HOST}/") == (200, INDEX)


def test_a_page_is_shown_in_chromium(replay: str, tmp_path: Path) -> None:
    browser = chromium()
    assert browser, "the tests need a Chromium"
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom",
         "--virtual-time-budget=15000", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
         f"{replay}/wacz/20260102030405mp_/{HOST}/"], capture_output=True, text=True, timeout=120, check=False)
    assert '<p id="x">受理件数减71</p>' in done.stdout, done.stderr[-2000:]
    assert "<title>政府信息公开年报</title>" in done.stdout
