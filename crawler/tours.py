"""One portal during one run: its frontier, what it printed so far, how it ended."""

import hashlib
import time
from dataclasses import dataclass, field

from archive.visits import Known

from crawler.addresses import key
from crawler.explore import Look
from crawler.frontier import Frontier, Target
from crawler.pages import Page, visible
from crawler.portals import Portal
from crawler.scores import is_core

THIN = 200  # visible characters; with fewer a page's script says what it is


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found on one portal, and why it ended there. `reports` counts those that were not due too."""

    portal_id: str
    requests: int
    reports: int
    new_reports: int
    list_pages: int
    external: int
    not_due: int
    seconds: float
    ended: str            # complete | requests | seconds | waste | unreachable
    failed: bool
    reason: str = ""      # why it failed, "" otherwise
    warning: str = ""
    mechanisms: tuple[str, ...] = ()
    skips: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Tour:
    """State of one portal; `known` is what earlier runs left, by key of the address."""

    portal: Portal
    frontier: Frontier
    known: dict[str, Known] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
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
    chains: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether the portal has had its time."""
        return time.monotonic() - self.started > self.portal.max_seconds

    def is_repeated(self, target: Target, page: Page) -> bool:
        """Whether another address gave the same text: a home page answered for everything, a report at two places."""
        text = visible(page.tree, 100_000) if page.tree is not None else ""
        text = text if len(text) > THIN else page.text
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return self.printed.setdefault(digest, key(target.url)) != key(target.url)

    def note(self, target: Target, seen: Look) -> None:
        """Counts what an answer is and offers where it leads."""
        if seen.mechanism:
            self.mechanisms[seen.mechanism] = self.mechanisms.get(seen.mechanism, 0) + 1
        self.list_pages += target.reason == "list" or seen.kind == "list"
        self.frontier.reports += seen.is_report
        self.frontier.wasted += seen.kind == "other" and not seen.is_column
        if not seen.is_column and seen.kind in ("hub", "other"):
            self.familiar |= seen.entries
        if seen.is_column and not any(c.reason == "list" or is_core(c.anchor) for c in seen.children):
            self.bare.append(target)
        steps = [c for c in seen.children if c.reason == "list"]
        if steps and self.goes_on(steps[0], seen):
            self.frontier.add(steps)
        self.frontier.add(c for c in seen.children if c.reason != "list")

    def goes_on(self, step: Target, seen: Look) -> bool:
        """Whether a list goes on: not when it repeats a page or has had its share of pages.

        A first page whose entries come from elsewhere (a unit, a search) has none of its own and goes on.
        """
        chain = self.chains.setdefault(step.chain, set())
        if seen.entries in chain or step.number > self.portal.max_list_pages or (not seen.entries and step.number > 2):
            return False
        chain.add(seen.entries)
        return True

    @property
    def result(self) -> Result:
        """What was found so far."""
        frontier = self.frontier
        ended = "unreachable" if self.frontier.requests and not self.answered else frontier.ended or "complete"
        reason, warning = self._faults(ended)
        return Result(
            self.portal.id, frontier.requests, frontier.reports, self.new_reports, self.list_pages,
            len(frontier.external), self.not_due, round(time.monotonic() - self.started, 1), ended, bool(reason),
            reason, warning, tuple(sorted(self.mechanisms, key=lambda m: -self.mechanisms[m])), frontier.skips,
        )

    def _faults(self, ended: str) -> tuple[str, str]:
        """Why the portal failed, and what is odd about it."""
        found, least, most = self.frontier.reports, self.portal.min_reports, self.portal.max_reports
        if ended == "unreachable":
            return f"no answer: {self.failures[-1]}" if self.failures else "no answer", ""
        if found < least:
            return f"{found} reports found, at least {least} expected", ""
        return "", f"{found} reports found, at most {most} expected" if most is not None and found > most else ""
