"""What one answer of an address means beside what is known of it. Pure.

Rules: a version differs in what it says, not in its bytes; gone is one 410 or two 404s on different days; an answer
that is the home page, a notice or what other addresses answer too is a soft 404, and so is a redirect of a report that
leads to none, and the first answer that holds no report where one was; a failure never lengthens an interval; nothing
that a failed or unfinished run saw takes a report away.
"""

from dataclasses import dataclass

from archive.addresses import is_root
from archive.pace import Pace

HELD = frozenset(("report", "part"))  # what an address of reports holds
MOVED = "moved:"  # starts the digest of a redirect, which is its target


@dataclass(frozen=True, slots=True)
class Visit:
    """One capture of an address as history sees it. `is_trusted`: from a run that ended well, or from no run of ours.

    `content` is the digest of what it says; `is_echo`: other addresses of the host answer the same; `is_home`: it is
    what the host's home page says; `is_astray`: a redirect that leads to no report.
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
    is_astray: bool = False
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
    removed_id: str = ""  # capture that shows it
    strike: str = ""      # day on which the content was first missed: a 404, or an answer without the report
    etag: str = ""
    last_modified: str = ""


def outcome(page: Page, visit: Visit) -> str:
    """new, changed, same, not_modified, gone, soft_404, failed or truncated."""
    status = visit.status or 0
    if visit.truncated:
        return "truncated"
    if visit.is_failed or status == 0 or visit.redirect_to == page.url:
        return "failed"
    if status == 304:
        return "not_modified" if _confirms(page, visit) else "failed"
    if status in (404, 410):
        return _absent(page, visit)
    if not 200 <= status < 400:
        return "failed"
    if _is_soft(page, visit) or (_lacks(page, visit) and not _is_second(page, visit)):
        return "soft_404"
    return "same" if visit.content == page.content else "changed" if page.content else "new"


def _confirms(page: Page, visit: Visit) -> bool:
    """Whether a 304 speaks of what is known: it answers a validator, or names the one in force unasked."""
    return bool(visit.profile) or visit.etag == page.etag != ""


def _absent(page: Page, visit: Visit) -> str:
    if page.state == "gone":
        return "gone"
    return "gone" if _is_second(page, visit) or (visit.is_trusted and visit.status == 410) else "failed"


def _is_second(page: Page, visit: Visit) -> bool:
    """Whether what is not there was missed on another day too."""
    return visit.is_trusted and page.strike not in ("", visit.fetched_at[:10])


def _lacks(page: Page, visit: Visit) -> bool:
    """Whether an answer holds no report where one was."""
    return page.shown in HELD and visit.holds not in HELD and not visit.redirect_to


def is_missed(page: Page, visit: Visit) -> bool:
    """Whether the content is not there for once: a 404, or an answer without the report."""
    return visit.is_trusted and (visit.status == 404 or (
        200 <= (visit.status or 0) < 300 and _lacks(page, visit) and not _is_soft(page, visit)))


def _is_soft(page: Page, visit: Visit) -> bool:
    if visit.is_suspended or is_root(page.url):
        return visit.is_suspended
    if visit.redirect_to:
        return is_root(visit.redirect_to) or (visit.is_astray and page.report != "")
    return visit.is_home or bool(page.report and visit.holds not in HELD and visit.is_echo)
