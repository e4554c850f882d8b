"""What a run does with known addresses: when they are visited again, and what is asked of the server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.model import Capture, Facts, Location
from archive.visits import Known
from crawler.schedule import conditions, decision, is_list

NOW = datetime(2026, 6, 15, tzinfo=UTC)
AT = Location("a.warc.gz", 0, 10)
PAGE = Known("http://a.gov.cn/nb/", "report", "active", "2026-09-01T00:00:00Z", "2026-06-01T00:00:00Z", "new", '"x"',
             "Mon, 01 Jun 2026 00:00:00 GMT", AT, "", "", 2, True, False)
CAPTURE = Capture("urn:1", PAGE.url, NOW, 200, (), b"<html>", "sha1:X", AT, "wire", Facts())


def test_only_what_is_new_due_or_forced_is_visited() -> None:
    assert decision(None, NOW).reason == "new"
    assert decision(PAGE, NOW).reason == "not due"
    assert decision(PAGE, NOW, is_forced=True).reason == "forced"
    assert decision(PAGE, NOW + timedelta(days=90)).reason == "due"
    assert decision(replace(PAGE, state="gone"), NOW).reason == "gone"


def test_pages_that_others_hang_on_are_due_weekly_in_season_and_monthly_else() -> None:
    column = replace(PAGE, kind="other", is_report=False, is_parent=True, last_visit="2026-06-01T00:00:00Z")
    assert not decision(column, NOW).is_visit
    assert decision(column, datetime(2026, 7, 2, tzinfo=UTC)).is_visit
    winter = replace(column, last_visit="2026-01-10T00:00:00Z", next_visit="2026-12-01T00:00:00Z")
    assert not decision(winter, datetime(2026, 1, 16, tzinfo=UTC)).is_visit
    assert decision(winter, datetime(2026, 1, 17, tzinfo=UTC)).is_visit


def test_validators_go_out_verbatim_and_only_for_a_capture_that_can_be_read() -> None:
    assert conditions(PAGE, CAPTURE) == {"If-None-Match": '"x"', "If-Modified-Since": PAGE.last_modified}
    assert conditions(PAGE, None) == {}
    assert conditions(PAGE, replace(CAPTURE, problems=(("digest", "differs"),))) == {}
    assert conditions(PAGE, replace(CAPTURE, truncated="length")) == {}


def test_lists_that_are_not_due_are_opened_from_the_archive() -> None:
    assert is_list(replace(PAGE, kind="list"))
    assert not is_list(PAGE)
    assert not is_list(replace(PAGE, kind="list", location=None))
