"""What a run does with known addresses: when they are visited again, and what is asked of the server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.model import Capture, Facts, Location
from archive.visits import Known
from crawler.schedule import conditions, decision, is_list, plan, put_off

NOW = datetime(2026, 6, 15, tzinfo=UTC)
AT = Location("a.warc.gz", 0, 10)
PAGE = Known("http://a.gov.cn/nb/", "report", "active", "2026-09-01T00:00:00Z", "2026-06-01T00:00:00Z", "new", '"x"',
             "Mon, 01 Jun 2026 00:00:00 GMT", AT, "", "", 2, True, False, 60.0, "7")
CAPTURE = Capture("urn:1", PAGE.url, NOW, 200, (), b"<html>", "sha1:X", AT, "wire", Facts())


def test_only_what_is_new_due_or_forced_is_visited() -> None:
    assert decision(None, NOW).reason == "new"
    assert decision(PAGE, NOW).reason == "not due"
    assert decision(PAGE, NOW, is_forced=True).reason == "forced"
    assert decision(PAGE, NOW + timedelta(days=90)).reason == "due"
    assert decision(replace(PAGE, state="gone"), NOW).reason == "gone"


def due(count: int, **more: Any) -> list[Known]:
    """So many addresses that were due a day ago."""
    return [replace(PAGE, url=f"http://a.gov.cn/{n}.html", next_visit="2026-06-14T00:00:00Z", **more)
            for n in range(count)]


def test_a_run_takes_a_share_of_what_is_due_lists_first_then_the_oldest() -> None:
    calm = [replace(PAGE, url=f"http://a.gov.cn/calm/{n}.html") for n in range(30)]
    lists = [replace(PAGE, url="http://a.gov.cn/nb/", is_parent=True, next_visit="2026-06-14T20:00:00Z")]
    old = replace(PAGE, url="http://a.gov.cn/old.html", next_visit="2026-06-12T00:00:00Z")
    late = put_off([*calm, *due(18), *lists, old], NOW)  # 50 addresses, 2 a run
    assert late == {page.url for page in due(18)}
    assert {t.url for t in plan([*calm, *due(18), *lists, old], NOW).due(5)} == {lists[0].url, old.url}


def test_nothing_waits_longer_than_an_eighth_of_its_interval() -> None:
    assert len(put_off(due(50), NOW)) == 48
    assert len(put_off(due(50), NOW + timedelta(days=6.4))) == 48
    assert not put_off(due(50), NOW + timedelta(days=6.6))
    assert not put_off(due(50, interval=8.0), NOW)


def test_a_forced_run_puts_nothing_off_and_a_small_portal_always_has_its_turn() -> None:
    assert len(list(plan(due(50), NOW, is_forced=True).due(5))) == 50
    assert len(list(plan(due(3), NOW).due(5))) == 1


def test_what_a_run_is_not_to_visit_is_left_with_the_reason_and_counts_all_the_same() -> None:
    told = plan(due(3), NOW, is_forced=True, narrow=lambda target: "years" if target.url.endswith("/1.html") else "")
    assert {t.url[-6:] for t in told.due(5)} == {"0.html", "2.html"}
    assert [told.decision(page).reason for page in told.known.values()] == ["forced", "years", "forced"]
    assert [page.url[-6:] for page in told.kept()] == ["1.html"]
    assert not list(plan([replace(PAGE, series="")], NOW).kept())  # it was replaced: no report is there now


def test_validators_go_out_verbatim_and_only_for_a_capture_that_can_be_read() -> None:
    assert conditions(PAGE, CAPTURE) == {"If-None-Match": '"x"', "If-Modified-Since": PAGE.last_modified}
    assert conditions(PAGE, None) == {}
    assert conditions(PAGE, replace(CAPTURE, problems=(("digest", "differs"),))) == {}
    assert conditions(PAGE, replace(CAPTURE, truncated="length")) == {}


def test_lists_that_are_not_due_are_opened_from_the_archive() -> None:
    assert is_list(replace(PAGE, kind="list"))
    assert not is_list(PAGE)
    assert not is_list(replace(PAGE, kind="list", location=None))
