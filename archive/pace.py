"""When an address is due again. Pure.

A change halves the interval, calm lengthens it by 1.4, a failure never lengthens it; lists have their season.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SUCCESS = frozenset(("new", "changed", "same", "not_modified"))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """Interval between visits in days: at the start, at least, at most; `retry` after a failure."""

    start: float
    floor: float
    ceiling: float
    retry: float


LISTS, OTHERS = Pace(7, 1, 90, 1), Pace(60, 30, 365, 7)
SHORTER, LONGER = 0.5, 1.4
STRIKE = 1.0                      # days after which a first 404 is looked at again
SEASON_END, SEASON_PACE = 4, 7.0  # lists are visited weekly before April, when reports appear


def paced(kind: str, interval: float, outcome: str, visited: str, before: str, is_struck: bool) -> tuple[float, str]:
    """The interval after a visit in days, and the moment of the next one.

    `before` is the success before it, "" where there is none that counts. Only calm that lasted half the interval
    lengthens it: retries of one day tell nothing.
    """
    pace = LISTS if kind == "list" else OTHERS
    days, now = interval or pace.start, datetime.fromisoformat(visited)
    if outcome == "changed":
        days = max(pace.floor, days * SHORTER)
    elif outcome in ("same", "not_modified") and before and now - datetime.fromisoformat(before) >= DAY * days / 2:
        days = min(pace.ceiling, days * LONGER)
    wait = days
    if outcome == "gone":
        wait = pace.ceiling
    elif outcome not in SUCCESS:
        wait = min(days, STRIKE if is_struck else pace.retry)
    return round(days, 3), _due(now, wait, kind).strftime("%Y-%m-%dT%H:%M:%SZ")


def _due(visited: datetime, wait: float, kind: str) -> datetime:
    """Lists are due weekly from January to March, whatever their interval."""
    due = visited + DAY * wait
    if kind != "list":
        return due
    season = datetime(visited.year + 1, 1, 1, tzinfo=visited.tzinfo)
    if visited.month < SEASON_END:
        season = visited + DAY * SEASON_PACE
    return min(due, season)
