"""The arguments of a run: `-a portals= due= since= years=`, checked before anything starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from parsers.errors import NianbaoError

from crawler import sample
from crawler.portals import Portal, portals, read


@dataclass(frozen=True, slots=True)
class Choice:
    """The arguments of a run: which portals, whether what is not due is visited too, and from which years or dates."""

    portals: tuple[Portal, ...]
    is_forced: bool = False
    since: date | None = None
    years: tuple[int, int] | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether reports may be left out, so that their number says nothing."""
        return self.since is not None or self.years is not None


def chosen(arguments: Mapping[str, str]) -> Choice:
    """The arguments of `-a`, checked; NianbaoError names the one that is wrong."""
    for name in arguments.keys() - {"portals", "due", "since", "years"}:
        raise NianbaoError(f"unknown argument -a {name}=; there are portals, due, since and years")
    if arguments.get("due", "") not in ("", "all"):
        raise NianbaoError(f"due={arguments['due']} is not understood; -a due=all visits everything, leave it out else")
    named = arguments.get("portals", "")
    return Choice(portals(named) if named else read(sample.PORTAL), arguments.get("due") == "all",
                  _date(arguments.get("since", "")), _years(arguments.get("years", "")))


def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise NianbaoError(f"since={said} is no date; write it as 2024-01-31") from None


def _years(said: str) -> tuple[int, int] | None:
    told = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said)
    if said and (told is None or int(told[2] or told[1]) < int(told[1])):
        raise NianbaoError(f"years={said} is not understood; write 2021 or 2019-2023")
    return (int(told[1]), int(told[2] or told[1])) if told else None
