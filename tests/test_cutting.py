"""`scrapy golden`: a capture of a real crawl becomes a golden, with the bytes that went over the wire."""

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.golden import expected
from archive.warc import captures
from crawler.commands.golden import golden
from crawler.sample import SITE
from parsers.errors import NianbaoError
from parsers.model import Source
from tests.archives import query
from tests.conftest import HERE, scrapy
from tests.test_capture import chunked, plain
from tests.wire import Answer, serving

PAGE = (SITE / "zfxxgk/zfxxgknb/2021n/202201/t20220114_1008.html").read_bytes()
HTML = b"Content-Type: text/html; charset=utf-8"
SENT = chunked(gzip.compress(PAGE, mtime=0), 700, HTML, b"Content-Encoding: gzip", extension=b";part")
HOME = ("<html><head><title>样例</title></head><body><a href='/zfxxgk/2021.html'>"
        "张掖市甘州区样本镇人民政府2021年政府信息公开工作年度报告</a></body></html>").encode()
PORTAL = '[[portal]]\nid = "cut"\nname = "样例"\nregion = "620702"\nlevel = "town"\nhome = "{0}/"\nhosts = ["{1}"]\n'


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """DATA after a crawl of a portal that answers in chunks of gzip."""
    data = tmp_path_factory.mktemp("packed")
    with serving({"/": Answer((plain(HOME, HTML),)), "/zfxxgk/2021.html": Answer((SENT,))}) as wire:
        toml = data / "portals.toml"
        toml.write_text(PORTAL.format(wire.url, wire.url.removeprefix("http://")) + "delay = 0.0\n", "utf-8")
        done = scrapy("crawl", "portals", "-a", f"portals={toml}", "-s", f"DATA={data}")
    assert done.returncode == 0, done.stderr
    yield data


def cut(data: Path, address: str, folder: Path, name: str = "cut") -> "subprocess.CompletedProcess[str]":
    """The command as a user gives it, in a project folder of its own."""
    shutil.copy(HERE / "scrapy.cfg", folder)
    (record, warc), = query(data, "SELECT id, warc_file FROM captures WHERE url LIKE ?", f"%{address}")
    return subprocess.run([sys.executable, "-m", "scrapy", "golden", str(data / "warc" / warc), record, name],
                          cwd=folder, capture_output=True, text=True, timeout=60,
                          env=os.environ | {"PYTHONPATH": str(HERE), "PYTHONWARNINGS": ""})


def test_a_capture_in_chunks_of_gzip_is_kept_as_it_came_and_read_as_its_page(packed: Path, tmp_path: Path) -> None:
    done = cut(packed, "/zfxxgk/2021.html", tmp_path)
    assert done.returncode == 0, done.stderr
    golden = tmp_path / "tests/golden/cut"
    assert SENT in (golden / "capture.warc").read_bytes()
    (capture,) = captures(golden / "capture.warc")
    assert (capture.body, capture.facts.portal_id) == (PAGE, "cut")
    told = (golden / "report.json").read_text("utf-8")
    assert told == expected(capture.source) == expected(Source(PAGE, capture.url, "text/html; charset=utf-8"))
    assert '"edition": "2021"' in told and told.count('"table": "requests"') == 175


@pytest.mark.xdist_group("sample")
def test_a_capture_of_the_sample_portal_is_cut_with_its_request_and_facts(sample_data: Path, tmp_path: Path) -> None:
    done = cut(sample_data, "t20240116_1006.html", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "tests/golden/cut" in done.stdout
    kept = (tmp_path / "tests/golden/cut/capture.warc").read_bytes()
    assert [kept.count(f"WARC-Type: {kind}\r\n".encode()) for kind in ("response", "request", "metadata")] == [1, 1, 1]
    assert (SITE / "zfxxgk/zfxxgknb/2023n/202401/t20240116_1006.html").read_bytes() in kept


def test_mistakes_are_told_in_a_line(packed: Path, tmp_path: Path) -> None:
    assert cut(packed, "/zfxxgk/2021.html", tmp_path).returncode == 0
    again = cut(packed, "/zfxxgk/2021.html", tmp_path)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1), again.stderr
    warc = next((packed / "warc").iterdir())
    for name in ("../cut", ".cut", "a/b"):
        with pytest.raises(NianbaoError, match="no name for a folder"):
            golden(warc, "x", name, tmp_path)
    with pytest.raises(NianbaoError, match="urn:uuid:none"):
        golden(warc, "urn:uuid:none", "new", tmp_path)
    with pytest.raises(NianbaoError, match=r"no\.warc"):
        golden(tmp_path / "no.warc", "x", "new", tmp_path)
    assert not list(tmp_path.glob("new*"))
