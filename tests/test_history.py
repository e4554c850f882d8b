"""What happened at an address, told from its captures alone."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.history import History, history
from archive.outcome import Visit
from archive.pace import LISTS, OTHERS, SUCCESS, Pace, paced

URL = "http://www.example.gov.cn/report.html"


def told(*visits: Visit, kind: str = "report") -> History:
    return history(visits, kind, URL)


def seen(day: str, content: str = "A", **more: Any) -> Visit:
    """A visit on a day that finds a report; `more` are fields of Visit."""
    values: dict[str, Any] = {"id": day, "fetched_at": f"{day}T01:00:00Z", "status": 200, "content": content,
                              "holds": "report"}
    return Visit(**(values | more))


def absent(day: str, status: int = 404, **more: Any) -> Visit:
    return seen(day, "", status=status, holds="", **more)


def confirmed(day: str, **more: Any) -> Visit:
    """A 304 to a request that carried validators."""
    return absent(day, 304, profile="server-not-modified", **more)


def other(day: str, content: str = "notice", **more: Any) -> Visit:
    """An answer that holds no report."""
    return seen(day, content, holds="html", **more)


def sent(day: str, to: str, status: int = 302, **more: Any) -> Visit:
    """A redirect."""
    return seen(day, f"moved:{to}", status=status, holds="", redirect_to=to, **more)


def outcomes(*visits: Visit) -> list[str]:
    return list(told(*visits).outcomes.values())


def test_first_sight_change_and_return_are_versions() -> None:
    found = told(seen("2024-01-10"), seen("2024-03-10"), seen("2024-05-10", "B"), seen("2024-07-10", "A"))
    assert list(found.outcomes.values()) == ["new", "same", "changed", "changed"]
    assert found.heads == ("2024-01-10", "2024-05-10", "2024-07-10")


def test_not_modified_confirms_and_keeps_the_validators() -> None:
    found = told(seen("2024-01-10", etag='"1"'), confirmed("2024-03-10"))
    assert found.outcomes["2024-03-10"] == "not_modified"
    assert (found.page.etag, found.page.last_seen) == ('"1"', "2024-03-10T01:00:00Z")


def test_a_304_that_nobody_asked_for_says_nothing() -> None:
    assert outcomes(absent("2024-01-10", 304), seen("2024-03-10", etag='"1"')) == ["failed", "new"]
    assert outcomes(seen("2024-01-10", etag='"1"'), absent("2024-03-10", 304)) == ["new", "failed"]
    named = absent("2024-03-10", 304, etag='"1"')
    assert outcomes(seen("2024-01-10", etag='"1"'), named) == ["new", "not_modified"]


def test_one_404_proves_nothing_two_on_different_days_do() -> None:
    assert outcomes(seen("2024-01-10"), absent("2024-02-10")) == ["new", "failed"]
    same_day = absent("2024-02-10", id="again")
    assert outcomes(seen("2024-01-10"), absent("2024-02-10"), same_day) == ["new", "failed", "failed"]
    found = told(seen("2024-01-10"), absent("2024-02-10"), absent("2024-02-11"))
    assert (found.page.state, found.page.evidence_id, found.page.removed) == ("gone", "2024-02-11", "gone")


def test_a_success_between_two_404s_starts_the_count_again() -> None:
    assert outcomes(absent("2024-01-10"), seen("2024-01-11"), absent("2024-01-12")) == ["failed", "new", "failed"]


def test_one_410_is_enough() -> None:
    assert told(seen("2024-01-10"), absent("2024-02-10", 410)).page.state == "gone"


def test_a_failed_run_turns_nothing_to_gone() -> None:
    visits = seen("2024-01-10"), *(absent(f"2024-02-{day}", status, is_trusted=False)
                                   for day, status in (("10", 404), ("11", 404), ("12", 410)))
    found = told(*visits)
    assert list(found.outcomes.values()) == ["new", "failed", "failed", "failed"]
    assert (found.page.state, found.page.strike) == ("active", "")


def test_a_page_that_comes_back_is_active_again() -> None:
    found = told(seen("2024-01-10"), absent("2024-02-10", 410), seen("2024-03-10"))
    assert (found.outcomes["2024-03-10"], found.page.state, found.page.removed) == ("same", "active", "")


@pytest.mark.parametrize("sign", ["is_suspended", "is_home", "is_echo"])
def test_an_answer_that_is_no_answer_is_a_soft_404(sign: str) -> None:
    found = told(seen("2024-01-10"), seen("2024-02-10", "closed", holds="html", **{sign: True}), seen("2024-03-10"))
    assert list(found.outcomes.values()) == ["new", "soft_404", "same"]
    assert found.page.changes == 0


def test_a_redirect_to_the_home_page_is_a_soft_404() -> None:
    assert outcomes(seen("2024-01-10"), sent("2024-02-10", "http://www.example.gov.cn/")) == ["new", "soft_404"]


def test_a_redirect_elsewhere_moves_the_page() -> None:
    to = "http://www.example.gov.cn/new/report.html"
    found = told(seen("2024-01-10"), sent("2024-02-10", to, 301))
    assert (found.page.state, found.page.moved_to, found.page.removed) == ("moved", to, "moved")


def test_a_redirect_that_leads_to_no_report_is_a_soft_404() -> None:
    lost = [sent(f"2024-02-{day}", "http://www.example.gov.cn/error.html", is_astray=True) for day in (10, 11)]
    assert outcomes(seen("2024-01-10"), *lost, seen("2024-03-10")) == ["new", "soft_404", "soft_404", "same"]
    assert outcomes(other("2024-01-10"), lost[0]) == ["new", "changed"]  # where no report was, any target will do


def test_a_redirect_to_itself_is_no_move() -> None:
    found = told(seen("2024-01-10"), sent("2024-02-10", URL), seen("2024-02-10", id="with a cookie"))
    assert list(found.outcomes.values()) == ["new", "failed", "same"]
    assert (found.page.state, found.page.changes) == ("active", 0)


def test_one_answer_without_the_report_proves_nothing_two_on_different_days_do() -> None:
    glance = told(seen("2024-01-10"), other("2024-02-10"), seen("2024-04-10"))
    assert list(glance.outcomes.values()) == ["new", "soft_404", "same"]
    assert (glance.heads, glance.page.changes, glance.page.interval) == (("2024-01-10",), 0, 84)
    assert outcomes(seen("2024-01-10"), other("2024-02-10"), other("2024-02-10", id="again")) == [
        "new", "soft_404", "soft_404"]
    found = told(seen("2024-01-10"), other("2024-02-10", "loading"), other("2024-02-11"), other("2024-04-11"))
    assert list(found.outcomes.values()) == ["new", "soft_404", "changed", "same"]
    assert (found.page.removed, found.page.removed_id, found.page.evidence_id) == (
        "replaced", "2024-02-11", "2024-02-11")
    assert told(seen("2024-01-10"), other("2024-02-10"), absent("2024-02-11")).page.removed == "gone"


def test_a_failed_run_takes_no_report_away() -> None:
    doubtful = [other(f"2024-02-{day}", f"token {day}", is_trusted=False) for day in (10, 11, 12)]
    found = told(seen("2024-01-10"), *doubtful, other("2024-02-13"))
    assert list(found.outcomes.values()) == ["new", *["soft_404"] * 4]
    assert (found.page.removed, found.page.content) == ("", "A")


def test_a_page_whose_report_was_taken_out_tells_so_and_keeps_the_version() -> None:
    found = told(seen("2024-01-10"), other("2024-02-10"), other("2024-02-11"), seen("2024-04-10"))
    assert list(found.outcomes.values()) == ["new", "soft_404", "changed", "changed"]
    assert (found.heads, found.page.removed) == (("2024-01-10",), "")


def test_a_report_leaves_its_address_once_and_where_it_moved_is_kept() -> None:
    to = "http://www.example.gov.cn/new/report.html"
    gone = told(seen("2024-01-10"), absent("2024-02-10", 410), absent("2024-03-10", 410), other("2024-04-10"),
                other("2024-04-11"))
    assert (gone.page.removed, gone.page.removed_id, gone.page.state) == ("gone", "2024-02-10", "active")
    moved = told(seen("2024-01-10"), sent("2024-02-10", to), absent("2024-03-10", 410), other("2024-04-10"))
    assert (moved.page.removed, moved.page.removed_id, moved.page.moved_to) == ("moved", "2024-02-10", to)
    late = told(seen("2024-01-10"), absent("2024-02-10", 410), sent("2024-03-10", to))
    assert (late.page.removed, late.page.removed_id) == ("moved", "2024-03-10")


def test_truncated_and_failed_fetches_say_nothing_about_the_content() -> None:
    found = told(seen("2024-01-10"), seen("2024-02-10", "half", truncated="length"),
                 seen("2024-03-10", "", status=None, holds="", is_failed=True), absent("2024-04-10", 503))
    assert list(found.outcomes.values()) == ["new", "truncated", "failed", "failed"]
    assert (found.heads, found.page.last_seen) == (("2024-01-10",), "2024-01-10T01:00:00Z")


def days(found: History) -> float:
    page = found.page
    return (datetime.fromisoformat(page.next_visit) - datetime.fromisoformat(page.last_visit)).total_seconds() / 86400


def interval(*visits: Visit) -> float:
    return told(*visits).page.interval


def test_intervals_grow_with_calm_and_shrink_with_change() -> None:
    calm = [seen("2024-01-10"), seen("2024-04-10"), seen("2024-08-10")]
    assert interval(calm[0]) == 60
    assert interval(*calm[:2]) == pytest.approx(84)
    assert interval(*calm) == pytest.approx(117.6)
    assert interval(*calm, seen("2024-12-10", "B")) == pytest.approx(58.8)


def test_retries_of_one_day_lengthen_nothing() -> None:
    assert interval(*(seen("2024-01-10", id=str(n)) for n in range(9))) == 60


def test_a_failure_never_lengthens_an_interval() -> None:
    calm = [seen("2024-01-10"), seen("2024-04-10")]
    found = told(*calm, seen("2024-07-20", "", status=None, is_failed=True))
    assert (found.page.interval, days(found)) == (84, 7)


def test_lists_are_due_weekly_while_reports_appear_and_when_the_season_begins() -> None:
    calm = [seen(f"2024-{m:02}-20", holds="html") for m in range(4, 12)]
    assert "2025-01-01" <= told(*calm, kind="list").page.next_visit < "2025-01-08"
    in_season = told(*calm, seen("2025-01-02", holds="html"), kind="list")
    assert 4.2 <= days(in_season) < 9.8


def test_what_leads_to_other_addresses_has_the_pace_of_lists_unless_it_is_a_report() -> None:
    hub, leaf, report = (history([seen("2025-02-10", holds="html")], kind, URL, is_parent).page
                         for kind, is_parent in (("other", True), ("other", False), ("report", True)))
    assert (hub.interval, leaf.interval, report.interval) == (7, 60, 60)


def test_addresses_that_were_found_on_one_day_are_due_on_many() -> None:
    visit = seen("2025-04-02")
    due = Counter(history([visit], "report", f"{URL}?{n}").page.next_visit[:10] for n in range(480))
    assert min(due) >= "2025-05-08" and max(due) <= "2025-06-25"  # 60 days, 24 more or less
    assert max(due.values()) <= 24  # 10 a day on average


@given(st.sampled_from([LISTS, OTHERS]), st.text(max_size=9), st.floats(1, 400), st.dates(date(2020, 1, 1)),
       st.sampled_from(sorted(SUCCESS)))
def test_no_wait_leaves_the_limits_of_its_pace(pace: Pace, url: str, old: float, day: date, outcome: str) -> None:
    visited = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    moment = visited.isoformat()
    old = min(pace.ceiling, max(pace.floor, old))
    interval, due = paced(pace, url, old, outcome, moment, "", False)
    wait = (datetime.fromisoformat(due) - visited) / timedelta(days=1)
    assert pace.floor - 0.001 <= wait <= pace.ceiling
    assert interval <= old + 0.001
    assert paced(pace, url, old, outcome, moment, "", False) == (interval, due)


VISITS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("ABC"), st.sampled_from([200, 304, 404, 410, 503]),
                            st.booleans()), max_size=20)


def _drawn(drawn: list[tuple[int, str, int, bool]]) -> list[Visit]:
    months = sorted(drawn, key=lambda v: v[0])
    return [seen(f"{2020 + m // 12}-{m % 12 + 1:02}-05", c if status == 200 else "", id=str(i), status=status,
                 holds="report" if status == 200 else "", is_trusted=trusted,
                 profile="server-not-modified" if status == 304 else "")
            for i, (m, c, status, trusted) in enumerate(months)]


@given(VISITS, st.data())
def test_an_outcome_never_changes_with_what_comes_later(drawn: list[tuple[int, str, int, bool]],
                                                         data: st.DataObject) -> None:
    visits = _drawn(drawn)
    count = data.draw(st.integers(0, len(visits)))
    whole, part = told(*visits), told(*visits[:count])
    assert list(part.outcomes.items()) == list(whole.outcomes.items())[:count]
    assert part.heads == whole.heads[: len(part.heads)]


@given(VISITS)
def test_versions_differ_from_the_one_before_and_state_follows_the_last_word(
        drawn: list[tuple[int, str, int, bool]]) -> None:
    visits = {v.id: v for v in _drawn(drawn)}
    found = told(*visits.values())
    contents = [visits[h].content for h in found.heads]
    assert all(a != b for a, b in pairwise(contents))
    last = [o for o in found.outcomes.values() if o in SUCCESS or o == "gone"][-1:]
    assert (found.page.state == "gone") == (last == ["gone"])
