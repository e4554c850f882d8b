"""What happened at an address: outcomes, versions and the page's state, from its captures in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.outcome import HELD, MOVED, Page, Visit, is_missed, outcome
from archive.pace import LISTS, OTHERS, SUCCESS, paced


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
        found = outcome(page, visit)
        if found in ("new", "changed") and visit.holds == "report" and visit.content != page.report:
            heads.append(visit.id)
        page = _next(page, visit, found)
        outcomes[visit.id], due[visit.id] = found, page.next_visit
    return History(outcomes, due, tuple(heads), page)


def _next(page: Page, visit: Visit, found: str) -> Page:
    before = page
    page = replace(page, visits=page.visits + 1, first_seen=page.first_seen or visit.fetched_at,
                   last_visit=visit.fetched_at, last_outcome=found)
    if found in SUCCESS:
        page = _seen(page, visit, found)
    elif found == "gone":
        page = _removed(replace(page, state="gone", strike="", evidence_id=visit.id if page.state != "gone" else
                                page.evidence_id), "gone", visit.id)
    elif found in ("failed", "soft_404") and is_missed(before, visit):
        page = replace(page, strike=page.strike or visit.fetched_at[:10])
    return _paced(page, visit, found, before.last_seen)


def _seen(page: Page, visit: Visit, found: str) -> Page:
    page = replace(page, strike="", last_seen=visit.fetched_at, capture_id=visit.id)
    if found != "not_modified":
        page = replace(page, content=visit.content, changes=page.changes + (found == "changed"), shown=visit.holds,
                       etag=visit.etag, last_modified=visit.last_modified,
                       report=visit.content if visit.holds in HELD else page.report)
    return _placed(page, visit.id)


def _placed(page: Page, capture: str) -> Page:
    """State by what the address shows: a redirect has moved; a report's page without the report was replaced."""
    target = page.content.removeprefix(MOVED) if page.content.startswith(MOVED) else ""
    manner = "moved" if target else "replaced" if page.shown not in HELD and page.report else ""
    now = _removed(replace(page, state="moved" if target else "active"), manner, capture)
    now = replace(now, moved_to=target or (page.moved_to if now.removed == "moved" else ""))
    is_old = (page.state, page.moved_to, bool(page.removed)) == (now.state, now.moved_to, bool(now.removed))
    return replace(now, evidence_id=page.evidence_id if is_old and manner else capture if manner else "")


def _removed(page: Page, manner: str, capture: str) -> Page:
    """What became of a report that was there: the first word stands until it is back, but where it moved tells more."""
    if not page.report or not manner:
        return replace(page, removed="", removed_id="")
    if page.removed in ("", manner) or manner == "moved":
        return page if page.removed == manner else replace(page, removed=manner, removed_id=capture)
    return page


def _paced(page: Page, visit: Visit, found: str, before: str) -> Page:
    days, due = paced(page.pace, page.url, page.interval, found, visit.fetched_at,
                      before if visit.is_trusted else "", bool(page.strike))
    return replace(page, interval=days, next_visit=due)
