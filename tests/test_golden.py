"""Goldens: captures cut out of archives, and what is read in them."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.golden import cut
from archive.warc import captures
from crawler.commands.golden import golden, told
from parsers.errors import NianbaoError
from tests.exchanges import PAGE, chunked, exchange, failed, response, seen, written

GOLDENS = sorted(Path(__file__).with_name("golden").glob("*/capture.warc"))
URL = "http://www.example.gov.cn/2024.html"


@pytest.mark.parametrize("path", GOLDENS, ids=lambda p: p.parent.name)
def test_a_golden_is_read_as_it_was(path: Path) -> None:
    assert told(next(captures(path))) == path.with_name("report.json").read_text("utf-8")


def test_each_kind_of_capture_can_be_cut_out(tmp_path: Path) -> None:
    first = exchange(URL, chunked(PAGE), rendered="<p>年报</p>")
    folder, _ = written(tmp_path, first, exchange(URL + "?2", response(), 1), failed(URL + "?3", "dns: no"))
    [path] = folder.files()
    for capture in captures(path):
        (alone := tmp_path / "alone.warc").write_bytes(cut(path, capture.id.removeprefix("urn:uuid:")))
        again = next(captures(alone))
        assert (again.id, again.body, again.rendered, again.facts) == (
            capture.id, capture.body, capture.rendered, capture.facts)
    assert [kind for kind, _, _ in seen(alone)] == ["metadata", "request"]


def test_a_golden_is_a_folder_with_capture_and_report(tmp_path: Path) -> None:
    folder, _ = written(tmp_path, exchange(URL))
    [capture] = captures(folder.files()[0])
    place = golden(folder.files()[0], capture.id, "tianshui-2024-plain", tmp_path / "golden")
    assert sorted(p.name for p in place.iterdir()) == ["capture.warc", "report.json"]
    assert (place / "capture.warc").read_bytes().startswith(b"WARC/1.1\r\nWARC-Type: response")
    assert (place / "report.json").read_text("utf-8").startswith('[\n{"source": "http://www.example.gov.cn/2024.html"')
    with pytest.raises(NianbaoError, match="cannot write"):
        golden(folder.files()[0], capture.id, "tianshui-2024-plain", tmp_path / "golden")
    with pytest.raises(NianbaoError, match="no record urn:uuid:0"):
        golden(folder.files()[0], "urn:uuid:0", "other", tmp_path / "golden")
    with pytest.raises(NianbaoError, match="is no name for a folder"):
        golden(folder.files()[0], capture.id, "../other", tmp_path / "golden")


def test_the_command_tells_what_it_needs() -> None:
    command = [sys.executable, "-m", "scrapy", "golden", "x.warc"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith("name file, record and golden")
