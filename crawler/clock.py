"""The time of a run: the real one, or, with `-s NOW=2026-01-02T03:04:05Z`, one that is then when the program starts.

Everything that the archive dates asks this clock, so that years of runs can be driven through in a minute. An archive
has one clock: a driven one says so in each file's warcinfo record, and neither takes runs of the other. A slip of NOW
would put days that never were among real captures for good, which nothing could tell afterwards. For the same reason
no run begins before the archive's latest: with a clock that is wrong nothing would be due, or everything.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from archive.fields import fields
from archive.folder import Folder
from archive.stream import OPEN, Raw, raws
from parsers.errors import NianbaoError
from scrapy.settings import BaseSettings

Clock = Callable[[], datetime]
STARTED = datetime.now(UTC)
LONGEST = 10_000  # bytes of a warcinfo record that are read
OURS = "nianbao"  # the software that it names
DRIVEN = {"clock": "driven"}  # in the warcinfo record
SLACK = timedelta(days=1)  # by which clocks may differ


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


def driven(settings: BaseSettings) -> dict[str, str]:
    """What the archive says of the clock: nothing where it is the real one."""
    return DRIVEN if settings.get("NOW") else {}


def check(settings: BaseSettings, folder: Folder) -> None:
    """NianbaoError where NOW is no moment, or DATA holds an archive of the other clock, or one from the future."""
    now, is_driven = clock(settings)(), bool(driven(settings))
    for path in (*folder.files(), *folder.warc.glob(f"*{OPEN}")):
        first = next(raws(path), None)
        told = fields(first.read(LONGEST)) if isinstance(first, Raw) else {}
        if (DRIVEN.items() <= told.items()) != is_driven:
            raise _other(folder, is_driven)
        if isinstance(first, Raw) and told.get("software") == OURS and _begun(first) > now + SLACK:
            raise NianbaoError(f"{path} was begun on {_begun(first):%Y-%m-%d}, after today ({now:%Y-%m-%d}): set the "
                               "clock right; if it was wrong then, take that file away and run: scrapy load --rebuild")


def _begun(first: Raw) -> datetime:
    return datetime.fromisoformat(first.header("warc-date"))


def _other(folder: Folder, is_driven: bool) -> NianbaoError:
    """An archive of the other clock."""
    return NianbaoError(f"{folder.root} holds real captures, so its runs have the real date: leave -s NOW= out, or try "
                       "things out in a folder of their own with -s DATA=DIR" if is_driven else
                       f"{folder.root} was made with -s NOW=, so its dates are not real: choose another folder for "
                       "real runs with -s DATA=DIR")


def real() -> datetime:
    """The time of the machine."""
    return datetime.now(UTC)
