"""When a known address is visited again, and what is asked of the server then. Pure.

The database says when an address is due, from the captures alone; here is what a run does with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from archive.model import Capture
from archive.posted import asked
from archive.visits import Known

SEASON_END = 4  # reports appear from January to March (Regulations, art. 49 and 50)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to ask the server, and why: new, due, forced; or why not: not due, gone."""

    is_visit: bool
    reason: str


def decision(page: Known | None, now: datetime, is_forced: bool = False) -> Decision:
    """What a run does with an address: `page` is what is known of it, None if nothing.

    >>> decision(None, datetime(2026, 1, 2, tzinfo=UTC))
    Decision(is_visit=True, reason='new')
    """
    if page is None or not page.last_visit:
        return Decision(True, "new")
    if is_forced:
        return Decision(True, "forced")
    if page.next_visit and page.next_visit <= stamp(now):
        return Decision(True, "due")
    if page.is_parent and not page.is_report and page.state == "active" and _is_stale(page, now):
        return Decision(True, "due")
    return Decision(False, "gone" if page.state == "gone" else "not due")


def _is_stale(page: Known, now: datetime) -> bool:
    """Whether a page that others hang on was seen too long ago: a week while reports appear, else a month."""
    pause = timedelta(days=7 if now.month < SEASON_END else 30)
    return page.last_visit <= stamp(now - pause)


def stamp(moment: datetime) -> str:
    """A moment as the database writes it, so that the two compare as texts."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
