"""The clock of a run, and that made-up dates never come among real captures."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from archive.fields import fields
from archive.folder import Folder
from archive.stream import OPEN, Raw, raws
from archive.warc import Writer
from crawler.clock import check, clock
from parsers.errors import NianbaoError
from tests.archives import crawl
from tests.driven import ROOT

NOW = {"NOW": "2031-01-02T03:04:05Z"}


def archive(folder: Folder, clock: str = "") -> Folder:
    """DATA with one run in it."""
    with crawl(folder, "2024-01-31", info={"clock": clock}) as run:
        run.fetch("/1.html", b"a page")
    return folder


def test_a_run_starts_at_the_moment_that_it_is_told() -> None:
    assert clock(Settings(NOW))().isoformat().startswith("2031-01-02T03:")
    with pytest.raises(NianbaoError, match="NOW=soon is no moment"):
        clock(Settings({"NOW": "soon"}))


def test_an_archive_keeps_to_the_clock_that_it_was_begun_with(tmp_path: Path) -> None:
    new, real, driven = Folder(tmp_path), archive(Folder(tmp_path / "a")), archive(Folder(tmp_path / "b"), "driven")
    for folder, settings in ((new, {}), (new, NOW), (real, {}), (driven, NOW)):
        check(Settings(settings), folder)
    with pytest.raises(NianbaoError, match="holds real captures"):
        check(Settings(NOW), real)
    with pytest.raises(NianbaoError, match="was made with -s NOW="):
        check(Settings(), driven)


def test_no_run_begins_before_the_latest_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with Writer(folder, "run", {"clock": "driven"}, now=lambda: datetime(2040, 2, 1, tzinfo=UTC)) as writer:
        writer.note("run", "run", {"started": "2040-02-01T00:00:00Z"})
    with pytest.raises(NianbaoError, match=r"begun on 2040-02-01, after today \(2031-01-02\): set the clock right"):
        check(Settings(NOW), folder)
    check(Settings({"NOW": "2040-02-01T03:00:00Z"}), folder)


def test_a_file_that_a_killed_run_left_open_counts_too(tmp_path: Path) -> None:
    folder = archive(Folder(tmp_path))
    (file,) = folder.files()
    file.rename(file.with_name(file.name + OPEN))
    with pytest.raises(NianbaoError, match="holds real captures"):
        check(Settings(NOW), folder)


def crawled(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([Path(sys.executable).with_name("scrapy"), "crawl", "portals", "-s", f"DATA={data}",
                           *arguments], cwd=ROOT, text=True, capture_output=True, timeout=120, check=False)


def test_the_command_refuses_with_one_line_and_touches_nothing(tmp_path: Path) -> None:
    folder = archive(Folder(tmp_path))
    before = {p: p.stat().st_mtime_ns for p in folder.warc.iterdir()}
    done = crawled(tmp_path, "-s", "NOW=2031-01-02T03:04:05Z")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "holds real captures" in done.stderr and "Traceback" not in done.stderr
    assert {p: p.stat().st_mtime_ns for p in folder.warc.iterdir()} == before


def test_a_driven_run_says_so_in_its_files(tmp_path: Path) -> None:
    portal = tmp_path / "portals.toml"  # one that nobody serves, which is as good here
    portal.write_text('[[portal]]\nid = "dead"\nname = "x"\nregion = "620500"\nlevel = "city"\ndelay = 0.0\n'
                      'home = "http://127.0.0.1:9/"\nhosts = ["127.0.0.1:9"]\n', encoding="utf-8")
    assert crawled(tmp_path, "-s", "NOW=2031-01-02T03:04:05Z", "-a", f"portals={portal}").returncode == 1
    (file,) = Folder(tmp_path).files()
    first = next(raws(file))
    assert isinstance(first, Raw) and fields(first.read(9999))["clock"] == "driven"
    assert "was made with -s NOW=" in crawled(tmp_path).stderr
