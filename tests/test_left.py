"""Every address that a run met and did not visit is told with its reason, in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import database
from archive.folder import Folder
from archive.load import load
from crawler.frontier import WASTE, Frontier, Target
from crawler.left import MOST, Left, Rest, note
from crawler.portals import Portal
from crawler.seeds import GUESSES, SITEMAPS
from tests.archives import query
from tests.driven import crawling, ended
from tests.portals import reports
from tests.portals.markup import CITY, hub, page
from tests.portals.server import Running, serving
from tests.portals.site import Site, text

HOME = "http://www.left.test/"
DAY = date(2026, 4, 2)
PORTAL = Portal("p", "p", "620500", "city", HOME, ("www.left.test",), max_requests=2, min_reports=0)
NAMES = {n: reports.title(f"{CITY}{n}局", 2023) for n in "甲乙丙丁"}


def reasons(frontier: Frontier) -> dict[str, str]:
    return {left.url.removeprefix(HOME): left.reason for _, left in frontier.left()}


def test_what_the_budget_does_not_reach_and_what_promises_too_little_are_told_apart() -> None:
    frontier = Frontier(PORTAL, requests=2, ended="requests")
    frontier.add([Target(HOME + "good", score=90, depth=2), Target(HOME + "poor", score=3, depth=2)])
    assert reasons(frontier) == {"good": "requests", "poor": "weak"}
    frontier.ended = ""  # the run was ended
    assert reasons(frontier) == {"good": "ended", "poor": "weak"}
    frontier.wasted = WASTE
    frontier.add([Target(HOME + "fair", score=40, depth=2)])
    assert reasons(frontier) == {"good": "ended", "poor": "waste", "fair": "waste"}


def test_what_was_visited_after_all_is_not_left() -> None:
    frontier = Frontier(PORTAL)
    frontier.pass_by(HOME + "a", HOME, "甲")
    frontier.pass_by("http://other.test/", HOME, "乙")
    assert reasons(frontier) == {"a": "weak", "http://other.test/": "external"}
    frontier.add([Target(HOME + "a", score=90)])
    assert frontier.take() is not None
    assert reasons(frontier) == {"http://other.test/": "external"}


def test_a_broken_address_is_told_and_stops_nothing() -> None:
    frontier = Frontier(PORTAL)
    frontier.pass_by("http://www.left.test:port/a", HOME, "甲")
    frontier.add([Target("http://[www.left.test/b", score=90), Target(HOME + "good", score=90)])
    assert reasons(frontier) == {
        "good": "ended", "http://www.left.test:port/a": "external", "http://[www.left.test/b": "external"}


def test_a_posted_page_is_told_with_its_form() -> None:
    frontier = Frontier(PORTAL)
    frontier.add([Target(HOME + "list", "page=2", score=90)])
    assert reasons(frontier) == {"list?__wb_method=POST&page=2": "ended"}


def test_so_many_are_named_and_the_others_counted() -> None:
    rest = Rest()
    for n in range(MOST + 30):
        rest.add(str(n), Left(f"{HOME}{n}", "weak"))
    assert (len(rest.named), rest.more) == (MOST, {"weak": 30})


def test_what_was_told_for_a_reason_is_not_told_again() -> None:
    rows = Left("a", "weak"), Left("b", "external"), Left("c", "weak", "via", "anchor")
    assert note("r", "p", rows, {("a", "weak"), ("b", "depth")})["left"] == [
        ["external", "b", "", ""], ["weak", "c", "via", "anchor"]]


@dataclass(frozen=True, slots=True)
class Visited:
    """A portal that was crawled on DAY, and its server."""

    data: Path
    running: Running

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(str(v).replace(f":{self.running.port}", "").removeprefix(HOME) for v in row)
                for row in query(self.data, sql)]


def site() -> Site:
    """A column with a report of this year and one of another, a foreign one, a forbidden one, and one too deep."""
    made = Site("left", ("www.left.test",), HOME, portal={"max_depth": 3, "min_reports": 0})
    made.put(HOME, hub(CITY, [("政府信息公开年报", "/nb/"), ("邻市政府信息公开年报", "http://other.test/nb/")]))
    links = [("/nb/1.html", NAMES["甲"]), ("/nb/2.html", NAMES["乙"].replace("2023", "2019")),
             ("http://other.test/3.html", NAMES["丙"]), ("/no/4.html", NAMES["丁"]),
             ("/nb/more/", "政府信息公开年报更多")]
    made.put(HOME + "nb/", listing(links))
    made.put(HOME + "nb/more/", listing([("/nb/more/all/", "政府信息公开年报全部")]))
    made.put(HOME + "nb/more/all/", listing([("/nb/more/all/5.html", NAMES["丁"])]))
    made.put(HOME + "nb/1.html", page(NAMES["甲"], reports.body(f"{CITY}甲局", 2023)))
    made.put(HOME + "robots.txt", text("User-agent: *\nDisallow: /no/\n", "text/plain"))
    return made


def listing(links: list[tuple[str, str]]) -> str:
    return page("政府信息公开年报", "<ul>" + "".join(f'<li><a href="{u}">{t}</a></li>' for u, t in links) + "</ul>")


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    data, made = tmp_path_factory.mktemp("left"), site()
    with serving([made]) as running:
        (data / "portals.toml").write_text(made.toml(running.port), encoding="utf-8")
        ended(crawling(data, DAY, "-a", "years=2022-2024"))
        yield Visited(data, running)


LEFT = "SELECT url, reason, via FROM left_out ORDER BY 1"


def test_a_run_tells_of_each_address_why_it_was_not_visited(visited: Visited) -> None:
    found = {url: (reason, via) for url, reason, via in visited.rows(LEFT)}
    named = {url: found.pop(url) for url in ("nb/2.html", "http://other.test/3.html", "http://other.test/nb/",
                                             "nb/more/all/5.html")}
    assert named == {"nb/2.html": ("years", "nb/"), "http://other.test/3.html": ("external", "nb/"),
                     "http://other.test/nb/": ("external", ""), "nb/more/all/5.html": ("depth", "nb/more/all/")}
    assert {reason for reason, _ in found.values()} == {"weak"}  # news, services
    assert {"xwzx/", "bsfw/"} <= found.keys()
    skips = visited.rows("SELECT url, reason, via FROM skips ORDER BY 1")
    assert skips == visited.rows(LEFT)


def test_what_robots_txt_forbids_is_a_capture_with_the_reason(visited: Visited) -> None:
    told = visited.rows("SELECT url, substr(error, 1, 7) FROM captures WHERE error <> ''")
    assert told == [("no/4.html", "robots:")]


def test_every_address_on_a_page_is_visited_or_told(visited: Visited) -> None:
    met = {"", "nb/", "nb/1.html", "nb/2.html", "no/4.html", "nb/more/", "nb/more/all/", "nb/more/all/5.html", "xwzx/",
           "bsfw/", "http://other.test/3.html", "http://other.test/nb/"}
    told = visited.rows("SELECT url FROM captures UNION SELECT url FROM left_out")
    assert met | {*GUESSES, *SITEMAPS} == {url for (url,) in told} - {"robots.txt"}


def test_a_second_run_tells_only_what_is_new_and_a_rebuild_the_same(visited: Visited) -> None:
    before = visited.rows(LEFT)
    ended(crawling(visited.data, DAY + timedelta(1)))
    (again,) = visited.rows("SELECT count(*) FROM left_out WHERE run_id LIKE '20260403%'")
    assert again == ("0",)
    assert "nb/2.html" in {url for (url,) in visited.rows("SELECT url FROM captures WHERE run_id LIKE '20260403%'")}
    quiet = dict(visited.rows("SELECT url, reason FROM skips WHERE run_id LIKE '20260403%'"))
    assert (quiet["nb/1.html"], quiet["nb/"]) == ("not due", "not due")
    assert visited.rows(LEFT) == before
    whole = list(database.dump(visited.data / "reports.db"))
    load(Folder(visited.data), rebuild=True, workers=2)
    assert list(database.dump(visited.data / "reports.db")) == whole
