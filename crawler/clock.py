"""The time of a run: the real one, or, with `-s NOW=2026-01-02T03:04:05Z`, one that is then when the program starts.

Everything that the archive dates asks this clock, so that years of runs can be driven through in a minute.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from parsers.errors import NianbaoError
from scrapy.settings import BaseSettings

Clock = Callable[[], datetime]
STARTED = datetime.now(UTC)


def clock(settings: BaseSettings) -> Clock:
    """What tells the time, in UTC; NianbaoError where NOW is no moment."""
    told = settings.get("NOW")
    if not told:
        return real
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        raise NianbaoError(f"NOW={told} is no moment; write it as 2026-01-02T03:04:05Z") from None
    ahead = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - STARTED
    return lambda: real() + ahead


def real() -> datetime:
    """The time of the machine."""
    return datetime.now(UTC)
