"""The spider: plumbing between Scrapy and the frontier. What it fetches is archived below it, before it sees it."""

import hashlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.model import Facts
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import joined, key
from crawler.arguments import chosen
from crawler.explore import MOST_HOPS, Look, look
from crawler.frontier import Frontier, Target
from crawler.listings import MECHANISMS
from crawler.pages import Page, page, visible
from crawler.portals import Portal

AT_ONCE = 4      # answers of one portal that may be outstanding
SEED = 100


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found on one portal, and why it ended there."""

    portal_id: str
    requests: int
    reports: int
    list_pages: int
    external: int
    ended: str            # complete | requests | seconds | waste | unreachable
    failed: bool
    reason: str = ""      # why it failed, "" otherwise
    skips: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Tour:
    """One portal during one run."""

    portal: Portal
    frontier: Frontier
    started: float
    outstanding: int = 0
    answered: int = 0
    list_pages: int = 0
    printed: dict[str, str] = field(default_factory=dict)   # text digest → key of the first page with it
    familiar: set[str] = field(default_factory=set)
    chains: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


class PortalsSpider(Spider):
    """Visits each portal best link first, within its budget."""

    name = "portals"

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.choice = chosen(arguments)
        self.tours = {p.id: Tour(p, Frontier(p), time.monotonic()) for p in self.choice.portals}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "PortalsSpider":
        """As Scrapy does it."""
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        """The seeds of every portal."""
        for tour in self.tours.values():
            tour.frontier.add(_seeds(tour.portal))
            for request in self.release(tour):
                yield request

    def release(self, tour: Tour) -> Iterator[Request]:
        """As many requests of a portal as may be outstanding."""
        while tour.outstanding < AT_ONCE:
            if time.monotonic() - tour.started > tour.portal.max_seconds:
                tour.frontier.ended = "seconds"
                return
            target = tour.frontier.take(tour.outstanding == 0)
            if target is None:
                return
            tour.outstanding += 1
            yield self.request(tour, target)

    def request(self, tour: Tour, target: Target) -> Request:
        """The Scrapy request for a target, with the facts that the archive keeps of it."""
        facts = Facts(tour.portal.id, "", target.via, target.anchor, target.reason, target.depth)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if target.form else {}
        return Request(
            target.url, self.parse, "POST" if target.form else "GET", headers, target.form,
            errback=self.failed, dont_filter=True, priority=target.score,
            meta={"facts": facts, "portal": tour.portal, "target": target, "dont_redirect": True,
                  "handle_httpstatus_all": True, "download_timeout": tour.portal.timeout},
        )

    def parse(self, response: Response) -> Iterator[Request]:
        """One answer: what it is, where it leads, and the next requests."""
        request = response.request
        assert request is not None
        tour, target = self.tours[request.meta["portal"].id], request.meta["target"]
        tour.outstanding -= 1
        tour.answered += 1
        if 300 <= response.status < 400:
            tour.frontier.add(_redirects(response, target))
        elif response.status == 200:
            try:
                self.looked(tour, target, response)
            except Exception as error:  # whatever a page does to the code, the portal's other pages go on
                self.logger.exception("cannot look at %s", target.url)
                tour.failures.append(f"{target.url}: {error}")
        yield from self.release(tour)

    def looked(self, tour: Tour, target: Target, response: Response) -> None:
        """Counts what an answer is and offers where it leads."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        opened = page(target.url, response.body, content_type, target.form)
        if target.reason == "attachment" and not opened.text.lstrip().startswith("<"):
            tour.frontier.reports += 1
            return
        seen = look(opened, target, frozenset(tour.familiar))
        if _is_known(tour, target, opened, seen):
            return
        tour.list_pages += bool(seen.mechanism)
        tour.frontier.reports += seen.is_report
        tour.frontier.wasted += seen.kind == "other"
        if not seen.is_column and seen.kind != "list":
            tour.familiar |= seen.entries
        tour.frontier.add(c for c in seen.children if c.reason != "list" or _is_next(tour, seen, c))

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A request without an answer: counted, and the portal goes on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        tour = self.tours[request.meta["portal"].id]
        tour.outstanding -= 1
        tour.failures.append(f"{request.url}: {failure.getErrorMessage()}")
        yield from self.release(tour)

    @property
    def results(self) -> tuple[Result, ...]:
        """What was found on each portal so far."""
        return tuple(_result(tour) for tour in self.tours.values())


def _seeds(portal: Portal) -> Iterator[Target]:
    for url in (portal.home, *portal.columns, *portal.known):
        yield Target(url, "", "seed", SEED, 0, anchor="", is_column=url in portal.columns)


def _redirects(response: Response, target: Target) -> Iterator[Target]:
    location = (response.headers.get("Location") or b"").decode("utf-8", "replace")
    url = joined(target.url, location) if location else None
    if url and target.hops < MOST_HOPS:
        yield Target(url, "", "redirect", target.score, target.depth, target.url, target.anchor, target.chain,
                     target.number, target.hops + 1, target.is_column)


def _is_known(tour: Tour, target: Target, opened: Page, seen: Look) -> bool:
    """Whether another address gave the same text: the home page answered for everything, a report at two places."""
    if opened.tree is None or seen.kind == "shell":
        return False
    text = hashlib.sha1(visible(opened.tree, 100_000).encode("utf-8", "replace")).hexdigest()
    first = tour.printed.setdefault(text, key(target.url))
    return first != key(target.url)


def _is_next(tour: Tour, seen: Look, child: Target) -> bool:
    """Whether a list goes on: not when it repeats a page, shows nothing new, or has had its share of pages."""
    chain = tour.chains.setdefault(child.chain, set())
    if not seen.entries or seen.entries in chain or child.number > tour.portal.max_list_pages:
        return False
    chain.add(seen.entries)
    return True


def _result(tour: Tour) -> Result:
    frontier = tour.frontier
    reason = ""
    if not tour.answered:
        reason = f"no answer: {tour.failures[0]}" if tour.failures else "no answer"
    elif frontier.reports < tour.portal.min_reports:
        reason = f"{frontier.reports} reports found, {tour.portal.min_reports} expected"
    ended = frontier.ended or "complete"
    return Result(tour.portal.id, frontier.requests, frontier.reports, tour.list_pages, len(frontier.external),
                  "unreachable" if not tour.answered else ended, bool(reason), reason, frontier.skips)


__all__ = ["MECHANISMS", "PortalsSpider", "Result"]
