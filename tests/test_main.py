"""The main job as a user sees it: crawl, archive, rows, rebuild, crawl again; and what mistakes are answered with."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.connection import read_only
from archive.folder import Folder
from archive.model import Capture
from archive.warc import captures
from tests.archives import query
from tests.conftest import HERE, scrapy

pytestmark = pytest.mark.xdist_group("sample")
TRUTH = json.loads((HERE / "tests" / "sample_truth.json").read_text(encoding="utf-8"))
HOME = "http://127.0.0.1:48230"


def dump(data: Path) -> list[str]:
    """The database as SQL, but for the full-text index's inner tables."""
    with read_only(data / "reports.db") as db:
        return sorted(line for line in db.iterdump() if "_fts" not in line)


def archived(data: Path) -> Iterator[Capture]:
    """Every capture of the archive, read without the database."""
    for path in Folder(data).files():
        yield from captures(path)


def test_every_sample_report_and_no_decoy_is_in_the_database(sample_data: Path) -> None:
    found = {url for url, in query(sample_data, "SELECT url FROM reports")}
    assert found == {HOME + report["path"] for report in TRUTH["reports"]}


@pytest.mark.parametrize("report", TRUTH["reports"], ids=lambda r: r["path"].rsplit("/", 1)[-1])
def test_a_report_has_every_cell_as_printed(sample_data: Path, report: dict[str, Any]) -> None:
    (number, issuer, region, year, edition), = query(
        sample_data, "SELECT id, issuer, region_code, report_year, edition FROM reports WHERE url = ?",
        HOME + str(report["path"]))
    assert (issuer, region, year, edition) == tuple(
        report[k] for k in ("issuer", "region_code", "report_year", "edition"))
    cells = {"/".join(keys): value for *keys, value in query(
        sample_data, "SELECT table_key, row_key, column_key, value FROM cells WHERE report_id = ?", number)}
    truth: dict[str, str] = report["cells"]
    read = {k: cells.get(k, "no such cell") for k in truth}
    assert {k: (v, read[k]) for k, v in truth.items() if not _same(v, read[k])} == {}
    assert len(truth) in (198, 200)


def _same(truth: str, value: object) -> bool:
    return value is None if truth in ("", "MISSING") else value is not None and Decimal(truth) == Decimal(str(value))


def test_every_cell_leads_back_to_archived_bytes(sample_data: Path) -> None:
    whole = {c.id: c for c in archived(sample_data)}
    for capture, name, offset in query(sample_data, "SELECT c.id, warc_file, warc_offset FROM cells "
                                      "JOIN reports r ON r.id = report_id JOIN captures c ON c.id = capture_id "
                                      "GROUP BY c.id"):
        place = whole[str(capture)].location
        assert (place.warc_file, place.offset) == (name, offset)
        assert whole[str(capture)].fidelity == "wire"


def test_rows_made_while_crawling_equal_rows_made_from_the_archive(sample_data: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_data / "warc", tmp_path / "warc")
    dumps = [dump(sample_data)]
    for workers in ("1", "2"):
        done = scrapy("load", "--rebuild", "--workers", workers, "-s", f"DATA={tmp_path}")
        assert done.returncode == 0, done.stderr
        dumps.append(dump(tmp_path))
    assert dumps[0] == dumps[1] == dumps[2]


def test_a_second_run_is_a_recrawl_that_changes_no_report(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    before = query(data, "SELECT * FROM cells ORDER BY 1, 2, 3, 4")
    first = len(list(archived(data)))
    quiet = scrapy("crawl", "portals", "-s", f"DATA={data}")
    assert quiet.returncode == 0, quiet.stderr
    assert "sample: ok: 10 reports in 0 requests" in quiet.stdout and "next: `make browse`" in quiet.stdout
    assert len(list(archived(data))) == first
    assert quiet.stderr == ""
    done = scrapy("crawl", "portals", "-a", "due=all", "-s", f"DATA={data}")
    assert done.returncode == 0, done.stderr
    again = list(archived(data))[first:]
    assert {c.status for c in again if c.facts.reason != "robots"} == {304}
    assert {c.record_type for c in again} == {"revisit"}
    assert query(data, "SELECT * FROM cells ORDER BY 1, 2, 3, 4") == before
    outcomes = query(data, "SELECT DISTINCT outcome FROM captures WHERE reason = 'forced'")
    assert outcomes == [("not_modified",)]
    assert scrapy("verify", "-s", f"DATA={data}").returncode == 0


MISTAKES = [
    (["crawl", "portals", "-a", "portals=no-such-portal"], "no portal 'no-such-portal'"),
    (["crawl", "portals", "-a", "portals=missing.toml"], "cannot read portal file missing.toml"),
    (["crawl", "portals", "-a", "colour=red"], "unknown argument -a colour="),
    (["crawl", "portals", "-a", "due=some"], "due=some is not understood"),
    (["crawl", "portals", "-a", "since=soon"], "since=soon is no date"),
    (["crawl", "portals", "-a", "years=2023-2019"], "years=2023-2019 is not understood"),
    (["crawl", "portals", "-a", "portals"], "Invalid -a value"),
    (["crawl", "nothing"], "there is one spider here"),
    (["load", "missing.warc.gz"], "missing.warc.gz"),
    (["load", "README.md"], "README.md is no WARC file"),
    (["load", "--workers", "many"], "many"),
    (["load", "--frobnicate"], "frobnicate"),
    (["verify", "--frobnicate"], "frobnicate"),
    (["browse"], "scrapy crawl portals"),
    (["portals", "--check", "missing.toml"], "missing.toml"),
]


@pytest.mark.parametrize(("arguments", "named"), MISTAKES, ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_a_mistake_gets_one_clear_line_and_status_2(tmp_path: Path, arguments: list[str], named: str) -> None:
    done = scrapy(*arguments, "-s", f"DATA={tmp_path / 'data'}")
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "data" / "warc").exists()


def test_rubbish_in_files_is_told_and_the_other_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "rubbish.html").write_bytes(random.Random(1).randbytes(20_000))
    (tmp_path / "empty.html").write_bytes(b"")
    page = HERE / "crawler/sample/site/zfxxgk/zfxxgknb/2023n/202401/t20240116_1006.html"
    done = subprocess.run([sys.executable, "-m", "parsers", tmp_path / "rubbish.html", tmp_path / "absent.html",
                           tmp_path / "empty.html", page], cwd=HERE, capture_output=True, text=True, timeout=60)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["is_report"] for r in read] == [False, False, True]
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "absent.html" in line] == done.stderr.splitlines()


def test_a_portal_that_does_not_answer_fails_the_run_and_is_recorded(tmp_path: Path) -> None:
    (tmp_path / "dead.toml").write_text('[[portal]]\nid = "dead"\nname = "无应答"\nregion = "620700"\nlevel = "city"\n'
                                        'home = "http://127.0.0.1:9/"\nhosts = ["127.0.0.1:9"]\ndelay = 0.0\n')
    done = scrapy("crawl", "portals", "-a", f"portals={tmp_path / 'dead.toml'}", "-s", f"DATA={tmp_path / 'data'}")
    assert done.returncode == 1
    assert "dead: FAILED (no answer" in done.stdout and "Traceback" not in done.stderr
    (reach,), = query(tmp_path / "data", "SELECT reach FROM portals")
    assert reach not in (None, "", "ok")
    assert query(tmp_path / "data", "SELECT DISTINCT outcome FROM captures") == [("failed",)]
