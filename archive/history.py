"""What happened at an address: outcomes, versions and the page's state, from its captures in order. Pure.

Rules: a version differs in what it says, not in its bytes; gone is one 410 or two 404s on different days; an answer
that is the home page, a notice or what other addresses answer too is a soft 404; a failure never lengthens an interval;
nothing that a failed or unfinished run saw turns a page to gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from archive.pace import LISTS, OTHERS, SUCCESS, Pace, paced

ROOTS = frozenset(("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.php", "/default.html"))
HELD = frozenset(("report", "part"))  # what an address of reports holds
MOVED = "moved:"  # starts the digest of a redirect, which is its target


@dataclass(frozen=True, slots=True)
class Visit:
    """One capture of an address as history sees it. `is_trusted`: from a run that ended well, or from no run of ours.

    `content` is the digest of what it says; `is_echo`: other addresses of the host answer the same; `is_home`: it is
    what the host's home page says.
    """

    id: str
    fetched_at: str
    status: int | None
    content: str = ""
    holds: str = ""
    profile: str = ""
    truncated: str = ""
    redirect_to: str = ""
    etag: str = ""
    last_modified: str = ""
    is_suspended: bool = False
    is_home: bool = False
    is_echo: bool = False
    is_trusted: bool = True
    is_failed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An address after all its captures; times as in the database, `interval` in days."""

    kind: str
    url: str
    pace: Pace
    first_seen: str = ""
    last_seen: str = ""
    last_visit: str = ""
    last_outcome: str = ""
    state: str = "active"
    interval: float = 0.0
    next_visit: str = ""
    visits: int = 0
    changes: int = 0
    content: str = ""     # digest in force
    report: str = ""      # digest of the last version of a report
    shown: str = ""       # report, part, html, file: what the address shows now
    capture_id: str = ""  # latest capture that shows or confirms it
    evidence_id: str = ""
    moved_to: str = ""
    removed: str = ""     # "", gone, moved, replaced: what became of a report
    strike: str = ""      # day of an unconfirmed 404
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Outcome and next visit by capture id, the captures that start a version of a report, and the page."""

    outcomes: dict[str, str]
    due: dict[str, str]
    heads: tuple[str, ...]
    page: Page


def history(visits: Iterable[Visit], kind: str, url: str, is_parent: bool = False) -> History:
    """The history of one address; visits in order of time. `is_parent`: other addresses were found there.

    Lists, and what is no report but leads to other addresses, have the pace of lists: new reports show up there first.
    """
    pace = LISTS if kind == "list" or (kind == "other" and is_parent) else OTHERS
    page, outcomes, due, heads = Page(kind, url, pace), {}, {}, []
    for visit in visits:
        outcome = _outcome(page, visit, is_root(url))
        if outcome in ("new", "changed") and visit.holds == "report" and visit.content != page.report:
            heads.append(visit.id)
        page = _next(page, visit, outcome)
        outcomes[visit.id], due[visit.id] = outcome, page.next_visit
    return History(outcomes, due, tuple(heads), page)


def host(url: str) -> str:
    """Host and port of an address, "" where it has none or is broken."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def is_root(url: str) -> bool:
    """Whether an address is the home page of its host.

    >>> is_root("http://www.example.gov.cn/index.html"), is_root("http://www.example.gov.cn/zwgk/")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.lower() in ROOTS and not parts.query


def _outcome(page: Page, visit: Visit, at_root: bool) -> str:
    status = visit.status or 0
    if visit.truncated:
        return "truncated"
    if visit.is_failed or status == 0:
        return "failed"
    if status == 304 or visit.profile.endswith("server-not-modified"):
        return "not_modified"
    if status in (404, 410):
        return _absent(page, visit)
    if not 200 <= status < 400:
        return "failed"
    if visit.is_suspended or (_is_soft(page, visit) and not at_root):
        return "soft_404"
    return "same" if visit.content == page.content else "changed" if page.content else "new"


def _absent(page: Page, visit: Visit) -> str:
    if page.state == "gone":
        return "gone"
    if not visit.is_trusted:
        return "failed"
    struck = page.strike not in ("", visit.fetched_at[:10])
    return "gone" if visit.status == 410 or struck else "failed"


def _is_soft(page: Page, visit: Visit) -> bool:
    if visit.redirect_to:
        return is_root(visit.redirect_to)
    return visit.is_home or bool(page.report and visit.holds not in HELD and visit.is_echo)


def _next(page: Page, visit: Visit, outcome: str) -> Page:
    before = page
    page = replace(page, visits=page.visits + 1, first_seen=page.first_seen or visit.fetched_at,
                   last_visit=visit.fetched_at, last_outcome=outcome)
    if outcome in SUCCESS:
        page = _seen(page, visit, outcome)
    elif outcome == "gone":
        page = replace(page, state="gone", evidence_id=page.evidence_id if page.state == "gone" else visit.id,
                       removed="gone" if page.report else "", strike="")
    elif visit.status == 404 and visit.is_trusted:
        page = replace(page, strike=page.strike or visit.fetched_at[:10])
    return _paced(page, visit, outcome, before.last_seen)


def _seen(page: Page, visit: Visit, outcome: str) -> Page:
    page = replace(page, strike="", last_seen=visit.fetched_at, capture_id=visit.id)
    if outcome != "not_modified":
        page = replace(page, content=visit.content, changes=page.changes + (outcome == "changed"), shown=visit.holds,
                       etag=visit.etag, last_modified=visit.last_modified,
                       report=visit.content if visit.holds in HELD else page.report)
    return _placed(page, visit.id)


def _placed(page: Page, capture: str) -> Page:
    """State by what the address shows: a redirect has moved; a report's page without the report was replaced."""
    target = page.content.removeprefix(MOVED) if page.content.startswith(MOVED) else ""
    removed = "moved" if target else "replaced" if page.shown not in HELD else ""
    now = replace(page, state="moved" if target else "active", moved_to=target, removed=removed if page.report else "")
    is_old = (page.state, page.removed, page.moved_to) == (now.state, now.removed, now.moved_to)
    needs = bool(target or now.removed)
    return replace(now, evidence_id=page.evidence_id if is_old and needs else capture if needs else "")


def _paced(page: Page, visit: Visit, outcome: str, before: str) -> Page:
    days, due = paced(page.pace, page.url, page.interval, outcome, visit.fetched_at,
                      before if visit.is_trusted else "", bool(page.strike))
    return replace(page, interval=days, next_visit=due)
