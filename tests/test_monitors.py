"""What is told of runs afterwards: alarms, and why an address was left alone."""

from pathlib import Path
from typing import Any

import pytest

from archive.connection import read_only
from archive.folder import Folder
from archive.load import load
from archive.monitors import alarms
from tests.archives import PORTAL, corrected, crawl, html, page, query, report

ONE = html(report(1, 2021))


def raised(folder: Folder) -> list[tuple[Any, ...]]:
    return query(folder, "SELECT substr(run_id, 5), monitor, found FROM monitors WHERE status = 'alarm' ORDER BY 1, 2")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_calm_run_raises_no_alarm(folder: Folder) -> None:
    for day in ("2022-01-10", "2022-01-11"):
        with crawl(folder, day) as run:
            run.fetch("/1.html", ONE)
    load(folder)
    assert raised(folder) == []
    assert query(folder, "SELECT DISTINCT monitor FROM monitors ORDER BY 1") == [
        ("drop",), ("empty",), ("ended",), ("unreachable",)]


def test_emptiness_and_a_drop_are_told(folder: Folder) -> None:
    for day, found in (("2022-01-10", 10), ("2022-01-11", 9), ("2022-01-12", 7), ("2022-01-13", 0)):
        with crawl(folder, day, ends="") as run:
            run.fetch("/1.html", ONE)
            run.writer.note("run", run.run, {"reason": "finished", "status": "ok", "results": {
                PORTAL: {"failed": False, "requests": 3, "reports": found}}})
    load(folder)
    assert raised(folder) == [("2022-01-12", "drop", 7), ("2022-01-13", "drop", 0), ("2022-01-13", "empty", 0)]
    with read_only(folder.database) as conn:
        assert list(alarms(conn, "run-2022-01-12")) == ["example: alarm drop: 7, limit 7.2"]


def test_a_host_that_answers_nothing_is_told(folder: Folder) -> None:
    with crawl(folder, "2022-01-10") as run:
        run.fetch("/1.html", error="timeout: no answer")
        run.fetch("/2.html", error="timeout: no answer")
        run.fetch("/3.html", ONE)
    load(folder)
    assert raised(folder) == [("2022-01-10", "unreachable", 0.667)]


def test_reports_whose_sums_fail_are_told(folder: Folder) -> None:
    with crawl(folder, "2022-01-10") as run:
        for n in range(6):
            wrong = {("requests", "received_new", "total"): "99999"} if n < 4 else {}
            run.fetch(f"/{n}.html", html(corrected(report(n, 2015 + n, edition="2021"), wrong)))
    load(folder)
    assert raised(folder) == [("2022-01-10", "failed_sums", 0.667)]


def test_runs_that_ended_early_or_were_killed_are_told(folder: Folder) -> None:
    for day, ends in (("2022-01-10", "shutdown"), ("2022-01-11", "")):
        with crawl(folder, day, ends=ends) as run:
            run.fetch("/1.html", ONE)
    load(folder)
    assert raised(folder) == [("2022-01-10", "ended", "shutdown"), ("2022-01-11", "ended", "killed")]


def test_every_address_that_a_run_left_alone_has_a_reason(folder: Folder) -> None:
    with crawl(folder, "2022-01-10") as run:
        run.fetch("/1.html", ONE)
        run.fetch("/gone.html", page("410", "<p>没有了</p>"), 410)
    with crawl(folder, "2022-01-20") as run:
        run.fetch("/new.html", ONE)
    with crawl(folder, "2023-06-20") as run:
        run.fetch("/new.html", ONE)
    load(folder)
    found = query(folder, "SELECT substr(run_id, 5), substr(url, -9), reason, due > substr(run_id, 5) FROM skips "
                         "ORDER BY 1, 2")
    assert found == [
        ("2022-01-20", "cn/1.html", "not due", 1), ("2022-01-20", "gone.html", "gone", 1),
        ("2023-06-20", "cn/1.html", "not reached", 0), ("2023-06-20", "gone.html", "not reached", 0)]


def test_a_rebuild_tells_the_same(folder: Folder) -> None:
    with crawl(folder, "2022-01-10", ends="shutdown") as run:
        run.fetch("/1.html", ONE)
    with crawl(folder, "2022-01-12") as run:
        run.fetch("/2.html", error="dns: no such name")
    load(folder)
    before = [query(folder, f"SELECT * FROM {view} ORDER BY 1, 2, 3") for view in ("monitors", "skips")]
    load(folder, rebuild=True)
    assert [query(folder, f"SELECT * FROM {view} ORDER BY 1, 2, 3") for view in ("monitors", "skips")] == before
