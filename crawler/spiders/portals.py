"""The spider: plumbing between Scrapy and the frontier. What it fetches is archived below it, before it sees it."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from archive import visits
from archive.folder import Folder
from archive.model import Capture
from archive.visits import Known
from archive.warc import read_at
from parsers.errors import NianbaoError
from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import asking, schedule
from crawler.arguments import chosen
from crawler.clock import clock
from crawler.explore import look, moved
from crawler.frontier import Frontier, Target, unnarrowed
from crawler.hosts import Hosts
from crawler.narrow import refusal
from crawler.pages import Page
from crawler.scores import is_decoy
from crawler.seeds import seeds
from crawler.signals import toured
from crawler.skipped import Skipped
from crawler.tours import Result, Tour
from crawler.twins import mark
from crawler.work import Work

AT_ONCE = 2      # answers of one portal that may be outstanding, or as many as a domain is asked for at once
MOST_RENDERED = 5  # columns that a browser opens, for one portal and run


class PortalsSpider(Spider):
    """Visits what is due on each portal, best link first, within its budget."""

    name = "portals"

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.choice = chosen(arguments)
        self.tours: dict[str, Tour] = {}
        self.work = Work()

    @cached_property
    def now(self) -> datetime:
        """When the run began, for all its decisions."""
        return clock(self.settings)()

    @cached_property
    def folder(self) -> Folder:
        """DATA."""
        return Folder(Path(self.settings.get("DATA") or "data"))

    async def start(self) -> AsyncIterator[Request]:
        """The seeds of every portal, and what is due of it."""
        names = [p.id for p in self.choice.portals]
        known, told = visits.known(self.folder, names), visits.left(self.folder, names)
        for portal in self.choice.portals:
            narrow = partial(refusal, self.choice) if self.choice.is_narrow else unnarrowed
            plan = schedule.plan(known[portal.id], self.now, self.choice.is_forced, narrow)
            tour = self.tours[portal.id] = Tour(portal, Frontier(portal, narrow), plan, told[portal.id], self.work)
            tour.frontier.add(seeds(portal, self.choice.years, self.now.year))
            tour.frontier.add(plan.due(portal.max_depth))
            for kept in plan.kept():
                tour.count(kept.series)
            for request in self.release(tour):
                yield request

    @cached_property
    def at_once(self) -> int:
        """Answers of one portal that may be outstanding; a slow portal must not fill the queue of all."""
        return max(AT_ONCE, self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    def release(self, tour: Tour) -> Iterator[Request]:
        """As many requests of a portal as may be outstanding; what is not due is looked at in the archive."""
        while tour.outstanding < self.at_once:
            if tour.is_late or tour.frontier.requests >= tour.portal.max_requests:
                tour.frontier.ended = "seconds" if tour.is_late else "requests"
                break
            target = tour.frontier.take(tour.outstanding == 0) or self._rendered(tour)
            if target is None:
                break
            known, told = tour.plan.told(target)
            if target.is_again or told.is_visit:
                yield self._asked(tour, target, known, target.reason if told.reason == "new" else told.reason)
            elif known is not None:
                self.reopen(tour, target, known)
        if not tour.outstanding:
            self.crawler.signals.send_catch_log(toured, tour=tour)

    def _asked(self, tour: Tour, target: Target, known: Known | None, reason: str) -> Request:
        """The request for a target, counted."""
        tour.begin()
        tour.outstanding += 1
        tour.frontier.requests += 1
        conditions = self._conditions(known) if known and not target.is_rendered else {}
        return asking.request(tour.portal, target, reason, conditions, self.parse, self.failed)

    def _conditions(self, known: Known) -> Mapping[str, str]:
        return schedule.conditions(known, self._archived(known)) if known.etag or known.last_modified else {}

    def _archived(self, known: Known) -> Capture | None:
        """The capture of a known address, None where it cannot be read; then the page is asked for in full."""
        try:
            return read_at(self.folder, known.location) if known.location else None
        except NianbaoError as error:
            self.logger.warning("%s", error)
            return None

    def parse(self, response: Response) -> Iterator[Request]:
        """One answer: what it is, where it leads, and the next requests."""
        request = response.request
        assert request is not None
        tour, target = self._answered(request)
        tour.answered += 1
        if response.status == 304:
            known, _ = tour.plan.told(target)
            if known is not None:
                self.reopen(tour, target, known, is_due=True)
        elif 300 <= response.status < 400:
            location = (response.headers.get("Location") or b"").decode("utf-8", "replace")
            tour.frontier.add(moved(target, location))
        elif response.status == 200:
            content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
            self.looked(tour, target, response.body, content_type)
        else:
            tour.frontier.wasted += target.reason == "link"
        yield from self.release(tour)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A request without an answer: counted, and the portal goes on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        tour, target = self._answered(request)
        tour.skipped += isinstance(failure.value, Skipped)
        tour.failures.append(f"{target.url}: {failure.getErrorMessage()}")
        yield from self.release(tour)

    def _answered(self, request: Request) -> tuple[Tour, Target]:
        tour = self.tours[request.meta["facts"].portal_id]
        tour.outstanding -= 1
        return tour, request.meta["target"]

    def reopen(self, tour: Tour, target: Target, known: Known, is_due: bool = False) -> None:
        """A page that did not change or is not due: known reports count, lists open their children again."""
        tour.not_due += not is_due
        if known.is_report or known.kind == "attachment":
            if is_due and known.is_report:
                tour.count(known.series)
        elif schedule.is_list(known):
            capture = self._archived(known)
            if capture is not None and capture.status in (200, 304):
                self.looked(tour, target, capture.body, capture.header("content-type"))

    def looked(self, tour: Tour, target: Target, body: bytes, content_type: str) -> None:
        """Looks at an answer; whatever a page does to the code, the portal's other pages go on."""
        with tour.working():
            try:
                self._looked(tour, target, Page(target.url, body, content_type, target.form))
            except Exception as error:
                self.logger.exception("cannot look at %s", target.url)
                tour.failures.append(f"{target.url}: {error}")

    def _looked(self, tour: Tour, target: Target, opened: Page) -> None:
        if target.reason == "attachment" and not opened.text.lstrip().startswith("<"):
            if not is_decoy(target.anchor) and not tour.is_repeated(target, opened):
                tour.count(mark(opened))
            return
        seen = look(opened, target, tour.familiar, tour.anchors)
        if seen.kind == "shell" or not tour.is_repeated(target, opened):
            tour.note(target, seen, opened)

    def _rendered(self, tour: Tour) -> Target | None:
        """A browser's turn: once, where the portal allows it and the plain way found too little."""
        portal, found = tour.portal, tour.frontier.reports
        if tour.is_rendered or tour.outstanding or portal.browser != "allow" or found >= max(1, portal.min_reports):
            return None
        tour.is_rendered = True
        tour.frontier.ended = ""
        home = Target(portal.home, score=schedule.DUE)
        for target in (*tour.bare[:MOST_RENDERED], *(() if tour.bare else (home,))):
            tour.frontier.add([replace(target, reason="browser", is_rendered=True)])
        return tour.frontier.take()

    @property
    def results(self) -> tuple[Result, ...]:
        """What was found on each portal so far."""
        hosts = self.crawler.get_extension(Hosts)
        return tuple(t.result(hosts.told(t.portal.id, t.portal.home).get("reach", "") if hosts else "")
                     for t in self.tours.values())
