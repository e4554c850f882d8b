"""What is still to be visited of one portal: best first, each address once, never more than the budget."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field

from archive import posted

from crawler.addresses import is_allowed, key
from crawler.left import Left, Rest
from crawler.portals import Portal

ENOUGH = 25      # score from which a link is visited
NEAR = 10        # the same for links of the home page and of the pages that it names
ANY = 5          # the same while the portal has fewer reports than it should
WASTE = 150      # pages that led to nothing, for one portal and run


@dataclass(frozen=True, slots=True)
class Target:
    """One address to visit, and why."""

    url: str
    form: str = ""
    reason: str = "link"   # seed | link | list | redirect | shell | frame | attachment | probe | due | forced
    score: int = 0
    depth: int = 0
    via: str = ""
    anchor: str = ""
    chain: str = ""        # key of the first page of the list that this is a page of
    number: int = 1        # which page of that list
    hops: int = 0          # redirects and shells followed to get here
    is_column: bool = False  # reached as a part of an annual report column
    is_rendered: bool = False  # to be opened in a browser

    @property
    def is_again(self) -> bool:
        """Whether the address may have been visited: a redirect may lead to itself, a browser may open what did not."""
        return self.is_rendered or (self.reason == "redirect" and key(self.url) == key(self.via))

    @property
    def key(self) -> str:
        """The address and what is posted to it."""
        return f"{named(self.url)} {self.form}".rstrip()

    def left(self, reason: str) -> Left:
        """The address as one that is not visited."""
        form = f"{posted.MARK}POST&{self.form}" if self.form else ""
        return Left(posted.address(self.url, form), reason, self.via, self.anchor)


def named(url: str) -> str:
    """The key of an address, itself where it is broken: such are never asked for, but told.

    >>> named("http://a.gov.cn:port/"), named("http://a.gov.cn:80/")
    ('http://a.gov.cn:port/', '//a.gov.cn/')
    """
    try:
        return key(url)
    except ValueError:
        return url


def unnarrowed(_: Target) -> str:
    """Leaves nothing out."""
    return ""


@dataclass(slots=True)
class Frontier:
    """The queue of one portal. Whoever asks the server counts `requests`; few `reports`, and weak links go too.

    `narrow` says why a run leaves an address out, "" for those that it wants.
    """

    portal: Portal
    narrow: Callable[[Target], str] = unnarrowed
    requests: int = 0
    reports: int = 0
    wasted: int = 0
    rest: Rest = field(default_factory=Rest)
    ended: str = ""
    _offered: int = 0
    _heap: list[tuple[int, int, int, Target]] = field(default_factory=list)
    _known: dict[str, int] = field(default_factory=dict)   # key → best score at which it was offered
    _taken: set[str] = field(default_factory=set)

    def add(self, targets: Iterable[Target]) -> None:
        """Offers addresses; what is foreign, a clone's, too deep or not wanted is left, what is known dropped."""
        for target in targets:
            refusal = self._refusal(target)
            if refusal:
                self.rest.add(target.key, target.left(refusal))
                continue
            if not target.is_again and (target.key in self._taken or self._known.get(target.key, -1) >= target.score):
                continue
            self._known[target.key] = target.score
            self._offered += 1
            heapq.heappush(self._heap, (-target.score, target.depth, self._offered, target))

    def _refusal(self, target: Target) -> str:
        if not self._is_own(target.url):
            return "external"
        if target.depth > self.portal.max_depth and target.reason != "list":
            return "depth"
        return self.narrow(target)

    def _is_own(self, url: str) -> bool:
        return is_allowed(url, self.portal.hosts) and not is_allowed(url, self.portal.clones)

    def pass_by(self, url: str, via: str, anchor: str) -> None:
        """A link that promises no report: never offered, but told."""
        name = named(url)
        if name not in self._known and name not in self.rest.named:
            self.rest.add(name, Left(url, "weak" if self._is_own(url) else "external", via, anchor))

    def take(self, is_idle: bool = True) -> Target | None:
        """The best address that may be visited now, None when nothing is left to do; then `ended` says why.

        Weak links wait until no answer is outstanding (`is_idle`): it may bring better ones.
        """
        while self._heap:
            if self.requests >= self.portal.max_requests:
                self.ended = "requests"
                return None
            if self._heap[0][3].score < self._bar(self._heap[0][3], is_idle):
                break
            target = heapq.heappop(self._heap)[3]
            if target.key in self._taken and not target.is_again:
                continue
            self._taken.add(target.key)
            return target
        self.ended = "waste" if self._heap and self.wasted >= WASTE else "complete"
        return None

    def _bar(self, target: Target, is_idle: bool) -> int:
        """The score that a link must reach."""
        if target.reason not in ("link", "frame", "probe"):
            return 0
        if self.wasted >= WASTE:
            return 60
        if is_idle and self.reports < max(1, self.portal.min_reports):
            return ANY
        return NEAR if target.depth <= 1 else ENOUGH

    @property
    def taken(self) -> Set[str]:
        """Keys of what has been visited."""
        return self._taken

    def left(self) -> Iterator[tuple[str, Left]]:
        """Key by key what was met and not visited, each once."""
        waiting = {t.key: t.left(self._why(t)) for _, _, _, t in self._heap if t.key not in self._taken}
        yield from waiting.items()
        for name, left in self.rest.named.items():
            if name not in self._taken and name not in waiting:
                yield name, left

    def _why(self, target: Target) -> str:
        """Why an address was never taken: it promised too little, or the run was over first."""
        if target.score < self._bar(target, is_idle=True):
            return "waste" if self.wasted >= WASTE else "weak"
        return self.ended if self.ended in ("requests", "seconds") else "ended"
