"""When an address is due again. Pure.

A change halves the interval, calm lengthens it by 1.4, a failure never lengthens it; lists have their season. Addresses
that were seen on one day are not due on one day: each waits its own share more or less, by a hash of address and day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from archive.moments import stamp

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
SPREAD = 0.4                      # a wait is between 0.6 and 1.4 intervals, within the pace's limits
STRIKE = 1.0                      # days after which a first 404 is looked at again
SEASON_END, SEASON_PACE = 4, 7.0  # lists are visited weekly before April, when reports appear (Regulations, art. 50)


def paced(pace: Pace, url: str, interval: float, outcome: str, visited: str, before: str,
          is_struck: bool) -> tuple[float, str]:
    """The interval after a visit in days, and the moment of the next one.

    `before` is the success before it, "" where there is none that counts. Only calm that lasted half the interval
    lengthens it: retries of one day tell nothing.
    """
    days, now = interval or pace.start, datetime.fromisoformat(visited)
    if outcome == "changed":
        days = max(pace.floor, days * SHORTER)
    elif outcome in ("same", "not_modified") and before and now - datetime.fromisoformat(before) >= DAY * days / 2:
        days = min(pace.ceiling, days * LONGER)
    share = shared(f"{url} {visited[:10]}")
    if outcome in SUCCESS or outcome == "gone":
        due = _spread(pace, pace.ceiling if outcome == "gone" else days, now, share)
    else:
        due = now + DAY * min(days, STRIKE if is_struck else pace.retry)
    return round(days, 3), stamp(due)


def shared(name: str) -> float:
    """A number from 0 to 1 (excluded) that follows from a name, evenly over many names."""
    return int.from_bytes(sha256(name.encode("utf-8", "replace")).digest()[:4]) / (1 << 32)


def _spread(pace: Pace, days: float, now: datetime, share: float) -> datetime:
    """A day around the end of the interval; lists have a week of theirs in season, and are due in its first week."""
    is_season = pace is LISTS and now.month < SEASON_END
    wait = (min(days, SEASON_PACE) if is_season else days) * (1 - SPREAD + 2 * SPREAD * share)
    due = now + DAY * min(pace.ceiling, max(pace.floor, wait))
    if pace is not LISTS or is_season:
        return due
    season = datetime(now.year + 1, 1, 1, tzinfo=now.tzinfo) + DAY * SEASON_PACE * share
    return min(due, max(season, now + DAY * pace.floor))
