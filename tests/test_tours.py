"""How one portal's run ended, and whether that is what was expected of it."""

from datetime import UTC, datetime

import pytest

from crawler.frontier import Frontier, Target, unnarrowed
from crawler.portals import Portal
from crawler.schedule import Plan
from crawler.tours import Result, Tour

HOME = "http://a.gov.cn/"
PORTAL = Portal("p", "p", "620500", "city", HOME, ("a.gov.cn",), min_reports=2, max_reports=3)


def narrowed(_: Target) -> str:
    """Leaves everything out."""
    return "years"


def ended(reports: int, reach: str = "ok", is_narrow: bool = False, answered: int = 5) -> Result:
    """A run that knows of so many reports after five requests."""
    frontier = Frontier(PORTAL, narrowed if is_narrow else unnarrowed, requests=5)
    tour = Tour(PORTAL, frontier, Plan({}, datetime(2026, 1, 2, tzinfo=UTC), False, {}), answered=answered)
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
