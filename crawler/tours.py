"""One portal during one run: its frontier, what it printed so far, how it ended."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from archive.reach import is_refusal

from crawler.addresses import key
from crawler.explore import Look
from crawler.frontier import Frontier, Target, unnarrowed
from crawler.left import Left
from crawler.pages import Page
from crawler.portals import Portal
from crawler.printed import Printed
from crawler.schedule import Plan
from crawler.scores import is_core
from crawler.twins import mark
from crawler.work import Work

ADVICE = "see docs/portals.md, When a portal is blocked"
BUDGETS = {"requests": "max_requests", "seconds": "max_seconds"}
LONG = 100_000  # characters of a page that are compared with others
THIN = 200  # visible characters; with fewer a page's script says what it is


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found on one portal, and why it ended there.

    `reports` counts a report once, whatever its addresses, and those that were not due too.
    """

    portal_id: str
    requests: int
    reports: int
    new_reports: int
    list_pages: int
    not_due: int
    seconds: float
    ended: str            # complete | requests | seconds | waste | blocked | unreachable
    failed: bool
    reason: str = ""      # why it failed, "" otherwise
    warning: str = ""
    mechanisms: tuple[str, ...] = ()


@dataclass(slots=True)
class Tour:
    """State of one portal; `plan` is what to do with the addresses that earlier runs left."""

    portal: Portal
    frontier: Frontier
    plan: Plan
    told: frozenset[tuple[str, str]] = frozenset()           # address and reason of what earlier runs left
    work: Work = field(default_factory=Work)                 # shared by all tours of a run
    own_work: float = 0.0
    earlier_work: float = 0.0                                # of the run, when this tour began
    started: float = 0.0                                     # monotonic clock; 0 before the first request
    seen: float = 0.0                                        # the same, for the latest answer
    outstanding: int = 0
    answered: int = 0
    list_pages: int = 0
    not_due: int = 0
    new_reports: int = 0
    is_rendered: bool = False                                # the browser has been tried
    mechanisms: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)    # text digest → key of the first address with it
    bare: list[Target] = field(default_factory=list)         # columns on which nothing was found
    familiar: set[str] = field(default_factory=set)
    anchors: Printed = field(default_factory=Printed)
    chains: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    skipped: int = 0                                         # requests that were never sent
    marks: set[str] = field(default_factory=set)             # reports counted so far

    def begin(self) -> None:
        """The first request goes out: the clock starts."""
        if not self.started:
            self.started = self.seen = time.monotonic()
            self.earlier_work = self.work.seconds

    @property
    def is_late(self) -> bool:
        """Whether the portal has had its time: the wall clock without the work on other portals' pages."""
        others = self.work.seconds - self.earlier_work - self.own_work
        return bool(self.started) and time.monotonic() - self.started - others > self.portal.max_seconds

    @contextmanager
    def working(self) -> Iterator[None]:
        """Counts the time of a look at one of its pages."""
        before = time.monotonic()
        try:
            yield
        finally:
            self.seen = time.monotonic()
            self.own_work += self.seen - before
            self.work.seconds += self.seen - before

    def count(self, report: str) -> None:
        """One report, by what tells it from others."""
        self.frontier.reports += report not in self.marks
        self.marks.add(report)

    def is_repeated(self, target: Target, page: Page) -> bool:
        """Whether another address gave the same text: a home page answered for everything, a report at two places."""
        text = page.words[:LONG] if len(page.words) > THIN else page.text
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return self.printed.setdefault(digest, key(target.url)) != key(target.url)

    def note(self, target: Target, seen: Look, page: Page) -> None:
        """Counts what an answer is and offers where it leads."""
        if seen.mechanism:
            self.mechanisms[seen.mechanism] = self.mechanisms.get(seen.mechanism, 0) + 1
        self.list_pages += target.reason == "list" or seen.kind == "list"
        if seen.is_report and not self.plan.is_part(target):
            self.count(mark(page))
        self.frontier.wasted += seen.kind == "other" and not seen.is_column
        if not seen.is_column and seen.kind in ("hub", "other"):
            self.familiar |= seen.entries
        if seen.is_column and not any(c.reason == "list" or is_core(c.anchor) for c in seen.children):
            self.bare.append(target)
        self._step([c for c in seen.children if c.reason == "list"], seen)
        self.frontier.add(c for c in seen.children if c.reason != "list")
        for item in seen.scored:
            self.frontier.pass_by(item.link.url, target.url, item.link.text)

    def _step(self, steps: list[Target], seen: Look) -> None:
        """Offers the next pages of a list where it goes on."""
        if steps and self.goes_on(steps[0], seen):
            self.frontier.add(steps)
        else:
            for step in steps:
                self.frontier.rest.add(step.key, step.left("list"))

    def goes_on(self, step: Target, seen: Look) -> bool:
        """Whether a list goes on: not when it repeats a page or has had its share of pages.

        A first page whose entries come from elsewhere (a unit, a search) has none of its own and goes on.
        """
        chain = self.chains.setdefault(step.chain, set())
        if seen.entries in chain or step.number > self.portal.max_list_pages or (not seen.entries and step.number > 2):
            return False
        chain.add(seen.entries)
        return True

    def result(self, reach: str = "") -> Result:
        """What was found so far; `reach` is the portal's, "" where nothing is known of it."""
        frontier, found = self.frontier, self.frontier.reports
        is_blocked = is_refusal(reach) or reach == "robots"
        is_silent = bool(frontier.requests) and not self.answered
        ended = "blocked" if is_blocked else "unreachable" if is_silent else frontier.ended or "complete"
        reason = self._fault(ended, reach)
        most = self.portal.max_reports
        warning = f"{found} reports found, at most {most} expected" if most is not None and found > most else ""
        return Result(
            self.portal.id, frontier.requests - self.skipped, found, self.new_reports, self.list_pages,
            self.not_due, round(self.seen - self.started, 1), ended, bool(reason),
            reason, "" if reason else warning, tuple(sorted(self.mechanisms, key=lambda m: -self.mechanisms[m])),
        )

    def left(self) -> Iterator[Left]:
        """What was met or known and not visited, but for what is not due, which the archive tells by itself."""
        for name, left in self.frontier.left():
            known = self.plan.known.get(name)
            if known is None or self.plan.decision(known).is_visit:
                yield left
        for known in self.plan.known.values():
            told = self.plan.decision(known).reason
            if told == self.plan.left.get(known.url):
                yield Left(known.url, told, known.via, known.anchor)

    def skips(self) -> dict[str, int]:
        """How many addresses were left for each reason, those beyond the named ones included."""
        return dict(Counter(left.reason for left in self.left()) + self.frontier.rest.more)

    def _fault(self, ended: str, reach: str) -> str:
        """Why the portal failed and what to do, "" where it did not."""
        frontier, found, least = self.frontier, self.frontier.reports, self.portal.min_reports
        if ended == "blocked":
            return f"blocked: {reach}; {ADVICE}"
        if ended == "unreachable":
            last = f": {self.failures[-1]}" if self.failures else ""
            return f"no answer{last}" + (f"; {ADVICE}" if reach not in ("", "ok") else "")
        if found >= least or frontier.narrow is not unnarrowed:
            return ""
        few = f"{found} reports found, at least {least} expected"
        if reach not in ("", "ok"):
            return f"{few}: {reach}; {ADVICE}"
        if ended in BUDGETS:
            return f"{few}; its budget was used up, {BUDGETS[ended]} in its portal file allows more"
        return f"{few}; `scrapy probe {self.portal.home}` shows where discovery stops"
