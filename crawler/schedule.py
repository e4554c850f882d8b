"""When a known address is visited again, and what is asked of the server then. Pure.

The database says when an address is due, from the captures alone; here is what a run does with it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from archive.model import Capture
from archive.moments import stamp
from archive.posted import asked
from archive.visits import Known

from crawler.addresses import key
from crawler.frontier import Target, unnarrowed

DUE = 80      # score of a known address that is due
SHARE = 25    # one in so many of a portal's addresses is enough for a run each night: none is due twice in a month
PATIENCE = 8  # so many times the wait for a calmer run goes into an address's interval


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does with the known addresses of a portal, by key; `left`: why it leaves some that are due, by URL."""

    known: Mapping[str, Known]
    now: datetime
    is_forced: bool
    left: Mapping[str, str]

    def told(self, target: Target) -> tuple[Known | None, "Decision"]:
        """What is known of an address and what to do with it; a page of a posted list is never known."""
        known = None if target.form else self.known.get(key(target.url))
        return known, self.decision(known)

    def decision(self, page: Known | None) -> "Decision":
        """What to do with an address."""
        told = decision(page, self.now, self.is_forced)
        reason = self.left.get(page.url, "") if page and told.is_visit else ""
        return Decision(False, reason) if reason else told

    def due(self, max_depth: int) -> Iterator[Target]:
        """The addresses to be visited, as deep as they were found, but never too deep for the portal's file."""
        for page in self.known.values():
            told = self.decision(page)
            if told.is_visit:
                yield _target(page, told.reason, min(page.depth, max_depth))

    def is_part(self, target: Target) -> bool:
        """Whether an address is known as a later page of a report that stands at another one."""
        page = self.known.get(target.key)
        return page is not None and page.kind == "report" and not page.is_report

    def kept(self) -> Iterator[Known]:
        """The reports that are there and not visited: they count all the same."""
        reports = (p for p in self.known.values() if p.series and p.state == "active")
        return (p for p in reports if not self.decision(p).is_visit)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to ask the server, and why: new, due, forced; or why not: not due, gone, put off, years, since."""

    is_visit: bool
    reason: str


def decision(page: Known | None, now: datetime, is_forced: bool = False) -> Decision:
    """What a run does with an address: `page` is what is known of it, None if nothing.

    >>> decision(None, datetime.fromisoformat("2026-01-02T00:00:00Z"))
    Decision(is_visit=True, reason='new')
    """
    if page is None or not page.last_visit:
        return Decision(True, "new")
    if is_forced:
        return Decision(True, "forced")
    if page.next_visit and page.next_visit <= stamp(now):
        return Decision(True, "due")
    return Decision(False, "gone" if page.state == "gone" else "not due")


def plan(pages: Iterable[Known], now: datetime, is_forced: bool = False,
         narrow: Callable[[Target], str] = unnarrowed) -> Plan:
    """The plan of a run for a portal's known addresses; `narrow` says why a run leaves an address out."""
    known = {key(p.url): p for p in pages if is_page(p.url)}
    left = {p.url: narrow(_target(p)) for p in known.values()}
    wanted = [p for p in known.values() if not left[p.url]]
    late = frozenset() if is_forced else put_off(wanted, now)
    return Plan(known, now, is_forced, {url: why or "put off" for url, why in left.items() if why or url in late})


def _target(page: Known, reason: str = "due", depth: int = 0) -> Target:
    return Target(page.url, "", reason, DUE, depth, page.via, page.anchor)


def put_off(pages: Collection[Known], now: datetime) -> frozenset[str]:
    """Which due addresses of a portal wait for a calmer run: those beyond a run's share that have not waited long.

    Lists go first, then what has been due for longest; nothing waits longer than an eighth of its interval.
    """
    due = [p for p in pages if p.next_visit and p.next_visit <= stamp(now)]
    due.sort(key=lambda p: (not p.is_parent, p.next_visit, p.url))
    rest = due[max(1, len(pages) // SHARE):]
    return frozenset(p.url for p in rest if p.next_visit > stamp(now - timedelta(days=p.interval / PATIENCE)))


def conditions(page: Known, capture: Capture | None) -> Mapping[str, str]:
    """Headers of a conditional request, verbatim; none unless the capture that they speak of can be read in full."""
    if capture is None or capture.problems or capture.truncated or not capture.body:
        return {}
    asked = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in asked.items() if value}


def is_list(page: Known) -> bool:
    """Whether an address that is not due is looked at again in the archive, for links that nobody has visited yet."""
    return page.kind in ("list", "other") and page.state == "active" and page.location is not None


def is_page(url: str) -> bool:
    """Whether a known address is one to visit by itself; robots.txt and pages of posted lists come with others."""
    return urlsplit(url).path != "/robots.txt" and asked(url) == url
