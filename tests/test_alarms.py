"""Each alarm raised by the real command on a portal that goes wrong: rows, printed line and exit status."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.folder import Folder
from archive.load import load
from tests.archives import corrected, html, query, report
from tests.driven import crawling
from tests.portals.markup import CITY, hub, page
from tests.portals.server import serving
from tests.portals.site import NOT_FOUND, Answer, Site

HOME = "http://www.alarms.test/"
DAY = date(2026, 4, 2)
WRONG = {("requests", "received_new", "total"): "99999"}
ISSUERS = [f"{CITY}{name}局" for name in ("教育", "科技", "民政", "司法", "财政", "水务")]
PATHS = [f"nb/t20260120_{n}.html" for n in range(len(ISSUERS))]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("alarms")]


def site() -> Site:
    """A column with six reports; in four of them a sum fails."""
    made = Site("alarms", ("www.alarms.test",), HOME, portal={"min_reports": 0})
    titles = [f"{issuer}2025年政府信息公开工作年度报告" for issuer in ISSUERS]
    links = "".join(f'<li><a href="/{p}">{t}</a></li>' for p, t in zip(PATHS, titles, strict=True))
    made.put(HOME, hub(CITY, [("政府信息公开年报", "/nb/")]))
    made.put(HOME + "nb/", page("政府信息公开年报", f"<ul>{links}</ul>"))
    for n, (path, issuer) in enumerate(zip(PATHS, ISSUERS, strict=True)):
        paper = report(n, 2025, issuer, "2021")
        made.put(HOME + path, Answer(html(corrected(paper, WRONG) if n < 4 else paper)))
    return made


@dataclass(frozen=True, slots=True)
class Told:
    """How a run ended and what it printed."""

    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Watched:
    """The runs by name, and the rows that they left."""

    runs: dict[str, Told]
    data: Path

    def alarms(self, day: int) -> dict[str, tuple[object, object]]:
        """Alarms of the run on the day, with what was found and what was expected."""
        sql = "SELECT monitor, found, expected FROM monitors WHERE status = 'alarm' AND run_id LIKE ?"
        rows = query(self.data, sql, f"{DAY + timedelta(day):%Y%m%d}T%")
        return {monitor: (found, expected) for monitor, found, expected in rows}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    data, made, runs = tmp_path_factory.mktemp("alarms"), site(), dict[str, Told]()
    with serving([made]) as running:
        (data / "portals.toml").write_text(made.toml(running.port), encoding="utf-8")

        def ran(name: str, *arguments: str) -> None:
            process = crawling(data, DAY + timedelta(len(runs)), "-s", "RETRY_TIMES=0", *arguments)
            said, errors = process.communicate(timeout=120)
            runs[name] = Told(process.returncode, said + errors)

        ran("sums")
        ran("calm")
        made.pages |= {HOME + path: NOT_FOUND for path in PATHS[:2]}
        ran("drop", "-a", "due=all")
        made.pages |= {HOME + path: Answer(drop=True) for path in PATHS}
        ran("unreachable", "-a", "due=all")
        made.pages |= {HOME + path: NOT_FOUND for path in PATHS} | {HOME + "nb/": Answer(page("年报", "").encode())}
        ran("empty", "-a", "due=all")
        ran("ended", "-a", "due=all", "-s", "CLOSESPIDER_PAGECOUNT=1")
    yield Watched(runs, data)


def test_a_run_with_nothing_to_tell_ends_with_status_0(watched: Watched) -> None:
    assert (watched.runs["calm"].status, watched.alarms(1)) == (0, {})
    assert " alarm " not in watched.runs["calm"].said


def test_reports_whose_sums_fail(watched: Watched) -> None:
    assert watched.alarms(0) == {"failed_sums": (0.667, 0.5)}
    assert watched.runs["sums"].status == 1
    assert "alarms: alarm failed_sums: 0.667, limit 0.5" in watched.runs["sums"].said
    assert "alarms: ok: 6 reports" in watched.runs["sums"].said


def test_a_drop_in_reports(watched: Watched) -> None:
    assert watched.alarms(2) == {"drop": (4, 4.8)}
    assert watched.runs["drop"].status == 1
    assert "alarm drop: 4, limit 4.8" in watched.runs["drop"].said


def test_a_host_that_answers_little(watched: Watched) -> None:
    found = watched.alarms(3)
    assert found.keys() == {"unreachable", "drop", "empty"}
    assert 0.5 <= float(str(found["unreachable"][0])) < 1
    assert watched.runs["unreachable"].status == 1
    assert "alarm unreachable" in watched.runs["unreachable"].said


def test_silent_emptiness(watched: Watched) -> None:
    assert {"empty"} <= watched.alarms(4).keys() <= {"empty", "drop"}
    assert watched.runs["empty"].status == 1
    assert "alarm empty: 0, limit 1" in watched.runs["empty"].said


def test_a_run_that_ends_early(watched: Watched) -> None:
    assert watched.alarms(5)["ended"] == ("closespider_pagecount", "finished")
    assert watched.runs["ended"].status == 1
    assert "the crawl ended early: closespider_pagecount" in watched.runs["ended"].said


def test_alarms_are_rows_that_a_rebuild_makes_again(watched: Watched) -> None:
    before = [watched.alarms(day) for day in range(6)]
    load(Folder(watched.data), rebuild=True)
    assert [watched.alarms(day) for day in range(6)] == before
