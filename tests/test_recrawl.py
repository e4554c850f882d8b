"""Real crawls through five years of a portal: afterwards the database says what happened, and nothing else."""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from archive import database
from archive.browse import site
from archive.changes import ATOM
from archive.folder import Folder
from archive.load import load
from tests.archives import query
from tests.driven import ROOT, Run, calendar, crawling, driven, ended
from tests.portals.markup import CITY
from tests.portals.server import Running, serving
from tests.portals.site import Answer, Request
from tests.portals.years import (
    BEGIN,
    CLOSED,
    COLUMN,
    DOWN,
    END,
    FALLBACK,
    HOME,
    OFF,
    OFF_LIST,
    Years,
    address_of,
    history,
    standing,
)

FORCED = (OFF_LIST, OFF, OFF + timedelta(3), *CLOSED, DOWN[0], DOWN[0] + timedelta(9), *FALLBACK)
WATER = address_of(f"{CITY}水务局", 2020)


@dataclass(frozen=True, slots=True)
class Driven:
    """The runs and what they left."""

    runs: list[Run]
    data: Path

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, without the port in addresses."""
        return [tuple(_plain(v) for v in row) for row in query(self.data, sql, *values)]

    def outcome(self, address: str, day: date) -> list[str]:
        """What became of the visits of an address on a day."""
        rows = self.rows("SELECT url, outcome FROM captures WHERE fetched_at LIKE ? ORDER BY fetched_at", f"{day}%")
        return [outcome for url, outcome in rows if url == address]


def _plain(value: object) -> object:
    start, mark, rest = str(value).partition("www.years.test:")
    return f"{start}www.years.test/{rest.partition('/')[2]}" if mark else value


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    data = tmp_path_factory.mktemp("five")
    days = sorted({*calendar(BEGIN, END), *FORCED})
    yield Driven(driven(data, [(day, {"due": "all"} if day in FORCED else {}) for day in days]), data)


pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.xdist_group("years")]  # driven once


def test_versions_are_those_that_were_published_and_no_others(five: Driven) -> None:
    found = five.rows("SELECT url, issuer, report_year, count(DISTINCT content_digest) FROM reports GROUP BY 1, 2, 3")
    events = Years().at(END).history()
    corrected = {e.address for e in events if e.kind == "changed"}
    truth = {e.address: 1 + (e.address in corrected) for e in events if e.kind == "published"}
    truth |= {e.to: 1 for e in events if e.kind == "moved"}
    assert {url: versions for url, _, _, versions in found} == truth
    now = {(p.issuer, p.year) for p in standing(END).values()} | {(f"{CITY}教育局", 2019)}
    assert set(five.rows("SELECT issuer, report_year FROM latest_reports")) == now


def test_changes_are_the_cells_that_were_corrected(five: Driven) -> None:
    truth = {(e.address, *cell, before, after) for e in history() for cell, before, after in e.cells}
    found = five.rows("SELECT r.url, c.table_key, c.row_key, c.column_key, c.before, c.after FROM changes c "
                      "JOIN reports r ON r.id = c.report_id")
    assert sorted(found) == sorted(truth)


def test_what_was_removed_or_moved_has_a_tombstone_with_its_evidence(five: Driven) -> None:
    manner = {"removed": "gone", "moved": "moved"}
    truth = {e.address: manner[e.kind] for e in history() if e.kind in manner}
    truth[address_of(f"{CITY}审计局", 2021)] = "gone"  # its old address is 410, no redirect
    rows = five.rows("SELECT t.url, t.manner, t.moved_to, c.status, t.removed_at FROM tombstones t "
                     "JOIN captures c ON c.id = t.capture_id")
    assert {url: manner for url, manner, *_ in rows} == truth
    assert sorted(status for _, _, _, status, _ in rows) == [301, 404, 410]
    (target,) = (to for _, _, to, _, _ in rows if to)
    assert target == next(e.to for e in history() if e.kind == "moved" and "mzj" in e.address)
    begun = {e.address: e.day for e in history() if e.kind in manner}
    assert all(begun[url] <= date.fromisoformat(seen[:10]) for url, _, _, _, seen in rows)


def test_a_report_that_moves_keeps_its_series(five: Driven) -> None:
    for event in (e for e in history() if e.kind == "moved"):
        rows = five.rows("SELECT url, series, version FROM reports ORDER BY 1")
        series = {s for url, s, _ in rows if url in (event.address, event.to)}
        assert len(series) == 1
        assert {v for _, s, v in rows if s in series} == {1}


def test_a_list_that_loses_a_page_for_a_day_loses_no_report(five: Driven) -> None:
    """The day after it the report is looked at by itself; one of two backends may happen to know its ETag."""
    for day in (OFF_LIST, OFF + timedelta(3)):
        assert five.outcome(WATER, day)[0] in ("same", "not_modified")
    assert five.rows("SELECT changes, state FROM pages WHERE url LIKE ?", "%2020n/swj%") == [(0, "active")]


def test_a_page_that_is_missing_for_a_day_is_not_gone(five: Driven) -> None:
    assert five.outcome(WATER, OFF) == ["failed"]
    assert not {url for url, in five.rows("SELECT url FROM tombstones")} & {WATER}


def test_an_etag_that_varies_per_backend_is_no_change(five: Driven) -> None:
    rows = five.rows("SELECT count(DISTINCT etag), max(outcome = 'changed') "
                     "FROM captures WHERE status = 200 AND outcome <> 'soft_404' AND url LIKE '%/swj/%' GROUP BY url")
    assert len(rows) == 7 and max(etags for etags, _ in rows) == 4  # two templates of two backends
    assert {changed for _, changed in rows} == {0}


def test_a_last_modified_that_lies_neither_makes_a_change_nor_hides_one(five: Driven) -> None:
    sql = ("SELECT count(DISTINCT last_modified), sum(outcome = 'changed') FROM captures "
           "WHERE url LIKE ? AND outcome IN ('new', 'same', 'changed')")
    ((dates, changed),) = five.rows(sql, "%2020n/jyj/%")
    assert dates > 3 and changed == 0
    assert five.rows(sql, "%2022n/sfj/%") == [(1, 1)]


def test_a_site_that_says_200_closed_changes_nothing(five: Driven) -> None:
    for day in (*CLOSED, *FALLBACK):
        assert five.outcome(WATER, day) == ["soft_404"]
    assert five.outcome(HOME, CLOSED[0]) == ["soft_404"]


def test_a_host_that_is_down_for_a_month_loses_nothing(five: Driven) -> None:
    assert five.outcome(WATER, DOWN[0]) == ["failed"]
    rows = five.rows("SELECT DISTINCT outcome FROM captures WHERE fetched_at BETWEEN ? AND ?", str(DOWN[0]),
                     f"{DOWN[1]}Z")
    assert rows == [("failed",)]
    removed = five.rows("SELECT url FROM tombstones WHERE removed_at BETWEEN ? AND ?", str(DOWN[0]), f"{DOWN[1]}Z")
    assert removed == []
    assert {r[0] for r in five.rows("SELECT status FROM run_portals WHERE run_id LIKE '202308%'")} == {"failed"}
    found = five.rows("SELECT found FROM monitors WHERE monitor = 'unreachable' AND status = 'alarm'")
    assert {share for (share,) in found} == {1.0}


def test_runs_fail_on_bad_days_and_on_no_others(five: Driven) -> None:
    failed = {r.day for r in five.runs if r.failed}
    down = {r.day for r in five.runs if DOWN[0] <= date.fromisoformat(r.day) <= DOWN[1]}
    assert failed == {str(d) for d in (*CLOSED, *FALLBACK)} | down


def test_a_list_answers_304_while_its_child_changes(five: Driven) -> None:
    (day,) = {r[0][:10] for r in five.rows("SELECT fetched_at FROM reports WHERE version = 2 AND report_year = 2020")}
    assert set(five.outcome(COLUMN, date.fromisoformat(day))) <= {"not_modified"}
    before = five.rows("SELECT outcome FROM captures WHERE url LIKE '%/zfxxgk/zfxxgknb/' AND fetched_at BETWEEN "
                       "'2021-06-11' AND ?", f"{day}Z")
    assert {o for o, in before} <= {"not_modified"}


def test_honest_validators_save_bytes_on_every_visit(five: Driven) -> None:
    """A 304 is followed by another conditional request, not by a full one."""
    rows = five.rows("SELECT status, count(*) FROM captures WHERE url LIKE '%/zfxxgk/' AND outcome IN "
                     "('same', 'not_modified') GROUP BY 1")
    counted = {int(status): int(count) for status, count in rows}
    assert counted[304] > 20 * counted.get(200, 0)


def test_the_clock_of_the_runs_is_that_of_the_site(five: Driven) -> None:
    days = {r.day for r in five.runs}
    assert {r[0] for r in five.rows("SELECT DISTINCT substr(fetched_at, 1, 10) FROM captures")} <= days
    assert {r[0] for r in five.rows("SELECT substr(started, 1, 10) FROM runs")} == days
    assert {r[0] for r in five.rows("SELECT DISTINCT substr(noted_at, 1, 10) FROM notes")} == days


def test_the_queries_of_the_handbook_tell_what_happened(five: Driven) -> None:
    parts = (ROOT / "docs" / "recrawls.md").read_text(encoding="utf-8").split("```sql\n")[1:]
    skipped, body, address = (part.partition("```")[0] for part in parts)
    assert {reason for _, reason, *_ in five.rows(skipped)} <= {"not due", "put off", "not reached"}
    assert five.rows(skipped)
    told = [row[:4] for row in five.rows(body)]
    assert [(year, version) for year, version, *_ in told] == [
        (2019, 1), (2020, 1), (2020, 2), *((year, 1) for year in range(2021, 2026))]
    assert [changed for _, _, _, changed in told] == [None, None, 1, *[None] * 5]
    visits = five.rows(address)
    assert visits[0][3] == "new" and [v[3] for v in visits].count("changed") == 1
    assert all(due > fetched for fetched, _, _, _, due, *_ in visits)


def changes(data: Path, *arguments: str) -> str:
    """What `scrapy changes` prints."""
    done = subprocess.run([Path(sys.executable).with_name("scrapy"), "changes", "-s", f"DATA={data}", *arguments],
                          cwd=ROOT, text=True, capture_output=True, timeout=60, check=True)
    return done.stdout


def test_the_change_report_says_what_happened_in_each_format(five: Driven) -> None:
    told = [json.loads(line) for line in changes(five.data, "--format", "json").splitlines()]
    counted = Counter(e["kind"] for e in told)
    assert (counted["changed"], counted["moved"], counted["removed"]) == (2, 2, 1)
    assert counted["new"] == len([e for e in history() if e.kind == "published"])
    truth = {(e.address, *cell, before, after) for e in history() for cell, before, after in e.cells}
    assert {(_plain(e["url"]), d["table"], d["row"], d["column"], d["before"], d["after"])
            for e in told for d in e["differences"]} == truth
    text = changes(five.data, "--since", "2022-01-01")
    assert [text.count(f" {kind} ") for kind in ("moved", "removed", "changed")] == [2, 1, 1] and "sums: " in text
    feed = ElementTree.fromstring(changes(five.data, "--format", "atom").encode())
    assert len(feed.findall(f"{{{ATOM}}}entry")) == len(told)


def test_the_same_is_a_page_and_a_feed_in_datasette(five: Driven) -> None:
    async def ask(path: str) -> tuple[int, str, str]:
        answer = await site(Folder(five.data)).client.get(path)
        return answer.status_code, answer.headers["content-type"], answer.text

    status, _, shown = asyncio.run(ask("/changes?since=2022-01-01"))
    assert status == 200 and "sfj" in shown and "moved" in shown
    status, kind, text = asyncio.run(ask("/changes.atom?since=2022-01-01"))
    assert (status, kind) == (200, "application/atom+xml; charset=utf-8")
    assert_atom(text)


def assert_atom(text: str) -> None:
    """What RFC 4287 §4.1 asks of a feed and its entries."""
    feed = ElementTree.fromstring(text.encode())
    assert feed.tag == f"{{{ATOM}}}feed"
    assert feed.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    entries = feed.findall(f"{{{ATOM}}}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{{{ATOM}}}{name}")) == 1 and part.findtext(f"{{{ATOM}}}{name}")
        assert urlsplit(part.findtext(f"{{{ATOM}}}id") or "").scheme
        moment = datetime.fromisoformat(part.findtext(f"{{{ATOM}}}updated") or "")
        assert moment.tzinfo is not None
    alternates = [e.findall(f"{{{ATOM}}}link[@rel='alternate']") for e in entries]
    assert all(len(links) == 1 and urlsplit(links[0].get("href") or "").scheme == "http" for links in alternates)
    ids = [e.findtext(f"{{{ATOM}}}id") for e in entries]
    assert entries and len(ids) == len(set(ids))


def test_a_rebuild_has_the_same_history_row_for_row(five: Driven) -> None:
    folder = Folder(five.data)
    whole = list(database.dump(folder.database))
    load(folder, rebuild=True, workers=2)
    assert list(database.dump(folder.database)) == whole


def test_each_of_a_hundred_quiet_nights_costs_little_and_changes_nothing(tmp_path: Path) -> None:
    """137 reports; the nights go through the season, when lists are due weekly."""
    first = date(2026, 11, 20)
    nights: list[tuple[date, dict[str, str]]] = [(first + timedelta(n), {}) for n in range(1, 101)]
    full, *quiet = driven(tmp_path, [(first, {}), *nights], site="Wide")
    asked = sorted(r.asked for r in quiet)
    print(f"full crawl {full.asked} requests, quiet runs {sum(asked) / 100} on average, {asked[-1]} at most")
    assert [(r.day, r.asked) for r in quiet if r.asked > 0.05 * full.asked] == []
    kept = Driven(quiet, tmp_path)
    assert kept.rows("SELECT count(*) FROM captures WHERE outcome NOT IN ('new', 'same', 'not_modified') "
                     "AND status <> 404") == [(0,)]
    assert kept.rows("SELECT count(*), max(version), (SELECT count(*) FROM changes) FROM reports") == [(137, 1, 0)]
    assert {r.reports for r in (full, *quiet)} == {137}
    assert kept.rows("SELECT count(*) FROM pages WHERE next_visit < '2027-02-28' AND state = 'active'")[0][0] < 10


class Slow(Years):
    """The portal, a little slower, so that a run can be killed half-way."""

    def answer(self, request: Request) -> Answer:
        """As ever, after a moment."""
        return replace(super().answer(request), delay=0.1)


def run(data: Path, site: Years, day: date, *arguments: str) -> subprocess.Popen[str]:
    """The real command on a day, and the site on the same."""
    site.at(day)
    return crawling(data, day, *arguments)


def killed(process: subprocess.Popen[str], running: Running, after: int) -> None:
    """Kills a run once the server has had so many requests."""
    while len(running.visits) < after and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=60)


def test_a_killed_run_is_taken_up_and_concludes_nothing(tmp_path: Path) -> None:
    site = Slow()
    with serving([site]) as running:
        (tmp_path / "portals.toml").write_text(site.toml(running.port), encoding="utf-8")
        killed(run(tmp_path, site, OFF - timedelta(9)), running, 12)
        begun = {v.address for v in running.visits[:-4] if v.status == 200}
        before = len(running.visits)
        assert "18 reports" in ended(run(tmp_path, site, OFF - timedelta(9)))
        assert not begun & {v.address for v in running.visits[before:] if "/t20" in v.target}
        before = len(running.visits)
        killed(run(tmp_path, site, OFF, "-a", "due=all"), running, before + 20)
        assert any(v.status == 404 and "swj" in v.target for v in running.visits[before:])
        assert "18 reports" in ended(run(tmp_path, site, OFF + timedelta(3), "-a", "due=all"))
    kept = Driven([], tmp_path)
    assert kept.outcome(WATER, OFF) == ["failed"]
    assert kept.rows("SELECT count(*) FROM tombstones") == kept.rows("SELECT count(*) FROM changes") == [(0,)]
    assert kept.rows("SELECT count(*), max(version) FROM reports") == [(18, 1)]
    assert sorted(kept.rows("SELECT status FROM runs")) == [("ok",), ("ok",), ("open",), ("open",)]


def test_a_second_run_on_one_folder_is_told_so_and_ends_with_status_2(tmp_path: Path) -> None:
    site = Slow()
    with serving([site]) as running:
        (tmp_path / "portals.toml").write_text(site.toml(running.port), encoding="utf-8")
        first = run(tmp_path, site, BEGIN)
        while len(running.visits) < 5 and first.poll() is None:
            time.sleep(0.02)
        before = {p: p.stat().st_size for p in tmp_path.glob("*")}
        said = ended(run(tmp_path, site, BEGIN), status=2)
        assert f"is in use by scrapy crawl (process {first.pid})" in said and len(said.splitlines()) == 1
        assert before.keys() <= set(tmp_path.glob("*"))
        assert "12 reports" in ended(first)


def test_too_few_reports_fail_the_run_and_too_many_are_told(tmp_path: Path) -> None:
    site = Years()
    with serving([site]) as running:
        (tmp_path / "portals.toml").write_text(site.toml(running.port, min_reports=13), encoding="utf-8")
        process = run(tmp_path, site, BEGIN)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 1 and "12 reports found, at least 13 expected" in said
        (tmp_path / "portals.toml").write_text(site.toml(running.port, max_reports=11), encoding="utf-8")
        ended(run(tmp_path, site, BEGIN + timedelta(1)))
    rows = Driven([], tmp_path).rows("SELECT status, reason, json_extract(details, '$.warning') FROM run_portals "
                                     "ORDER BY run_id")
    assert [(s, bool(r), w) for s, r, w in rows] == [
        ("failed", True, ""), ("ok", False, "12 reports found, at most 11 expected")]


def test_since_and_years_leave_other_reports_out(tmp_path: Path) -> None:
    day = date(2023, 2, 1)
    asked: dict[str, set[int]] = {}
    for name, arguments in {"years": {"years": "2020-2021"}, "since": {"since": "2022-01-01"}}.items():
        driven(tmp_path / name, [(day, arguments)])
        rows = Driven([], tmp_path / name).rows("SELECT DISTINCT report_year FROM reports")
        asked[name] = {year for (year,) in rows}
    assert asked == {"years": {2020, 2021}, "since": {2021, 2022}}


def test_a_narrowed_run_leaves_known_reports_alone_and_still_counts_them(tmp_path: Path) -> None:
    first, again = date(2023, 2, 1), date(2023, 12, 1)
    whole, narrowed = driven(tmp_path, [(first, {}), (again, {"years": "2020-2021", "due": "all"})])
    assert (whole.reports, narrowed.reports, narrowed.failed) == (23, 23, False)
    kept = Driven([], tmp_path)
    seen, left = (kept.rows(f"SELECT DISTINCT report_year, t.reason FROM {table} t JOIN reports USING (url) "
                            "WHERE run_id LIKE '202312%' ORDER BY 1, 2") for table in ("captures", "skips"))
    assert seen == [(2020, "forced"), (2021, "forced"), (2021, "link")]  # one has moved since
    assert left == [(2019, "years"), (2022, "years")]
