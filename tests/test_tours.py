"""How one portal's run ended, and whether that is what was expected of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from archive.model import Note
from archive.stream import OPEN
from archive.warc import records
from crawler.archiver import Archiver
from crawler.frontier import Frontier, Target, unnarrowed
from crawler.portals import Portal
from crawler.schedule import Plan
from crawler.spiders.portals import PortalsSpider
from crawler.tours import Result, Tour

HOME = "http://a.gov.cn/"
PORTAL = Portal("p", "p", "620500", "city", HOME, ("a.gov.cn",), min_reports=2, max_reports=3)


PLAN = Plan({}, datetime(2026, 1, 2, tzinfo=UTC), False, {})


def narrowed(_: Target) -> str:
    """Leaves everything out."""
    return "years"


def ended(reports: int, reach: str = "ok", is_narrow: bool = False, answered: int = 5) -> Result:
    """A run that knows of so many reports after five requests."""
    frontier = Frontier(PORTAL, narrowed if is_narrow else unnarrowed, requests=5)
    tour = Tour(PORTAL, frontier, PLAN, answered=answered)
    for number in range(reports):
        tour.count(str(number))
    frontier.take()
    return tour.result(reach)


def test_fewer_reports_than_expected_fail_a_run_that_looked_for_all() -> None:
    assert ended(1).reason.startswith("1 reports found, at least 2 expected")
    assert not ended(1, is_narrow=True).failed
    assert (ended(4).failed, ended(4).warning) == (False, "4 reports found, at most 3 expected")


@pytest.mark.parametrize("reports", [0, 3])
def test_a_run_that_is_kept_out_fails_whatever_is_known_from_before(reports: int) -> None:
    assert ended(reports, "challenge:412").reason.startswith("blocked: challenge:412")
    assert ended(reports, "timeout", answered=0).reason.startswith("no answer")


def test_an_address_is_left_for_the_narrow_choice_of_a_run() -> None:
    frontier = Frontier(PORTAL, narrowed)
    frontier.add([Target(HOME + "1.html", score=90)])
    assert [left.reason for _, left in frontier.left()] == ["years"]


def test_what_a_portal_left_is_told_as_soon_as_it_is_over(tmp_path: Path) -> None:
    archiver, tour = Archiver(get_crawler(settings_dict={"DATA": str(tmp_path)})), Tour(PORTAL, Frontier(PORTAL), PLAN)
    spider = PortalsSpider()
    archiver.opened(spider)
    tour.frontier.pass_by("http://b.gov.cn/", HOME, "乙")
    for _ in range(2):
        archiver.leave(tour)
    (file,) = (tmp_path / "warc").glob(f"*{OPEN}")  # what a killed run leaves behind
    told = [item.data["left"] for item in records(file) if isinstance(item, Note) and item.kind == "left"]
    assert told == [[["external", "http://b.gov.cn/", HOME, "乙"]]]
    archiver.closed(spider, "shutdown")
