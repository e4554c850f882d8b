"""A portal whose clock the tests drive through five years: reports appear, are corrected, move and go, as noted here.

`site.at(day)` sets the day; `site.standing()` and `site.history()` say what is true on it. What each body is for:

| body | its pages |
|---|---|
| 财政局 | ETag and Last-Modified, honestly; the report on 2020 is corrected on 2021-06-10 while its list stays 304 |
| 水务局 | two backends with an ETag each, taking turns: the same bytes never match |
| 教育局 | Last-Modified is always now, no ETag; the report on 2019 is withdrawn on 2022-03-01 (404) |
| 民政局 | no validators, a counter of readers in it; the report on 2020 moves on 2022-09-01 (301) |
| 司法局 | Last-Modified never changes, the report on 2022 does (2024-05-01); the server does not answer 304 |
| 审计局 | honest; the report on 2021 moves on 2023-06-01 and its old address is 410 |
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import sha1
from itertools import count

from tests.portals.markup import CITY, hub, page
from tests.portals.reports import drawn, edition, title
from tests.portals.site import HTML, NOT_FOUND, Answer, Request, Site
from tests.sample import pages, prose, tables
from tests.sample.figures import Figures
from tests.sample.form import Key

HOME = "http://www.years.test/"
COLUMN = f"{HOME}zfxxgk/zfxxgknb/"
BEGIN, END = date(2021, 2, 1), date(2026, 2, 1)
HONEST, BACKENDS, NOW, COUNTER, STUCK = "honest", "backends", "now", "counter", "stuck"
BODIES = {"财政局": HONEST, "水务局": BACKENDS, "教育局": NOW, "民政局": COUNTER, "司法局": STUCK, "审计局": HONEST}
OFFICES = ("东关", "西关", "南关", "北关", "城中", "河东", "河西", "新桥", "石桥", "柳林", "松山", "清泉", "朝阳",
           "和平", "建设", "文化")
SIZE = 8
REDESIGN = date(2023, 1, 1)  # new template, same texts
OFF_LIST = date(2021, 11, 5)  # the list lacks 水务局's report on 2020 for this day; the page itself is there
OFF = date(2022, 2, 10)  # 水务局's report on 2020 is 404 for this day
CLOSED = date(2023, 3, 5), date(2023, 3, 15)  # 200 and "closed" for every address
DOWN = date(2023, 8, 1), date(2023, 8, 31)  # nobody answers
FALLBACK = date(2024, 9, 1), date(2024, 9, 7)  # the home page for every address
TOTAL: Key = ("requests", "received_new", "total")


@dataclass(frozen=True)
class Event:
    """Something that happens to one report: published, changed, removed, moved (then `to` is the new address)."""

    day: date
    kind: str
    address: str
    to: str = ""
    cells: tuple[tuple[Key, str, str], ...] = ()  # cell, before, after


@dataclass(frozen=True)
class Paper:
    """One report on one day."""

    issuer: str
    year: int
    address: str
    published: date
    version: int = 1

    @property
    def key(self) -> tuple[str, int]:
        """Which report it is, wherever it stands."""
        return self.issuer, self.year


class Years(Site):
    """The site; everything that it answers follows from `today`."""

    def __init__(self) -> None:
        super().__init__("years", ("www.years.test",), HOME)
        self.today = BEGIN
        self.readers = count(100)

    def at(self, day: date) -> "Years":
        """Set the clock."""
        self.today = day
        return self

    def standing(self) -> dict[str, Paper]:
        """The reports that exist today by address, whatever the site answers just now."""
        return standing(self.today)

    def history(self) -> list[Event]:
        """All that has happened up to today, oldest first; what was there at BEGIN is published then."""
        return [event for event in history() if event.day <= self.today]

    def answer(self, request: Request) -> Answer:
        """What the site sends today."""
        address = f"http://{request.host}{request.path}"
        if within(self.today, DOWN):
            return Answer(drop=True)
        if request.path == "/robots.txt":
            return NOT_FOUND
        if within(self.today, CLOSED):
            return Answer(page("网站维护", "<p>本网站正在升级维护，暂停服务。</p>").encode())
        if within(self.today, FALLBACK):
            address = HOME
        return self.paper(address, request) or self.list(address, request) or self.other(address, request)

    def paper(self, address: str, request: Request) -> Answer | None:
        """A report, or what stands where one was."""
        paper = self.standing().get(address)
        if paper and not (self.today == OFF and paper.key == (f"{CITY}水务局", 2020)):
            mode = self.mode(paper)
            readers = f'<p class="hits">浏览次数：{next(self.readers)}</p>' if mode == COUNTER else ""
            return checked(
                self.dressed(article(paper) + readers, paper.issuer), mode, request, self.today, self.readers
            )
        for event in self.history():
            if event.kind == "moved" and event.address == address:
                return Answer(b"", 301, (("Location", event.to.removeprefix(HOME[:-1])),)) if "mzj" in address else GONE
        return None

    def mode(self, paper: Paper) -> str:
        """How the page of a report is validated."""
        return BODIES[paper.issuer.removeprefix(CITY)]

    def list(self, address: str, request: Request) -> Answer | None:
        """A page of the list, newest first; its ETag knows nothing of what the reports hold."""
        shown = sorted(self.standing().values(), key=lambda p: (p.published, p.issuer), reverse=True)
        if self.today == OFF_LIST:
            shown = [p for p in shown if p.key != (f"{CITY}水务局", 2020)]
        parts = [shown[i : i + SIZE] for i in range(0, len(shown), SIZE)]
        names = {f"{COLUMN}index{f'_{n}' if n else ''}.html": n for n in range(len(parts))} | {COLUMN: 0}
        if address not in names:
            return None
        lines = "\n".join(
            f'<li><a href="{p.address.removeprefix(HOME[:-1])}">{title(*p.key)}</a></li>' for p in parts[names[address]]
        )
        call = f'<script>createPageHTML({len(parts)}, {names[address]}, "index", "html", {len(shown)});</script>'
        return checked(
            self.dressed(f"<ul>{lines}</ul>{call}", "政府信息公开年报"), HONEST, request, self.today, self.readers
        )

    def other(self, address: str, request: Request) -> Answer:
        """Home, the disclosure page, 404."""
        links = {
            HOME: hub(f"{CITY}人民政府", [("政府信息公开", "/zfxxgk/"), ("新闻中心", "/xwzx/")]),
            f"{HOME}zfxxgk/": hub("政府信息公开", [("政府信息公开年报", "/zfxxgk/zfxxgknb/")]),
        }
        if address not in links:
            return NOT_FOUND
        return checked(links[address].encode(), HONEST, request, self.today, self.readers)

    def dressed(self, body: str, said: str) -> bytes:
        """The template of the day around a text."""
        if self.today < REDESIGN:
            return page(said, body, crumbs=said).encode()
        frame = page(said, f'<main class="v2"><section>{body}</section></main>', crumbs=said)
        return frame.replace('<div class="nav">', '<div class="nav nav-2023"><a href="/app/">客户端</a> ').encode()


class Wide(Years):
    """The same city with its offices: 96 more reports, none of which ever changes."""

    def standing(self) -> dict[str, Paper]:
        """The reports of the departments and of the offices."""
        return super().standing() | offices()

    def mode(self, paper: Paper) -> str:
        """Validators of every kind, in turn."""
        modes = tuple(BODIES.values())
        return modes[int(sha1(paper.address.encode(), usedforsecurity=False).hexdigest(), 16) % len(modes)]


@cache
def offices() -> dict[str, Paper]:
    """The offices' reports by address."""
    papers = (Paper(f"{CITY}{name}街道办事处", year, f"{COLUMN}{year}n/jd{n}/t{year + 1}0120_{year}.html",
                    date(year + 1, 1, 20)) for n, name in enumerate(OFFICES) for year in range(2019, 2025))
    return {paper.address: paper for paper in papers}


GONE = Answer("<html><title>410</title><body>该页面已删除</body></html>".encode(), 410)


def within(day: date, span: tuple[date, date]) -> bool:
    """Whether a day lies in a span, both ends in it."""
    return span[0] <= day <= span[1]


def checked(body: bytes, mode: str, request: Request, today: date, turns: Iterator[int]) -> Answer:
    """A page with the validators of its kind; 304 where the client has it and the server is one to say so."""
    digest = sha1(body, usedforsecurity=False).hexdigest()[:12]
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    changed = format_datetime(datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=int(digest[:3], 16)), usegmt=True)
    validators = {
        HONEST: {"ETag": f'"{digest}"', "Last-Modified": changed},
        BACKENDS: {"ETag": f'"{"ab"[next(turns) % 2]}-{digest}"'},
        NOW: {"Last-Modified": format_datetime(noon, usegmt=True)},
        COUNTER: {},
        STUCK: {"Last-Modified": "Mon, 01 Jan 2018 00:00:00 GMT"},
    }[mode]
    headers = (("Content-Type", HTML), ("Date", format_datetime(noon, usegmt=True)), *validators.items())
    known = {name.lower(): value for name, value in request.headers.items()}
    if "ETag" in validators and known.get("if-none-match") == validators["ETag"]:
        return Answer(b"", 304, headers)
    return Answer(body, headers=headers)


def address_of(issuer: str, year: int) -> str:
    """Where a report is published; the path tells the body."""
    slug = {"财政局": "czj", "水务局": "swj", "教育局": "jyj", "民政局": "mzj", "司法局": "sfj", "审计局": "sjj"}
    return f"{COLUMN}{year}n/{slug[issuer.removeprefix(CITY)]}/t{year + 1}0120_{year}.html"


def history() -> list[Event]:
    """Everything that happens in the five years."""
    named = {name: f"{CITY}{name}" for name in BODIES}
    fixed = drawn(named["财政局"], 2020).values[TOTAL]
    told = drawn(named["司法局"], 2022).values[TOTAL]
    moved, other = address_of(named["民政局"], 2020), address_of(named["审计局"], 2021)
    events = [
        Event(date(2021, 6, 10), "changed", address_of(named["财政局"], 2020), cells=((TOTAL, plus(fixed, 1), fixed),)),
        Event(date(2022, 3, 1), "removed", address_of(named["教育局"], 2019)),
        Event(date(2022, 9, 1), "moved", moved, moved.replace("/2020n/", "/gd/2020n/")),
        Event(date(2023, 6, 1), "moved", other, other.replace("/2021n/", "/gd/2021n/")),
        Event(date(2024, 5, 1), "changed", address_of(named["司法局"], 2022), cells=((TOTAL, told, plus(told, 2)),)),
    ]
    for year in range(2019, 2026):
        day = max(date(year + 1, 1, 20), BEGIN)
        events += [Event(day, "published", address_of(issuer, year)) for issuer in named.values() if day <= END]
    return sorted(events, key=lambda e: (e.day, e.kind != "published", e.address))


def plus(number: str, more: int) -> str:
    """A figure, some higher."""
    return str(int(number) + more)


def standing(day: date) -> dict[str, Paper]:
    """The reports of a day by address."""
    facts = {
        address_of(f"{CITY}{name}", year): (f"{CITY}{name}", year) for name in BODIES for year in range(2019, 2026)
    }
    papers: dict[str, Paper] = {}
    for event in history():
        if event.day > day:
            continue
        if event.kind == "published":
            issuer, year = facts[event.address]
            papers[event.address] = Paper(issuer, year, event.address, date(year + 1, 1, 20))
        elif event.kind == "changed":
            papers[event.address] = replace(papers[event.address], version=2)
        elif event.kind == "moved":
            papers[event.to] = replace(papers.pop(event.address), address=event.to)
        else:
            del papers[event.address]
    return papers


def figures(paper: Paper) -> Figures:
    """The cells of a report as it stands."""
    own = drawn(*paper.key)
    changes = {e.address: e.cells for e in history() if e.kind == "changed"}
    for cell, before, after in changes.get(paper.address, ()):
        own = replace(own, values=own.values | {cell: after if paper.version == 2 else before})
    return own


def article(paper: Paper) -> str:
    """The report itself, without the template."""
    printed, form = figures(paper).printed, edition(paper.year)
    text = prose.sections(
        f"{paper.year}年，{paper.issuer}按期公开政府信息。{prose.PERIOD.format(year=paper.year)}",
        "",
        "",
        "",
        "更新不够及时，下一步将逐月检查。",
        "无。",
    )
    three = tables.disclosure(form, printed), tables.requests(form, printed), tables.proceedings(printed)
    return f"<h1>{title(*paper.key)}</h1>\n" + pages.report(text, three, sign=f"{paper.issuer}<br>{paper.published}")
